"""A child process that computes: what takes too long is killed with it, and the next call begins another."""

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from typing import Any

# What it prints, and what modules say on their way in, must not come between the answers.
_CHILD = (
    "import json, os, sys\n"
    "from importlib import import_module\n"
    "out = os.fdopen(os.dup(1), 'w')\n"
    "os.dup2(2, 1)\n"
    "sys.path[:] = json.loads(sys.argv[1])\n"
    "for line in sys.stdin.buffer:\n"
    "    module, name, arguments = json.loads(line)\n"
    "    try:\n"
    "        value = getattr(import_module(module), name)(*arguments) if name else bool(import_module(module))\n"
    "        told = json.dumps([value, None])\n"
    "    except Exception as error:\n"
    "        told = json.dumps([None, f'{type(error).__name__}: {error}'])\n"
    "    out.write(told + '\\n')\n"
    "    out.flush()\n"
)
_PIECE = 65_536
TO_BEGIN = 60.0


class Elsewhere:
    """Calls one function at a time in a process that lives as long as its answers come in time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._known: set[str] = set()

    def call(self, module: str, name: str, *arguments: Any, seconds: float) -> Any:
        """What a module's function returns; arguments and result are plain JSON. A TimeoutError when it is not there in
        time, a RuntimeError for what it raises. The time in which the module is imported does not count."""
        with self._turn:
            child = self._living() or self._begun()
            if module not in self._known:
                self._asked(child, [module, "", []], seconds=TO_BEGIN)
                self._known.add(module)
            value, wrong = self._asked(child, [module, name, arguments], seconds=seconds)
        if wrong is not None:
            raise RuntimeError(wrong)
        return value

    def close(self) -> None:
        """Ends the child; the next call would begin another."""
        with self._turn:
            self._end()

    def _asked(self, child: "subprocess.Popen[bytes]", question: list[Any], *, seconds: float) -> list[Any]:
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(question).encode() + b"\n")
            child.stdin.flush()
            answer: list[Any] = json.loads(_line(child, seconds))
        except (TimeoutError, OSError, ValueError):
            self._end()
            raise TimeoutError from None
        return answer

    def _living(self) -> "subprocess.Popen[bytes] | None":
        """The child, if it is there, not somebody else's, as after a fork, and was not killed meanwhile."""
        if self._child is not None and (self._owner != os.getpid() or self._child.poll() is not None):
            self._end()
        return self._child

    def _begun(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-I", "-c", _CHILD, json.dumps([one for one in sys.path if one])]
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        # A session of its own: Ctrl-C is for who asks, who then closes the child's input.
        self._child = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, start_new_session=True)
        self._owner = os.getpid()
        return self._child

    def _end(self) -> None:
        if self._child is not None and self._owner == os.getpid():
            self._child.kill()
            self._child.communicate()
        self._child = None
        self._known = set()


def _line(child: "subprocess.Popen[bytes]", seconds: float) -> bytes:
    """One line of the child's, a ValueError when it ended without one."""
    assert child.stdout is not None
    until, heard = time.monotonic() + seconds, bytearray()
    with selectors.DefaultSelector() as waiting:
        waiting.register(child.stdout, selectors.EVENT_READ)
        while not heard.endswith(b"\n"):
            if not waiting.select(until - time.monotonic()) or time.monotonic() > until:
                raise TimeoutError
            piece = child.stdout.read1(_PIECE)  # type: ignore[attr-defined]
            if not piece:
                raise ValueError("the child is gone")
            heard += piece
    return bytes(heard)


ELSEWHERE = Elsewhere()
atexit.register(ELSEWHERE.close)
