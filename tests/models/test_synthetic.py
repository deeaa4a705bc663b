"""Synthetic text: marks lie on what was put in, the same seed writes the same, dev templates are never trained on."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import english
from synthetic.forms import Example, Piece, fill, lowered, mistyped, shouted, together
from synthetic.swapped import spoken, swapped

LABELS = {"NAME", "ADDRESS", "PLACE", "ORG"}


def texts_of(example: Example) -> list[str]:
    return [example.text[start:end] for start, end, _ in example.spans]


@pytest.mark.parametrize("held", [False, True], ids=["trained", "dev"])
def test_marks_lie_within_the_text_in_order_and_apart(held: bool) -> None:
    for example in english.examples(random.Random(3), 300, held=held):
        position = 0
        for start, end, label in example.spans:
            assert position <= start < end <= len(example.text)
            assert label in LABELS
            assert example.text[start:end].strip()
            position = end


def test_the_same_seed_writes_the_same() -> None:
    one, other = (list(english.examples(random.Random(5), 50)) for _ in range(2))
    assert one == other


def test_dev_templates_are_few_and_of_every_kind() -> None:
    lines = [line for group in english.templates().values() for line in group]
    kept = [line for line in lines if english.held_out(line)]
    assert 0.05 < len(kept) / len(lines) < 0.2


def test_every_slot_of_every_template_has_a_maker() -> None:
    for group in english.templates().values():
        for template in group:
            fill(template, english.MAKERS, chance=random.Random(1))


def test_slots_become_what_their_makers_make() -> None:
    made = fill(
        "Hi {who}, {what}!",
        {"who": lambda _: Piece("Ann", "NAME"), "what": lambda _: Piece("yes")},
        chance=random.Random(1),
    )
    assert made == Example("Hi Ann, yes!", ((3, 6, "NAME"),))


def test_examples_put_together_keep_their_marks() -> None:
    both = together([Example("Hi Ann", ((3, 6, "NAME"),)), Example("Bob!", ((0, 3, "NAME"),))], between="\n")
    assert texts_of(both) == ["Ann", "Bob"]


@given(st.text(max_size=40))
def test_another_hand_moves_no_mark(text: str) -> None:
    example = Example(text, ((0, len(text), "NAME"),))
    for made in (lowered(example), shouted(example), mistyped(example, random.Random(1))):
        assert len(made.text) == len(text)
        assert made.spans == example.spans


def test_another_person_stands_where_the_first_one_stood() -> None:
    example = Example("Ann met Bob in Oslo.", ((0, 3, "NAME"), (8, 11, "NAME"), (15, 19, "PLACE")))
    made = swapped(example, random.Random(1), makers={"NAME": lambda _, text: text * 2})
    assert made.text == "AnnAnn met BobBob in Oslo."
    assert texts_of(made) == ["AnnAnn", "BobBob", "Oslo"]


def test_a_request_gets_somebody_who_makes_it() -> None:
    frame = Example("Hi Ann", ((3, 6, "NAME"),))
    for seed in range(8):
        made = spoken(Example("where is my card"), random.Random(seed), frames=[frame])
        assert texts_of(made) == ["Ann"]
        assert "where is my card" in made.text
