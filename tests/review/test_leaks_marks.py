"""Words are found where they stand, picked by number, and named by type alone."""

import pytest

import make
from casemill.domain.ticket import Ticket, ToolCall, Turn
from casemill.review.leaks_marks import path_named, placeholders_of, places_of, shown_paths, words_at


def ticket(*texts: str) -> Ticket:
    return make.ticket(subject="", resolution=None, turns=make.turns(*(("customer", text) for text in texts)))


def found(words: str, *texts: str) -> list[tuple[str, str]]:
    said = dict(enumerate(texts))
    return [
        (one.path, said[int(one.path.split(".")[1])][one.start : one.end]) for one in places_of(ticket(*texts), words)
    ]


@pytest.mark.parametrize(
    ("words", "text", "stand"),
    [
        ("Anna", "Annapurna, says Anna", ["Anna"]),
        ("anna", "ANNA and Anna", ["ANNA", "Anna"]),
        ("Karim", "Mrs. Karimova", ["Karim"]),
        ("Abay  12", "at Abay\n12.", ["Abay\n12"]),
        ("a.b+c@x.kz", "mail a.b+c@x.kz now", ["a.b+c@x.kz"]),
        ("Әсел", "мен әсел", ["әсел"]),
        ("(", "a ( b", ["("]),
        ("1", "[ORDER_1] on [ORDER_12], flat 1", ["1"]),
        ("ORDER", "[ORDER_1]", []),
        ("[order_1]", "to [ORDER_1]", ["[ORDER_1]"]),
        ("to [ORDER_1]", "to [ORDER_1]", ["to [ORDER_1]"]),
        ("nobody", "Anna", []),
        ("  ", "Anna", []),
    ],
)
def test_words_are_found_as_written_then_in_other_letters_then_inside_words(
    words: str, text: str, stand: list[str]
) -> None:
    assert [one for _, one in found(words, text)] == stand


def test_words_are_looked_for_in_every_text_or_in_one() -> None:
    assert [path for path, _ in found("Anna", "Anna", "no", "Anna")] == ["turns.0.text", "turns.2.text"]
    assert [one.path for one in places_of(ticket("Anna", "Anna"), "Anna", path="turns.1.text")] == ["turns.1.text"]


def test_the_words_of_a_text_are_numbered_without_punctuation_and_placeholders() -> None:
    text = '[NAME_1], write to "Anna K." (Abay 12) at {"name":"Boris"}!'
    words = [text[start:end] for start, end in words_at(text)]
    assert words == ["write", "to", "Anna", "K", "Abay", "12", "at", "name", "Boris"]


def test_each_placeholder_is_told_once_where_it_stands_first() -> None:
    known = placeholders_of(ticket("[NAME_1] [ORDER_2]", "[NAME_1] [NAME_2]"))
    assert {name: place.path for name, place in known.items()} == {
        "[NAME_1]": "turns.0.text",
        "[ORDER_2]": "turns.0.text",
        "[NAME_2]": "turns.1.text",
    }


def test_texts_are_called_by_the_number_of_their_turn_or_their_name() -> None:
    call = ToolCall(name="find", arguments={"a": "b"}, result="c")
    full = make.ticket(turns=(Turn(role="tool", call=call),), tags=("vip",))
    assert [name for _, name, _ in shown_paths(full)] == [
        "subject",
        "#0 arguments",
        "#0 result",
        "resolution",
        "tags 0",
    ]
    assert path_named(full, "0 Result") == "turns.0.call.result"
    assert path_named(full, "# 0 result") == "turns.0.call.result"
    assert path_named(full, "Resolution") == "resolution"
    assert path_named(full, "#7") is None
