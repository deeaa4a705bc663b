"""The store, the branch, the courier that somebody dealt with: `отделение №12`, `the store on Abay`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import beginnings, has_any, lower
from casemill.personal.detector import Detector
from casemill.personal.everyday import is_everyday
from casemill.personal.inflection import plain

_STREET = r"(?:(?i:улиц\w|ул\.|проспект\w|пр\.|пр-т\w?)\s+)?"
_ENGLISH_ON = re.compile(
    r"(?P<kind>store|shop|outlet|pickup point|branch|office)\s+(?:on|at|in)\s+"
    r"(?P<id>[A-Z][\w'’-]+(?:\s+(?:[A-Z][\w'’-]+|[0-9]{1,4}[A-Za-z]?)){0,2})(?![^\W_])"
)
_NAMED = re.compile(
    r"(?P<kind>branch|store|shop|outlet)\s+(?P<id>(?P<street>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)"
    r"\s[0-9]{1,4}[A-Za-z]?)(?![\w/%-]|[.,:][0-9])"
)
_OWNED = re.compile(r"(?i:(?<![^\W_])(?:the|my|your|our|a))\s+\Z")
_RUSSIAN_ON = re.compile(
    r"(?P<kind>(?i:магазин\w{0,3}|пункт\w?\s+выдачи|пвз|салон\w{0,2}|отделени\w{1,2}|филиал\w{0,2}"
    r"|офис\w{0,2}))\s+на\s+"
    rf"(?P<id>{_STREET}[А-ЯЁ][а-яё-]+(?:,?\s+[0-9]{{1,4}}[а-я]?)?)(?![^\W_])"
)
_KAZAKH_ON = re.compile(
    r"(?<![^\W_])(?P<id>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі-]+)\s+(?:көшесі|даңғылы)ндағы\s+(?P<kind>(?i:дүкен"
    r"|бөлімше|филиал))"
)
_AFTER = re.compile(
    r"(?<![\w.,-])(?P<id>[0-9]{1,6})(?:-\s?|\s+(?:нөмірлі|номерлі)\s+)(?P<kind>бөлімше|филиал|дүкен)\w{0,6}",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)(?![^\W_])",
    re.IGNORECASE,
)
_STREETS = 50
_BRANCHES = ("branch", "office", "отделени", "филиал", "офис", "бөлімше")
_ENGLISH = ("store", "shop", "outlet", "pickup point", "branch", "office")
_RUSSIAN = ("магазин", "пункт", "пвз", "салон", "отделени", "филиал", "офис")


def find(text: str) -> Iterator[Span]:
    """A street that stands for the store on it, where it is written as a name."""
    yield from _named(text)
    for match in _matches(text, lower(text)):
        if not _DAYS.match(match["id"]):
            label = "BRANCH" if match["kind"].lower().startswith(_BRANCHES) else "STORE"
            yield Span(start=match.start("id"), end=match.end("id"), label=label)
    if has_any(text, ("бөлімше", "филиал", "дүкен")):
        for match in _AFTER.finditer(text):
            label = "STORE" if match["kind"].lower() == "дүкен" else "BRANCH"
            yield Span(start=match.start("id"), end=match.end("id"), label=label)


def _named(text: str) -> Iterator[Span]:
    """`branch Abay 12`, and `the Abay branch` beside it."""
    streets: dict[tuple[str, str], None] = {}
    for match in _NAMED.finditer(text) if has_any(text, _ENGLISH) else ():
        if text[match.start() - 1 : match.start()].isalnum() or _tells_nothing(match["street"]):
            continue
        label = "BRANCH" if match["kind"] in _BRANCHES else "STORE"
        yield Span(start=match.start("id"), end=match.end("id"), label=label)
        streets[match["street"], label] = None
    for street, label in streets if len(streets) <= _STREETS else ():
        for match in re.finditer(rf"(?<![^\W_]){re.escape(street)}(?=\s(?:branch|office|store|shop)(?![^\W_]))", text):
            yield Span(start=match.start(), end=match.end(), label=label)


def _tells_nothing(street: str) -> bool:
    """`store Number 12`, `office Suite 12`, `shop Monday 9`."""
    return _DAYS.match(street) is not None or all(is_everyday(plain(word)) for word in street.split())


def _matches(text: str, lowered: str) -> Iterator[re.Match[str]]:
    for stems, pattern in ((_ENGLISH, _ENGLISH_ON), (_RUSSIAN, _RUSSIAN_ON)):
        for stem in stems:
            for start in beginnings(stem, lowered):
                match = pattern.match(text, start)
                if match and (pattern is _RUSSIAN_ON or _OWNED.search(text, max(0, start - 8), start)):
                    yield match
    if "ндағы" in lowered:
        yield from _KAZAKH_ON.finditer(text)


DETECTOR = Detector(find, yields=True, stems=(*_ENGLISH, *_RUSSIAN, "дүкен", "бөлімше"))
