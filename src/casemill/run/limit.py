"""Keeps a computation from hanging a run: processor seconds are counted and the overrun is stopped."""

import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


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
    from casemill.run.searcher import SEARCHER

    try:
        return SEARCHER.search(pattern, text, seconds=seconds * 5)
    except TimeoutError:
        raise TooSlow from None


def _stop(_: int, __: FrameType | None) -> None:
    raise TooSlow
