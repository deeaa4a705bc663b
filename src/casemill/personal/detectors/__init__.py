"""The detectors of structured values, one a file; the order is their rank among spans of equal length."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from casemill.domain.placeholder import LABELS, Span
from casemill.personal.context import key_of, keys_of, lower, runs_of
from casemill.personal.detector import Detector
from casemill.personal.keep import facts
from casemill.personal.veil import cover
from casemill.plugins import Shelf

_HERE = "casemill.personal.detectors"
_TABLE = """
url email iban card iin national national:LETTERED ssn ip device:IMEI device:VEHICLE device birth called secret
postcode postcode:WRITTEN account username ticket order order:BOOKING order:CODES part last4 plate plate:BRITISH
place address address_block address:CORNER address:EUROPEAN address:DELIVERY home address:STATED address_cyrillic
address_cyrillic:CUED phone phone:EXTENSION phone_spoken bare
"""
DETECTORS = Shelf(
    "detectors",
    {
        name.lower().replace(":", "_"): f"{_HERE}.{name if ':' in name else f'{name}:DETECTOR'}"
        for name in _TABLE.split()
    },
)
_CODED = re.compile(r"[A-ZА-Я](?:[ -]?[0-9])|[0-9][ -]?[A-ZА-Я]")
_ROW = re.compile(r"[0-9](?:[ ().\t–/-]{0,4}[0-9]){6}")
LONG = 7
NONE = -1


class _Plan(NamedTuple):
    """Which detectors a text calls for, as bits: `always`, by the words in it, by the pieces in it."""

    always: int
    words: dict[str, int]
    pieces: tuple[tuple[str, int], ...]


@cache
def detectors() -> tuple[Detector, ...]:
    """All of them, ours and other packages', in rank order."""
    return tuple(DETECTORS.get(name) for name in DETECTORS.names())


@cache
def labels() -> frozenset[str]:
    """The types of everything that may be found: ours and those that other packages' detectors add."""
    return LABELS.union(*(detector.labels for detector in detectors()))


@cache
def _plan(row: int, *, plain: bool, coded: bool) -> _Plan:
    """For texts with so many digits in a row (NONE: no digit at all), of ASCII alone or not."""
    always = 0
    words: dict[str, int] = {}
    pieces: dict[str, int] = {}
    for place, detector in enumerate(detectors()):
        if max(row, 0) < detector.row or (row == NONE and detector.digits) or (detector.coded and not coded):
            continue
        if not detector.pieces and not detector.stems:
            always |= 1 << place
        for asked, table in ((detector.pieces, pieces), (map(key_of, detector.stems), words)):
            for piece in set(asked):
                if piece.isascii() or not plain:
                    table[piece] = table.get(piece, 0) | 1 << place
    return _Plan(always, words, tuple(sorted(pieces.items())))


@lru_cache(maxsize=4096)
def _chosen(bits: int) -> tuple[Detector, ...]:
    return tuple(detector for place, detector in enumerate(detectors()) if bits >> place & 1)


def found(text: str) -> tuple[Span, ...]:
    """What the detectors find in a text whose placeholders are covered; spans may overlap.

    Cheap questions first: most texts are not worth most detectors' look.
    """
    lowered = lower(text)
    runs = runs_of(text)
    digits = sum([end - start for start, end in runs])
    row = (LONG if digits >= LONG and _ROW.search(text) else 0) if digits else NONE
    bits, words, pieces = _plan(row, plain=text.isascii(), coded=digits > 0 and _CODED.search(text) is not None)
    for key in words.keys() & keys_of(lowered):
        bits |= words[key]
    for piece, those in pieces:
        if piece in lowered:
            bits |= those
    return _asked(text, _chosen(bits), digits=digits)


def _asked(text: str, chosen: Iterable[Detector], *, digits: int) -> tuple[Span, ...]:
    veiled: str | None = None
    spans: list[Span] = []
    for detector in chosen:
        if digits < detector.digits:
            continue
        if not detector.yields:
            spans += detector.find(text)
            continue
        if veiled is None:
            veiled = cover(text, facts(text)) if digits else text
        spans += detector.find(veiled)
    return tuple(spans)
