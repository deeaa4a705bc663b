"""A second, independent pass over everything that left the vault: what it finds should not be there.

It reads the results (desk rows, files), not what masking meant to do, and shares no pattern with it. A finding says
where and what kind, never the value.
"""

import re
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from casemill.anonymize.leaks_doubt import Doubts, Leak
from casemill.anonymize.leaks_known import Anybody, Met, Own, Text, heard_of, text_of, values_of
from casemill.anonymize.leaks_texts import Written, file_texts, private_texts, row_texts, suite_texts
from casemill.domain.arrival import Identity
from casemill.domain.progress import SILENT, Progress
from casemill.domain.word import Word
from casemill.errors import UsageError
from casemill.ingest import read
from casemill.personal.detectors import labels
from casemill.personal.own_words import labelled
from casemill.personal.shapes import Shape, shapes
from casemill.personal.veil import cover_placeholders
from casemill.settings import Settings
from casemill.store import desk_texts
from casemill.store.desk import Desk
from casemill.store.known import KnownValues
from casemill.store.mapping import Talk
from casemill.store.vault import Vault

REMEMBERED = 2000
PAGE = 200
SHORTEST = 3
_SIGNED = re.compile(r"\b(?:by|who)\b[\"']?\s{0,2}[:=]?\s{0,2}[\"']?[^\s\"'@]{1,64}@[\w.-]{1,255}")
# In the company's own articles an address or a phone is the company's; these are nobody's business there either.
_NEVER = frozenset({"CARD", "IBAN", "IIN", "SSN"})
# What tells a person in an id.
_PERSON = frozenset({"NAME", "EMAIL", "PHONE"})


class Ground(NamedTuple):
    """What is looked through beside the desk: the suite's folder, and `.casemill` with runs, caches and logs."""

    settings: Settings
    suite: Path
    private: Path


class About(NamedTuple):
    """One ticket, its cases by id, and their files inside the suite."""

    ticket: str
    cases: frozenset[str]
    files: tuple[str, ...] = ()


class Leaks(Word):
    """What was found, in the order of the places, and how many texts of how many rows and files were read.

    `replied` is what only looks personal in replies of the AI under test: it was given nothing real, so what it says is
    its own (its test data, a number it made up) and no leak of the vault's. `doubtful` are words that only masking ever
    took for a name, and that are everyday speech or stand open in more tickets than masked them.
    """

    found: tuple[Leak, ...] = ()
    replied: tuple[Leak, ...] = ()
    doubtful: tuple[Leak, ...] = ()
    rows: int = 0
    files: int = 0
    texts: int = 0


def find_leaks(vault: Vault, desk: Desk, *, ground: Ground, progress: Progress = SILENT) -> Leaks:
    """Look through everything that left the vault. Changes nothing."""
    looking = _Look(vault, ground)
    with desk.read() as db:
        cases = desk_texts.tickets_of_cases(db) | _cases_of(ground.suite)
        progress.start(desk_texts.count(db))
        for keys in desk_texts.ticket_keys(db):
            looking.learn(keys)
        for page in desk_texts.pages(db):
            looking.read([text for row in page for text in row_texts(row, cases)])
            looking.rows += len(page)
            progress.step(len(page))
    for some in _some(chain(suite_texts(ground.suite, cases), private_texts(ground.private, cases))):
        looking.read(some)
    return looking.told()


def values_about(vault: Vault, desk: Desk, *, ground: Ground, about: About) -> tuple[tuple[str, str], ...]:
    """What would be found in the rows of one ticket and its case files, by its form or as anybody's known value: label
    and value, in the order met. Changes nothing."""
    looking = _Look(vault, ground)
    cases = dict.fromkeys(about.cases, about.ticket)
    found: dict[tuple[str, str], None] = {}
    with desk.read() as db:
        for keys in desk_texts.ticket_keys(db):
            looking.learn(keys)
        rows = (row for page in desk_texts.pages(db) for row in page)
        mine = (row for row in rows if about.ticket == row.ticket or row.case in about.cases)
        texts = chain(
            (text for row in mine for text in row_texts(row, cases)),
            (text for path in about.files for text in file_texts(ground.suite / path, shown=path, cases=cases)),
        )
        for some in _some(texts):
            looking.fetch(some)
            found |= dict.fromkeys(value for text in some if not text.replied for value in looking.values(text))
    return tuple(found)


