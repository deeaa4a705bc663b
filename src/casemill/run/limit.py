"""Keeps a computation from hanging a run: processor seconds are counted and the overrun is stopped."""

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_CHILD = (
    "import json, re, sys\n"
    "pattern, flags, text = json.load(sys.stdin)\n"
    "found = re.search(pattern, text, flags)\n"
    "json.dump(found and found[0], sys.stdout)\n"
)


class TooSlow(Exception):
    """A computation used up its processor time."""


@contextmanager
def processor_limit(seconds: float) -> Iterator[None]:
    """Raises TooSlow inside the block after so much processor time; without effect outside the main thread.

    Processor time, not the clock, so that a busy machine changes no verdict. `re` looks for signals while it
    backtracks, so a pattern that explodes is stopped too.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, left)
        signal.signal(signal.SIGVTALRM, before)


def search(pattern: re.Pattern[str], text: str, *, seconds: float) -> str | None:
    """The first match of a pattern as text, None without one; TooSlow for a pattern that explodes.

    Outside the main thread, where no signal arrives, a child process that can be killed does the search.
    """
    if threading.current_thread() is threading.main_thread():
        with processor_limit(seconds):
            found = pattern.search(text)
            return found[0] if found else None
    return _search_in_child(pattern, text, seconds=seconds)


def _search_in_child(pattern: re.Pattern[str], text: str, *, seconds: float) -> str | None:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _CHILD],
            input=json.dumps([pattern.pattern, pattern.flags, text]),
            capture_output=True,
            text=True,
            timeout=seconds * 5,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise TooSlow from None
    found: str | None = json.loads(done.stdout)
    return found


def _stop(_: int, __: FrameType | None) -> None:
    raise TooSlow
