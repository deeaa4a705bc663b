"""Verdicts from a file: JSON Lines, or a YAML list; each is judged by itself, bad ones are put aside by line.

`{ticket, verdict: leak | over_masked | fine | note, marks: [{path, words or start and end, label}], note, by, at}`.
Without a path the words are looked for in the whole ticket. What a line says is wrong never repeats its words.
"""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from casemill.domain.leak import LeakReview, LeakVerdict, Mark
from casemill.domain.progress import SILENT, Progress
from casemill.domain.ticket import Ticket, texts_digest
from casemill.domain.word import Word
from casemill.errors import FileError, UsageError
from casemill.review.leaks_decide import NEWEST, settle_verdict
from casemill.review.leaks_marks import Place, mark_at, places_of
from casemill.review.written import Written, read_records
from casemill.store import leaks, tickets

if TYPE_CHECKING:
    from casemill.store import Db, Desk


class MarkEntry(Word, omit_defaults=True):
    """A mark as a person writes it: the words as they stand, or a place by characters."""

    path: str | None = None
    words: str | None = None
    start: int | None = None
    end: int | None = None
    label: str | None = None


class VerdictEntry(Word, omit_defaults=True):
    """One recorded verdict as a person or a program writes it."""

    ticket: str
    verdict: LeakVerdict
    marks: tuple[MarkEntry, ...] = ()
    note: str | None = None
    by: str | None = None
    at: datetime | None = None
    version: int | None = None


class Recording(NamedTuple):
    """Where a record stands in its file: the verdict to be, or what is wrong with it."""

    number: int
    entry: VerdictEntry | None = None
    by: str = ""
    at: datetime | None = None
    problem: str | None = None


class RecordedVerdicts(Word):
    """What became of a file of verdicts; `put_aside` names each bad line as `file:line: what is wrong`."""

    recorded: int
    already: int
    put_aside: tuple[str, ...] = ()


def record_file(
    desk: "Desk", path: Path, *, by: str | None, now: datetime, progress: Progress = SILENT
) -> RecordedVerdicts:
    """Record every verdict of a file in its own transaction; what is known already is counted, bad lines are put aside.

    `by` decides where a record names nobody. FileError when the whole file cannot be read.
    """
    lines = read_verdicts(path, by=by)
    progress.start(len(lines))
    counts, aside = {0: 0, 1: 0}, []
    for line in lines:
        progress.step()
        try:
            if line.entry is None:
                raise UsageError(line.problem or "")
            with desk.write() as db:
                counts[_record_new(db, line, now=now)] += 1
        except UsageError as error:
            aside.append(f"{FileError(path, _told(error), line=line.number)}")
    return RecordedVerdicts(recorded=counts[1], already=counts[0], put_aside=tuple(aside))


def read_verdicts(path: Path, *, by: str | None = None) -> tuple[Recording, ...]:
    """Every record of a file with its line."""
    records, written = read_records(path, of="verdicts")
    return tuple(_line(record, by=by, written=written) for record in records)


def _line(record: Written, *, by: str | None, written: datetime) -> Recording:
    if record.broken is not None:
        return Recording(record.number, problem=record.broken)
    try:
        entry = msgspec.convert(record.value, VerdictEntry)
    except msgspec.ValidationError as error:
        # What stands where a verdict should be may be the very words that must not be repeated.
        wrong = "the verdict must be leak, over_masked, fine or note" if "enum value" in f"{error}" else f"{error}"
        return Recording(record.number, problem=wrong)
    if problem := _missing(entry, by=by):
        return Recording(record.number, problem=problem)
    # A time of its own for every line: a second leak of the same ticket is not the first one read again.
    at = entry.at or written + timedelta(microseconds=record.number - 1)
    return Recording(record.number, entry, by=entry.by or by or "", at=at)


def _missing(entry: VerdictEntry, *, by: str | None) -> str | None:
    if not (entry.by or by):
        return "says not who read it: `by`"
    if entry.at is not None and entry.at.tzinfo is None:
        return "`at` needs a time zone, as 2026-11-21T09:00:00Z"
    if entry.version is not None and entry.version < 1:
        return "`version` counts from 1"
    return next((wrong for mark in entry.marks if (wrong := _mark_wrong(mark))), None)


def _mark_wrong(mark: MarkEntry) -> str | None:
    if mark.words is not None:
        return "a mark has words or a place, not both" if (mark.start, mark.end) != (None, None) else None
    if None in (mark.path, mark.start, mark.end):
        return "a mark needs words, or a path with start and end"
    return None


def _record_new(db: "Db", line: Recording, *, now: datetime) -> int:
    entry = line.entry
    assert entry is not None
    assert line.at is not None
    said = [one for one in leaks.of_ticket(db, entry.ticket) if one.by == line.by and one.verdict == entry.verdict]
    # The same line again: what it marked may be masked meanwhile, so its words are not looked for.
    if any(one.at == line.at for one in said):
        return 0
    ticket = tickets.get(db, entry.ticket)
    marks = tuple(_mark(mark, ticket=ticket) for mark in entry.marks) if ticket else ()
    content = (marks, entry.note, texts_digest(ticket) if ticket else None)
    if any((one.marks, one.note, one.read) == content for one in said):
        return 0
    review = LeakReview(
        ticket=entry.ticket,
        version=entry.version or NEWEST,
        verdict=entry.verdict,
        marks=marks,
        note=entry.note,
        by=line.by,
        at=line.at,
    )
    settle_verdict(db, review, now=now)
    return 1


def _mark(mark: MarkEntry, *, ticket: Ticket) -> Mark:
    if mark.path is not None and mark.start is not None and mark.end is not None:
        return mark_at(ticket, Place(mark.path, mark.start, mark.end), label=mark.label)
    found = places_of(ticket, mark.words or "", path=mark.path)
    if not found:
        where = mark.path if mark.path and _is_path(mark.path) else "the ticket"
        raise UsageError(f"{ticket.key}: the words of a mark do not stand in {where}")
    return mark_at(ticket, found[0], label=mark.label)


def _is_path(path: str) -> bool:
    return path.replace(".", "").replace("_", "").isalnum() and len(path) < 40


def _told(error: UsageError) -> str:
    return f"{error}" + (f" ({error.hint})" if error.hint else "")
