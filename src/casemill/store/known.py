"""Known values by keyed digest: whether a piece of text is somebody's, asked without listing anybody.

A form is one of three kinds: `digits` (phones, cards, long numbers), `token` (addresses and ids without a space) and
`words` (two to four words). `head` is the first of the words, so that only what may go on is asked about whole. One
word alone is too common to be anybody's everywhere; in its own ticket it is looked for by itself. `sure` are words that
a person called personal.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Table, select
from sqlalchemy.dialects import postgresql, sqlite

from casemill.store.database import Db
from casemill.store.seal import Seal
from casemill.store.vault_tables import known

WORD = re.compile(r"[^\W_]+")
DIGIT = re.compile(r"[0-9]")
LONGEST = 4
FEWEST_DIGITS = 7
FEWEST_SIGNS = 7
PHONE_DIGITS = 10
CONFIRMED = "CONFIRMED"


class Form(NamedTuple):
    """One way in which a value is recognised."""

    kind: str
    text: str


def plain(text: str) -> str:
    """A text as forms are compared: one writing for each letter, small."""
    return unicodedata.normalize("NFC", text).casefold().replace("ё", "е")


def forms(label: str, value: str) -> Iterator[Form]:
    """The forms of a value that are telling wherever they stand; none for what is short or a single word."""
    text = plain(value).strip()
    digits = "".join(DIGIT.findall(text))
    words = WORD.findall(text)
    if digits and not any(sign.isalpha() for sign in text):
        if len(digits) >= FEWEST_DIGITS:
            yield Form("digits", digits[-PHONE_DIGITS:] if label == "PHONE" else digits)
    elif " " not in text and ("@" in text or digits) and len(text) >= FEWEST_SIGNS:
        yield Form("token", text.strip("#@.-_"))
    elif _is_telling(label, words, digits=digits):
        yield from _of_words(words[:LONGEST])
        if label == "NAME" and len(words) == 2:
            yield from _of_words(words[::-1])


def _is_telling(label: str, words: list[str], *, digits: str) -> bool:
    """A street without a number is a place like any other."""
    fewest = 3 if label == "ADDRESS" and not digits else 2
    return len(words) >= fewest and sum(map(len, words)) >= FEWEST_SIGNS and all(words)


def _of_words(words: list[str]) -> Iterator[Form]:
    yield Form("words", " ".join(words))
    yield Form("head", words[0])


def learn(db: Db, seal: Seal, *, values: Iterable[tuple[str, str]]) -> None:
    """Makes values (label, value) known; those that are stay as they are."""
    digests = {seal.known(*form): label for label, value in values for form in forms(label, value)}
    # In one order for all: two workers that take the same digests in different orders would wait for each other.
    put_new(db, known, rows=[{"digest": digest, "label": digests[digest]} for digest in sorted(digests)])


def digests(seal: Seal, term: tuple[str, str]) -> set[str]:
    """All the digests by which a value (label, value) may be known."""
    label, value = term
    sure = {seal.known(*_sure(" ".join(words))) for words in _orders(value)}
    return sure | {seal.known(*form) for form in forms(label, value)}


def confirm(db: Db, seal: Seal, *, values: Iterable[str]) -> None:
    """Keeps that a person called values personal; what masking alone took for one stays a guess."""
    digests = {seal.known(*_sure(" ".join(words))) for value in values for words in _orders(value)}
    put_new(db, known, rows=[{"digest": digest, "label": CONFIRMED} for digest in sorted(digests)])


def _sure(text: str) -> Form:
    return Form("sure", text)


def _orders(value: str) -> Iterator[list[str]]:
    """The words as they stand, as many as are compared, and those of a name the other way round."""
    words = WORD.findall(plain(value))
    yield from (words, words[:LONGEST], *([words[::-1]] if len(words) == 2 else ()))


def put_new(db: Db, table: Table, *, rows: Sequence[Mapping[str, object]]) -> None:
    """Inserts what is not there yet."""
    if rows:
        make = sqlite.insert if db.dialect.name == "sqlite" else postgresql.insert
        db.execute(make(table).on_conflict_do_nothing(), rows)


class KnownValues:
    """Says of a form whether it is anybody's, and as what."""

    def __init__(self, seal: Seal, digests: Mapping[str, str]) -> None:
        self._seal = seal
        self._digests = dict(digests)
        self._sure: set[str] = set()

    def learn(self, label: str, value: str) -> None:
        """Take up a value that a payload names, for as long as this is asked; nothing is kept."""
        for form in forms(label, value):
            digest = self._seal.known(*form)
            self._digests.setdefault(digest, label)
            self._sure.add(digest)

    def label(self, form: Form) -> str | None:
        """The label under which a form is known; None when it is nobody's."""
        return self._digests.get(self._seal.known(*form))

    def is_sure(self, form: Form) -> bool:
        """Whether a payload names it or a person called it personal, not masking alone."""
        return self._seal.known(*form) in self._sure or self.is_confirmed(form.text)

    def is_confirmed(self, value: str) -> bool:
        """Whether a person called it personal."""
        text = " ".join(WORD.findall(plain(value)))
        return self._digests.get(self._seal.known(*_sure(text))) == CONFIRMED


def read(db: Db, seal: Seal) -> KnownValues:
    found = db.execute(select(known.c.digest, known.c.label))
    return KnownValues(seal, {row.digest: row.label for row in found})
