"""How far a run is, on standard error: a line that moves on a terminal, a line now and then in a log; fails as they
come."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from casemill.cli.show import counted

if TYPE_CHECKING:
    from casemill.domain.run import Spent, Verdict

MOST_TOLD = 10
DRAWN_EVERY, SAID_EVERY = 0.1, 30.0
BACK = "\r\x1b[K"


class RunProgress:
    """Progress with the time that is left, and what was spent; `clock` tells seconds.

    On a terminal the line is drawn again and again; elsewhere, in the log of a CI job, it is said every half minute.
    """

    def __init__(self, stream: TextIO, *, moving: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._moving, self._clock = stream, moving, clock
        self._total = self._done = self._failed = self._errors = 0
        self._began = self._drawn = 0.0
        self._spent: Spent | None = None

    def start(self, total: int | None) -> None:
        self._total, self._done, self._failed, self._errors = total or 0, 0, 0, 0
        self._began = self._drawn = self._clock()
        self._spent = None
        if self._moving:
            self._write(f"{BACK}{self.line}")

    def step(self, done: int = 1) -> None:
        self._done += done
        every = DRAWN_EVERY if self._moving else SAID_EVERY
        if (now := self._clock()) - self._drawn >= every:
            self._drawn = now
            self._write(f"{BACK}{self.line}" if self._moving else f"{self.line}\n")

    def saw(self, verdict: "Verdict", spent: "Spent") -> None:
        """A verdict, and what was spent up to it; the first that did not pass are told at once."""
        self._spent = spent
        self._errors += verdict.result == "error"
        self._failed += verdict.result in ("fail", "flaky")
        if verdict.result != "pass" and self._failed + self._errors <= MOST_TOLD:
            from casemill.gate.safe import one_line

            told = f"{verdict.result:<5}  {verdict.severity} {verdict.case}  {one_line(verdict.reason)}"
            self._write(f"{BACK if self._moving else ''}{told[:300]}\n")

    def close(self) -> None:
        if self._moving:
            self._write(BACK)

    @property
    def line(self) -> str:
        """`312 of 1,000 (31 %), 0:42 left, 3 failed, 12,400 tokens, $0.31`."""
        from casemill.run.tally import told

        parts = [f"{self._done:,} of {self._total:,} ({100 * self._done // max(1, self._total)} %)"]
        if 0 < self._done < self._total:
            seconds = (self._clock() - self._began) / self._done * (self._total - self._done)
            parts.append(f"{int(seconds) // 60}:{int(seconds) % 60:02} left")
        parts += [f"{self._failed:,} failed"] if self._failed else []
        parts += [counted(self._errors, "error")] if self._errors else []
        parts += [spent] if self._spent and (spent := told(self._spent)) else []
        return ", ".join(parts)

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


@contextmanager
def run_progress() -> Iterator[RunProgress]:
    """The progress of a run for whoever reads standard error."""
    bar = RunProgress(sys.stderr, moving=sys.stderr.isatty())
    try:
        yield bar
    finally:
        bar.close()
