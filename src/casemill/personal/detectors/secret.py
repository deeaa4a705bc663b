"""What only its owner may know: PINs, card check values, passwords, codes and answers, by the word beside them."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, lower, spans_of
from casemill.personal.detector import Detector

_PASSWORD = re.compile(
    r"(?<![^\W_])(?:password|passcode|passphrase|парол(?:ь|я|ем)|құпиясөз\w{0,3})\s*+(?:is\s|was\s|[:=—–-]"
    r"|\"\s?:)\s*+[\"'`]?"
    r"(?P<id>(?=[^\s\0]{0,40}[0-9])[^\s\"'`,;\[\]\0]{4,40}[^\s\"'`.,;!?\[\]\0])",
    re.IGNORECASE,
)
_PIN_FURTHER = re.compile(r"(?<![^\W_])(?:pin|пин)(?![^\W_])[^0-9\0]{1,40}(?P<id>[0-9]{4,6})(?![\w-])(?![.,][0-9])")
# Answers to the questions that stand in for a password.
_ANSWER = re.compile(
    r"(?<![^\W_])(?i:(?:mother|father|mom)['’]?s?\s+maiden\s+name|maiden\s+name|childhood\s+pet(?:['’]?s\s+name)?"
    r"|first\s+pet(?:['’]?s\s+name)?|pet['’]s\s+name|девичья\s+фамилия(?:\s+матери)?|кличка\s+питомца)"
    r"(?:\s+(?:is|was|would\s+be|це|это))?[\s:—-]{1,3}[\"'“]?(?P<id>[A-ZА-ЯЁ][\w'’-]{1,20})(?![^\W_])"
)
_CODED = ("password", "passcode", "passphrase", "парол", "құпиясөз")
_PINS = ("pin", "пин")
_ASKED = ("mother", "father", "mom", "maiden", "childhood", "first", "pet", "девичья", "кличка")
_PERSONAL = ("maiden", "pet", "девичья", "кличка")


def find(text: str) -> Iterator[Span]:
    if has_any(text, _CODED):
        yield from spans_of(_PASSWORD, text, label="SECRET", stems=_CODED)
    if has_any(text, _PINS):
        yield from spans_of(_PIN_FURTHER, lower(text), label="SECRET", stems=_PINS)
    if has_any(text, _PERSONAL):
        yield from spans_of(_ANSWER, text, label="SECRET", stems=_ASKED)


DETECTOR = Detector(find, yields=True, stems=(*_CODED, *_PINS, *_PERSONAL))
