"""What reviews teach: only when there are enough, the same every time, never split within a person."""

from datetime import timedelta

import pytest

import make
from casemill.domain.failure import Failure
from casemill.store import Desk, proposals, reviews, tickets
from casemill.triage.classifier import Classifier, Example, enough
from casemill.triage.learn import Lesson, learn, lessons_of
from casemill.triage.words import words_of
from triage import shop


def lessons(*numbers: int) -> list[Lesson]:
    return [
        Lesson(shop.ticket(number), review.origin, review.failures[0].mode if review.failures else None)
        for number in numbers
        if (review := shop.review(number)).origin
    ]


def test_below_forty_reviews_or_with_one_origin_the_rules_stand_alone() -> None:
    assert learn(lessons(*range(39))) is None
    assert learn([lesson for lesson in lessons(*range(90)) if lesson.origin == "model"]) is None
    assert learn(lessons(*range(42))) is not None


def test_what_reviews_taught_is_said_of_new_tickets_surely() -> None:
    local = learn(lessons(*range(90)))
    assert local
    assert local.lessons == 90
    for number in range(100, 130):
        learned, truth = local.judge(shop.ticket(number)), shop.review(number)
        assert learned.origin == truth.origin
        assert learned.mode == (truth.failures[0].mode if truth.failures else None)
        assert learned.probability > 0.9


def test_the_same_lessons_give_the_same_proposer_and_others_another() -> None:
    first, again, other = learn(lessons(*range(60))), learn(lessons(*range(60))), learn(lessons(*range(61)))
    assert first
    assert again
    assert other
    assert first.name == again.name != other.name
    assert first.name.startswith("local@")
    assert first.judge(shop.ticket(200)) == again.judge(shop.ticket(200))


def test_words_that_do_not_tell_the_labels_apart_do_not_make_it_sure() -> None:
    texts = [
        f"{colour} {size} thing {number}"
        for number, (colour, size) in enumerate(zip("ab" * 40, "cdef" * 20, strict=True))
    ]
    examples = [
        Example(text, "xy"[number // 2 % 2 ^ number // 3 % 2], str(number)) for number, text in enumerate(texts)
    ]
    sure = [Classifier(examples).guess(f"a c thing {number}").probability for number in range(5)]
    assert max(sure) < 0.8


def test_a_persons_own_words_do_not_make_it_sure_of_itself() -> None:
    """Ten people with a catchphrase and a label each: remembered perfectly, worth nothing for an eleventh."""
    by_person = [
        Example(f"catchphrase{person} {number}", "xy"[person % 2], f"person:{person}")
        for person in range(10)
        for number in range(8)
    ]
    assert Classifier(by_person).guess("catchphrase3 99").probability < 0.75


def test_small_classes_are_left_out() -> None:
    some = [Example(f"text {number}", "ab"[number % 2], str(number)) for number in range(20)]
    assert {example.label for example in enough([*some, Example("rare", "c", "c")])} == {"a", "b"}
    assert enough(some[:8]) == []


def test_telling_words_are_the_texts_own() -> None:
    local = learn(lessons(*range(90)))
    assert local
    learned = local.judge(shop.ticket(101))
    assert learned.origin == "product"
    assert any("courier" in words or "parcel" in words for words in learned.words)


def test_numbers_and_placeholders_do_not_tell_tickets_apart() -> None:
    one = make.ticket(turns=make.turns(("customer", "order [ORDER_1] of 12 May by [NAME_2]")))
    other = make.ticket(turns=make.turns(("customer", "order [ORDER_7] of 30 May by [NAME_1]")))
    assert words_of(one) == words_of(other)


def test_lessons_are_the_standing_decisions_with_what_they_mean(desk: Desk) -> None:
    with desk.write() as db:
        for name in ("accepted", "corrected", "nothing", "twin", "noted"):
            tickets.put(db, make.ticket(name))
        proposals.add(db, make.proposal("zendesk:accepted"))
        proposals.add(db, make.proposal("zendesk:nothing", origin="product", failures=()))
        reviews.add(db, make.review("zendesk:accepted"))
        failure = Failure(mode="wrong_fact", severity="P1")
        reviews.add(db, make.review("zendesk:corrected", decision="correct", origin="model", failures=(failure,)))
        reviews.add(db, make.review("zendesk:nothing", decision="not_a_case"))
        reviews.add(db, make.review("zendesk:twin", decision="duplicate", duplicate_of="zendesk:accepted"))
        reviews.add(db, make.review("zendesk:noted", decision="note", note="hm"))
    with desk.read() as db:
        found = {lesson.ticket.external_id: (lesson.origin, lesson.mode) for lesson in lessons_of(db)}
    assert found == {
        "accepted": ("model", "promised_action"),
        "corrected": ("model", "wrong_fact"),
        "nothing": ("product", None),
    }


def test_an_undone_decision_teaches_nothing(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        number = reviews.add(db, make.review(decision="correct", origin="product"))
        later = make.NOW + timedelta(minutes=1)
        reviews.add(db, make.review(decision="undo", undoes=number, at=later))
    with desk.read() as db:
        assert lessons_of(db) == ()


@pytest.mark.parametrize("number", range(3))
def test_who_writes_much_counts_as_three(number: int) -> None:
    from casemill.triage.learn import _capped

    crowd = [Example("text", "a", "one person")] * 30 + [Example("text", "b", str(number)) for number in range(3)]
    weights = [example.weight for example in _capped(crowd)]
    assert sum(weights[:30]) == pytest.approx(3)
    assert weights[30 + number] == 1
