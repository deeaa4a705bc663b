"""Accounts, payment methods, policies and client numbers: `credit_card_4583461`, `account number 85731890`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import has_any, spans_of
from casemill.personal.detector import Detector

_NUMBER_BEHIND = re.compile(r"_[0-9]{4}")
_JOINED = re.compile(r"(?<![^\W_])[A-Za-z]{2,20}(?:_[A-Za-z]{2,20}){0,3}_[0-9]{4,}(?![^\W_])")
_MONEY = re.compile(
    r"(?:^|_)(?:credit|debit|gift|card|paypal|payment|account|acct|wallet|bank|certificate|voucher|visa|mastercard"
    r"|method|kaspi|iban|loyalty|policy|customer|client|member)(?:_|$)"
)
_PREFIXES = ("cus_", "pi_", "pm_", "ch_", "sub_", "acct_", "tok_", "src_", "cs_", "seti_", "txn_")
_PREFIXED = re.compile(
    r"(?<![^\W_])(?:cus|pi|pm|ch|sub|acct|tok|src|cs|seti|txn)_(?=[A-Za-z]*[0-9])[A-Za-z0-9]{10,}(?![^\W_])"
)


def find(text: str) -> Iterator[Span]:
    if _NUMBER_BEHIND.search(text):
        for span in spans_of(_JOINED, text, label="ACCOUNT"):
            if _MONEY.search(text[span.start : span.end].lower().rpartition("_")[0]):
                yield span
    if has_any(text, _PREFIXES):
        yield from spans_of(_PREFIXED, text, label="ACCOUNT")


DETECTOR = Detector(find, digits=1, yields=True, pieces=("_",))
