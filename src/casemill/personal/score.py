"""How well masking does against gold spans: what leaks, what is masked that need not be, which facts are touched."""

from codecs import BOM_UTF8
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from casemill.domain.arrival import Identity
from casemill.domain.word import Word
from casemill.personal.context import lower
from casemill.personal.masking import Document, Masked, MaskedSpan, Together, identity_of, mask_documents
from casemill.personal.score_types import Duty, duty_of, is_right
from casemill.personal.told import Told, told
from casemill.stats import wilson

SHARE = 0.9
Interval = tuple[float, float] | None


class Mentions(Word):
    """The gold spans of one type: how many there are, are masked to at least nine tenths, are touched at all."""

    type: str
    duty: Duty
    n: int
    masked: int
    touched: int
    interval: Interval = None


class Precision(Word):
    """The spans masked under one label, and how many touch a gold span of a fitting type."""

    label: str
    masked: int
    right: int
    interval: Interval = None


class Score(Word):
    """What a file of gold spans says. Intervals are Wilson's, of 95 %.

    `must_go` and `must_stay` sum up their types; `leaking` counts documents with a mention that had to go and was not
    masked to nine tenths, of those `identifying` that have one; `over_masked` counts masked characters outside every
    gold span, of `other_characters` there.
    """

    documents: int
    identifying: int
    leaking: int
    must_go: Mentions
    must_stay: Mentions
    types: tuple[Mentions, ...]
    labels: tuple[Precision, ...]
    characters: int
    other_characters: int
    over_masked: int
    bad_lines: tuple[int, ...] = ()


class How(NamedTuple):
    """How a file is scored: all in lower case; with or without the people that its lines name."""

    lower: bool = False
    known: bool = True


AS_IT_STANDS = How()


class _Gold(msgspec.Struct):
    start: int
    end: int
    type: str = ""
    label: str = ""
    message: int = 0
    pii: bool | None = None

    @property
    def kind(self) -> str:
        return self.type or self.label


class _Row(NamedTuple):
    document: Document
    spans: list[_Gold]


def score(lines: Iterable[bytes], *, how: How = AS_IT_STANDS) -> Score:
    """Mask every line's text or dialogue and compare with its spans. Lines are read as they are needed.

    A line is `{"text", "spans": [{"start", "end", "type", "pii"?}]}` or `{"messages", "spans": [{"message", …}]}`, with
    or without `known`; a line that is neither counts among `bad_lines`.
    """
    counts = _Counts()
    waiting: deque[_Row] = deque()

    def documents() -> Iterator[Document]:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = _row(line.removeprefix(BOM_UTF8) if number == 1 else line, how)
            if row is None:
                counts.bad.append(number)
                continue
            waiting.append(row)
            yield row.document

    for together in mask_documents(documents()):
        counts.add(waiting.popleft(), together)
    return counts.score()


def _row(line: bytes, how: How) -> _Row | None:
    try:
        record = msgspec.json.decode(line, type=dict[str, Any])
        texts = _texts(record)
        spans = msgspec.convert(_spans_of(record), list[_Gold])
        people = _people(record) if how.known else []
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError):
        return None
    if not all(_is_whole(span, texts) for span in spans):
        return None
    said = told([{"messages": record["messages"]}], people) if "messages" in record else Told()
    if how.lower:
        texts = [lower(text) for text in texts]
    return _Row(Document(texts=texts, known=(*people, *said.people), values=said.values), spans)


def _is_whole(span: _Gold, texts: Sequence[str]) -> bool:
    """Whether it lies in its text and says what is asked of it: a type, or whether it is personal."""
    inside = 0 <= span.message < len(texts) and 0 <= span.start < span.end <= len(texts[span.message])
    return inside and (bool(span.kind.strip()) or span.pii is not None)


def _texts(record: dict[str, Any]) -> list[str]:
    if "messages" in record:
        turns = msgspec.convert(record["messages"], list[dict[str, Any]])
        return [turn["content"] if isinstance(turn.get("content"), str) else "" for turn in turns]
    return [msgspec.convert(record.get("text"), str)]


def _spans_of(record: dict[str, Any]) -> Any:
    """`spans` of the line, or of its `label`."""
    label = record.get("label")
    beside = label if isinstance(label, dict) else {}
    return record.get("spans", beside.get("spans", beside.get("pii", [])))


