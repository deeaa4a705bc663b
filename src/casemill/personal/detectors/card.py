"""Payment cards: 13 to 19 digits whose check digit fits, or 12 to 19 digits that the text calls a card."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, digits_of
from casemill.personal.detector import Detector

_RUN = re.compile(r"[0-9](?<![\w+][0-9])(?<![0-9][.,-][0-9])(?:[ -]?[0-9]){11,18}(?![ -]?[0-9])(?![^\W_])")
_COVERED = re.compile(r"[0-9](?<![^\W_][0-9])[0-9]{3}(?:[ -]?[*xX•·]{2,6}){1,3}[ -]?[0-9]{4}(?![^\W_])")
_CALLED = re.compile(r"card|карт|visa|master|amex|maestro|american express|discover")
_NOT_CALLED = re.compile(r"iin|иин|жсн|iban|phone|телефон|order|заказ|тапсырыс|item|sku|track|imei")


def find(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        if _is_card(digits_of(match[0]), before(text, match.start(), width=48)):
            yield Span(start=match.start(), end=match.end(), label="CARD")
    for match in _COVERED.finditer(text):
        yield Span(start=match.start(), end=match.end(), label="CARD")


def _is_card(digits: str, context: str) -> bool:
    last = max((match.end() for match in _CALLED.finditer(context)), default=0)
    if last and not _NOT_CALLED.search(context, last):
        return True
    return len(digits) >= 13 and digits[0] in "23456" and len(set(digits)) > 1 and luhn(digits)


def luhn(digits: str) -> bool:
    """Whether the check digit fits."""
    odd = sum(int(sign) for sign in digits[-1::-2])
    return (odd + sum(sum(divmod(2 * int(sign), 10)) for sign in digits[-2::-2])) % 10 == 0


DETECTOR = Detector(find, digits=8)
