"""What the readers found: how many tickets leak, how many lost a fact, with the interval, by type and language."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from casemill.domain.leak import LeakReview
from casemill.domain.word import Word
from casemill.domain.wording import counted, percent
from casemill.stats import weighted
from casemill.store import leaks

if TYPE_CHECKING:
    from casemill.store import Desk

# Below it an interval says next to nothing.
ENOUGH = 20
UNTOLD = "not told"


class Rate(Word):
    """Seen in `hits` of `n` tickets; the share among all that they were drawn from, and its 95 % interval, 0 to 1.

    `share`, `low` and `high` are None when nothing was read.
    """

    hits: int
    n: int
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def enough(self) -> bool:
        return self.n >= ENOUGH

    @property
    def told(self) -> str:
        """`3.1 % (95 % interval 0.8 % to 23.6 %), seen in 1 of 20`; too few say only that."""
        if not self.enough or self.share is None or self.low is None or self.high is None:
            return f"seen in {self.hits:,} of {self.n:,} (not enough data)"
        between = f"95 % interval {percent(self.low)} to {percent(self.high)}"
        return f"{percent(self.share)} ({between}), seen in {self.hits:,} of {self.n:,}"


class Slice(Word):
    """The same two rates for one type of personal data, or for the tickets of one language."""

    name: str
    leaks: Rate
    over_masked: Rate


class LeakReport(Word):
    """Everything read in samples so far; rates are shares of all tickets that the samples were drawn from.

    The draw leans to doubtful tickets, so each ticket read weighs as much as its chance to be drawn says. What was read
    again after a leak, or out of turn, is counted apart, and not in the rates.
    """

    tickets: int
    leaks: Rate
    over_masked: Rate
    by_type: tuple[Slice, ...]
    by_language: tuple[Slice, ...]
    apart: Rate
    open: int
    marks: int

    @property
    def lines(self) -> tuple[str, ...]:
        """The report as a person reads it."""
        return tuple(_lines(self))


class _Read(NamedTuple):
    """One ticket of the sample: the types that leaked in it, and those that hid a fact."""

    leaked: frozenset[str]
    over: frozenset[str]
    language: str
    chance: float


def leak_report(desk: "Desk") -> LeakReport:
    """The leak rate and the over-masking rate of every sample that was read, by type and by language."""
    with desk.read() as db:
        standing = leaks.standing(db)
        waiting = leaks.open_count(db), len(leaks.waiting_marks(db))
    drawn = {one.ticket: one for one in standing if one.chance is not None}
    read = [_read(one, chance=one.chance or 1.0) for one in drawn.values()]
    apart = [_read(one, chance=1.0) for one in standing if one.chance is None]
    labels = sorted({label for one in read for label in one.leaked | one.over})
    languages = sorted({one.language for one in read}, key=lambda name: (name == UNTOLD, name))
    return LeakReport(
        tickets=len(read),
        leaks=_rate((one.chance, bool(one.leaked)) for one in read),
        over_masked=_rate((one.chance, bool(one.over)) for one in read),
        by_type=tuple(_of_type(label, read) for label in labels),
        by_language=tuple(_of_language(language, read) for language in languages),
        apart=_rate((one.chance, bool(one.leaked)) for one in apart),
        open=waiting[0],
        marks=waiting[1],
    )


def _read(one: LeakReview, *, chance: float) -> _Read:
    leaked = frozenset(mark.label for mark in one.marks if not mark.hides_none)
    over = frozenset(mark.label for mark in one.marks if mark.hides_none)
    return _Read(leaked, over, one.language or UNTOLD, chance)


def _of_type(label: str, read: list[_Read]) -> Slice:
    """How many of all tickets leak this type, or lost a fact to it."""
    leaked = _rate((one.chance, label in one.leaked) for one in read)
    return Slice(name=label, leaks=leaked, over_masked=_rate((one.chance, label in one.over) for one in read))


def _of_language(language: str, read: list[_Read]) -> Slice:
    here = [one for one in read if one.language == language]
    leaked = _rate((one.chance, bool(one.leaked)) for one in here)
    return Slice(name=language, leaks=leaked, over_masked=_rate((one.chance, bool(one.over)) for one in here))


def _rate(seen: Iterable[tuple[float, bool]]) -> Rate:
    """Of tickets with their chance to be drawn, and whether something was found in each."""
    read = list(seen)
    share, low, high = weighted(read) or (None, None, None)
    return Rate(hits=sum(hit for _, hit in read), n=len(read), share=share, low=low, high=high)


def _lines(report: LeakReport) -> Iterator[str]:
    if not report.tickets:
        yield "No ticket of a sample was read yet."
    else:
        yield f"{counted(report.tickets, 'ticket')} read in samples; shares are of all tickets these were drawn from:"
        yield f"  leak          {report.leaks.told}"
        yield f"  over-masked   {report.over_masked.told}"
        yield from _table("by type", report.by_type)
        yield from _table("by language", report.by_language)
    if report.apart.n:
        yield f"Read apart, again after a leak or out of turn: {report.apart.hits:,} of {report.apart.n:,} leak."


def _table(title: str, slices: tuple[Slice, ...]) -> Iterator[str]:
    if not slices:
        return
    width = max(12, *(len(one.name) for one in slices))
    yield f"  {title}"
    for one in slices:
        yield f"    {one.name:<{width}}  leak {one.leaks.told}"
        yield f"    {'':<{width}}  over {one.over_masked.told}"
