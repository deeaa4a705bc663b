"""Facts stay, and a company's own words."""

import pytest

from casemill.personal.keep import Kept, facts, occurrences


def kept(text: str) -> list[str]:
    return [text[start:end] for start, end in facts(text)]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("on May 12", "May 12"),
        ("Nov 3rd, 2026", "Nov 3rd, 2026"),
        ("12 мая 2026", "12 мая 2026"),
        ("3 ноября", "3 ноября"),
        ("5 қараша", "5 қараша"),
        ("2026-11-03", "2026-11-03"),
        ("03.11.2026", "03.11.2026"),
        ("from 03.11 on", "03.11"),
        ("11/3/26", "11/3/26"),
        ("2026-11-03T10:15:00Z", "2026-11-03T10:15:00Z"),
        ("at 10:30 pm", "10:30 pm"),
        ("since 2024", "2024"),
        ("12,990 tenge", "12,990 tenge"),
        ("12 990 тенге", "12 990 тенге"),
        ("12990₸", "12990₸"),
        ("$1,200.50", "$1,200.50"),
        ("USD 4500", "USD 4500"),
        ("4500 теңге", "4500 теңге"),
        ("15%", "15%"),
        ("within 14 days", "14 days"),
        ("5–7 business days", "5–7 business"),
        ("через 14 дней", "14 дней"),
        ("14 күннен кейін", "14 күннен"),
        ("error code E-4471", "error code E-4471"),
        ("HTTP 502", "HTTP 502"),
        ("ошибка 4041", "ошибка 4041"),
        ("see KB-1042", "KB-1042"),
        ("item 4602305039", "item 4602305039"),
        ("артикул 460230", "артикул 460230"),
        ("flight HAT123", "flight HAT123"),
        ("from the 3rd - 31st please", "3rd - 31st"),
        ("11th to 21st", "11th to 21st"),
        ("on the 14th.", "the 14th"),
        ("in room 301 of the inn", "room 301"),
        ("50 kcal each", "50 kcal"),
        ("5000 tg", "5000 tg"),
        ("1,249.00 AED", "1,249.00 AED"),
        ("THB 500", "THB 500"),
        ("srok 14 dney", "14 dney"),
        ("3 gündür", "3 gündür"),
        ("15 маусымға дейін", "15 маусымға"),
        ("25-бап", "25-бап"),
        ("ст. 25", "ст. 25"),
        ("in two weeks", "two weeks"),
        ("три рабочих дня", "три рабочих дня"),
        ("https://shop.com/returns", "https://shop.com/returns"),
    ],
)
def test_what_a_case_turns_on_is_a_fact(text: str, fact: str) -> None:
    assert fact in kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "548921",
        "8-701-123-45-67",
        "2024567",
        "99.99.99",
        "order W1234567",
        "#2024",
        "31.31.2024",
        "4-5 8",
        "350 5th Avenue",
        "12 Oak St, room 5",
        "2 all, 3 try",
        "12 Den Haag",
    ],
)
def test_a_bare_number_is_no_fact(text: str) -> None:
    assert kept(text) == []


def test_a_kept_word_is_a_whole_word_in_any_case() -> None:
    assert sorted(Kept(["Plus", "", "Fast Fox"]).places("plus plan, surplus, fast fox")) == [(0, 4), (20, 28)]


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("see https://shop.com/setup now", "https://shop.com/setup"),
        ("see www.shop.com now", "www.shop.com"),
        ("see https://app.shop.com/plans?lang=ru now", "https://app.shop.com/plans?lang=ru"),
    ],
)
def test_a_kept_host_keeps_its_public_pages(text: str, stays: str) -> None:
    assert (text.index(stays), text.index(stays) + len(stays)) in Kept(["shop.com"]).places(text)


@pytest.mark.parametrize(
    "text",
    ["https://shop.com/orders/548921", "https://shop.com/?token=abc", "https://evilshop.com/setup", "x@shop.com"],
)
def test_a_kept_host_keeps_nothing_that_leads_to_somebody(text: str) -> None:
    assert (0, len(text)) not in Kept(["shop.com"]).places(text)


def test_a_word_is_not_found_inside_another() -> None:
    assert list(occurrences("ann", "ann anna ann_ xann ann")) == [(0, 3), (9, 12), (19, 22)]
    assert list(occurrences("#w1", "x#w1 #w12")) == [(1, 4)]
