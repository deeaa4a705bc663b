"""Lines that the tagger does not read keep their facts, and lose their addresses where a word tells of one."""

from collections.abc import Callable

import pytest

from casemill import mask
from casemill.personal.masking import Masked
from personal.abroad_set import ADDRESSES, FACTS, marked

WRITTEN: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "with a capital": lambda text: text[:1].upper() + text[1:],
    "in capitals": str.upper,
}


def touched(masked: Masked, place: tuple[int, int]) -> int:
    return sum(max(0, min(place[1], span.end) - max(place[0], span.start)) for span in masked.spans)


@pytest.mark.parametrize(("how", "most"), [("as it is", 2), ("with a capital", 2), ("in capitals", 8)])
def test_numbers_with_units_and_other_facts_of_foreign_lines_stay(how: str, most: int) -> None:
    lost = []
    for line in FACTS:
        text, places = marked(line)
        written = WRITTEN[how](text)
        if len(written) == len(text):
            masked = mask(written)
            lost += [written[start:end] for start, end, _ in places if touched(masked, (start, end))]
    assert len(lost) <= most, lost


def test_addresses_of_foreign_lines_go_and_the_facts_beside_them_stay() -> None:
    left, lost = [], []
    for line in ADDRESSES:
        text, places = marked(line)
        masked = mask(text)
        for start, end, kind in places:
            share = touched(masked, (start, end)) / (end - start)
            if kind == "address" and share < 0.9:
                left.append(text[start:end])
            if kind == "fact" and share:
                lost.append(text[start:end])
    assert len(left) <= 3, left
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "zakaz 88120 ne prishel, verni dengi 5000 tg",
        "vernite dengi, ona zhdet 2 nedeli",
        "siparişim 3 gündür gelmedi, 250 TL",
        "tovar za 500 rub prishel bitiy, srok 14 dney",
        "Garantie 24 Monate, Gerät nach 3 Monaten defekt",
        "the MacBook Pro 14 and Dell XPS 13 9310",
        "ERROR 503 AGAIN, REFUND 20 USD",
    ],
)
def test_nothing_of_a_line_without_people_goes(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("вошли с IP 95.56.234.11", "вошли с IP [IP_1]"),
        ("Отправлено с iPhone Анны", "Отправлено с iPhone [NAME_1]"),
        ("мой дом — Сатпаева 22", "мой дом — [ADDRESS_1]"),
        ("Hi, my place is Kowloon 12, please", "Hi, my place is [ADDRESS_1], please"),
        ("SEND IT TO ABAY 12 PLEASE", "SEND IT TO [ADDRESS_1] PLEASE"),
        ("Горького 5, Алматы", "[ADDRESS_1]"),
    ],
)
def test_an_address_is_believed_by_its_words_its_cue_or_its_capitals(text: str, masked: str) -> None:
    assert mask(text).text == masked
