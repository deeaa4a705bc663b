"""Synthetic Kazakh: support tickets and chats, mixed with Russian at times, and news."""

from __future__ import annotations

import random
from collections.abc import Iterator

from synthetic import cyrillic_kazakh as texts
from synthetic import russian
from synthetic.cyrillic_places import kazakh_address, kazakh_town
from synthetic.cyrillic_scribe import Grammar, Scribe, capitalized, covered, marked, noised, read_marks
from synthetic.cyrillic_words import kazakh_ordinary, kazakh_sentence
from synthetic.forms import Example

MONTHS = (
    *("қаңтарда", "ақпанда", "наурызда", "сәуірде", "мамырда", "маусымда"),
    *("шілдеде", "тамызда", "қыркүйекте", "қазанда", "қарашада", "желтоқсанда"),
)
DAYS = ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі")
WEEKDAYS = tuple(day[0].upper() + day[1:] + end for day in DAYS for end in ("", "де" if day != "жұма" else "да"))


def date(scribe: Scribe, _: str) -> str:
    return scribe.pick(
        f"{scribe.chance.randint(1, 31)} {scribe.one(MONTHS)}",
        "кеше",
        "бүгін",
        f"{scribe.chance.randint(1, 31):02d}.{scribe.chance.randint(1, 12):02d}.2025",
    )


def organization(scribe: Scribe, _: str) -> str:
    name = marked("ORG", scribe.one(texts.ORGANIZATIONS))
    return name if scribe.often(0.7) else f"« {name} »" if scribe.often(0.3) else f"«{name}»"


GRAMMAR: Grammar = {
    **russian.GRAMMAR,
    "hello": texts.GREETINGS,
    "problem": texts.PROBLEMS,
    "ask": texts.ASKS,
    "answer": texts.ANSWERS,
    "ru_problem": russian.GRAMMAR["problem"],
    "ru_ask": russian.GRAMMAR["ask"],
    "position": texts.POSITIONS,
    "office": texts.OFFICES,
    "said": texts.SAID,
    "fact": texts.FACTS,
    "date": date,
    "org": organization,
    "town": kazakh_town,
    "address": kazakh_address,
    "role": texts.ROLES,
    "hello_word": texts.HELLO_WORDS,
    "thanks": texts.THANKS,
    "waited": texts.WAITED,
    "owned": texts.OWNED,
    "after": texts.AFTER_ADDRESSES,
    "weekday": WEEKDAYS,
    "ordinary": kazakh_ordinary,
    "chatter": kazakh_sentence,
    "person_word": texts.PERSON_WORDS,
    "ru_address": russian.GRAMMAR["address"],
}


def examples(chance: random.Random, count: int) -> Iterator[Example]:
    """`count` examples: mostly support texts that name somebody or some address, some that name nobody, some news."""
    scribe = Scribe(chance, GRAMMAR)
    for _ in range(count):
        drawn = chance.random()
        if drawn < 0.2:
            yield read_marks(capitalized(scribe.write(scribe.one(texts.NEWS))))
            continue
        kind = kind_of(drawn, framed=scribe.often(0.35))
        pieces = [scribe.write(scribe.one(kind))]
        if scribe.often(0.3):
            pieces.append(scribe.write(scribe.one(scribe.chance.choice((texts.NOBODY, kind)))))
        marked_up = scribe.pick(" ", "\n", ". ").join(pieces)
        if scribe.often(0.55):
            marked_up = capitalized(marked_up)
        yield covered(read_marks(noised(marked_up, chance)), chance)


def kind_of(drawn: float, *, framed: bool) -> tuple[str, ...]:
    """The templates of a text: with names, with addresses, of nobody; framed ones stand among whatever words."""
    if drawn < 0.52:
        return texts.FRAMES if framed else texts.WITH_NAMES
    if drawn < 0.7:
        return texts.ADDRESS_FRAMES if framed else texts.WITH_ADDRESSES
    return texts.CHATTER if framed or drawn > 0.9 else texts.NOBODY
