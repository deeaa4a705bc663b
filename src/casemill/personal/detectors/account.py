"""Accounts, payment methods, policies and client numbers: `credit_card_4583461`, `account number 85731890`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import Numbered, count_digits
from casemill.personal.detector import Detector

_JOINED = re.compile(r"(?<![^\W_])[A-Za-z]{2,20}(?:_[A-Za-z]{2,20}){0,3}_(?P<id>[0-9]{4,})(?![^\W_])")
_MONEY = re.compile(
    r"(?:^|_)(?:credit|debit|gift|card|paypal|payment|account|acct|wallet|bank|certificate|voucher|visa|mastercard"
    r"|method|kaspi|iban|loyalty|policy|customer|client|member)(?:_|$)"
)
_PREFIXED = re.compile(
    r"(?<![^\W_])(?:cus|pi|pm|ch|sub|acct|tok|src|cs|seti|txn)_(?=[A-Za-z]*[0-9])[A-Za-z0-9]{10,}(?![^\W_])"
)
_STEMS = (
    *("account", "acct", "customer", "client", "member", "policy", "loyalty", "user", "patient", "student", "employee"),
    *("счет", "счёт", "клиент", "шот", "полис"),
)


def _believe(text: str, strong: bool) -> bool:
    return count_digits(text) >= (3 if strong else 5)


_CALLED = Numbered(
    "ACCOUNT",
    _STEMS,
    re.compile(
        r"(?:accounts?|acct|loyalty|policy)|(?:customer|client|member(?:ship)?|user|patient|student|employee)"
        r"(?=[\s_-]*(?:id|number|no|num|#|№)(?![^\W_]))|(?:лицев\w+\s+)?сч[её]т(?:а|у|ом|е)?|полис\w{0,3}|шот\w{0,4}"
        r"|(?:код\w?|номер\w?|id)\s+клиента"
    ),
    _believe,
)


def find(text: str) -> Iterator[Span]:
    if "_" in text:
        for match in _JOINED.finditer(text):
            if _MONEY.search(match[0].lower().rpartition("_")[0]):
                yield Span(start=match.start(), end=match.end(), label="ACCOUNT")
        for match in _PREFIXED.finditer(text):
            yield Span(start=match.start(), end=match.end(), label="ACCOUNT")
    yield from _CALLED.find(text)


DETECTOR = Detector(find, digits=True, yields=True)
