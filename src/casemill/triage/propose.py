"""Every masked ticket gets a proposal, and either an Ask or, where it is safe, the right to pass by itself.

A ticket is one transaction, fenced by compare and set: two workers or a kill leave it either untouched or whole.
Once people have read `read_first` tickets, those that still wait from before get one second look.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from casemill.domain.progress import SILENT, Progress
from casemill.domain.proposal import Proposal
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import TicketState
from casemill.domain.word import Word
from casemill.settings import Triage
from casemill.store import asks, proposals, reviews, tickets
from casemill.store.tickets import TicketRow
from casemill.triage.combine import Judges, Record, rules_record
from casemill.triage.learn import learn, lessons_of
from casemill.triage.route import Opinion, Routed, route, stands_as_case

if TYPE_CHECKING:
    from casemill.store import Db, Desk

PAGE = 200


class Triaged(Word, omit_defaults=True):
    """What a run of triage did. `by` counts proposals by proposer, `origins` by whose failure, `again` second looks."""

    proposed: int
    asked: int
    passed: int
    by: dict[str, int]
    origins: dict[str, int] = {}
    again: int = 0


def propose_waiting(
    desk: "Desk", *, taxonomy: Taxonomy, settings: Triage, now: datetime, progress: Progress = SILENT
) -> Triaged:
    """Propose on every masked ticket's newest version; run again it finds nothing new to do."""
    bench = _Bench(desk, taxonomy, settings=settings, now=now)
    with desk.read() as db:
        progress.start(tickets.counts(db).get("masked", 0))
    tally: Counter[str] = Counter()
    by: Counter[str] = Counter()
    origins: Counter[str] = Counter()
    for row in bench.rows():
        progress.step()
        done = bench.settle(row)
        if done is None:
            continue
        opinion, routed = done
        tally.update({"proposed": 1, "asked": int(bool(routed.why)), "again": int(row.state == "proposed")})
        by[opinion.proposal.proposer] += 1
        origins[opinion.proposal.origin] += 1
    return Triaged(
        proposed=tally["proposed"],
        asked=tally["asked"],
        passed=tally["proposed"] - tally["asked"],
        by=dict(sorted(by.items())),
        origins=dict(origins.most_common()),
        again=tally["again"],
    )


class _Bench:
    """What one run works with; the local proposer is learned when the first ticket needs it."""

    def __init__(self, desk: "Desk", taxonomy: Taxonomy, *, settings: Triage, now: datetime) -> None:
        self.desk, self.taxonomy, self.settings, self.now = desk, taxonomy, settings, now

    @cached_property
    def judges(self) -> Judges:
        with self.desk.read() as db:
            reviewed, lessons = reviews.count(db), lessons_of(db)
        local = learn(lessons)
        record = rules_record(lessons, self.taxonomy) if local else Record()
        return Judges(self.taxonomy, local, reviewed, record)

    def rows(self) -> Iterator[TicketRow]:
        """Masked tickets, then those that wait for a person from the time when nothing could pass."""
        yield from self._pages("masked")
        yield from self._waiting_since_before()

    def settle(self, row: TicketRow) -> tuple[Opinion, Routed] | None:
        """One ticket in one transaction; None when somebody else was faster, or a person holds it."""
        opinion = self.judges.opinion(row.ticket, now=self.now)
        routed = route(opinion, self.settings, reviewed=self.judges.reviewed)
        with self.desk.write() as db:
            if not self._mine(db, row):
                return None
            proposals.add(db, opinion.proposal)
            self._hand_on(db, opinion.proposal, routed=routed)
        return opinion, routed

    def _mine(self, db: "Db", row: TicketRow) -> bool:
        step: tuple[TicketState, ...] = (row.state,)
        key = row.ticket.key
        if row.state == "proposed":
            # A question that somebody is reading stays as they read it.
            open_ones = [ask for ask in asks.of_ticket(db, key) if ask.kind == "review" and ask.state == "open"]
            if not open_ones or any(ask.leased_until and ask.leased_until > self.now for ask in open_ones):
                return False
        if not tickets.move(db, key, version=row.ticket.version, frm=step, to="proposed"):
            return False
        asks.withdraw(db, ticket=key, kind="review")
        return True

    def _hand_on(self, db: "Db", proposal: Proposal, *, routed: Routed) -> None:
        key, version = proposal.ticket, proposal.version
        if routed.why is not None:
            asks.ask(db, kind="review", ticket=key, version=version, why=routed.why, now=self.now, rank=routed.rank)
            return
        case = stands_as_case(proposal.origin, failures=len(proposal.failures))
        tickets.move(db, key, version=version, frm=("proposed",), to="decided" if case else "not_a_case")

    def _pages(self, state: TicketState) -> Iterator[TicketRow]:
        after = 0
        while page := self._page(state, after):
            yield from page
            after = page[-1].id

    def _page(self, state: TicketState, after: int) -> tuple[TicketRow, ...]:
        with self.desk.read() as db:
            return tickets.in_state(db, state, after=after, limit=PAGE)

    def _waiting_since_before(self) -> Iterator[TicketRow]:
        with self.desk.read() as db:
            if reviews.count(db) < self.settings.read_first:
                return
        after = 0
        while page := self._page("proposed", after):
            with self.desk.read() as db:
                known = proposals.of_tickets(db, [row.ticket.key for row in page])
            yield from (row for row in page if self._too_early(known.get(row.ticket.key)))
            after = page[-1].id

    def _too_early(self, proposal: Proposal | None) -> bool:
        if proposal is None or int(proposal.digests.get("reviews", "0")) >= self.settings.read_first:
            return False
        return self.judges.local is not None
