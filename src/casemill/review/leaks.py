"""The sample that people read for leaks before a release: how many tickets, which ones, and whether it was read.

A ticket is asked about once for what its texts say: told or masked anew, it may be asked about again, and one in which
somebody found a leak always is. The draw leans to the tickets whose masking the tagger doubted. A ticket keeps its luck
until the next release: one that comes after a draw has the chance it would have had in it, and nobody loses theirs.
"""

from collections.abc import Iterable
from datetime import datetime
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemill.domain.case import Case
from casemill.domain.leak import LeakReview
from casemill.domain.ticket import Ticket, texts_digest
from casemill.domain.word import Word, digest_of
from casemill.domain.wording import counted
from casemill.errors import UsageError
from casemill.review.leaks_report import leak_report as leak_report
from casemill.stats import chances, draw
from casemill.store import changes, leaks, tickets
from casemill.suite import Suite, read_release, read_suite

if TYPE_CHECKING:
    from casemill.store import Db, Desk

# How often the surest ticket is drawn against the most doubtful one: 1 to 11.
SUREST = 0.1
# A ticket that was masked before anybody told the doubt.
UNKNOWN_DOUBT = 0.5


class Sample(Word):
    """What is to be read before the next release, and what was.

    `tickets` stand behind the `cases` that are new or changed since the last release; `elsewhere` counts those cases
    whose ticket is not on this desk. Of the tickets `wanted` are to be read; `read` of those were, `asked` are asked
    about from now on, and `again` must be read again, because they were masked anew after a leak. `open` Asks,
    `marks` that nobody has masked and `pulls` (changed cases that nobody pulled) are the whole desk's.
    """

    cases: int
    tickets: int
    elsewhere: int
    wanted: int
    read: int
    asked: int
    undrawn: int
    again: int
    open: int
    marks: int
    pulls: int

    @property
    def told(self) -> str:
        """`To be read for leaks before the next release: 20 of 160 tickets; 4 read, 16 waiting.`"""
        if not self.tickets:
            return "No ticket on this desk enters the next release."
        again = f" ({self.again:,} once more)" if self.again else ""
        of = f"{self.wanted:,} of {counted(self.tickets, 'ticket')}"
        return f"To be read for leaks before the next release: {of}{again}; {self.read:,} read, {self.open:,} waiting."


class _Entering(NamedTuple):
    """The tickets that enter the next release, by key, and how many cases bring them."""

    tickets: dict[str, Ticket]
    cases: int
    elsewhere: int
    seed: str


class _Plan(NamedTuple):
    """Who was read, who is to be, and who must be once more; `late` are verdicts given before their ticket was drawn,
    by id, with its chance."""

    wanted: int
    read: frozenset[str]
    again: tuple[str, ...]
    drawn: tuple[leaks.Drawn, ...]
    late: dict[int, float]


def draw_sample(desk: "Desk", suite: Path, *, now: datetime, share: float = 0.125, least: int = 20) -> Sample:
    """Ask people to read `share` of the tickets that enter the next release, at least `least` whole ones, all when
    there are fewer. Drawing again asks about nobody twice."""
    read = read_suite(suite)
    with desk.write() as db:
        entering = _entering(db, read)
        plan = _plan(db, entering, share=share, least=least)
        asked = leaks.sample(db, plan.drawn, now=now)
        for review, chance in plan.late.items():
            leaks.count_as_drawn(db, review, chance=chance)
        return _told(db, entering, plan=plan, asked=asked)


def look_at_sample(desk: "Desk", suite: Path, *, share: float = 0.125, least: int = 20) -> Sample:
    """How the sample stands; asks about nobody."""
    read = read_suite(suite)
    with desk.read() as db:
        entering = _entering(db, read)
        return _told(db, entering, plan=_plan(db, entering, share=share, least=least), asked=0)


