"""What a reader marks goes, however short it is, and does not take the rest of the ticket along."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.commands import Shop
from casemill.anonymize.marks_values import Value, around, placed, replacing_of

SAID = {
    "Xi": ("Xi wrote that Xi is unhappy with taxi 12", "NAME", "[NAME_1] wrote that [NAME_1] is unhappy with taxi 12"),
    "Ли": ("а Ли ждёт. Пришёл ли заказ? Ли ждёт", "NAME", "а [NAME_1] ждёт. Пришёл ли заказ? [NAME_1] ждёт"),
    "33": ("the line ends in 33, and I paid 33 dollars", "PHONE", "the line ends in [PHONE_1], and I paid 33 dollars"),
    "12": ("house 12 please, by 12 March", "ADDRESS", "house [ADDRESS_1] please, by 12 March"),
    "Do": ("and Do came. Do you see?", "NAME", "and [NAME_1] came. Do you see?"),
    "x": ("room x and box x", "ADDRESS", "room [ADDRESS_1] and box x"),
}


def mask_one(text: str, start: int, *, end: int, label: str = "PHONE") -> str:
    value = Value(text[start:end], label, around=around(text, start, end=end, path="turns.0.text"))
    return replacing_of([value], placed([value], (), texts=[text])).apply(text)


@pytest.mark.parametrize("words", SAID)
def test_a_mark_of_one_or_two_letters_is_masked_and_facts_stay(words: str) -> None:
    text, label, wanted = SAID[words]
    start = text.index(words)
    assert mask_one(text, start, end=start + len(words), label=label) == wanted


@pytest.mark.parametrize(
    ("text", "mark", "wanted"),
    [
        ("Xi asks, and I paid 33 dollars", {"words": "Xi", "label": "NAME"}, "[NAME_1] asks, and I paid 33 dollars"),
        (
            "the tail was 33, I paid 33 dollars",
            {"words": "33", "label": "PHONE"},
            "the tail was [PHONE_1], I paid 33 dollars",
        ),
    ],
)
def test_through_the_commands_it_is_gone_from_ticket_and_leaves_no_open_mark(
    project: Path, text: str, mark: dict[str, Any], wanted: str
) -> None:
    shop = Shop(project)
    shop.take_in({"id": "1", "messages": [{"role": "customer", "text": text}, {"role": "assistant", "text": "ok"}]})
    assert shop.ticket().turns[0].text == text
    shop.mark(mark | {"path": "turns.0.text"})
    assert "Masked 1 mark of readers in 1 ticket." in shop.run("anonymize")
    assert shop.ticket().turns[0].text == wanted
    assert shop.run("anonymize") == "Nothing waits to be masked.\n"


def test_a_quote_that_begins_or_ends_at_the_mark_loses_it_too(project: Path) -> None:
    text = "my line ends with 33 you know"
    shop = Shop(project)
    row = {"id": "1", "subject": "ends with 33", "messages": [{"role": "customer", "text": text}]}
    shop.take_in(row | {"resolution": "33 you"})
    shop.mark({"path": "turns.0.text", "words": "33", "label": "PHONE"})
    shop.run("anonymize")
    ticket = shop.ticket()
    assert (ticket.turns[0].text, ticket.subject, ticket.resolution) == (
        "my line ends with [PHONE_1] you know",
        "ends with [PHONE_1]",
        "[PHONE_1] you",
    )


def test_a_mark_inside_a_calls_arguments_is_masked_there(project: Path) -> None:
    call = {"name": "look_up", "arguments": {"tail": "33", "said": "it is 44 here"}, "result": "33 found"}
    rows = [{"role": "customer", "text": "hi"}, {"role": "tool", "call": call}, {"role": "assistant", "text": "ok"}]
    shop = Shop(project)
    shop.take_in({"id": "1", "messages": rows})
    path = next(f"turns.{place}.call.arguments" for place, turn in enumerate(shop.ticket().turns) if turn.call)
    shop.mark(*({"path": path, "words": words, "label": "PHONE"} for words in ("33", "44")))
    shop.run("anonymize")
    [made] = [turn.call for turn in shop.ticket().turns if turn.call]
    assert made.arguments == {"tail": "[PHONE_1]", "said": "it is [PHONE_2] here"}


def test_two_short_marks_side_by_side_both_go() -> None:
    text = "ask for 33 12 there"
    both = [
        Value(word, label, around=around(text, text.index(word), end=text.index(word) + 2, path="subject"))
        for word, label in (("33", "PHONE"), ("12", "ADDRESS"))
    ]
    for values in (both, both[::-1]):
        replacing = replacing_of(values, placed(values, (), texts=[text]))
        assert replacing.apply(text) == "ask for [PHONE_1] [ADDRESS_1] there"


_WORDS = st.text(alphabet="ab1Ли./- \n[]_X\u00a0@", max_size=30)


@given(before=_WORDS, value=st.text(alphabet="abЛи1/.7@", min_size=1, max_size=12), after=_WORDS)
def test_whatever_is_marked_goes_from_where_it_stands(before: str, value: str, after: str) -> None:
    text = before + value + after
    masked = mask_one(text, len(before), end=len(before) + len(value))
    assert masked != text
    assert masked.count("[PHONE_1]") > text.count("[PHONE_1]")
