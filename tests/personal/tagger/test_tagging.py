"""Tagging: people, addresses and places are found; ordinary talk is not; company and order change nothing."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.personal.tagger import tag

HIDDEN = "\0" * 9


def found(text: str, *labels: str) -> list[str]:
    wanted = labels or ("NAME", "ADDRESS")
    return [text[span.start : span.end] for span in tag([text])[0].spans if span.label in wanted]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("My name is Zuzana Hrušková and my parcel is late.", ["Zuzana Hrušková"]),
        ("hi this is priya venkatesan, where is my refund?", ["priya venkatesan"]),
        ("Dear Ms. Karimova,\n\nthank you for your patience.", ["Karimova"]),
        ("Thanks,\nOluwaseun", ["Oluwaseun"]),
        ("Tibor: Where is it?\nAgnes: On the table.", ["Tibor", "Agnes"]),
        ("I spoke with Anna yesterday.", ["Anna"]),
        ("Diana's order is late", ["Diana"]),
    ],
    ids=["full", "small-letters", "title", "signature", "speakers", "mention", "possessive"],
)
def test_people_are_found(text: str, people: list[str]) -> None:
    assert found(text, "NAME") == people


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Please send it to 48 Willow Lane, Springfield, OH 45503.", "48 Willow Lane, Springfield, OH 45503"),
        ("ship to:\nUnter den Eichen 5\n12203 Berlin\nGermany", "Unter den Eichen 5\n12203 Berlin\nGermany"),
        ("my address is 14 rue des Lilas, 75020 Paris", "14 rue des Lilas, 75020 Paris"),
    ],
    ids=["one-line", "several-lines", "french"],
)
def test_addresses_are_found_whole(text: str, address: str) -> None:
    assert found(text, "ADDRESS") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Cabin Class: Economy",
        "I'd like to change my flight from JFK to SEA.",
        "I want my money back, this is the third time.",
        "The Wireless Earbuds arrived on Monday, the box was empty.",
        "1. Order Status: Delivered\n2. Payment Method: Gift Card",
        f"Refund of $45.90 to the card {HIDDEN} within 5 days.",
    ],
    ids=["field", "airports", "complaint", "product", "list", "amount"],
)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_models_are_named_by_the_scripts_of_the_lines() -> None:
    texts = ["Hello Anna", "Здравствуйте, Анна Петровна", "Hello\nЗдравствуйте", "你好", "12", ""]
    assert [tagging.models for tagging in tag(texts)] == [
        ("latin",), ("cyrillic",), ("latin", "cyrillic"), (), (), (),
    ]  # fmt: skip


def test_spans_of_both_models_stand_in_the_order_of_the_text() -> None:
    text = "Здравствуйте, меня зовут Анна Петрова.\nMy name is John Baker.\nСпасибо, Анна Петрова"
    starts = [span.start for span in tag([text])[0].spans]
    assert starts == sorted(starts)
    assert {"Анна Петрова", "John Baker"} <= set(found(text, "NAME"))


def test_a_covered_value_is_never_cut() -> None:
    text = f"Anna Baker\n12 Main Street\nSpringfield {HIDDEN}\nUSA"
    for span in tag([text])[0].spans:
        assert text[span.start - 1 : span.start + 1] != "\0\0"
        assert text[span.end - 1 : span.end + 1] != "\0\0"


TEXTS = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ["Anna ", "Berlin", "\n", "12 Main St, ", "Анна ", "ул. Абая 5", "\0\0", " ", "Dear ", "、", "é"]
            ),
            max_size=12,
        ).map("".join),
    ),
    max_size=5,
)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_spans_lie_within_the_text_in_order_and_apart(texts: list[str]) -> None:
    for text, tagging in zip(texts, tag(texts), strict=True):
        position = 0
        for span in tagging.spans:
            assert position <= span.start < span.end <= len(text)
            position = span.end
        assert len(tagging.doubts) == len(tagging.spans)
        assert all(0 <= doubt <= tagging.doubt <= 1 for doubt in tagging.doubts)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_text_is_tagged_the_same_in_any_company(texts: list[str]) -> None:
    assert tag(texts) == [tag([text])[0] for text in texts]


@pytest.mark.parametrize("piece", ["a", "Anna ", " ", "\n", "\0", "1", "é", "Anna,", "'", "\u0301"], ids=ascii)
def test_a_line_of_a_megabyte_is_read(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]
    (tagging,) = tag([text])
    assert all(span.end <= len(text) for span in tagging.spans)


def test_a_long_text_is_read_like_its_parts() -> None:
    text = "My name is Anna Baker and I live in Oslo. " * 400
    assert found(text, "NAME").count("Anna Baker") == 400


def test_the_room_s_door_loads_no_numpy() -> None:
    code = "import sys, casemill.personal.tagger, casemill.personal; raise SystemExit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
