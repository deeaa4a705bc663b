"""A decision is a row, an answered question and a moved ticket, or nothing at all."""

from datetime import timedelta

import pytest

import make
from casemill.domain.case import Draft
from casemill.domain.failure import Failure
from casemill.domain.review import Review
from casemill.domain.ticket import TicketState
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.review import failures_of, next_ask, record, undo
from casemill.store import Desk, asks, drafts, reviews, tickets
from review.asked import ANNA, BORIS, FAILURE, LATER, ask, questions, state

TICKET = "zendesk:1"
WRONG = Failure(mode="wrong_fact", severity="P1", turn=1)


def decided(desk: Desk, decision: str = "accept", by: str = ANNA, **fields: object) -> int:
    review = make.review(TICKET, decision=decision, by=by, at=LATER, **fields)
    return record(desk, review, now=LATER)


def failures(desk: Desk) -> tuple[Failure, ...]:
    with desk.read() as db:
        return failures_of(db, TICKET)


def test_an_accepted_proposal_makes_its_failures_the_decision(desk: Desk) -> None:
    ask(desk, "1")
    number = decided(desk)
    assert state(desk, "1") == "decided"
    assert failures(desk) == (FAILURE,)
    (question,) = questions(desk, "1")
    assert (question.state, question.answered_by, question.answered_at) == ("answered", ANNA, LATER)
    with desk.read() as db:
        (review,) = reviews.of_ticket(db, TICKET)
    assert (review.id, review.ask) == (number, question.id)


@pytest.mark.parametrize(
    ("fields", "to"),
    [
        ({"decision": "correct", "origin": "model", "failures": (WRONG,)}, "decided"),
        ({"decision": "correct", "origin": "product"}, "not_a_case"),
        ({"decision": "correct", "origin": "none"}, "not_a_case"),
        ({"decision": "not_a_case"}, "not_a_case"),
        ({"decision": "not_a_case", "origin": "misuse"}, "not_a_case"),
        ({"decision": "duplicate", "duplicate_of": "zendesk:2"}, "duplicate"),
        ({"decision": "note", "note": "ask billing"}, "proposed"),
    ],
)
def test_each_decision_puts_the_ticket_where_it_belongs(desk: Desk, fields: dict[str, object], to: TicketState) -> None:
    ask(desk, "1", "2")
    decided(desk, **fields)  # type: ignore[arg-type]
    assert state(desk, "1") == to
    assert questions(desk, "1")[0].state == ("open" if to == "proposed" else "answered")
    assert failures(desk) == ((WRONG,) if fields.get("failures") else (FAILURE,) if to == "proposed" else ())


def test_accepting_that_it_was_not_the_model_is_not_a_case(desk: Desk) -> None:
    ask(desk, "1", proposal=make.proposal(origin="product", failures=()))
    decided(desk)
    assert state(desk, "1") == "not_a_case"
    assert failures(desk) == ()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"decision": "correct"}, "names the origin"),
        ({"decision": "correct", "origin": "model"}, "is named"),
        ({"decision": "correct", "origin": "product", "failures": (WRONG,)}, "belong to origin model"),
        ({"decision": "accept", "failures": (WRONG,)}, "takes no origin"),
        ({"decision": "accept", "origin": "product"}, "takes no origin"),
        ({"decision": "duplicate"}, "names another ticket"),
        ({"decision": "duplicate", "duplicate_of": TICKET}, "names another ticket"),
        ({"decision": "duplicate", "duplicate_of": "zendesk:nowhere"}, "no ticket zendesk:nowhere"),
        ({"decision": "note"}, "needs text"),
        ({"decision": "undo", "undoes": 1}, "cannot be recorded"),
        ({"decision": "correct", "origin": "model", "failures": (changed(WRONG, turn=99),)}, "no turn 99"),
        ({"decision": "correct", "origin": "model", "failures": (changed(WRONG, turn=0),)}, "turn 0 is the customer's"),
        ({"ticket": "zendesk:nowhere"}, "no ticket zendesk:nowhere"),
        ({"version": 7}, "changed since it was read"),
    ],
)
def test_a_decision_that_makes_no_sense_changes_nothing(desk: Desk, fields: dict[str, object], says: str) -> None:
    ask(desk, "1")
    review = make.review(**({"ticket": TICKET, "by": ANNA} | fields))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=says):
        record(desk, review, now=LATER)
    assert state(desk, "1") == "proposed"
    assert questions(desk, "1")[0].state == "open"
    with desk.read() as db:
        assert reviews.of_ticket(db, TICKET) == ()


