"""What holds for every text, every ticket and every batch."""

import subprocess
import sys
import unicodedata
from itertools import pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import PLACEHOLDER
from casemill.personal import mask, mask_together
from casemill.personal.masked import Together
from casemill.personal.masking import Document, Terms, mask_documents

KNOWN = (
    Identity(role="customer", names=("Anna Karimova",), emails=("anna.karimova@example.com",)),
    Identity(role="agent", names=("Anna Sokolova", "Грант Уильямс")),
    Identity(role="assistant", names=("Nora",)),
)
PIECES = st.sampled_from(
    [
        *("Anna", "anna", "Karimova", "Mr. Karimov", "Ms. ", "Petra Brandt", "Brandt", "petra", "Грант", "Айгуль"),
        *("My name is ", "Меня зовут ", "Менің атым ", "Dear ", "Best, ", "(12:04) ", "customer ", "agent "),
        *("12 Rose Street", "Apt 4", "Springfield", "IL 62704", "Абая 12", "кв. 5", "ул. ", "г. Алматы"),
        *("order #W1234567", "548921", "anna.karimova@example.com", "+7 701 123 45 67", "4471", "ending in "),
        *("[NAME_1]", "[NAME_2]", "[[NAME_3]]", "[NAME_0]", "[ORDER_1", "NAME_1]", "[", "]", "[[[[", "]]]]"),
        *(" ", "\n", ", ", ". ", "-", "_", "'s", '"', '{"first_name": "Mira"}', '"name": ', "\\n", "\0", "İ", "\ud800"),
        *("May 12", "$20.00", "3 days", "https://shop.com/help", "KB-1042", "the ", "a ", "Will ", "will", "Order"),
        *("Courier ", "another ", "Dr. ", "Anna\u200b", "Kari\u00admova", "\ufeff", "branch Abay 12", "éзаказ"),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES).map(" ".join))
TICKETS = st.lists(TEXTS, min_size=1, max_size=4)
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def texts(together: Together) -> list[str]:
    return [masked.text for masked in together.texts]


@calmly
@given(TICKETS)
def test_masking_twice_is_masking_once(ticket: list[str]) -> None:
    once = texts(mask_together(ticket, known=KNOWN))
    again = mask_together(once, known=KNOWN)
    assert texts(again) == once
    assert not any(masked.spans for masked in again.texts)


@calmly
@given(TICKETS)
def test_spans_never_overlap_and_the_text_outside_of_them_is_untouched(ticket: list[str]) -> None:
    for text, masked in zip(ticket, mask_together(ticket).texts, strict=True):
        assert all(one.end <= other.start for one, other in pairwise(masked.spans))
        pieces, position = [], 0
        for span in masked.spans:
            assert span.start < span.end
            pieces += [text[position : span.start], span.placeholder]
            position = span.end
        assert "".join([*pieces, text[position:]]) == masked.text


@calmly
@given(TICKETS)
def test_placeholders_number_in_order_of_first_mention_and_no_typed_one_is_given(ticket: list[str]) -> None:
    typed = {match[0] for text in ticket for match in PLACEHOLDER.finditer(text)}
    together = mask_together(ticket, known=KNOWN)
    met: dict[str, dict[str, None]] = {}
    for masked in together.texts:
        for span in masked.spans:
            met.setdefault(span.label, {})[span.placeholder] = None
    for label, placeholders in met.items():
        free = [f"[{label}_{number}]" for number in range(1, 100) if f"[{label}_{number}]" not in typed]
        assert list(placeholders) == free[: len(placeholders)]
    for text, masked in zip(ticket, together.texts, strict=True):
        assert all(masked.text.count(one) == text.count(one) for one in typed)


@calmly
@given(st.lists(TICKETS, max_size=6), st.booleans())
def test_a_batch_gives_what_each_ticket_gives_alone(tickets: list[list[str]], named: bool) -> None:
    known = KNOWN if named else ()
    alone = [mask_together(ticket, known=known) for ticket in tickets]
    assert list(mask_documents(Document(ticket, known) for ticket in tickets)) == alone


@calmly
@given(TICKETS)
def test_a_later_version_keeps_every_number(ticket: list[str]) -> None:
    clean = [PLACEHOLDER.sub("", text) for text in ticket]
    first = mask_together(clean, known=KNOWN)
    second = mask_together(["Hello again.", *clean], known=KNOWN, entities=first.entities)
    for before, after in zip(first.entities, second.entities, strict=False):
        assert (after.label, after.number) == (before.label, before.number)
        assert set(before.values) <= set(after.values)
    for masked, again in zip(first.texts, second.texts[1:], strict=True):
        met = {(span.start, span.end, span.label): span.placeholder for span in masked.spans}
        for span in again.spans:
            assert met.get((span.start, span.end, span.label), span.placeholder) == span.placeholder


