"""Writes verdicts beside the calls: a disk that is slow holds up no call, and whatever is finished is written first."""

import asyncio
from collections.abc import Callable

from casemill.domain.run import Verdict
from casemill.run.record import Recorder

MOST_WAITING = 500


class Scribe:
    """Takes verdicts and writes them in a thread, as many at once as came while the last ones were written.

    `written` is told of each verdict that the file holds. Where so many wait that memory would fill, `take` waits too.
    """

    def __init__(self, recorder: Recorder, written: Callable[[Verdict], None]) -> None:
        self._recorder = recorder
        self._written = written
        self._waiting: list[Verdict] = []
        self._some = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._last = False

    async def take(self, verdict: Verdict) -> None:
        """One more verdict for the file."""
        await self._room.wait()
        self._waiting.append(verdict)
        self._some.set()
        if len(self._waiting) >= MOST_WAITING:
            self._room.clear()

    async def through(self) -> None:
        """Writes until `end`; an OutsideError when the disk takes no more."""
        while not self._last or self._waiting:
            await self._some.wait()
            self._some.clear()
            # What was begun is finished, also when the run is stopped meanwhile: it must not be written twice.
            writing = asyncio.ensure_future(asyncio.to_thread(self._recorder.add_all, batch := self._taken()))
            try:
                await asyncio.shield(writing)
            except asyncio.CancelledError:
                await asyncio.wait((writing,))
                writing.exception()
                raise
            for verdict in batch:
                self._written(verdict)

    def end(self) -> None:
        """No more will come: `through` returns when all is written."""
        self._last = True
        self._some.set()

    def flush(self) -> None:
        """What still waits when a run is stopped goes to the file at once."""
        self._recorder.add_all(batch := self._taken())
        for verdict in batch:
            self._written(verdict)

    def _taken(self) -> list[Verdict]:
        batch, self._waiting = self._waiting, []
        self._room.set()
        return batch
