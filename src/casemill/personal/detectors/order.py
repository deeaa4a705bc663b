"""Numbers of orders, bookings and parcels: by the word beside them, or in a form as `#W1234567`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import Numbered, count_digits, spans_of
from casemill.personal.detector import Detector

_STEMS = (
    *("order", "purchase", "invoice", "parcel", "tracking", "shipment", "package"),
    *("заказ", "посылк", "накладн", "трек", "чек", "тапсырыс", "сәлемдеме"),
)


_LOUD = frozenset(
    {"STATUS", "ONLINE", "CANCEL", "PLEASE", "NUMBER", "SYSTEM", "CHANGE", "REFUND", "BEFORE", "CLOSED", "TICKET"}
    | {"FLIGHT", "FAILED", "RETURN", "UPDATE", "PERIOD", "NEEDED", "AGENTS", "ISSUED", "SHOULD", "CANNOT", "WITHIN"}
)


def _believe(text: str, strong: bool) -> bool:
    return count_digits(text) >= (3 if strong else 4)


_CALLED = Numbered(
    "ORDER",
    _STEMS,
    re.compile(
        r"(?:pre-?)?orders?|purchase|invoice|parcel|tracking|shipment|package|заказ\w{0,3}|посылк\w{1,3}|накладн\w{2,3}"
        r"|трек(?:-?номер)?\w{0,2}|чек\w{0,2}|тапсырыс\w{0,6}|сәлемдеме\w{0,4}"
    ),
    _believe,
)


def _believe_booking(text: str, strong: bool) -> bool:
    """A number, or a record locator: capitals with digits, or six capitals that are no word said loudly."""
    if text.isdigit():
        return len(text) >= (3 if strong else 4)
    if not (5 <= len(text) <= 13 and text.isupper()):
        return False
    return count_digits(text) > 0 or (len(text) == 6 and text not in _LOUD)


_BOOKING = Numbered(
    "ORDER",
    ("booking", "reservation", "pnr", "confirmation", "itinerary", "ride", "ref", "брон", "брондау"),
    re.compile(
        r"bookings?|reservations?|pnr|confirmation|itinerary|ref|ride(?=[\s_]*(?:id|number|no|#))"
        r"|брон(?:ь|и|ью|ировани\w{1,2}|дау\w{0,4})"
    ),
    _believe_booking,
)
_PROMISING = re.compile(r"[0-9]|[A-Z]{6}")
_HASHED = re.compile(r"(?<![\w#&/])(?P<id>#(?=[A-Za-z]{0,3}[0-9])[A-Za-z]{0,3}-?[0-9]{4,14})(?![^\W_])")
_NUMBERED = re.compile(r"№\s?(?P<id>[A-Za-zА-Яа-я]{0,3}-?[0-9]{5,14})(?![^\W_])")
_AFTER = re.compile(
    r"(?<![^\W_])(?P<id>#?[A-Za-z]{0,3}-?[0-9]{3,12})[\s-]+(?:нөмірлі\s+|номерлі\s+|санды\s+)?тапсырыс\w{0,6}",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    if not _PROMISING.search(text):
        return
    yield from _CALLED.find(text)
    yield from _BOOKING.find(text)
    if "#" in text:
        yield from spans_of(_HASHED, text, label="ORDER")
    if "№" in text:
        yield from spans_of(_NUMBERED, text, label="ORDER")
    if "тапсырыс" in text.lower():
        yield from spans_of(_AFTER, text, label="ORDER")


DETECTOR = Detector(find, yields=True)
