"""Keeps other people's code from holding up a run: seconds by the clock, for what waits instead of computing."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any

AGAIN = 0.2


class Late(BaseException):
    """The time is up. Not an Exception, so that no `except Exception` in other people's code swallows it."""


def within(seconds: float, function: Callable[[], Any]) -> Any:
    """What a function returns or raises; Late when that takes too long.

    In the main thread the function is stopped where it waits; in another it is left behind in a thread of its own.
    """
    if threading.current_thread() is threading.main_thread():
        with _alarm(seconds):
            return function()
    return _left_behind(seconds, function)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raises Late in the block when the time is up, and again shortly after for who catches everything. An alarm that
    was set before goes off at its own time."""
    handler = signal.signal(signal.SIGALRM, _late)
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    began = time.monotonic()
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # the alarm may go off on the way to this line, once
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, handler)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - began)), interval)


def _late(_: int, __: FrameType | None) -> None:
    raise Late


def _left_behind(seconds: float, function: Callable[[], Any]) -> Any:
    landing = _Landing()

    def work() -> None:
        with landing:
            landing.result = function()

    thread = threading.Thread(target=work, daemon=True, name="casemill-grader")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise Late
    if landing.error is not None:
        raise landing.error
    return landing.result


class _Landing:
    """Carries whatever happens in a thread over to the one that waits; swallows nothing."""

    result: Any = None
    error: BaseException | None = None

    def __enter__(self) -> "_Landing":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        self.error = error
        return True
