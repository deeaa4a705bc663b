"""Synthetic Russian: support tickets and chats with and without names and addresses, and news."""

from __future__ import annotations

import random
from collections.abc import Iterator

from synthetic import cyrillic_news, cyrillic_support
from synthetic.cyrillic_lists import listed
from synthetic.cyrillic_people import PEOPLE
from synthetic.cyrillic_places import address_on, russian_address, street_alone, town
from synthetic.cyrillic_scribe import Grammar, Scribe, capitalized, covered, marked, noised, read_marks
from synthetic.cyrillic_words import ordinary, ordinary_sentence
from synthetic.forms import Example

MONTHS = (
    *("января", "февраля", "марта", "апреля", "мая", "июня"),
    *("июля", "августа", "сентября", "октября", "ноября", "декабря"),
)
NOTHING = "\0"
# What the tagger shall know besides Faker's lists; for Kazakh texts too.
LISTS = listed()


def date(scribe: Scribe, _: str) -> str:
    day, month = scribe.chance.randint(1, 31), scribe.one(MONTHS)
    return scribe.pick(
        f"{day} {month}",
        f"{day} {month}",
        f"{day:02d}.{scribe.chance.randint(1, 12):02d}.2025",
        "вчера",
        "сегодня",
        f"{day}.{scribe.chance.randint(1, 12):02d}",
        f"{day} {month} 2026 года",
    )


def number(scribe: Scribe, _: str) -> str:
    """An id: covered at run time, mostly."""
    if scribe.often(0.5):
        return NOTHING * scribe.chance.randint(5, 10)
    return scribe.pick("№", "", "", "#") + str(scribe.chance.randint(1000, 99999999))


def amount(scribe: Scribe, _: str) -> str:
    value = scribe.chance.randint(1, 90) * 10 ** scribe.chance.randint(1, 4)
    if scribe.often(0.4):
        value = scribe.chance.randint(100, 99_999) // 10 * 10 + scribe.chance.choice((0, 0, 5, 9))
    return f"{value:,}".replace(",", scribe.pick("", " ", " ", "\u00a0"))


def time(scribe: Scribe, _: str) -> str:
    return f"{scribe.chance.randint(0, 23):02d}:{scribe.chance.randint(0, 59):02d}" + scribe.pick("", "", ":17")


def answer_low(scribe: Scribe, _: str) -> str:
    answer = scribe.one(cyrillic_support.ANSWERS)
    return answer[0].lower() + answer[1:]


GRAMMAR: Grammar = {
    **PEOPLE,
    "role": cyrillic_support.role,
    "hello_word": cyrillic_support.HELLO_WORDS,
    "thanks": cyrillic_support.THANKS,
    "asked": cyrillic_support.ASKED,
    "product": cyrillic_support.PRODUCTS,
    "brand": lambda scribe, _: marked("ORG", scribe.one(cyrillic_support.BRANDS)),
    "model": cyrillic_support.MODELS,
    "ordinary": ordinary,
    "chatter": ordinary_sentence,
    "house_word": cyrillic_support.HOUSE_WORDS,
    "person_word": cyrillic_support.PERSON_WORDS,
    "hello": cyrillic_support.GREETINGS,
    "problem": cyrillic_support.PROBLEMS,
    "ask": cyrillic_support.ASKS,
    "answer": cyrillic_support.ANSWERS,
    "answer_low": answer_low,
    "org": cyrillic_news.organization,
    "position": cyrillic_support.POSITIONS,
    "month": cyrillic_support.MONTHS,
    "weekday": cyrillic_support.WEEKDAYS,
    "town": town,
    "address": russian_address,
    "address_on": address_on,
    "street_alone": street_alone,
    "date": date,
    "number": number,
    "amount": amount,
    "time": time,
    "days": lambda scribe, _: str(scribe.chance.randint(2, 45)),
}  # fmt: skip


def examples(chance: random.Random, count: int) -> Iterator[Example]:
    """`count` examples: half support texts that name somebody or some address; the rest name nobody or are news."""
    support, news = Scribe(chance, GRAMMAR), Scribe(chance, cyrillic_news.GRAMMAR)
    for _ in range(count):
        drawn = chance.random()
        if drawn < 0.3:
            marked_up = news.write(chance.choice(cyrillic_news.TEMPLATES))
            if chance.random() < 0.75:
                yield read_marks(capitalized(marked_up))
                continue
        else:
            marked_up = ticket(support, drawn)
        if chance.random() < 0.55:
            marked_up = capitalized(marked_up)
        yield covered(read_marks(noised(marked_up, chance)), chance)


def kind_of(drawn: float, *, framed: bool) -> tuple[str, ...]:
    """The templates of a text: with names, with addresses, of nobody; framed ones stand among whatever words."""
    if drawn < 0.54:
        return cyrillic_support.FRAMES if framed else cyrillic_support.WITH_NAMES
    if drawn < 0.72:
        return cyrillic_support.ADDRESS_FRAMES if framed else cyrillic_support.WITH_ADDRESSES
    if drawn > 0.91:
        return cyrillic_support.AMBIGUOUS + cyrillic_support.BRANDED * 4 + cyrillic_support.PRICED * 3
    return cyrillic_support.CHATTER if framed or drawn > 0.87 else cyrillic_support.NOBODY


def ticket(scribe: Scribe, drawn: float) -> str:
    """One support text, at times followed by another."""
    kind = kind_of(drawn, framed=scribe.often(0.3))
    pieces = [scribe.write(scribe.one(kind))]
    if scribe.often(0.3):
        pieces.append(
            scribe.write(scribe.one(scribe.chance.choice((cyrillic_support.NOBODY, cyrillic_support.NOBODY, kind))))
        )
    scribe.chance.shuffle(pieces)
    return scribe.pick(" ", "\n", "\n\n", ". ").join(pieces)