def refuse_unread(sample: Sample, *, unread: bool = False) -> None:
    """A UsageError when the next release may not be frozen: somebody has still to read, or to mask what was found.

    `unread` says that nobody has to be asked; who is asked already has to answer all the same.
    """
    if sample.open:
        told = f"{counted(sample.open, 'ticket')} {'waits' if sample.open == 1 else 'wait'} to be read for leaks"
        raise UsageError(f"{told}; nothing was frozen", hint="read: casemill review --leaks")
    if sample.marks:
        told = f"{counted(sample.marks, 'leak')} that a reader marked {'is' if sample.marks == 1 else 'are'} not masked"
        raise UsageError(f"{told} yet; nothing was frozen", hint="mask what was marked: casemill anonymize")
    if sample.pulls:
        told = f"{counted(sample.pulls, 'case')} changed on the desk and not here"
        raise UsageError(f"{told}; nothing was frozen", hint="bring the files: casemill suite pull")
    if unread or not sample.undrawn:
        return
    hint = "draw the sample: casemill leaks (or freeze all the same, and have the notes say so: --unread)"
    if not sample.read:
        raise UsageError("no ticket of this release has been read for leaks", hint=hint)
    told = f"{sample.read} of {counted(sample.wanted, 'ticket')} of this release were read for leaks"
    raise UsageError(f"{told}, {sample.undrawn} more are wanted", hint=hint)


def _entering(db: "Db", suite: Suite) -> _Entering:
    """The tickets behind the active cases that the last release has not, or has otherwise."""
    last = read_release(suite.folder)
    released = {case.id: case.digest for case in last.cases} if last else {}
    cases = [case for case in suite.active if released.get(case.id) != case.digest]
    known = {key: ticket for key in _keys(cases) if (ticket := tickets.get(db, key)) is not None}
    here = sum(case.lineage is not None and case.lineage.key in known for case in cases)
    return _Entering(known, len(cases), len(cases) - here, f"release {last.number + 1 if last else 1}")


def _keys(cases: Iterable[Case]) -> list[str]:
    return sorted({case.lineage.key for case in cases if case.lineage is not None})


def _plan(db: "Db", entering: _Entering, *, share: float, least: int) -> _Plan:
    known = entering.tickets
    sample = _draw(known, wanted=min(len(known), max(least, ceil(share * len(known)))), seed=entering.seed)
    here = [one for one in leaks.standing(db) if one.ticket in known]
    now = {one.ticket: one for one in here if one.read == texts_digest(known[one.ticket])}
    again = tuple(key for key in sorted(_leaked(here)) if key not in now)
    drawn_before = {one.ticket for one in here if one.chance is not None}
    read = frozenset(key for key in now if key in drawn_before or key in sample)
    asked = leaks.asked_about(db) & known.keys()
    drawn = [_again(known[key]) for key in again if key not in asked]
    drawn += [one for key, one in sample.items() if key not in {*read, *again, *asked}]
    late = {now[key].id or 0: sample[key].chance or 1.0 for key in sample if key in now and key not in drawn_before}
    wanted = len({*read, *again, *asked, *(one.ticket for one in drawn)})
    return _Plan(wanted, read, again, tuple(drawn), late)


def _leaked(said: Iterable[LeakReview]) -> set[str]:
    return {one.ticket for one in said if one.verdict == "leak"}


def _again(ticket: Ticket) -> leaks.Drawn:
    return leaks.Drawn(ticket.key, ticket.version, "masked anew after a leak: is it gone?")


def _draw(known: dict[str, Ticket], *, wanted: int, seed: str) -> dict[str, leaks.Drawn]:
    """The sample by ticket, in an order that tells nothing of doubt: half of it read is a sample too."""
    doubts = {key: ticket.masking.doubt if ticket.masking else UNKNOWN_DOUBT for key, ticket in known.items()}
    chance = chances({key: SUREST + doubt for key, doubt in doubts.items()}, wanted=wanted)
    drawn = sorted(draw(chance, wanted=wanted, seed=seed), key=lambda key: digest_of(key.encode()))
    # Four digits: with more, a chance looks like somebody's card to whoever searches the desk for leaks.
    shares = {key: max(round(chance[key], 4), 0.0001) for key in drawn}
    return {key: leaks.Drawn(key, known[key].version, _why(known[key]), shares[key]) for key in drawn}


def _why(ticket: Ticket) -> str:
    doubt = f" (doubt {ticket.masking.doubt:.2f})" if ticket.masking else ""
    return f"drawn for the next release{doubt}"


def _told(db: "Db", entering: _Entering, *, plan: _Plan, asked: int) -> Sample:
    waiting = [change for change in changes.waiting(db) if change.kind in ("supersede", "erase_lineage")]
    return Sample(
        cases=entering.cases,
        tickets=len(entering.tickets),
        elsewhere=entering.elsewhere,
        wanted=plan.wanted,
        read=len(plan.read),
        asked=asked,
        undrawn=len(plan.drawn) - asked,
        again=len(plan.again),
        open=leaks.open_count(db),
        marks=len(leaks.waiting_marks(db)),
        pulls=len(waiting),
    )
