"""Who is who in a ticket: one person or thing, one number, whatever form it is written in."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import PLACEHOLDER, Entity, number_of
from casemill.personal.context import digits_of
from casemill.personal.words import listed

Role = Literal["customer", "agent", "assistant", "other"] | None
_BY_DIGITS = frozenset({"CARD", "IBAN", "IIN", "SSN", "ORDER", "TICKET", "ACCOUNT"})
_BY_SIGNS = frozenset({"PASSPORT", "PLATE", "DEVICE", "ZIP", "LICENSE"})
_BRANCHES = frozenset({"STORE", "BRANCH"})
_WORD = re.compile(r"[^\W_]+")
# How the signs of an address are said; what stands last is read last.
_SAID_SIGNS = tuple(
    (sign, re.compile(rf"\s?[(\[{{<]\s?(?:{words})\s?[)\]}}>]\s?|\s(?:{words})(?=\s)\s?"))
    for sign, words in (
        ("_", "underscore|нижнее подч[её]ркивание|подч[её]ркивание|астыңғы сызық"),
        ("-", "dash|hyphen|minus|дефис|тире|минус|сызықша"),
        ("+", "plus|плюс"),
        (".", r"dot|period|point|точка|нүкте|\."),
        ("@", "at|собака|собачка|ат|эт|ит белгісі|@"),
    )
)
_DOTS = re.compile(r"[\s.]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f]+")
_DOMAINS = {
    **dict.fromkeys(("гмейл", "гмайл", "джимейл", "гмаил"), "gmail"),
    **dict.fromkeys(("мейл", "майл", "мэйл", "маил"), "mail"),
    "яндекс": "yandex",
    "инбокс": "inbox",
    "аутлук": "outlook",
    "ком": "com",
    "ру": "ru",
    "кз": "kz",
    "нет": "net",
}
_TYPED = str.maketrans(
    {
        **dict(zip("абвгдеёзийклмнопрстуфыэіәғқңөұүһ", "abvgdeeziyklmnoprstufyeiagknouuh", strict=True)),
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "yu",
        "я": "ya",
        "ь": "",
        "ъ": "",
    }
)
# So many digits at the end of a phone are it without its code.
TAIL = 7
_WHOLE = 10
_STREET = listed("ул улица улице улицы проспект пр просп street st str road rd avenue ave к көшесі дом д house")


def key_of(label: str, value: str) -> tuple[str, str]:
    """What two writings of the same thing have in common: (family, key).

    Numbers lose their separators, phones keep the last ten digits, so that +7 701 … and 8 701 … are one; the same
    number met as an order and as a ticket is one thing, as a store and as a branch another. A mail that is spelled out
    is the mail.
    """
    if label == "PHONE":
        return label, digits_of(value)[-_WHOLE:]
    if label in _BY_DIGITS:
        return "number", "".join(sign for sign in value if sign.isalnum()).casefold()
    if label in _BRANCHES:
        return "branch", "".join(sign for sign in value if sign.isalnum()).casefold()
    if label in _BY_SIGNS:
        return label, "".join(sign for sign in value if sign.isalnum()).casefold()
    folded = unicodedata.normalize("NFC", value).casefold()
    if label == "EMAIL":
        return label, mail_of(folded)
    if label == "ADDRESS":
        words = _WORD.findall(folded)
        return label, " ".join([word for word in words if word not in _STREET] or words)
    return label, " ".join(folded.split())


def mail_of(said: str) -> str:
    """An address as it is typed, from one that may be spelled out; small letters in and out."""
    if "@" in said and " " not in said:
        return said
    for sign, pattern in _SAID_SIGNS:
        said = pattern.sub(sign, said)
    local, at, domain = said.strip().partition("@")
    if not at:
        return " ".join(said.split())
    said = "".join(local.split()) + "@" + ".".join(filter(None, _DOTS.split(domain.strip())))
    return _CYRILLIC.sub(lambda word: _DOMAINS.get(word[0], word[0].translate(_TYPED)), said)


Place = tuple[str, int]
# So many words of an address are compared with others.
_WORDS = 12


class Known(NamedTuple):
    """A value that is somebody's for certain, with its label and whose it is."""

    label: str
    value: str
    role: Role


