"""What the tagger takes for an address is cut at facts, and each part needs evidence of its own."""

import pytest

from casemill.domain.placeholder import Span
from casemill.personal.address_evidence import Around, is_abroad, is_address
from casemill.personal.addresses import addresses_of
from casemill.personal.page import Page


def found(text: str, piece: str) -> list[tuple[str, str]]:
    page = Page(text, searched=True)
    start = text.index(piece)
    tagged = [Span(start=start, end=start + len(piece), label="ADDRESS")]
    return [(span.label, text[span.start : span.end]) for span in addresses_of(page, tagged, known=())]


def test_a_part_without_evidence_stays_beside_one_that_has_it() -> None:
    text = "ulitsa abaya 12, 3000 tg verni"
    assert found(text, text) == [("ADDRESS", "ulitsa abaya 12")]


def test_who_is_named_in_what_is_no_address_is_a_name() -> None:
    text = "Отправлено с iPhone Анны"
    assert found(text, "iPhone Анны") == [("NAME", "Анны")]


def test_a_cue_is_no_part_of_an_address() -> None:
    text = "moy adres Lenina 45, spasibo"
    assert found(text, "adres Lenina 45") == [("ADDRESS", "Lenina 45")]


@pytest.mark.parametrize(
    ("line", "abroad"),
    [
        ("zakaz prishel bitiy srazu", True),
        ("die Ware ist heute defekt", True),
        ("my order came broken today", False),
        ("Заказ пришёл разбитым", False),
        ("abay 12", False),
    ],
)
def test_a_line_in_another_language_hardly_holds_a_word_of_ours(line: str, abroad: bool) -> None:
    assert is_abroad(line) is abroad


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("Kowloon 12", Around(first=True)),
        ("kowloon 12", Around(abroad=True)),
        ("Prishel zakaz 12", Around(abroad=True)),
        ("XPS 13 9310", Around()),
        ("Mate 60 Pro", Around()),
        ("iPhone Анны", Around()),
        ("KOWLOON NE PRISHEL 12", Around(level=True)),
        ("ordine in corso 45", Around()),
        ("garantie 24", Around()),
    ],
)
def test_a_number_and_some_letters_are_no_evidence(text: str, around: Around) -> None:
    assert not is_address(text, around)


@pytest.mark.parametrize(
    ("text", "around"),
    [
        ("Kowloon 12", Around(first=True, told=True)),
        ("kowloon 12", Around(abroad=True, told=True)),
        ("Kowloon 12", Around()),
        ("ulitsa abaya 12", Around(abroad=True)),
        ("12 ROSE STREET", Around(level=True)),
        ("Mannerheimintie 12", Around()),
    ],
)
def test_a_street_word_a_cue_or_capitals_are_evidence(text: str, around: Around) -> None:
    assert is_address(text, around)