@calmly
@given(TICKETS, st.sampled_from(["Karimova", "Rose", "order", "Абая"]))
def test_a_kept_word_by_itself_is_never_masked(ticket: list[str], word: str) -> None:
    for text, masked in zip(ticket, mask_together(ticket, keep=[word]).texts, strict=True):
        assert not any(text[span.start : span.end].lower() == word.lower() for span in masked.spans)


@calmly
@given(TICKETS)
def test_how_sure_it_is_stays_between_sure_and_a_coin(ticket: list[str]) -> None:
    together = mask_together(ticket)
    assert 0 <= together.doubt <= 1
    assert set(together.layers) == {layer for masked in together.texts for layer in masked.layers}


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "Anna ", "Anna", "[NAME_1]", "[", "[[[NAME_", "Anna Karimova, ", "12 Rose Street, ", "1 ", "A. ", "a@"),
        *(
            "Dear ",
            "Аня ",
            "my name is ",
            "\0",
            "\n",
            "a.b@c.de ",
            "\u0301",
            "I",
            "А",
            "李明",
            '{"name": ',
            "Mr. Smith ",
        ),
        *("Anna\n", "-", "'", "_", "x dot y at ", "é", "Abay 12 ", "Apt 4, ", ", ", "the Camera "),
    ],
)
@pytest.mark.slow
def test_a_line_of_a_megabyte_is_masked_to_its_end(piece: str) -> None:
    """Where a step is not linear, this does not end before the test's time is up."""
    size = 1_000_000
    text = (piece * (size // len(piece) + 1))[:size]
    masked = mask(text)
    assert len(masked.text) > 0 or not text


@pytest.mark.parametrize(
    "form",
    [
        "My name is Anna {name}. ",
        "My name is {name} {other}. ",
        "{name}.{other}@example.com ",
        "I live at {number} {name} Street, Apt 4.\n",
        "order {name}-{number}. ",
        "call +7 701 {number} ",
        '{{"first_name": "{name}", "last_name": "{other}", "zip": "{number}"}}\n',
        "Меня зовут Анна {name}ова.\n",
    ],
)
@pytest.mark.slow
def test_ten_thousand_different_people_and_things_in_a_text_are_masked_to_the_last(form: str) -> None:
    """Where a step looks at each together with all others, this does not end before the test's time is up."""
    names = ["".join(word).capitalize() for word in product(("ka", "ri", "mo", "vel", "dan"), repeat=6)][:10_000]
    text = "".join(
        form.format(name=name, other=other, number=10_000_000 + 7 * place)
        for place, (name, other) in enumerate(zip(names, reversed(names), strict=True))
    )
    masked = mask(text)
    assert len(masked.spans) >= 9_000
    assert masked.spans[-1].end > len(text) - 60


def test_a_placeholder_that_a_customer_wrote_is_told_from_a_real_one() -> None:
    masked = mask("I am [NAME_1], my name is Anna Karimova. [NAME_2]?", ["Anna Karimova"])
    assert masked.text == "I am [NAME_1], my name is [NAME_3]. [NAME_2]?"
    assert [span.placeholder for span in masked.spans] == ["[NAME_3]"]


def test_composed_and_decomposed_texts_are_masked_alike() -> None:
    text = "José Nuñez, calle 5"
    composed, decomposed = (mask(unicodedata.normalize(form, text), ["José Nuñez"]).text for form in ("NFC", "NFD"))
    assert unicodedata.normalize("NFC", decomposed) == composed


def test_the_same_ticket_masks_the_same_whatever_the_order_of_hashes() -> None:
    script = (
        "from casemill.personal import mask_together;"
        "import msgspec, sys;"
        "t = ['Anna Karimova, Mr. Karimov, Petra Brandt and anna k. of 12 Rose Street, Springfield, IL 62704',"
        "'Меня зовут Анна Каримова, Абая 12. order #W1234567, anna.karimova@example.com']*3;"
        "sys.stdout.buffer.write(msgspec.json.encode(mask_together(t)))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1


def test_terms_hold_for_what_the_tagger_finds() -> None:
    text = "My name is Anna Karimova and I live at 12 Rose Street."
    kept = mask(text, keep=["Anna Karimova"]).text
    assert kept.startswith("My name is Anna Karimova and I live at [")
    [listed] = mask_documents([Document(["ask Nova Dental"], terms=Terms(always=["Nova Dental"]))])
    assert texts(listed) == ["ask [ORG_1]"]
