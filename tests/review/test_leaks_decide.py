"""A verdict on a whole ticket: kept in one transaction, its question answered, its marks where the words stand."""

from datetime import timedelta

import pytest

import make
from casemill.domain.leak import LeakReview, Mark
from casemill.domain.review import Ask
from casemill.domain.ticket import texts_digest
from casemill.errors import UsageError
from casemill.review import ask_to_read, next_leak_ask, record_verdict, undo_verdict
from casemill.store import Desk, asks, leaks, tickets
from review.asked import ANNA, BORIS, LATER

KEY = "zendesk:1"
TEXT = "order [ORDER_1] came broken, write to Anna Karimova, Abay 12"
ANNAS = make.mark(start=38, end=51)


@pytest.fixture
def drawn(desk: Desk) -> Desk:
    """One ticket that was drawn with a chance of a quarter."""
    with desk.write() as db:
        tickets.put(db, make.ticket("1", turns=make.turns(("customer", TEXT), ("assistant", "Thank you for that."))))
        leaks.sample(db, [leaks.Drawn(KEY, 1, "drawn", 0.25)], now=make.NOW)
    return desk


def question(desk: Desk) -> Ask:
    with desk.read() as db:
        return next(one for one in reversed(asks.of_ticket(db, KEY)) if one.kind == "leak")


def kept(desk: Desk) -> list[LeakReview]:
    with desk.read() as db:
        return list(leaks.all_reviews(db))


def marks(desk: Desk) -> list[Mark]:
    with desk.read() as db:
        return [one.mark for one in leaks.waiting_marks(db)]


def test_a_verdict_answers_its_question_and_notes_what_the_report_needs(drawn: Desk) -> None:
    record_verdict(drawn, make.leak_review(KEY), now=make.NOW)
    (review,) = kept(drawn)
    assert question(drawn).state == "answered"
    assert (review.language, review.chance, review.ask) == ("en", 0.25, question(drawn).id)
    with drawn.read() as db:
        ticket = tickets.get(db, KEY)
    assert ticket
    assert review.read == texts_digest(ticket)


def test_a_mark_stores_the_place_and_never_the_words(drawn: Desk) -> None:
    record_verdict(drawn, make.leak_review(KEY, verdict="leak", marks=(ANNAS,)), now=make.NOW)
    assert marks(drawn) == [ANNAS]
    assert TEXT[ANNAS.start : ANNAS.end] == "Anna Karimova"
    assert "Anna" not in str(kept(drawn))


def test_a_mark_on_a_placeholder_says_that_it_hides_nobody(drawn: Desk) -> None:
    loose = make.mark(start=7, end=12, label="")
    record_verdict(drawn, make.leak_review(KEY, verdict="over_masked", marks=(loose,)), now=make.NOW)
    (review,) = kept(drawn)
    assert review.marks == (Mark(path="turns.0.text", start=6, end=15, label="ORDER", hides_none=True),)
    assert marks(drawn) == []


