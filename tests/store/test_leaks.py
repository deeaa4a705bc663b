"""Verdicts on masked tickets are only ever added; a mark waits until somebody acts on it or takes it back."""

from datetime import timedelta

import make
from casemill.store import Desk, asks, leaks

KEY = "zendesk:48213"
LATER = make.NOW + timedelta(minutes=1)
OVER = make.mark(start=6, end=15, label="ORDER", hides_none=True)


def test_drawing_asks_once_and_tells_how_many_are_new(desk: Desk) -> None:
    drawn = [leaks.Drawn(f"zendesk:{name}", 2, "drawn", 0.25) for name in "12"]
    with desk.write() as db:
        assert leaks.sample(db, drawn, now=make.NOW) == 2
        assert leaks.sample(db, [*drawn, leaks.Drawn("zendesk:3", 1, "drawn")], now=LATER) == 1
        assert leaks.open_count(db) == 3
        assert leaks.asked_about(db) == {"zendesk:1", "zendesk:2", "zendesk:3"}
        (ask,) = asks.of_ticket(db, "zendesk:1")
        assert (ask.kind, ask.version, ask.chance, ask.why) == ("leak", 2, 0.25, "drawn")


def test_a_ticket_asked_about_in_an_older_version_is_not_asked_about_again(desk: Desk) -> None:
    with desk.write() as db:
        leaks.sample(db, [leaks.Drawn(KEY, 1, "drawn")], now=make.NOW)
        assert leaks.sample(db, [leaks.Drawn(KEY, 2, "drawn")], now=make.NOW) == 0


def test_an_answered_question_may_be_asked_again(desk: Desk) -> None:
    with desk.write() as db:
        leaks.sample(db, [leaks.Drawn(KEY, 1, "drawn")], now=make.NOW)
        (ask,) = asks.of_ticket(db, KEY)
        asks.answer(db, ask.id, by="eve", now=make.NOW)
        assert leaks.sample(db, [leaks.Drawn(KEY, 1, "masked anew")], now=make.NOW) == 1


def test_the_same_verdict_is_not_kept_twice_and_neither_are_its_marks(desk: Desk) -> None:
    review = make.leak_review(verdict="leak", marks=(make.mark(), OVER))
    with desk.write() as db:
        first = leaks.add(db, review)
        assert leaks.add(db, review) == first
        (waiting,) = leaks.waiting_marks(db)
        assert (waiting.ticket, waiting.version, waiting.mark) == (KEY, 1, make.mark())


def test_an_over_masked_placeholder_waits_for_nobody(desk: Desk) -> None:
    with desk.write() as db:
        leaks.add(db, make.leak_review(verdict="over_masked", marks=(OVER,)))
        assert leaks.waiting_marks(db) == ()


def test_a_mark_is_done_once_and_tells_what_was_read(desk: Desk) -> None:
    with desk.write() as db:
        number = leaks.add(db, make.leak_review(verdict="leak", marks=(make.mark(),), read="sha256:1"))
        (waiting,) = leaks.waiting_marks(db)
        assert leaks.read_digest(db, waiting.id) == "sha256:1"
        assert leaks.read_digest(db, 999) is None
        assert not leaks.acted_on(db, number)
        leaks.done_mark(db, waiting.id, now=make.NOW)
        leaks.done_mark(db, waiting.id, now=LATER)
        assert leaks.waiting_marks(db) == ()
        assert leaks.acted_on(db, number)


def test_an_undo_takes_the_marks_back_and_the_verdict_before_stands(desk: Desk) -> None:
    with desk.write() as db:
        first = leaks.add(db, make.leak_review(read="sha256:1"))
        second = leaks.add(db, make.leak_review(verdict="leak", marks=(make.mark(),), read="sha256:1", at=LATER))
        assert [one.id for one in leaks.standing(db)] == [second]
        assert leaks.last_by(db, "lead@shop.test").id == second  # type: ignore[union-attr]
        leaks.add(db, make.leak_review(verdict="undo", undoes=second, at=LATER))
        assert [one.id for one in leaks.standing(db)] == [first]
        assert leaks.waiting_marks(db) == ()
        assert leaks.last_by(db, "lead@shop.test").id == first  # type: ignore[union-attr]
        assert leaks.last_by(db, "nobody") is None
        assert len(leaks.all_reviews(db)) == 3


def test_a_mark_that_was_done_is_not_taken_back(desk: Desk) -> None:
    with desk.write() as db:
        number = leaks.add(db, make.leak_review(verdict="leak", marks=(make.mark(), make.mark("subject"))))
        first, _ = leaks.waiting_marks(db)
        leaks.done_mark(db, first.id, now=make.NOW)
        leaks.add(db, make.leak_review(verdict="undo", undoes=number))
        assert leaks.waiting_marks(db) == ()
        assert leaks.acted_on(db, number)


def test_each_reading_of_a_ticket_has_its_own_standing_verdict_and_notes_have_none(desk: Desk) -> None:
    with desk.write() as db:
        leaks.add(db, make.leak_review(verdict="leak", marks=(make.mark(),), read="sha256:1"))
        leaks.add(db, make.leak_review(read="sha256:2", at=LATER))
        leaks.add(db, make.leak_review(verdict="note", note="hm", read="sha256:2", at=LATER))
        assert [(one.verdict, one.read) for one in leaks.standing(db)] == [("leak", "sha256:1"), ("fine", "sha256:2")]


def test_a_note_that_quotes_what_was_personal_can_be_rewritten(desk: Desk) -> None:
    with desk.write() as db:
        leaks.add(db, make.leak_review(verdict="note", note="Anna is left"))
        leaks.add(db, make.leak_review("zendesk:2", verdict="note", note="Anna is left"))
        assert leaks.rewrite_notes(db, KEY, change=lambda note: note.replace("Anna", "[NAME_1]")) == 1
        assert leaks.rewrite_notes(db, KEY, change=lambda note: note.replace("Anna", "[NAME_1]")) == 0
        assert [one.note for one in leaks.all_reviews(db)] == ["[NAME_1] is left", "Anna is left"]


def test_a_reading_of_new_texts_drops_marks_whose_places_are_gone(desk: Desk) -> None:
    with desk.write() as db:
        leaks.add(db, make.leak_review(verdict="leak", marks=(make.mark(),), read="sha256:1"))
        leaks.add(db, make.leak_review("zendesk:2", verdict="leak", marks=(make.mark(),), read="sha256:1"))
        leaks.add(db, make.leak_review(verdict="note", note="hm", read="sha256:2"))
        leaks.add(db, make.leak_review(by="eve", read="sha256:1"))
        assert len(leaks.waiting_marks(db)) == 2
        leaks.add(db, make.leak_review(read="sha256:2"))
        assert [one.ticket for one in leaks.waiting_marks(db)] == ["zendesk:2"]
