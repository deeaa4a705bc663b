"""Every masked ticket gets one proposal, in one transaction, once."""

from datetime import timedelta

import pytest

import make
from casemill.domain.notice import Flag
from casemill.domain.word import changed
from casemill.settings import Triage
from casemill.store import Desk, asks, proposals, tickets
from casemill.triage import Triaged, propose_waiting
from triage import shop
from triage.signals import starter, texts

SETTINGS = Triage(read_first=45, sure=0.8, audit_share=0.0)
LATER = make.NOW + timedelta(days=1)


def triage(desk: Desk, settings: Triage = SETTINGS) -> Triaged:
    return propose_waiting(desk, taxonomy=starter(), settings=settings, now=LATER)


def state_of(desk: Desk, number: int) -> str | None:
    with desk.read() as db:
        return tickets.state_of(db, f"zendesk:{number}")


def test_a_masked_ticket_is_proposed_on_and_asked_about(desk: Desk) -> None:
    shop.fill(desk, 0, 1, 2)
    assert triage(desk) == Triaged(proposed=3, asked=3, passed=0, by={"rules@1": 3}, origins={"model": 2, "product": 1})
    with desk.read() as db:
        proposal = proposals.latest(db, "zendesk:0", 1)
        (ask,) = asks.of_ticket(db, "zendesk:0")
    assert proposal
    assert (proposal.origin, proposal.failures[0].mode, proposal.proposer) == ("model", "missed_action", "rules@1")
    assert proposal.digests["taxonomy"].startswith("sha256:")
    assert proposal.at == LATER
    assert (ask.kind, ask.state, ask.why) == ("review", "open", "among the first 45 that people read whole")
    assert state_of(desk, 0) == "proposed"


def test_running_again_proposes_nothing_new(desk: Desk) -> None:
    shop.fill(desk, 0, 1, 2)
    triage(desk)
    assert triage(desk).proposed == 0
    with desk.read() as db:
        assert asks.open_counts(db) == {"review": 3}


def test_a_changed_ticket_is_proposed_anew(desk: Desk) -> None:
    shop.fill(desk, 0)
    triage(desk)
    more = make.turns(("customer", "and the courier lost my parcel too"))
    newer = changed(shop.ticket(0), version=2, digest="sha256:later", turns=(*shop.ticket(0).turns, *more))
    with desk.write() as db:
        tickets.put(db, newer)
    assert triage(desk).proposed == 1
    with desk.read() as db:
        assert [ask.state for ask in asks.of_ticket(db, "zendesk:0")] == ["withdrawn", "open"]
        assert proposals.latest(db, "zendesk:0", 2)


def test_every_page_is_reached(desk: Desk) -> None:
    numbers = range(210)
    with desk.write() as db:
        for number in numbers:
            tickets.put(db, make.ticket(str(number), turns=(), resolution=None, csat=None, subject=""))
    done = triage(desk)
    assert (done.proposed, done.origins) == (210, {"none": 210})


def test_an_interruption_leaves_a_ticket_whole_or_untouched(desk: Desk) -> None:
    class Stop(Exception):
        pass

    class StopsAtThird:
        def __init__(self) -> None:
            self.steps = 0

        def start(self, total: int | None) -> None: ...

        def step(self, done: int = 1) -> None:
            self.steps += done
            if self.steps == 3:
                raise Stop

    shop.fill(desk, 0, 1, 2, 3)
    with pytest.raises(Stop):
        propose_waiting(desk, taxonomy=starter(), settings=SETTINGS, now=LATER, progress=StopsAtThird())
    assert [state_of(desk, number) for number in range(4)] == ["proposed", "proposed", "masked", "masked"]
    assert triage(desk).proposed == 2
    with desk.read() as db:
        assert asks.open_counts(db) == {"review": 4}


