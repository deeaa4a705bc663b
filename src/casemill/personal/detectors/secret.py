"""What only its owner may know: PINs, card check values, passwords and one-time codes, by the word beside them."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import Numbered, has_any, spans_of
from casemill.personal.detector import Detector


def _believe(text: str, _: bool) -> bool:
    return text.isdigit() and 3 <= len(text) <= 8


_NUMBER = Numbered(
    "SECRET",
    ("pin", "cvv", "cvc", "otp", "one-time", "verification code", "security code", "sms", "пин", "код", "смс"),
    re.compile(
        r"pin(?:-?code|s)?(?![^\W_])|cv[vc]2?(?![^\W_])|otp(?![^\W_])|one-time (?:code|password|pin)|sms code"
        r"|(?:verification|security) code|пин(?:-?код)?\w{0,2}(?![^\W_])"
        r"|код\w{0,2} (?:из смс|подтверждения|безопасности)"
    ),
    _believe,
)
_PASSWORD = re.compile(
    r"(?<![^\W_])(?:password|passcode|passphrase|парол(?:ь|я|ем)|құпиясөз\w{0,3})\s*+(?:is\s|was\s|[:=—–-]|\"\s?:)\s*+[\"'`]?"
    r"(?P<id>(?=[^\s\0]{0,40}[0-9])[^\s\"'`,;\[\]\0]{4,40}[^\s\"'`.,;!?\[\]\0])",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    yield from _NUMBER.find(text)
    if has_any(text, ("password", "passcode", "passphrase", "парол", "құпиясөз")):
        yield from spans_of(_PASSWORD, text, label="SECRET")


DETECTOR = Detector(find, digits=1, yields=True)
