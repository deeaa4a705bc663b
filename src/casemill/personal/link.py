"""Who is who in a ticket: one person or thing, one number, whatever form it is written in."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import PLACEHOLDER, Entity
from casemill.personal.context import digits_of

Role = Literal["customer", "agent", "assistant", "other"] | None
_BY_DIGITS = frozenset({"CARD", "IBAN", "IIN", "SSN", "ORDER", "TICKET", "ACCOUNT"})


def key_of(label: str, value: str) -> tuple[str, str]:
    """What two writings of the same thing have in common: (family, key).

    Numbers lose their separators, phones keep the last ten digits, so that +7 701 … and 8 701 … are one; the same
    number met as an order and as a ticket is one thing.
    """
    if label == "PHONE":
        return label, digits_of(value)[-10:]
    if label in _BY_DIGITS:
        return "number", "".join(sign for sign in value if sign.isalnum()).casefold()
    return label, " ".join(unicodedata.normalize("NFC", value).casefold().split())


class Known(NamedTuple):
    """A value that is somebody's for certain, with its label and whose it is."""

    label: str
    value: str
    role: Role


def known_values(people: Sequence[Identity]) -> list[Known]:
    """E-mail addresses, phones and user names of the people a payload names, and telling local parts of addresses."""
    return [
        Known(label, value.strip(), person.role)
        for person in people
        for label, values in (
            ("EMAIL", person.emails),
            ("PHONE", person.phones),
            ("USERNAME", (*person.usernames, *filter(None, (_local_part(mail, person) for mail in person.emails)))),
        )
        for value in values
        if value.strip()
    ]


def _local_part(mail: str, person: Identity) -> str | None:
    """`anna.k` of anna.k@shop.test, when it could be nothing but this person's."""
    local = mail.partition("@")[0].lower()
    words = [word for name in person.names for word in name.lower().split() if len(word) >= 4]
    telling = any(not sign.isalpha() for sign in local) or any(word in local and word != local for word in words)
    return local if telling and len(local) >= 4 and person.role in ("customer", "other") else None


class _Row:
    """An entity while it grows."""

    def __init__(self, label: str, number: int, *, role: Role) -> None:
        self.label = label
        self.number = number
        self.role = role
        self.values: dict[str, None] = {}

    def entity(self) -> Entity:
        return Entity(label=self.label, number=self.number, values=tuple(self.values), role=self.role)


class Register:
    """The numbers of a ticket's entities: given ones keep theirs, new ones follow in the order they are asked for."""

    def __init__(self, given: Iterable[Entity]) -> None:
        self._rows: list[_Row] = []
        self._by_key: dict[tuple[str, str], _Row] = {}
        self._roles: dict[tuple[str, str], Role] = {}
        self._next: dict[str, int] = defaultdict(lambda: 1)
        self._reserved: set[tuple[str, int]] = set()
        for entity in given:
            self._next[entity.label] = max(self._next[entity.label], entity.number + 1)
            self._write(self._add(entity.label, entity.number, role=entity.role), entity.values)

    def reserve(self, text: str) -> None:
        """Numbers that a text writes out itself are given to nobody new."""
        if "[" in text:
            self._reserved.update((label, int(number)) for label, number in PLACEHOLDER.findall(text))

    def belongs(self, known: Known) -> None:
        """Note whose a value is, should it be met."""
        self._roles.setdefault(key_of(known.label, known.value), known.role)

    def place(self, label: str, values: Sequence[str], *, role: Role = None) -> tuple[str, int]:
        """Label and number of the thing with these values, the one just met last; a new number when it is new."""
        keys = [key_of(label, value) for value in reversed(values)]
        row = next((self._by_key[key] for key in keys if key in self._by_key), None) or self._new(label)
        row.role = row.role or role or next((self._roles[key] for key in keys if key in self._roles), None)
        self._write(row, values)
        return row.label, row.number

    def entities(self) -> tuple[Entity, ...]:
        return tuple(row.entity() for row in self._rows)

    def _new(self, label: str) -> _Row:
        while (label, self._next[label]) in self._reserved:
            self._next[label] += 1
        self._next[label] += 1
        return self._add(label, self._next[label] - 1)

    def _add(self, label: str, number: int, *, role: Role = None) -> _Row:
        self._rows.append(_Row(label, number, role=role))
        return self._rows[-1]

    def _write(self, row: _Row, values: Iterable[str]) -> None:
        for value in values:
            row.values.setdefault(value)
            self._by_key.setdefault(key_of(row.label, value), row)
