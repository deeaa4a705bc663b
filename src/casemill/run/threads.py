"""Runs other people's plain functions beside the event loop, in threads that cannot keep the process alive."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from types import TracebackType
from typing import Any


async def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """What a plain function returns or raises, from a daemon thread of its own.

    A function that hangs is left behind when the waiting is cancelled; `asyncio.to_thread` would have the process
    wait for it at exit.
    """
    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    context = copy_context()

    def work() -> None:
        with _Landing(future) as landing:
            landing.result = context.run(function, *arguments)

    threading.Thread(target=work, daemon=True, name="casemill-target").start()
    return await future


class _Landing:
    """Carries whatever happens in the thread over to the future; swallows nothing."""

    result: Any = None

    def __init__(self, future: asyncio.Future[Any]) -> None:
        self.future = future

    def __enter__(self) -> "_Landing":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        # A future takes no StopIteration, and a SystemExit would end the run instead of the trial.
        if error is not None and (not isinstance(error, Exception) or isinstance(error, StopIteration)):
            error = RuntimeError(f"{type(error).__name__}: {error}")
        with suppress(RuntimeError):  # the loop is gone: nobody waits any more
            self.future.get_loop().call_soon_threadsafe(self._settle, error)
        return True

    def _settle(self, error: BaseException | None) -> None:
        if self.future.done():
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(self.result)