def _cases_of(suite: Path) -> dict[str, str]:
    """Which ticket each case file's case came from, by id; a file that cannot be read belongs to nobody."""
    from casemill.suite import read_case

    found = {}
    for path in (*suite.glob("cases/*/*.yaml"), *suite.glob("archive/**/*.yaml")):
        try:
            case = read_case(path)
        except UsageError:
            continue
        if case.lineage is not None:
            found[case.id] = case.lineage.key
    return found


def _some(texts: Iterable[Written]) -> Iterator[list[Written]]:
    page: list[Written] = []
    for text in texts:
        page.append(text)
        if len(page) >= PAGE:
            yield page
            page = []
    yield page


class _Look:
    """One look through everything: what is known, and what was found so far."""

    def __init__(self, vault: Vault, ground: Ground) -> None:
        self._known = vault.known()
        self._vault, self._settings = vault, ground.settings
        self._owners = _Owners(vault, ground.settings, known=self._known)
        self._anybody = Anybody(self._known)
        people = ground.settings.people
        kept = (*ground.settings.anonymize.keep, people.me, people.owner, *people.vault)
        self._kept = frozenset(word.casefold().strip() for word in kept if word and word.strip())
        self._found: dict[tuple[str, str], Leak] = {}
        self._replied: dict[tuple[str, str], Leak] = {}
        self._doubts = Doubts()
        self._texts = 0
        self._files: set[str] = set()
        self.rows = 0

    def learn(self, keys: Collection[str]) -> None:
        """Take up whom the payloads of some tickets name, so that they are known in every text."""
        talks = {_talk(key) for key in keys}
        for people in people_of(self._vault, talks, settings=self._settings).values():
            for label, value in chain(values_of(people), heard_of(people)):
                self._known.learn(label, value)

    def told(self) -> Leaks:
        doubtful: dict[tuple[str, str], Leak] = {}
        for leak, counts in self._doubts.settled():
            (self._found if counts else doubtful).setdefault((leak.where, leak.type), leak)
        return Leaks(
            found=tuple(self._found.values()),
            replied=tuple(self._replied.values()),
            doubtful=tuple(leak for key, leak in doubtful.items() if key not in self._found),
            rows=self.rows,
            files=len(self._files),
            texts=self._texts,
        )

    def fetch(self, texts: Sequence[Written]) -> None:
        """Have the values of the texts' own tickets at hand."""
        self._owners.fetch({text.ticket for text in texts if text.ticket is not None})

    def read(self, texts: Sequence[Written]) -> None:
        self.fetch(texts)
        for written in texts:
            if written.file is not None:
                self._files.add(written.file)
            if len(written.text) >= SHORTEST:
                self._search(written)
        self._texts += len(texts)

    def values(self, written: Written) -> Iterator[tuple[str, str]]:
        """What a text holds that is somebody's for certain, by its form or as a known value: label and value."""
        raw = self._covered(written)
        for shape in self._formed(written, raw):
            yield shape.type, _with_plus(raw, shape.start, end=shape.end)
        text = text_of(self._without_kept(raw))
        flat = text.raw if len(text.raw) == len(text.plain) else text.plain
        for met in self._met(written, text):
            if not met.guessed:
                yield met.type, _with_plus(flat, met.start, end=met.end)

    def _met(self, written: Written, text: Text) -> Iterator[Met]:
        """Known values, the ticket's own and anybody's; a number that an id shares with a masked order is no leak."""
        own = self._owners.of(written.ticket).find(text) if written.ticket is not None else ()
        met = chain(own, self._anybody.find(text))
        return (one for one in met if one.type in _PERSON and one.how != "mapping") if written.id else met

    def _formed(self, written: Written, raw: str) -> Iterator[Shape]:
        """What has a form of its own, but for the company's."""
        for shape in shapes(raw):
            kept = raw[shape.start : shape.end].casefold().strip(".,") in self._kept
            fitting = shape.type == "EMAIL" if written.id else not written.company or shape.type in _NEVER
            if fitting and not kept:
                yield shape

    def _search(self, written: Written) -> None:
        raw = self._covered(written)
        for shape in self._formed(written, raw):
            leak = Leak(where=_where(written, raw, at=shape.start), type=shape.type, how="pattern")
            (self._replied if written.replied else self._found).setdefault((leak.where, leak.type), leak)
        text = text_of(self._without_kept(raw))
        teller = written.ticket if written.told else None
        if teller is not None:
            self._doubts.count(teller, self._owners.of(teller))
            self._doubts.hear(text, teller)
        for met in self._met(written, text):
            leak = Leak(where=_where(written, text.plain, at=met.start), type=met.type, how=met.how)
            if met.guessed:
                self._doubts.keep(leak, met, ticket=teller)
            else:
                self._found.setdefault((leak.where, leak.type), leak)

    def _covered(self, written: Written) -> str:
        """The text without placeholders, the ticket's own id and who signed a file: NUL in their place."""
        text = cover_placeholders(written.text, self._owners.labels)
        if written.ticket is not None and not written.id:
            text = _without(text, text, words=_names_of(written.ticket))
        return _SIGNED.sub(_nothing, text) if written.lined and "@" in text else text

    def _without_kept(self, text: str) -> str:
        """A kept word is nobody's name; part of an address it may be all the same."""
        lowered = text.casefold()
        return _without(text, lowered, words=self._kept) if self._kept and len(lowered) == len(text) else text


