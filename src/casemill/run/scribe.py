"""Writes what is finished beside the calls: a disk that is slow holds up no call."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, Protocol, TypeVar

MOST_WAITING = 500

Piece = TypeVar("Piece")
Added = TypeVar("Added", contravariant=True)


class Adds(Protocol[Added]):
    """A file that takes more; an OutsideError when the disk does not."""

    def add_all(self, pieces: Sequence[Added], /) -> None: ...


class Scribe(Generic[Piece]):
    """Takes verdicts, or what else a file is made of, and writes them in a thread, as many at once as came while the
    last ones were written.

    `written` is told of each verdict that the file holds. Where so many wait that memory would fill, `take` waits too.
    """

    def __init__(self, recorder: Adds[Piece], written: Callable[[Piece], None]) -> None:
        self._recorder = recorder
        self._written = written
        self._waiting: list[Piece] = []
        self._some = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._last = False

    async def take(self, piece: Piece) -> None:
        """One more for the file."""
        await self._room.wait()
        self._waiting.append(piece)
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
            for piece in batch:
                self._written(piece)

    def end(self) -> None:
        """No more will come: `through` returns when all is written."""
        self._last = True
        self._some.set()

    def flush(self) -> None:
        """What still waits when a run is stopped goes to the file at once."""
        self._recorder.add_all(batch := self._taken())
        for piece in batch:
            self._written(piece)

    def _taken(self) -> list[Piece]:
        batch, self._waiting = self._waiting, []
        self._room.set()
        return batch
