"""Reviews are only ever added; an undo is one more."""

from datetime import timedelta

import make
from casemill.store import Desk, reviews, tickets

KEY = "zendesk:48213"
LATER = make.NOW + timedelta(minutes=1)


def test_the_last_decision_stands_and_notes_do_not_count(desk: Desk) -> None:
    with desk.write() as db:
        reviews.add(db, make.review())
        last = reviews.add(db, make.review(decision="not_a_case", at=LATER))
        reviews.add(db, make.review(decision="note", note="hm", at=LATER))
        assert reviews.standing(db, KEY) == make.review(decision="not_a_case", at=LATER, id=last)
        assert len(reviews.of_ticket(db, KEY)) == 3
        assert reviews.count(db) == 1


def test_an_undone_decision_gives_way_to_the_one_before(desk: Desk) -> None:
    with desk.write() as db:
        first = reviews.add(db, make.review())
        second = reviews.add(db, make.review(decision="duplicate", duplicate_of="zendesk:1", at=LATER))
        reviews.add(db, make.review(decision="undo", undoes=second, at=LATER))
        assert reviews.standing(db, KEY) == make.review(id=first)
        assert reviews.last_by(db, "lead@shop.test") == make.review(id=first)
        reviews.add(db, make.review(decision="undo", undoes=first, at=LATER))
        assert reviews.standing(db, KEY) is None
        assert reviews.last_by(db, "lead@shop.test") is None
        assert (reviews.count(db), reviews.all_standing(db)) == (0, ())


def test_a_file_of_decisions_read_twice_adds_nothing(desk: Desk) -> None:
    with desk.write() as db:
        first = reviews.add(db, make.review(recorded=True))
        assert reviews.add(db, make.review(recorded=True)) == first
        assert len(reviews.of_ticket(db, KEY)) == 1


def test_each_ticket_has_one_standing_decision(desk: Desk) -> None:
    with desk.write() as db:
        reviews.add(db, make.review("zendesk:1"))
        reviews.add(db, make.review("zendesk:2", by="eve"))
        reviews.add(db, make.review("zendesk:1", decision="correct", at=LATER))
        told = [(one.ticket, one.decision) for one in reviews.all_standing(db)]
        assert told == [("zendesk:2", "accept"), ("zendesk:1", "correct")]
        assert reviews.last_by(db, "eve").ticket == "zendesk:2"  # type: ignore[union-attr]
        assert reviews.last_by(db, "nobody") is None


def test_a_decision_about_another_talk_can_be_left_out(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        reviews.add(db, make.review())
        tickets.put(db, make.ticket(version=2, digest="sha256:two", turns=make.turns(("customer", "new talk"))))
        assert reviews.standing(db, KEY)
        assert reviews.standing(db, KEY, version=2) is None
        assert reviews.standing(db, KEY, version=1)
