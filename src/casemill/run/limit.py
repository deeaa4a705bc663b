"""Keeps a computation from hanging a run: processor seconds are counted and the overrun is stopped."""

import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar, cast

Result = TypeVar("Result")


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


def bounded(function: Callable[..., Result], *arguments: Any, seconds: float) -> Result:
    """What a module's function returns; TooSlow when it takes more processor time than this.

    Outside the main thread, where no signal arrives, a child process that can be killed does the work: arguments and
    result have to be plain JSON. It is given five times as long by the clock, since a busy machine may hold it up.
    """
    if threading.current_thread() is threading.main_thread():
        with processor_limit(seconds):
            return function(*arguments)
    from casemill.run.child import ELSEWHERE

    try:
        found = ELSEWHERE.call(function.__module__, function.__name__, *arguments, seconds=seconds * 5)
    except TimeoutError:
        raise TooSlow from None
    return cast(Result, found)


def search(pattern: re.Pattern[str], text: str, *, seconds: float) -> str | None:
    """The first match of a pattern as text, None without one; TooSlow for a pattern that explodes, in any thread."""
    return bounded(found_in, (pattern.pattern, pattern.flags), text, seconds=seconds)


def found_in(pattern: tuple[str, int], text: str) -> str | None:
    """The first match as text, None without one; a pattern is its text and its flags."""
    found = re.search(pattern[0], text, pattern[1])
    return found[0] if found else None


def _stop(_: int, __: FrameType | None) -> None:
    raise TooSlow