class _Owners:
    """The values of the tickets that are read just now; those read longest ago are forgotten."""

    def __init__(self, vault: Vault, settings: Settings, *, known: KnownValues) -> None:
        self._vault = vault
        self._confirmed = known.is_confirmed
        self._settings = settings
        self._own: OrderedDict[str, Own] = OrderedDict()
        # What a placeholder may be called: our types, the company's, and what readers called their marks.
        self.labels = {*labels(), *(labelled(term)[0] for term in settings.anonymize.mask)}

    def of(self, ticket: str) -> Own:
        return self._own[ticket]

    def fetch(self, keys: Collection[str]) -> None:
        """Read what is not at hand, all in one go."""
        for key in keys & self._own.keys():
            self._own.move_to_end(key)
        missing = {_talk(key): key for key in sorted(keys - self._own.keys())}
        if not missing:
            return
        people = people_of(self._vault, missing, settings=self._settings)
        entities = self._vault.entities_of(missing)
        self.labels.update(entity.label for known in entities.values() for entity in known)
        for talk, key in missing.items():
            self._own[key] = Own(people.get(talk, ()), entities.get(talk, ()), confirmed=self._confirmed)
        while len(self._own) > max(REMEMBERED, len(keys)):
            self._own.popitem(last=False)


def people_of(vault: Vault, talks: Collection[Talk], *, settings: Settings) -> dict[Talk, list[Identity]]:
    """Whom the payloads name, in any version; what cannot be read never left the vault."""
    found: dict[Talk, list[Identity]] = defaultdict(list)
    for arrival in vault.versions(talks):
        payload = arrival.payload
        try:
            found[payload.source, payload.external_id] += read(payload, settings.ingest).people
        except UsageError:
            continue
    return found


def _talk(key: str) -> Talk:
    source, _, external_id = key.partition(":")
    return source, external_id


def _names_of(ticket: str) -> tuple[str, ...]:
    """Its key and its id: provenance, wherever they stand."""
    external_id = _talk(ticket)[1]
    return (ticket, external_id) if len(external_id) >= SHORTEST else (ticket,)


def _without(text: str, searched: str, *, words: Iterable[str]) -> str:
    """The text with the words covered where they stand in `searched`, not inside a longer one."""
    for word in words:
        start = searched.find(word)
        while start >= 0:
            end = start + len(word)
            if not (searched[start - 1 : start].isalnum() or searched[end : end + 1].isalnum()):
                text = text[:start] + "\0" * len(word) + text[end:]
            start = searched.find(word, end)
    return text


def _nothing(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _with_plus(text: str, start: int, *, end: int) -> str:
    """A value as it stands, a telephone with the sign before it."""
    return text[start - (text[max(0, start - 1) : start] == "+") : end]


def _where(written: Written, text: str, *, at: int) -> str:
    """With the line, where lines count."""
    if not written.lined:
        return written.where
    line = text.count("\n", 0, at) + 1
    return f"{written.where}:{line}"
