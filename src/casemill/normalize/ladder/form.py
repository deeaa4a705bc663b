"""Rules about form: the language, the length, the shape of the reply."""

import re
from collections.abc import Iterator
from typing import Any

from casemill.domain.language import CYRILLIC, language_of, pattern_of
from casemill.normalize.ladder.facts import Facts, Rule, is_negated

_LANGUAGES = {
    "en": r"english|английск\w+",
    "ru": r"russian|русск\w+",
    "kk": r"kazakh|казахск\w+|қазақ\w*",
    "de": r"german|немецк\w+",
    "fr": r"french|французск\w+",
    "es": r"spanish|испанск\w+",
    "it": r"italian|итальянск\w+",
    "pt": r"portuguese|португальск\w+",
    "uk": r"ukrainian|украинск\w+",
}
_LENGTH = re.compile(
    r"(?P<most>at\smost|under|below|less\sthan|fewer\sthan|no\smore\sthan|max(?:imum)?(?:\sof)?|up\sto|within|не\s(?:более|больше)"
    r"|максимум|до)?\s*(?P<least>at\sleast|more\sthan|min(?:imum)?(?:\sof)?|не\sменее|минимум)?\s*(?P<n>\d{1,4})\s*(?:words?|слов\w*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,4})\s*(?:-|–|to|and|до)\s*(\d{1,4})\s*(?:words?|слов\w*)", re.IGNORECASE)
_SHAPES = (
    (r"bullet(?:ed|s)?|markdown\slist|маркированн\w+|буллет\w*", r"(?m)^\s*(?:[-*•]|\d+[.)])\s"),
    (r"numbered(?:\s\w+)?|step[\s-]by[\s-]step|нумерованн\w+|по\sшагам|пошагов\w+", r"(?m)^\s*\d+[.)]\s"),
    (r"markdown|asterisks?|bold|звездочк\w+|звёздочк\w+|разметк\w+", r"\*\*|^#+\s|(?m:^\s*[*-]\s)"),
    (r"emojis?|эмодзи|смайл\w*", r"[\U0001F300-\U0001FAFF\u2600-\u27BF]"),
    (r"links?|urls?|ссылк\w+", r"https?://"),
    (r"html|tags?|тег\w*", r"</?[a-zA-Z][^>]*>"),
    (r"tables?|таблиц\w+", r"(?m)^\s*\|.*\|"),
)
_UNFILLED = (r"\{\{?\s*\w[\w. ]*\}?\}", r"<[A-Z_]{3,}>|<your [a-z ]+>", r"\[object Object\]|\bundefined\b|\bNaN\b")
_KEY = re.compile(r"[\"“`'«]([a-z][\w-]{0,40})[\"”`'»]")


def language(facts: Facts) -> Iterator[Rule]:
    """The reply is in the language the expectation names, else in the customer's."""
    wanted = next(
        (code for code, name in _LANGUAGES.items() if re.search(rf"\b(?:{name})\b", facts.expected, re.I)), None
    )
    wanted = wanted or language_of(facts.asked) or language_of(facts.customer)
    if wanted is None or wanted == language_of(facts.bad):
        return
    if wanted == "en" and CYRILLIC.search(facts.bad):
        yield {"regex": {"pattern": r"[А-Яа-яЁё]{3,}", "absent": True}}
    elif pattern := pattern_of(wanted):
        yield {"regex": {"pattern": pattern, "ignore_case": True}}


def shape(facts: Facts) -> Iterator[Rule]:
    """The form that the expectation, or else the note, asks for: JSON, a number of words, a list, no markup."""
    for text in (facts.expected, facts.wrong):
        if re.search(r"\bjson\b", text, re.IGNORECASE) and not is_negated(text):
            yield {"json_schema": {"schema": _schema(text)}}
        yield from _length(text)
        for name, pattern in _SHAPES:
            if found := re.search(rf"\b(?:{name})\b", text, re.IGNORECASE):
                forbidden = is_negated(text[: found.end()].rpartition(".")[2])
                yield {"regex": {"pattern": pattern} | ({"absent": True} if forbidden else {})}


def unfilled(facts: Facts) -> Iterator[Rule]:
    """A field of a template that nobody filled in."""
    for pattern in _UNFILLED:
        if re.search(pattern, facts.bad):
            yield {"regex": {"pattern": pattern, "absent": True}}


def _schema(text: str) -> dict[str, Any]:
    keys = list(dict.fromkeys(_KEY.findall(text)))
    return {"type": "object"} | ({"required": keys} if keys else {})


def _length(text: str) -> Iterator[Rule]:
    if between := _RANGE.search(text):
        yield {"word_count": {"min": int(between[1]), "max": int(between[2])}}
    elif (limit := _LENGTH.search(text)) and (limit["most"] or limit["least"]):
        yield {"word_count": {"max" if limit["most"] else "min": int(limit["n"])}}