def test_an_accept_needs_a_proposal_that_says_what_failed(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket("1"))
    with pytest.raises(UsageError, match="no proposal to accept"):
        decided(desk)
    ask(desk, "2", proposal=make.proposal(failures=()))
    with pytest.raises(UsageError, match="names no failure"):
        record(desk, make.review("zendesk:2"), now=LATER)


def test_a_ticket_may_be_corrected_before_triage_saw_it(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket("1"))
    decided(desk, "correct", origin="model", failures=(WRONG,))
    assert (state(desk, "1"), failures(desk)) == ("decided", (WRONG,))


def test_a_duplicate_of_a_duplicate_is_refused(desk: Desk) -> None:
    ask(desk, "1", "2", "3")
    decided(desk, "duplicate", duplicate_of="zendesk:2")
    with pytest.raises(UsageError, match="is a duplicate itself"):
        record(desk, make.review("zendesk:3", decision="duplicate", duplicate_of=TICKET), now=LATER)


def test_the_second_answer_to_one_question_is_refused(desk: Desk) -> None:
    ask(desk, "1")
    shown = next_ask(desk, by=ANNA, now=make.NOW, minutes=1)
    again = next_ask(desk, by=BORIS, now=LATER, minutes=1)
    assert shown
    assert again
    decided(desk, by=BORIS, ask=again.ask.id)
    with pytest.raises(UsageError, match="decided meanwhile by boris"):
        decided(desk, "not_a_case", ask=shown.ask.id)
    assert state(desk, "1") == "decided"


def test_a_decision_on_a_ticket_that_changed_is_refused(desk: Desk) -> None:
    ask(desk, "1")
    more = (*make.ticket("1").turns, *make.turns(("customer", "and another thing")))
    with desk.write() as db:
        tickets.put(db, make.ticket("1", version=2, digest="sha256:2", turns=more))
    with pytest.raises(UsageError, match="version 1 then, 2 now"):
        decided(desk)


def test_undo_takes_back_ones_own_last_decision_and_asks_again(desk: Desk) -> None:
    ask(desk, "1", "2")
    decided(desk)
    record(desk, make.review("zendesk:2", decision="not_a_case", by=BORIS, at=LATER), now=LATER)
    taken = undo(desk, by=ANNA, now=LATER)
    assert taken
    assert (taken.ticket, taken.decision) == (TICKET, "accept")
    assert (state(desk, "1"), state(desk, "2")) == ("proposed", "not_a_case")
    assert questions(desk, "1")[0].state == "open"
    with desk.read() as db:
        assert [review.decision for review in reviews.of_ticket(db, TICKET)] == ["accept", "undo"]
        assert reviews.standing(db, TICKET) is None
    assert undo(desk, by=ANNA, now=LATER) is None


def test_what_was_undone_can_be_decided_anew(desk: Desk) -> None:
    ask(desk, "1")
    decided(desk)
    undo(desk, by=ANNA, now=LATER)
    decided(desk, "correct", origin="model", failures=(WRONG,), note="second thoughts")
    assert (state(desk, "1"), failures(desk)) == ("decided", (WRONG,))
    assert len(questions(desk, "1")) == 1


def test_undoing_the_newer_of_two_decisions_lets_the_older_stand(desk: Desk) -> None:
    ask(desk, "1")
    decided(desk)
    decided(desk, "not_a_case", by=BORIS)
    assert (state(desk, "1"), failures(desk)) == ("not_a_case", ())
    undo(desk, by=BORIS, now=LATER)
    assert (state(desk, "1"), failures(desk)) == ("decided", (FAILURE,))
    assert questions(desk, "1")[0].state == "answered"


def test_undoing_the_older_of_two_decisions_leaves_the_newer(desk: Desk) -> None:
    ask(desk, "1")
    decided(desk)
    decided(desk, "not_a_case", by=BORIS)
    undo(desk, by=ANNA, now=LATER)
    assert state(desk, "1") == "not_a_case"


