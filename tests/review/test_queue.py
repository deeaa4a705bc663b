"""A question goes to one person at a time, the most urgent first."""

from datetime import timedelta
from threading import Thread

import make
from casemill.review import Question, next_ask
from casemill.review.queue import give_back
from casemill.store import Desk, asks, reviews
from review.asked import ANNA, BORIS, ask


def given(desk: Desk, by: str, **fields: object) -> Question | None:
    told: dict[str, object] = {"now": make.NOW, "minutes": 30}
    return next_ask(desk, by=by, **(told | fields))  # type: ignore[arg-type]


def key(question: Question | None) -> str | None:
    return question.ticket.key if question else None


def test_the_same_question_is_not_given_to_two_reviewers(desk: Desk) -> None:
    ask(desk, "1", "2")
    assert key(given(desk, ANNA)) == "zendesk:1"
    assert key(given(desk, BORIS)) == "zendesk:2"
    assert given(desk, "carl@shop.test") is None
    assert key(given(desk, ANNA)) == "zendesk:1"


def test_reviewers_who_ask_at_once_get_different_tickets(desk: Desk) -> None:
    ask(desk, *(str(number) for number in range(8)))
    got: list[str | None] = []
    crowd = [Thread(target=lambda by=name: got.append(key(given(desk, by)))) for name in "abcdefgh"]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sorted(got, key=str) == [f"zendesk:{number}" for number in range(8)]


def test_a_lease_ends_by_itself_and_by_giving_back(desk: Desk) -> None:
    ask(desk, "1")
    first = given(desk, ANNA)
    assert first
    assert given(desk, BORIS, now=make.NOW + timedelta(minutes=29)) is None
    assert key(given(desk, BORIS, now=make.NOW + timedelta(minutes=31))) == "zendesk:1"
    give_back(desk, first.ask.id, by=BORIS)
    assert key(given(desk, ANNA)) == "zendesk:1"


def test_a_skipped_question_is_not_given_again_to_who_skipped_it(desk: Desk) -> None:
    ask(desk, "1", "2")
    first = given(desk, ANNA)
    assert first
    assert key(given(desk, ANNA, skip={first.ask.id})) == "zendesk:2"


def test_the_lowest_rank_comes_first(desk: Desk) -> None:
    ask(desk, "calm", rank=200)
    ask(desk, "urgent", rank=3)
    assert key(given(desk, ANNA)) == "zendesk:urgent"


def test_a_question_brings_ticket_proposal_and_counts(desk: Desk) -> None:
    ask(desk, "1", "2", "3")
    with desk.write() as db:
        reviews.add(db, make.review("zendesk:3"))
        asks.withdraw(db, ticket="zendesk:3")
    question = given(desk, ANNA)
    assert question
    assert question.ticket == make.ticket("1")
    assert question.proposal
    assert question.proposal.origin == "model"
    assert (question.done, question.left) == (1, 2)
    assert question.ask.leased_by == ANNA


def test_other_kinds_of_questions_are_not_reviews(desk: Desk) -> None:
    with desk.write() as db:
        asks.ask(db, kind="draft", ticket="zendesk:1", version=1, why="admit?", now=make.NOW)
    assert given(desk, ANNA) is None


def test_a_question_about_a_ticket_that_is_gone_is_withdrawn(desk: Desk) -> None:
    with desk.write() as db:
        asks.ask(db, kind="review", ticket="zendesk:gone", version=1, why="?", now=make.NOW)
    ask(desk, "1")
    assert key(given(desk, ANNA)) == "zendesk:1"
    with desk.read() as db:
        assert [one.state for one in asks.of_ticket(db, "zendesk:gone")] == ["withdrawn"]