def test_two_workers_never_propose_on_one_ticket_twice(desk: Desk) -> None:
    shop.fill(desk, *range(4))
    inner: list[Triaged] = []

    class MeanwhileAnother:
        def start(self, total: int | None) -> None: ...

        def step(self, done: int = 1) -> None:
            if not inner:
                inner.append(triage(desk))

    outer = propose_waiting(desk, taxonomy=starter(), settings=SETTINGS, now=LATER, progress=MeanwhileAnother())
    assert inner[0].proposed == 4
    assert outer.proposed == 0
    with desk.read() as db:
        assert all(len(asks.of_ticket(db, f"zendesk:{number}")) == 1 for number in range(4))


def test_once_people_read_enough_what_is_sure_passes_by_itself(desk: Desk) -> None:
    shop.fill(desk, *range(45))
    triage(desk)
    shop.decide(desk, *range(45))
    shop.fill(desk, *range(100, 118))
    done = triage(desk, changed(SETTINGS, read_first=45))
    assert done.passed >= 12
    assert any(name.startswith("local@") for name in done.by)
    passed = [number for number in range(100, 118) if state_of(desk, number) != "proposed"]
    for number in passed:
        assert state_of(desk, number) == ("not_a_case" if number % 3 == 2 else "decided")
    with desk.read() as db:
        assert not [ask for number in passed for ask in asks.of_ticket(db, f"zendesk:{number}")]


def test_what_waited_from_before_gets_one_second_look(desk: Desk) -> None:
    shop.fill(desk, *range(48), *range(100, 106))
    triage(desk)
    with desk.write() as db:
        # Read and decided long ago, as far as the desk can tell.
        for number in range(48):
            asks.withdraw(db, ticket=f"zendesk:{number}")
            tickets.move(db, f"zendesk:{number}", version=1, frm=("proposed",), to="not_a_case")
    shop.decide(desk, *range(48))
    done = triage(desk)
    assert (done.proposed, done.again) == (6, 6)
    assert done.passed
    assert triage(desk).proposed == 0


def test_a_question_that_somebody_is_reading_is_left_alone(desk: Desk) -> None:
    shop.fill(desk, *range(48), 100)
    triage(desk)
    with desk.write() as db:
        for number in range(48):
            asks.withdraw(db, ticket=f"zendesk:{number}")
            tickets.move(db, f"zendesk:{number}", version=1, frm=("proposed",), to="not_a_case")
        held = asks.claim(db, kind="review", by="a@shop.test", now=LATER, minutes=30)
    assert held
    shop.decide(desk, *range(48))
    assert triage(desk).proposed == 0
    with desk.read() as db:
        again = asks.get(db, held.id)
    assert again == held


def test_quotes_of_the_learned_proposer_are_verbatim_too(desk: Desk) -> None:
    shop.fill(desk, *range(45))
    shop.decide(desk, *range(45))
    shop.fill(desk, *range(100, 109))
    triage(desk)
    with desk.read() as db:
        found = proposals.of_tickets(db, [f"zendesk:{number}" for number in range(100, 109)])
    learned = [proposal for proposal in found.values() if proposal.proposer.startswith("local@")]
    assert learned
    for proposal in learned:
        ticket = shop.ticket(int(proposal.ticket.split(":")[1]))
        assert proposal.evidence
        for evidence in proposal.evidence:
            assert any(evidence.quote in text for text in texts(ticket, evidence.turn))
        assert proposal.digests["local"] in proposal.proposer


def test_distress_is_asked_first_however_sure_anybody_is(desk: Desk) -> None:
    shop.fill(desk, *range(45))
    shop.decide(desk, *range(45))
    dire = make.turns(("customer", "your bot lost my parcel, I want to die"), ("assistant", "Great!"))
    with desk.write() as db:
        tickets.put(db, make.ticket("dire", turns=dire, flags=(Flag(danger="distress", path="turns.0.text"),)))
    triage(desk)
    with desk.write() as db:
        first = asks.claim(db, kind="review", by="a@shop.test", now=LATER, minutes=30)
    assert first
    assert (first.ticket, first.rank < 100) == ("zendesk:dire", True)


def test_nothing_waits_nothing_is_learned(desk: Desk) -> None:
    assert triage(desk) == Triaged(proposed=0, asked=0, passed=0, by={})
