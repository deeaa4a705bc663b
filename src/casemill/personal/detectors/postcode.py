"""Postal codes: by the word beside them, after the letters of an American state, or behind a name or a town."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, lower, runs_of, spans_of
from casemill.personal.detector import Detector
from casemill.personal.words import listed

_WORDS = ("zip", "postal", "postcode", "индекс")
_FURTHER = re.compile(
    r"(?:(?<![a-z])zips?(?![a-rt-z])|postal|postcode|индекс)[^0-9\0]{0,60}(?P<id>[0-9]{5}(?:-[0-9]{4})?)(?![\w-])"
)
FIVE = 5
_BEHIND_TOWNS = frozenset({3, 4, 5})
_FIVE = re.compile(r"[0-9](?<![\w#№$.,/-][0-9])[0-9]{4}(?:-[0-9]{4})?(?![\w-])(?![.,/][0-9])")
_STATE_BEFORE = re.compile(
    r"[, ](?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
    r"|W[AIVY])[, ]{1,3}\Z"
)
# `Yusuf Rossi, 19122.`, `in San Antonio, 78260`: five digits that end a clause behind two capitalised words.
_NAMES_BEFORE = re.compile(r"[A-ZÀ-Ž][^\W\d_]{1,20} [A-ZÀ-Ž][^\W\d_]{1,20}, (?:and )?\Z")
_TOWN_BEFORE = re.compile(
    r"(?i:(?<![^\W_])(?:live|living|lives|based|reside|located|am|i['’]m)) in (?:[A-Z][a-z]+,? ){0,3}\Z"
)
_CLAUSE_ENDS = re.compile(r"[.!?;)]?(?:\s|$)|,? [a-z]")
_IN_TOWN = re.compile(
    r"(?<![^\W_])(?:in|to|from|near)[ ](?P<town>[A-ZÀ-Ž][^\W\d_]+(?:[ ](?:[A-ZÀ-Ž][^\W\d_]*|de|la|do|da|di"
    r"|am|an|der)){0,4})[ ]"
    r"(?P<id>[0-9]{4,5}|[0-9]{3}[ ][0-9]{2}|[0-9]{4}-[0-9]{3})(?![\w-])(?![.,:/][0-9])(?![ ][0-9])"
)
_NO_TOWN = listed(
    "room flight version order case ticket office windows model gate store branch terminal building "
    "article section chapter "
    "january february march april may june july august september october november december the zone class level error"
)
_WRITTEN = re.compile(
    r"[A-Z](?<![\w-][A-Z])(?:[A-HK-Y]?[0-9][0-9A-HJKMNPR-Y]? [0-9][ABD-HJLNP-UW-Z]{2}"
    r"|[0-9][A-Z] [0-9][A-Z][0-9])(?![\w-])"
)


def find(text: str) -> Iterator[Span]:
    lengths = set()
    for start, end in runs_of(text):
        lengths.add(end - start)
        five = _FIVE.match(text, start) if end - start == FIVE else None
        if five and _is_placed(text, five):
            yield Span(start=start, end=five.end(), label="ZIP")
    if not lengths.isdisjoint(_BEHIND_TOWNS):
        for match in _IN_TOWN.finditer(text):
            if _NO_TOWN.isdisjoint(match["town"].lower().split()):
                yield Span(start=match.start("id"), end=match.end("id"), label="ZIP")
    if has_any(text, _WORDS):
        yield from spans_of(_FURTHER, lower(text), label="ZIP")


def _is_placed(text: str, five: re.Match[str]) -> bool:
    """Whether a state, or at the end of a clause a town or a name, stands before the five digits."""
    head = text[max(0, five.start() - 48) : five.start()]
    if _STATE_BEFORE.search(head):
        return True
    ends = _CLAUSE_ENDS.match(text, five.end())
    return ends is not None and (_NAMES_BEFORE.search(head) or _TOWN_BEFORE.search(head)) is not None


def find_written(text: str) -> Iterator[Span]:
    return spans_of(_WRITTEN, text, label="ZIP")


DETECTOR = Detector(find, digits=4, yields=True)
WRITTEN = Detector(find_written, digits=2, yields=True, coded=True)
