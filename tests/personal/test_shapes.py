"""The second pass: values by their form alone, facts left alone, hostile text read in one go."""

import ast
import inspect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.personal import shapes as module
from casemill.personal.shapes import flat, shapes


def types(text: str) -> list[str]:
    return [shape.type for shape in shapes(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("write to anna.k+shop@mail.example.com today", "EMAIL"),
        ("почта: Анна@пошта.укр", "EMAIL"),
        ("card 4111 1111 1111 1111 was charged", "CARD"),
        ("card 5500005555555559", "CARD"),
        ("amex 3782-822463-10005", "CARD"),
        ("IBAN DE89 3704 0044 0532 0130 00 please", "IBAN"),
        ("ЖСН 850101300005", "IIN"),
        ("ssn 219-09-9999", "SSN"),
        ("call +7 (701) 123-45-67", "PHONE"),
        ("тел 8 701 123 45 67", "PHONE"),
        ("87011234567", "PHONE"),
        ("(212) 555-0148", "PHONE"),
        ("from 203.0.113.77 at night", "IP"),
        ("from 2001:db8:0:0:8a2e:370:7334:1111", "IP"),
        ("key sk_live_9aB3dE7fG1hJ5kL2mN8p", "SECRET"),
    ],
)
def test_a_value_with_a_form_of_its_own_is_found(text: str, wanted: str) -> None:
    assert types(text) == [wanted]


@pytest.mark.parametrize(
    "blank",
    ["\u00a0", "\u2009", "\u202f", "\u3000", "\t", "  ", "\u2013", "\u2010", "\u2011", "\u2212", "\u00b7", ".", "-"],
)
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("+7 701 555 01 01", "PHONE"),
        ("4539 1488 0343 6467", "CARD"),
        ("GB29 NWBK 6016 1331 9268 19", "IBAN"),
        ("850101 300005", "IIN"),
    ],
)
def test_a_value_is_found_whatever_parts_its_groups(blank: str, text: str, wanted: str) -> None:
    assert types(f"it is {text.replace(' ', blank)}, yes") == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("４５３９ １４８８ ０３４３ ６４６７", "CARD"),
        ("4539-1488 0343\u00a06467", "CARD"),
        ("٤٥٣٩١٤٨٨٠٣٤٣٦٤٦٧", "CARD"),
        ("ａｎｎａ＠ｓｈｏｐ．ｔｅｓｔ", "EMAIL"),
    ],
)
def test_digits_and_letters_of_other_widths_are_read(text: str, wanted: str) -> None:
    assert types(text) == [wanted]


@given(st.text())
def test_a_text_is_as_long_in_plain_signs(text: str) -> None:
    assert len(flat(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "2019\t2020\t2021\t2022",
        "120 000 000 000",
        "m² 10²",
        "order of 2026-11-03, 12,990 tenge, 03.11.2026 14:05:22",
        "item 6086499569 costs $1,299.99 and 150000 KZT",
        "version 1.2.3.4 and firmware 10.4.22.1",
        "KB-1042@4.md",
        "sha256:79aee0d016952a18a4bcdb61631c17c35e405744a3d62ba468063dcbd3252c25",
        "promised-action-7q3k2d, trc_9f31c0",
        "1700000000000",
        "12:04:05, 9::1 odds",
        "between 3 and 5 days, 24/7, 100% of 1 000 000",
        "card 4111 1111 1111 1112",
        "2026-11-21T09:00:00.304734Z",
        "",
    ],
)
def test_facts_are_no_values(text: str) -> None:
    assert types(text) == []


@pytest.mark.parametrize("sign", ["@", "a@", "1 ", "1-", "(1", ":", "1.", "A1 ", "sk_", " ", "\0"])
def test_a_megabyte_of_the_same_is_read_to_its_end(sign: str) -> None:
    list(shapes(sign * (1_000_000 // len(sign))))


@given(st.text())
def test_a_shape_stands_inside_its_text(text: str) -> None:
    for shape in shapes(text):
        assert 0 <= shape.start < shape.end <= len(text)


def test_it_shares_nothing_with_what_masks() -> None:
    tree = ast.parse(inspect.getsource(module))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in imported if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in imported if isinstance(node, ast.ImportFrom)}
    assert not {name for name in names if name.startswith("casemill")}