def test_a_leak_may_name_a_placeholder_too(drawn: Desk) -> None:
    both = (ANNAS, make.mark(start=6, end=15, label="ORDER"))
    record_verdict(drawn, make.leak_review(KEY, verdict="leak", marks=both), now=make.NOW)
    assert [mark.hides_none for mark in kept(drawn)[0].marks] == [False, True]
    assert marks(drawn) == [ANNAS]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"verdict": "leak"}, "a leak names what leaked"),
        ({"verdict": "fine", "marks": (ANNAS,)}, "fine takes no marks"),
        ({"verdict": "over_masked"}, "over_masked names the placeholders"),
        ({"verdict": "over_masked", "marks": (ANNAS,)}, "words are marked that leaked"),
        ({"verdict": "leak", "marks": (make.mark(start=6, end=15),)}, "only placeholders are marked"),
        ({"verdict": "leak", "marks": (make.mark(start=0, end=9),)}, "a placeholder and more"),
        ({"verdict": "leak", "marks": (make.mark(start=0, end=999),)}, "outside its text"),
        ({"verdict": "leak", "marks": (make.mark(start=5, end=5),)}, "outside its text"),
        ({"verdict": "leak", "marks": (make.mark("turns.9.text"),)}, "no text at the path"),
        ({"verdict": "leak", "marks": (make.mark(label="anna"),)}, "needs a label in capitals"),
        ({"verdict": "note"}, "a note needs text"),
        ({"verdict": "undo"}, "an undo cannot be recorded"),
        ({"version": 3}, "changed since it was read"),
        ({"read": "sha256:other"}, "changed since it was read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nonsense_is_refused_and_nothing_is_kept(drawn: Desk, said: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        record_verdict(drawn, make.leak_review(KEY, **said), now=make.NOW)
    assert "Anna" not in f"{refused.value}{refused.value.hint}"
    assert (kept(drawn), question(drawn).state) == ([], "open")


def test_a_ticket_nobody_knows_is_refused(desk: Desk) -> None:
    with pytest.raises(UsageError, match="there is no ticket zendesk:1"):
        record_verdict(desk, make.leak_review(KEY), now=make.NOW)


def test_of_two_readers_the_second_is_told(drawn: Desk) -> None:
    ask = question(drawn).id
    record_verdict(drawn, make.leak_review(KEY, by=ANNA, ask=ask), now=make.NOW)
    with pytest.raises(UsageError, match=f"was read meanwhile by {ANNA}"):
        record_verdict(drawn, make.leak_review(KEY, by=BORIS, ask=ask), now=make.NOW)
    assert len(kept(drawn)) == 1


def test_a_second_thought_on_the_same_texts_stands_in_the_sample(drawn: Desk) -> None:
    record_verdict(drawn, make.leak_review(KEY), now=make.NOW)
    record_verdict(drawn, make.leak_review(KEY, verdict="leak", marks=(ANNAS,), at=LATER), now=LATER)
    with drawn.read() as db:
        assert [(one.verdict, one.chance) for one in leaks.standing(db)] == [("leak", 0.25)]


def test_a_note_leaves_the_question_open(drawn: Desk) -> None:
    record_verdict(drawn, make.leak_review(KEY, verdict="note", note="ask legal"), now=make.NOW)
    assert question(drawn).state == "open"


def test_an_undo_asks_again_and_takes_the_marks_back(drawn: Desk) -> None:
    record_verdict(drawn, make.leak_review(KEY, by=ANNA, verdict="leak", marks=(ANNAS,)), now=make.NOW)
    taken = undo_verdict(drawn, by=ANNA, now=LATER)
    assert taken
    assert (taken.verdict, question(drawn).state, marks(drawn)) == ("leak", "open", [])
    assert undo_verdict(drawn, by=ANNA, now=LATER) is None
    assert [one.verdict for one in kept(drawn)] == ["leak", "undo"]


def test_what_was_masked_already_is_not_taken_back(drawn: Desk) -> None:
    record_verdict(drawn, make.leak_review(KEY, by=ANNA, verdict="leak", marks=(ANNAS,)), now=make.NOW)
    with drawn.write() as db:
        leaks.done_mark(db, leaks.waiting_marks(db)[0].id, now=make.NOW)
    with pytest.raises(UsageError, match="was masked already"):
        undo_verdict(drawn, by=ANNA, now=LATER)
    assert len(kept(drawn)) == 1


def test_a_ticket_is_held_by_one_reader_at_a_time(drawn: Desk) -> None:
    first = next_leak_ask(drawn, by=ANNA, now=make.NOW, minutes=30)
    assert first
    assert (first.ticket.key, first.done, first.left) == (KEY, 0, 1)
    assert next_leak_ask(drawn, by=BORIS, now=make.NOW, minutes=30) is None
    assert next_leak_ask(drawn, by=BORIS, now=make.NOW + timedelta(minutes=31), minutes=30)


def test_skipped_and_erased_tickets_are_not_given_out(drawn: Desk) -> None:
    assert next_leak_ask(drawn, by=ANNA, now=make.NOW, minutes=30, skip={question(drawn).id}) is None
    with drawn.write() as db:
        leaks.sample(db, [leaks.Drawn("zendesk:gone", 1, "drawn")], now=make.NOW)
    record_verdict(drawn, make.leak_review(KEY), now=make.NOW)
    assert next_leak_ask(drawn, by=ANNA, now=make.NOW, minutes=30) is None
    with drawn.read() as db:
        assert leaks.open_count(db) == 0


def test_one_may_ask_to_read_a_ticket_out_of_turn(drawn: Desk) -> None:
    with drawn.write() as db:
        tickets.put(db, make.ticket("2"))
    ask = ask_to_read(drawn, "zendesk:2", by=ANNA, now=make.NOW)
    assert ask_to_read(drawn, "zendesk:2", by=ANNA, now=make.NOW) == ask
    assert ask_to_read(drawn, KEY, by=ANNA, now=make.NOW) == question(drawn).id
    first = next_leak_ask(drawn, by=ANNA, now=make.NOW, minutes=30)
    assert first
    assert (first.ticket.key, first.ask.chance) == ("zendesk:2", None)
    with pytest.raises(UsageError, match="there is no ticket"):
        ask_to_read(drawn, "zendesk:9", by=ANNA, now=make.NOW)