def known_values(people: Sequence[Identity]) -> list[Known]:
    """E-mail addresses, phones (whole, and without their code) and user names of the people a payload names, and
    telling local parts of addresses."""
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
    ] + [
        Known("PHONE", digits_of(phone)[-TAIL:], person.role)
        for person in people
        for phone in person.phones
        if len(digits_of(phone)) >= _WHOLE
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
        self._by_place: dict[Place, _Row] = {}
        self._homes: dict[str, _Row] = {}
        self._tails: dict[str, list[_Row]] = {}
        self._branches: dict[str, list[_Row]] = {}
        self._begun: dict[str, list[_Row]] = {}
        self._roles: dict[tuple[str, str], Role] = {}
        self._next: dict[str, int] = defaultdict(lambda: 1)
        self._reserved: set[tuple[str, int]] = set()
        for entity in given:
            self._next[entity.label] = max(self._next[entity.label], entity.number + 1)
            self._write(self._add(entity.label, entity.number, role=entity.role), entity.values)

    def reserve(self, text: str) -> None:
        """Numbers that a text writes out itself are given to nobody new."""
        if "[" in text:
            self._reserved.update((label, number_of(number)) for label, number in PLACEHOLDER.findall(text))

    def belongs(self, known: Known) -> None:
        """Note whose a value is, should it be met."""
        self._roles.setdefault(key_of(known.label, known.value), known.role)

    def place(self, label: str, values: Sequence[str], *, role: Role = None, known: Place | None = None) -> Place:
        """Label and number of the thing with these values, the one just met last; a new number when it is new.

        `known` is where it was placed before: it counts after the value just met and before the other values.
        """
        keys = [key_of(label, value) for value in reversed(values)]
        row = self._by_key.get(keys[0]) or (self._by_place[known] if known else None)
        row = row or next((self._by_key[key] for key in keys if key in self._by_key), None)
        row = row or self._same_home(keys[0]) or self._new(label)
        row.role = row.role or role or next((self._roles[key] for key in keys if key in self._roles), None)
        self._write(row, values)
        return row.label, row.number

    def _same_home(self, key: tuple[str, str]) -> "_Row | None":
        """`763 Broadway` and `763 Broadway, Suite 135`: the only address that begins with the other; the only phone
        that ends in the other."""
        if key[0] == "branch":
            named = self._branches.get(key[1].rstrip("0123456789"), ())
            return named[0] if len(named) == 1 and _is_short(key[1], named[0]) else None
        if key[0] == "PHONE":
            same_end = [row for row in self._tails.get(key[1][-TAIL:], ()) if _is_tail(key[1], row)]
            return same_end[0] if len(same_end) == 1 else None
        if key[0] != "ADDRESS":
            return None
        shorter = (self._homes.get(begin) for begin in _beginnings(key[1]))
        same = {id(row): row for row in (*shorter, *self._begun.get(key[1], ())) if row}
        return next(iter(same.values())) if len(same) == 1 else None

    def entities(self) -> tuple[Entity, ...]:
        return tuple(row.entity() for row in self._rows)

    def _new(self, label: str) -> _Row:
        while (label, self._next[label]) in self._reserved:
            self._next[label] += 1
        self._next[label] += 1
        return self._add(label, self._next[label] - 1)

    def _add(self, label: str, number: int, *, role: Role = None) -> _Row:
        self._rows.append(_Row(label, number, role=role))
        return self._by_place.setdefault((label, number), self._rows[-1])

    def _write(self, row: _Row, values: Iterable[str]) -> None:
        for value in values:
            row.values.setdefault(value)
            key = key_of(row.label, value)
            self._by_key.setdefault(key, row)
            if key[0] == "PHONE" and row not in (rows := self._tails.setdefault(key[1][-TAIL:], [])):
                rows.append(row)
            if key[0] == "branch" and (street := key[1].rstrip("0123456789")):
                rows = self._branches.setdefault(street, [])
                rows += [] if row in rows else [row]
            if key[0] == "ADDRESS" and key[1] not in self._homes:
                self._homes[key[1]] = row
                for begin in _beginnings(key[1]):
                    self._begun.setdefault(begin, []).append(row)


def _is_tail(key: str, row: _Row) -> bool:
    """Whether one of the two is the other without its code; a row of a whole number is no other whole number's."""
    others = [other for value in row.values if len(other := key_of("PHONE", value)[1]) >= TAIL]
    if len(key) >= _WHOLE and any(len(other) >= _WHOLE for other in others):
        return False
    return len(key) >= TAIL and any(key.endswith(other) or other.endswith(key) for other in others)


def _is_short(key: str, row: _Row) -> bool:
    """`the Abay branch` and `branch Abay 12`: whether one of the two is without a number."""
    return not key[-1].isdigit() or any(not key_of(row.label, value)[1][-1:].isdigit() for value in row.values)


def _beginnings(address: str) -> Iterator[str]:
    """What a longer address may be called in short: its first words, a street and a number among them."""
    words = address.split(" ", _WORDS)
    for size in range(2, len(words)):
        short = " ".join(words[:size])
        if any(sign.isdigit() for sign in short):
            yield short
