"""What stands in the place of a person, an order, a number: `[NAME_1]`."""

import re
from collections.abc import Collection, Iterator
from typing import Literal

from casemill.domain.word import Word

# Four digits at most: nobody's telephone, card or order passes for the number of a placeholder.
PLACEHOLDER = re.compile(r"\[([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)_([1-9][0-9]{0,3}[A-Z]{0,2})\]")
# The types of what masking finds by itself; companies, readers and other packages' detectors may add their own.
LABELS = frozenset(
    {"NAME", "EMAIL", "PHONE", "ADDRESS", "ORDER", "ACCOUNT", "TICKET", "CARD", "CARD_LAST4", "IBAN", "IIN", "SSN"}
    | {"NATIONAL_ID", "LICENCE", "PASSPORT", "DOC_LAST4", "STORE", "BRANCH", "COURIER", "DOB", "IP", "URL", "USERNAME"}
    | {"DEVICE", "ZIP", "PLATE", "ORG", "SECRET", "PLACE"}
)
ROUND = 9_999
_LETTERS = 26


def bracketed(label: str, number: int) -> str:
    """`[NAME_1]` to `[NAME_9999]`; `[NAME_1A]` is the ten thousandth, and so on to `[NAME_9999ZZ]`."""
    turn, place = divmod(number - 1, ROUND)
    letters = ""
    while turn:
        turn, letter = divmod(turn - 1, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return f"[{label}_{place + 1}{letters}]"


def number_of(written: str) -> int:
    """The number that a placeholder writes: `12` is 12, `1A` is 10,000."""
    digits = written.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    turn = 0
    for letter in written[len(digits) :]:
        turn = turn * _LETTERS + ord(letter) - ord("A") + 1
    return turn * ROUND + int(digits)


def placeholders_in(text: str, labels: Collection[str] = LABELS) -> Iterator[re.Match[str]]:
    """The placeholders of a text. What has the form of one and a label that is nobody's is a text like any other."""
    return (match for match in PLACEHOLDER.finditer(text) if match[1] in labels)


class Span(Word):
    """A piece of a text, by character offsets, that must not be shown; `label` is its type, as `EMAIL`."""

    start: int
    end: int
    label: str


class Entity(Word, omit_defaults=True):
    """One real person or thing of a ticket and its number: the mapping's row, kept in the vault alone.

    `values` are all the forms it was met in; `role` is whose it is, when the payload says so.
    """

    label: str
    number: int
    values: tuple[str, ...] = ()
    role: Literal["customer", "agent", "assistant", "other"] | None = None

    @property
    def placeholder(self) -> str:
        return bracketed(self.label, self.number)
