"""Decisions from a file: JSON Lines, or a YAML list; each is judged by itself, bad ones are put aside by line.

A record that does not say when was decided when the file was last written; one that names no version is about the
newest. Reading a file twice changes nothing: what a person said about a ticket already is not said again.
"""

import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from casemill.domain.failure import Failure, Origin
from casemill.domain.progress import SILENT, Progress
from casemill.domain.review import Decision, Review
from casemill.domain.word import Word, changed
from casemill.errors import FileError, UsageError
from casemill.review.settle import settle
from casemill.review.written import Written, read_records
from casemill.store import reviews, tickets

if TYPE_CHECKING:
    from casemill.store import Db, Desk

NEWEST = 0
_HIDDEN = re.compile(r"\[[A-Z][A-Z0-9_]*_[1-9][0-9]{0,3}[A-Z]{0,2}\]")


class Entry(Word, omit_defaults=True):
    """One recorded decision as a person or a program writes it."""

    ticket: str
    decision: Decision
    origin: Origin | None = None
    failures: tuple[Failure, ...] = ()
    duplicate_of: str | None = None
    note: str | None = None
    by: str | None = None
    at: datetime | None = None
    version: int | None = None


class Line(NamedTuple):
    """Where a record stands in its file, and the review it makes or what is wrong with it."""

    number: int
    review: Review | None = None
    problem: FileError | None = None


class Rejection(Word):
    """A review that the desk refused: its place in the list (from 0), its ticket, the reason."""

    place: int
    ticket: str
    reason: str


class Recorded(Word):
    """What became of a list of decisions."""

    recorded: int
    already: int
    rejected: tuple[Rejection, ...] = ()


class Reading(NamedTuple):
    """What a record is read with: whose decision it is when it does not say, and the modes there are."""

    by: str | None = None
    modes: Collection[str] | None = None


def read_recorded(
    path: Path, *, by: str | None = None, modes: Collection[str] | None = None
) -> tuple[list[Review], list[FileError]]:
    """The reviews of a file and the problems of its bad lines; FileError when the whole cannot be read.

    `by` decides where a record names nobody; a mode outside `modes` is a problem when they are given.
    """
    lines = read_lines(path, Reading(by, modes))
    return [line.review for line in lines if line.review], [line.problem for line in lines if line.problem]


def read_lines(path: Path, reading: Reading) -> tuple[Line, ...]:
    """Every record of a file with its line."""
    records, written = read_records(path, of="decisions")
    return tuple(_line(record, path, reading=reading, written=written) for record in records)


def record_all(desk: "Desk", decided: Collection[Review], *, now: datetime, progress: Progress = SILENT) -> Recorded:
    """Record each review in its own transaction; what is known already is counted, what is refused named."""
    progress.start(len(decided))
    new, rejected = 0, []
    for place, review in enumerate(decided):
        progress.step()
        try:
            with desk.write() as db:
                new += _record_new(db, review, now=now)
        except UsageError as error:
            hint = f" ({error.hint})" if error.hint else ""
            rejected.append(Rejection(place=place, ticket=review.ticket, reason=f"{error}{hint}"))
    already = len(decided) - new - len(rejected)
    return Recorded(recorded=new, already=already, rejected=tuple(rejected))


def _record_new(db: "Db", review: Review, *, now: datetime) -> int:
    if any(_same(review, known) for known in reviews.of_ticket(db, review.ticket)):
        return 0
    if review.version == NEWEST:
        newest = tickets.get(db, review.ticket)
        review = changed(review, version=newest.version if newest else 1)
    settle(db, review, now=now)
    return 1


def _same(review: Review, known: Review) -> bool:
    """The same person said the same of the same version; when it was said does not matter. A note may have been masked
    since, or erased."""
    content = ("ticket", "decision", "by", "origin", "failures", "duplicate_of")
    same_version = review.version in (NEWEST, known.version)
    same = same_version and all(getattr(review, name) == getattr(known, name) for name in content)
    return same and (review.note == known.note or (review.at == known.at and _is_left(known, review.note or "")))


def _is_left(known: Review, written: str) -> bool:
    """Whether a note is what is left of a written one: placeholders in the place of some words, or nothing at all."""
    if known.note is None:
        return known.decision == "note"
    pieces = _HIDDEN.split(known.note)
    return len(pieces) > 1 and re.fullmatch(".+?".join(map(re.escape, pieces)), written, re.DOTALL) is not None


def _line(record: Written, path: Path, *, reading: Reading, written: datetime) -> Line:
    if record.broken is not None:
        return Line(record.number, problem=FileError(path, record.broken, line=record.number))
    try:
        entry = msgspec.convert(record.value, Entry)
        return Line(record.number, review=_review(entry, reading, written=written))
    except (msgspec.ValidationError, UsageError) as error:
        return Line(record.number, problem=FileError(path, f"{error}", line=record.number))


def _review(entry: Entry, reading: Reading, *, written: datetime) -> Review:
    by = entry.by or reading.by
    if not by:
        raise UsageError("says not who decided: `by`")
    if entry.at is not None and entry.at.tzinfo is None:
        raise UsageError("`at` needs a time zone, as 2026-11-21T09:00:00Z")
    if entry.version is not None and entry.version < 1:
        raise UsageError("`version` counts from 1")
    unknown = [
        failure.mode for failure in entry.failures if reading.modes is not None and failure.mode not in reading.modes
    ]
    if unknown:
        raise UsageError(f"the taxonomy has no failure mode {unknown[0]!r}")
    return Review(
        ticket=entry.ticket,
        version=entry.version or NEWEST,
        decision=entry.decision,
        origin=entry.origin,
        failures=entry.failures,
        duplicate_of=entry.duplicate_of,
        note=entry.note,
        by=by,
        at=entry.at or written,
        recorded=True,
    )