def _people(record: dict[str, Any]) -> list[Identity]:
    entries = msgspec.convert(record.get("known", []), list[str | dict[str, Any]])
    return [
        identity_of(entry) if isinstance(entry, str) else msgspec.convert({"role": "other"} | entry, Identity)
        for entry in entries
    ]


class _Counts:
    """Everything counted so far; it does not grow with the file."""

    def __init__(self) -> None:
        self.bad: list[int] = []
        self.n: Counter[str] = Counter()
        self.there: Counter[tuple[str, Duty]] = Counter()
        self.masked: Counter[tuple[str, Duty]] = Counter()
        self.touched: Counter[tuple[str, Duty]] = Counter()
        self.labels: Counter[str] = Counter()
        self.right: Counter[str] = Counter()

    def add(self, row: _Row, together: Together) -> None:
        golds: list[list[_Gold]] = [[] for _ in row.document.texts]
        for span in row.spans:
            golds[span.message].append(span)
        leaks = [
            self._text(masked, gold, length=len(text))
            for text, masked, gold in zip(row.document.texts, together.texts, golds, strict=True)
        ]
        self.n["documents"] += 1
        self.n["identifying"] += any(duty_of(span.kind, span.pii) == "go" for span in row.spans)
        self.n["leaking"] += any(leaks)

    def _text(self, masked: Masked, golds: Sequence[_Gold], *, length: int) -> bool:
        """Whether something of the text leaks."""
        covered, gold_places = bytearray(length), bytearray(length)
        for span in masked.spans:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
        leaks = False
        for gold in golds:
            gold_places[gold.start : gold.end] = b"\1" * (gold.end - gold.start)
            leaks |= self._mention(gold, covered, spans=masked.spans)
        inside = int.from_bytes(covered, "big") & int.from_bytes(gold_places, "big")
        self.n["characters"] += length
        self.n["other"] += length - sum(gold_places)
        self.n["over"] += sum(covered) - inside.bit_count()
        self._precision(masked.spans, golds)
        return leaks

    def _mention(self, gold: _Gold, covered: bytearray, *, spans: Sequence[MaskedSpan]) -> bool:
        duty = duty_of(gold.kind, gold.pii)
        row = (gold.kind, duty)
        hidden = sum(covered[gold.start : gold.end])
        enough = hidden >= SHARE * (gold.end - gold.start)
        self.there[row] += 1
        self.masked[row] += enough
        self.touched[row] += hidden > 0 and not (gold.pii is None and duty == "stay" and _is_birth(gold, spans))
        return duty == "go" and not enough

    def _precision(self, spans: Sequence[MaskedSpan], golds: Sequence[_Gold]) -> None:
        for span in spans:
            touching = [gold for gold in golds if span.start < gold.end and gold.start < span.end]
            self.labels[span.label] += 1
            self.right[span.label] += any(is_right(span.label, gold.kind) for gold in touching)

    def score(self) -> Score:
        types = tuple(
            self._mentions(kind, duty, rows=[(kind, duty)]) for kind, duty in sorted(self.there, key=_in_order)
        )
        labels = tuple(
            Precision(label=label, masked=n, right=self.right[label], interval=wilson(self.right[label], n))
            for label, n in sorted(self.labels.items())
        )
        return Score(
            documents=self.n["documents"],
            identifying=self.n["identifying"],
            leaking=self.n["leaking"],
            must_go=self._mentions("all that must go", "go", rows=[row for row in self.there if row[1] == "go"]),
            must_stay=self._mentions("all that must stay", "stay", rows=[r for r in self.there if r[1] == "stay"]),
            types=types,
            labels=labels,
            characters=self.n["characters"],
            other_characters=self.n["other"],
            over_masked=self.n["over"],
            bad_lines=tuple(self.bad),
        )

    def _mentions(self, kind: str, duty: Duty, *, rows: Sequence[tuple[str, Duty]]) -> Mentions:
        n, masked, touched = (sum(counted[row] for row in rows) for counted in (self.there, self.masked, self.touched))
        hits = touched if duty == "stay" else masked
        return Mentions(type=kind, duty=duty, n=n, masked=masked, touched=touched, interval=wilson(hits, n))


def _in_order(row: tuple[str, Duty]) -> tuple[int, str]:
    return ("go", "stay", "either").index(row[1]), row[0]


def _is_birth(gold: _Gold, spans: Sequence[MaskedSpan]) -> bool:
    """A date that the text calls a birth date goes, though its gold type is only a date."""
    return any(span.label == "DOB" and span.start < gold.end and gold.start < span.end for span in spans)
