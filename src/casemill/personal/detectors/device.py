"""Devices: IMEI, MAC addresses, serial numbers and the ids that advertising follows people by."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.check_digits import luhn
from casemill.personal.context import before, count_digits, digits_of, has_any, spans_of
from casemill.personal.detector import Detector

_MAC = re.compile(
    r"[0-9A-Fa-f](?<![\w:-][0-9A-Fa-f])[0-9A-Fa-f](?P<mark>[:-])(?:[0-9A-Fa-f]{2}(?P=mark)){4}[0-9A-Fa-f]{2}(?![\w:-])"
)
_FIFTEEN = re.compile(r"[0-9](?<![\w+][0-9])(?:[0-9]{14}|[0-9]-[0-9]{6}-[0-9]{6}-[0-9])(?![\w-])")
_SHORT = re.compile(r"(?<![^\W_])(?:s/n|SN|S\.N\.)[\s:#.№]{1,4}(?P<id>[A-Za-z0-9][A-Za-z0-9-]{4,24})(?![^\W_])")
_UUID = re.compile(r"[0-9A-Fa-f](?<![\w-][0-9A-Fa-f])[0-9A-Fa-f]{7}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![\w-])")
_OF_SOMEBODY = re.compile(
    r"device|advertis|idfa|gaid|aaid|udid|imei|install|user|client|customer|phone|visitor|cookie|устройств|құрылғы"
)
_VEHICLE = re.compile(r"[A-HJ-NPR-Z0-9](?<![\w-][A-HJ-NPR-Z0-9])[A-HJ-NPR-Z0-9]{10}[A-HJ-NPR-Z0-9]{2}[0-9]{4}(?![\w-])")
_WORTH = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", (*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_MAKERS = ("01", "35", "86", "98", "99")


def find(text: str) -> Iterator[Span]:
    if text.count("-") >= 4 or text.count(":") >= 5:
        for match in _MAC.finditer(text):
            yield Span(start=match.start(), end=match.end(), label="DEVICE")
        for match in _UUID.finditer(text):
            if _OF_SOMEBODY.search(before(text, match.start(), width=32)):
                yield Span(start=match.start(), end=match.end(), label="DEVICE")
    if has_any(text, ("s/n", "sn ", "sn:", "s.n.")):
        numbers = spans_of(_SHORT, text, label="DEVICE")
        yield from (span for span in numbers if count_digits(text[span.start : span.end]) >= 2)


def find_imei(text: str) -> Iterator[Span]:
    for match in _FIFTEEN.finditer(text):
        if match[0].startswith(_MAKERS) and luhn(digits_of(match[0])):
            yield Span(start=match.start(), end=match.end(), label="DEVICE")


def find_vehicle(text: str) -> Iterator[Span]:
    """The number of a vehicle, by its check digit; others by the word beside them."""
    for match in _VEHICLE.finditer(text):
        check = sum(_WORTH[sign] * weight for sign, weight in zip(match[0], _WEIGHTS, strict=True)) % 11
        if not match[0].isdigit() and match[0][8] == "0123456789X"[check]:
            yield Span(start=match.start(), end=match.end(), label="DEVICE")


VEHICLE = Detector(find_vehicle, digits=5, yields=True, coded=True)
DETECTOR = Detector(find, digits=2, pieces=("-", ":", "s/n"), stems=("sn",))
IMEI = Detector(find_imei, digits=15, row=7)
