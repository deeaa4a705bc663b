"""Finding: properties that hold for every text."""

import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.domain.placeholder import Span
from casemill.personal.find import scan, settle

PIECES = st.sampled_from(
    [
        *(
            "order ",
            "заказ № ",
            "тапсырыс ",
            "card ",
            "карта ",
            "phone ",
            "номер ",
            "#",
            "+7 ",
            "(",
            ")",
            "-",
            " ",
            ".",
            "@",
        ),
        *("548921", "4111111111111111", "W1234567", "anna", "x.com", "http://", "shop.com/u/1", "8701", "12 990 тенге"),
        *(
            "May 12",
            "03.11",
            "2024",
            "[NAME_1]",
            "[",
            "]",
            "\0",
            "\n",
            "İ",
            "ß",
            "\ud800",
            "9",
            "GB29NWBK60161331926819",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map("".join))


@settings(deadline=None)
@given(TEXTS)
def test_spans_are_ordered_and_inside_the_text_and_never_overlap(text: str) -> None:
    spans = scan(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12))
def test_the_longest_wins_and_every_other_touches_a_taken_one(places: list[tuple[int, int]]) -> None:
    found = [Span(start=start, end=start + size, label=f"L{number}") for number, (start, size) in enumerate(places)]
    taken = settle(found)
    for span in found:
        rivals = [other for other in taken if span.start < other.end and other.start < span.end]
        assert span in rivals or max(other.end - other.start for other in rivals) >= span.end - span.start


def test_placeholders_are_neither_values_nor_context() -> None:
    assert scan("[ORDER_1] 548921 [PHONE_1] 4155552671 [CARD_1] 6304273733") == ()


@pytest.mark.parametrize(
    "text",
    [
        "a" * 50_000 + "@",
        "1" * 50_000,
        "1 " * 25_000,
        "a.b" * 20_000 + "@",
        "order " * 10_000,
        "order" + " " * 50_000,
        "item" + " 1" * 25_000,
        "#1," * 20_000,
        "order 12345" + ", 12345" * 10_000,
        "http://" * 8_000,
        "-_." * 20_000,
        ":" * 30_000,
        "x dot y at " * 5_000,
        "12.12." * 10_000,
        "[NAME_1" * 8_000,
        "order 12345" + "\n " * 20_000,
        "my website " * 5_000 + "http://a.b/c",
        "8 701 " * 10_000,
    ],
)
def test_hostile_texts_cost_no_more_than_their_length(text: str) -> None:
    began = time.process_time()
    scan(text)
    assert time.process_time() - began < 15


def test_finding_loads_neither_numpy_nor_the_store() -> None:
    script = (
        "import sys; from casemill.personal.find import scan; scan('a@b.cc order 548921'); "
        "print([name for name in ('numpy', 'sklearn', 'sqlalchemy', 'jinja2') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
