"""Facts that can be checked letter by letter: amounts, spans of time, dates, article ids, numbers, placeholders."""

import re
from collections.abc import Iterator
from typing import Any, Literal

from casemill.domain.word import Word

Kind = Literal["money", "time", "date", "article", "placeholder", "code", "number"]

_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_MONTHS_RU = r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
_UNITS = (
    r"days?|hours?|hrs?|minutes?|mins?|weeks?|months?|years?|nights?|дн(?:я|ей|и)|день|сут(?:ок|ки)|час(?:а|ов)?"
    r"|минут[аы]?|недел[иьюя]|недель|месяц(?:а|ев)?|год(?:а|у)?|лет|күн|сағат|апта|ай"
)
_NUMBER = r"\d+(?:[  ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_VALUE = re.compile(
    rf"""
    (?P<placeholder>\[[A-Z][A-Z0-9_]*_\d+\])
  | (?P<article>(?<!\w)[A-Z]{{2,6}}-\d{{1,6}}(?:@\w+)?(?!\w))
  | (?P<code>(?<!\w)(?-i:(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{{5,12}})(?!\w))
  | (?P<date>(?<!\d)\d{{4}}-\d\d-\d\d(?!\d) | (?<![\d.])\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}(?!\d)
      | (?<!\w)(?:{_MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?(?!\d)
      | (?<!\d)\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS}|{_MONTHS_RU})(?!\w))
  | (?P<time>(?<![\w.])\d+(?:\s?(?:[-–—]|to|до)\s?\d+)?[\s-]?
      (?:(?:business|working|calendar|рабоч\w+|календарн\w+)\s)?(?:{_UNITS})(?!\w))
  | (?P<money>[$€£₸₽]\s?(?:{_NUMBER})
      | (?<!\w)(?:{_NUMBER})\s?(?:[$€£₸₽%]
      |(?:usd|eur|gbp|kzt|dollars?|euros?|pounds?|percent|тенге|руб(?:л\w+|\.)?|тг|процент\w*)(?!\w)))
  | (?P<number>(?<![\w.,#])(?:{_NUMBER})(?![\w]|[.,]\d))
    """,
    re.IGNORECASE | re.VERBOSE,
)


# A number with more digits than this names something; a shorter one counts something.
LONG = 4


class Value(Word):
    """One fact, as it stands in the text."""

    text: str
    kind: Kind
    start: int
    end: int

    @property
    def number(self) -> str:
        """The bare number of an amount or a span of time, for comparing."""
        found = re.search(r"\d[\d.,  ]*\d|\d", self.text)
        return found[0].replace(" ", "").replace("\u202f", "") if found else self.text


def values(text: str) -> tuple[Value, ...]:
    """Every fact of a text, in order."""
    return tuple(_values(text))


def _values(text: str) -> Iterator[Value]:
    for match in _VALUE.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        yield Value(text=match[0], kind=kind, start=match.start(), end=match.end())  # type: ignore[arg-type]


def says(text: str, value: Value) -> bool:
    """Whether a text gives the same fact, `30-day` for `30 days` and `$49.99` for `49.99` included."""
    if value.kind in ("placeholder", "article", "code", "date"):
        return value.text.lower() in text.lower()
    return any(other.number == value.number for other in values(text) if other.kind in (value.kind, "number", "money"))


def ways_to_say(value: Value) -> tuple[str, ...]:
    """Spellings of one fact that a right reply may choose from."""
    if value.kind != "time":
        return (value.text,)
    number, unit = re.match(r"(\d+(?:\s?(?:[-–—]|to|до)\s?\d+)?)[\s-]?(.*)", value.text, re.DOTALL).groups()  # type: ignore[union-attr]
    if not unit.isascii() or " " in unit:
        return (value.text,)
    single = unit.removesuffix("s")
    return tuple(dict.fromkeys((value.text, f"{number} {single}", f"{number}-{single}")))


def others_than_wanted(value: Any, wanted: str) -> frozenset[str]:
    """Those ids of an argument (orders, accounts, long numbers, codes) that an expectation does not name although it
    names others of the same kind."""
    named = _ids(wanted)
    return frozenset(one for one, kind in _ids(_flat(value)).items() if one not in named and kind in named.values())


def _ids(text: str) -> dict[str, str]:
    """Each id of a text with its kind: a placeholder's label, or how it is written."""
    found = {}
    for value in values(text):
        if value.kind == "placeholder":
            found[value.text] = value.text.rpartition("_")[0]
        elif value.kind == "code" or (value.kind == "number" and len(value.text) > LONG and value.text.isdigit()):
            found[value.text] = value.kind
    return found


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(map(_flat, value.values()))
    return "\n".join(map(_flat, value)) if isinstance(value, list | tuple) else str(value)
