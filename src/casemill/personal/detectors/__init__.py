"""The detectors of structured values, one a file; the order is their rank among spans of equal length."""

from functools import cache

from casemill.personal.detector import Detector
from casemill.plugins import Shelf

DETECTORS = Shelf(
    "detectors",
    {
        name: f"casemill.personal.detectors.{name}:DETECTOR"
        for name in (
            "url",
            "email",
            "iban",
            "card",
            "iin",
            "ssn",
            "ip",
            "birth",
            "secret",
            "postcode",
            "account",
            "username",
            "ticket",
            "order",
            "last4",
            "phone",
            "phone_part",
        )
    },
)


@cache
def detectors() -> tuple[Detector, ...]:
    """All of them, ours and other packages', in rank order."""
    return tuple(DETECTORS.get(name) for name in DETECTORS.names())
