"""A child process that searches patterns: one that explodes is killed with it, and the next search begins another."""

import atexit
import json
import os
import re
import selectors
import subprocess
import sys
import threading
import time

_CHILD = (
    "import json, re, sys\n"
    "for line in sys.stdin.buffer:\n"
    "    pattern, flags, text = json.loads(line)\n"
    "    found = re.search(pattern, text, flags)\n"
    "    sys.stdout.write(json.dumps(found and found[0]) + '\\n')\n"
    "    sys.stdout.flush()\n"
)
_PIECE = 65_536


class Searcher:
    """Searches one pattern at a time in a process that lives as long as its answers come in time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def search(self, pattern: re.Pattern[str], text: str, *, seconds: float) -> str | None:
        """The first match as text, None without one; a TimeoutError when it is not there in time."""
        with self._turn:
            child = self._living() or self._begun()
            assert child.stdin is not None
            try:
                child.stdin.write(json.dumps([pattern.pattern, pattern.flags, text]).encode() + b"\n")
                child.stdin.flush()
                found: str | None = json.loads(_line(child, seconds))
            except (TimeoutError, OSError, ValueError):
                self._end()
                raise TimeoutError from None
            return found

    def close(self) -> None:
        """Ends the child; the next search would begin another."""
        with self._turn:
            self._end()

    def _living(self) -> subprocess.Popen[bytes] | None:
        """The child, if it is there, not somebody else's, as after a fork, and was not killed meanwhile."""
        if self._child is not None and (self._owner != os.getpid() or self._child.poll() is not None):
            self._end()
        return self._child

    def _begun(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-S", "-c", _CHILD]
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


def _line(child: subprocess.Popen[bytes], seconds: float) -> bytes:
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


SEARCHER = Searcher()
atexit.register(SEARCHER.close)