def drafted(desk: Desk) -> int:
    """A decided ticket with a draft that waits for admission."""
    ask(desk, "1")
    decided(desk)
    with desk.write() as db:
        number = drafts.put(db, Draft(ticket=TICKET, version=1, failure=1, case=make.case()))
        asks.ask(db, kind="draft", ticket=TICKET, version=1, why="admit?", now=LATER, draft=number)
        tickets.move(db, TICKET, version=1, frm=("decided",), to="drafted")
    return number


def test_undo_drops_what_was_drafted_from_the_decision(desk: Desk) -> None:
    number = drafted(desk)
    undo(desk, by=ANNA, now=LATER)
    assert state(desk, "1") == "proposed"
    with desk.read() as db:
        assert drafts.state_of(db, number) == "rejected"
        assert asks.open_counts(db) == {"review": 1}


def test_what_is_admitted_is_neither_undone_nor_decided_again(desk: Desk) -> None:
    number = drafted(desk)
    with desk.write() as db:
        drafts.settle(db, number, to="admitted", now=LATER)
        tickets.move(db, TICKET, version=1, frm=("drafted",), to="admitted")
    with pytest.raises(UsageError, match="admitted already") as refused:
        undo(desk, by=ANNA, now=LATER)
    assert refused.value.hint
    with pytest.raises(UsageError, match="admitted already"):
        decided(desk, "not_a_case", by=BORIS)
    with desk.read() as db:
        assert [review.decision for review in reviews.of_ticket(db, TICKET)] == ["accept"]
    assert state(desk, "1") == "admitted"


def test_one_admitted_draft_of_two_is_enough_to_refuse(desk: Desk) -> None:
    number = drafted(desk)
    with desk.write() as db:
        drafts.put(db, Draft(ticket=TICKET, version=1, failure=2, case=make.case()))
        drafts.settle(db, number, to="admitted", now=LATER)
    with pytest.raises(UsageError, match="admitted already"):
        undo(desk, by=ANNA, now=LATER)


def test_undo_after_the_ticket_changed_leaves_the_new_version_alone(desk: Desk) -> None:
    ask(desk, "1")
    decided(desk)
    more = (*make.ticket("1").turns, *make.turns(("customer", "and another thing")))
    with desk.write() as db:
        tickets.put(db, make.ticket("1", version=2, digest="sha256:2", turns=more))
    assert undo(desk, by=ANNA, now=LATER)
    assert state(desk, "1") == "masked"


def test_a_decision_stands_through_a_version_that_tells_the_same_talk(desk: Desk) -> None:
    ask(desk, "1")
    decided(desk)
    with desk.write() as db:
        tickets.put(db, make.ticket("1", version=2, digest="sha256:2", tags=("vip",)))
    assert (state(desk, "1"), failures(desk)) == ("decided", (FAILURE,))
    undo(desk, by=ANNA, now=LATER + timedelta(minutes=1))
    assert state(desk, "1") == "proposed"


def test_a_proposal_that_passed_by_itself_is_the_decision(desk: Desk) -> None:
    ask(desk, "1")
    with desk.write() as db:
        asks.withdraw(db, ticket=TICKET)
        tickets.move(db, TICKET, version=1, frm=("proposed",), to="decided")
    assert failures(desk) == (FAILURE,)
    with desk.read() as db:
        assert failures_of(db, make.ticket("1")) == (FAILURE,)
        assert failures_of(db, "zendesk:nowhere") == ()
    decided(desk, "not_a_case")
    assert (state(desk, "1"), failures(desk)) == ("not_a_case", ())


def test_reviews_of_the_same_words_are_rows_of_their_own(desk: Desk) -> None:
    ask(desk, "1")
    first: Review = make.review(TICKET, decision="note", note="one", by=ANNA, at=LATER)
    record(desk, first, now=LATER)
    record(desk, changed(first, at=LATER + timedelta(seconds=1)), now=LATER)
    with desk.read() as db:
        assert len(reviews.of_ticket(db, TICKET)) == 2


def test_a_customer_who_writes_again_after_admission_can_be_decided_on_again(desk: Desk) -> None:
    number = drafted(desk)
    with desk.write() as db:
        drafts.settle(db, number, to="admitted", now=LATER)
        tickets.move(db, TICKET, version=1, frm=("drafted",), to="admitted")
        more = (*make.ticket("1").turns, *make.turns(("customer", "and now it did it again")))
        tickets.put(db, make.ticket("1", version=2, digest="sha256:2", turns=more))
    decided(desk, "not_a_case", by=BORIS, version=2)
    assert state(desk, "1") == "not_a_case"
