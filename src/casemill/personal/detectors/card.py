"""Payment cards: 13 to 19 digits whose check digit fits, or 12 to 19 digits that the text calls a card."""

import re
from collections.abc import Iterator
from itertools import chain

from casemill.domain.placeholder import Span
from casemill.personal.check_digits import luhn
from casemill.personal.context import before, digits_of, has_any, runs_of
from casemill.personal.detector import Detector

_RUN = re.compile(r"[0-9](?<![\w+][0-9])(?<![0-9][.,-][0-9])(?:[ -]?[0-9]){11,18}(?![ -]?[0-9])(?![^\W_])")
# The groups of a card with whatever stands between them, all of it or now and then: `4539.1488.0343.6467`.
_PARTED = r"(?:[ \t]{1,4}|[ \t]?[.–-][ \t]?)"
_GROUPED = re.compile(
    rf"[0-9](?<![\w+][0-9])(?<![0-9][.,–-][0-9])[0-9]{{3}}{_PARTED}(?:[0-9]{{6}}{_PARTED}[0-9]{{5}}"
    rf"|[0-9]{{4}}{_PARTED}[0-9]{{4}}{_PARTED}[0-9]{{1,4}}(?:{_PARTED}[0-9]{{3}})?)(?![.,–-]?[0-9])(?![^\W_])"
)
_COVERED = re.compile(r"[0-9](?<![^\W_][0-9])[0-9]{3}(?:[ -]?[*xX•·]{2,6}){1,3}[ -]?[0-9]{4}(?![^\W_])")
_COVERS = ("**", "xx", "••", "··")
SHORTEST = 12
GROUP = 4
IMEI = 15  # so many digits has an American Express card, too
_CALLED = re.compile(r"card|карт|visa|master|amex|maestro|american express|discover")
_NOT_CALLED = re.compile(r"iin|иин|жсн|iban|phone|телефон|order|заказ|тапсырыс|item|sku|track|imei")


def find(text: str) -> Iterator[Span]:
    if sum([end - start for start, end in runs_of(text)]) >= SHORTEST:
        fours = sum([end - start == GROUP for start, end in runs_of(text)])
        for match in chain(_RUN.finditer(text), _GROUPED.finditer(text) if fours else ()):
            if _is_card(digits_of(match[0]), before(text, match.start(), width=48)):
                yield Span(start=match.start(), end=match.end(), label="CARD")
    if not has_any(text, _COVERS):
        return
    for match in _COVERED.finditer(text):
        yield Span(start=match.start(), end=match.end(), label="CARD")


def _is_card(digits: str, context: str) -> bool:
    last = max((match.end() for match in _CALLED.finditer(context)), default=0)
    if last and not _NOT_CALLED.search(context, last):
        return True
    if "imei" in context[last:] or (len(digits) == IMEI and digits[:2] not in ("34", "37")):
        return False
    return len(digits) >= 13 and digits[0] in "23456" and len(set(digits)) > 1 and luhn(digits)


DETECTOR = Detector(find, digits=8)
