"""What a reviewer called personal is masked after the fact: in the vault's mapping, on the desk, in the case files.

First the value goes into the ticket's mapping, then everything on the desk changes in one transaction that also closes
the marks: killed anywhere and run again, it ends the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from casemill.anonymize.leaks import About, Ground, people_of, values_about
from casemill.anonymize.marks_files import (
    CaseFile,
    FileChange,
    Found,
    Search,
    cases_by_ticket,
    changes_of,
    files_that_hold,
    masked_file,
)
from casemill.anonymize.marks_values import Value, placed, replacing_of, sure_entities, value_of, with_words
from casemill.anonymize.rekey import rekey_files
from casemill.anonymize.replacing import Replacing, replacements
from casemill.disk import write_whole
from casemill.domain.change import Change
from casemill.domain.placeholder import Entity
from casemill.domain.progress import SILENT, Progress
from casemill.domain.ticket import texts_of
from casemill.domain.word import Word, canonical, changed, digest_of
from casemill.errors import FileError, UsageError
from casemill.settings import Settings
from casemill.store import changes, desk_texts, leaks, remask, tickets
from casemill.store.desk import Desk
from casemill.store.leaks import WaitingMark
from casemill.store.remask import Anew
from casemill.store.vault import Vault

if TYPE_CHECKING:
    from casemill.store import Db

# Nobody's name: what is one of these in one ticket is one in all, those to come as well.
EVERYWHERE = frozenset({"ORG", "STORE", "BRANCH", "COURIER"})

# Left beside the databases, with the tickets' keys, until the copies are named and nothing that was masked can be read
# in the databases' files any more.
DUE = "wipe.due"


class Marked(Word):
    """What was done about marks: how many, in how many tickets and rows, which case files change; `files` name by file
    and line what a person has to see to, `stale` the marks whose place is no longer what was read. `keyed` are case
    files that hold a plain digest from before digests were keyed: each has a Change."""

    marks: int = 0
    tickets: int = 0
    rows: int = 0
    cases: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    keyed: tuple[str, ...] = ()


class Folders(NamedTuple):
    """Where copies may be: the suite's folder, and `.casemill` with runs and caches."""

    suite: Path
    private: Path


class _Job(NamedTuple):
    """One ticket: the values to take out of it, and the marks this settles."""

    key: str
    values: tuple[Value, ...]
    marks: tuple[int, ...]
    by: str


def mask_marked(vault: Vault, desk: Desk, *, folders: Folders, now: datetime, progress: Progress = SILENT) -> Marked:
    """Act on every mark that waits. May be run twice or killed anywhere."""
    marked = _mask_marked(vault, desk, folders=folders, now=now, progress=progress)
    return changed(marked, keyed=rekey_files(vault, desk, suite=folders.suite, now=now))


def _mask_marked(vault: Vault, desk: Desk, *, folders: Folders, now: datetime, progress: Progress) -> Marked:
    with desk.read() as db:
        jobs, stale = _jobs(db, leaks.waiting_marks(db))
        cases = desk_texts.tickets_of_cases(db)
    if not jobs and not _due(folders):
        _wipe(desk, folders)
        return Marked(stale=stale)
    steps = [one for job in jobs for one in (*_elsewhere(desk, job), job)]
    keys = {one.key for one in steps}
    left = [key for key in _due(folders) if key not in keys]
    write_whole(folders.private / DUE, canonical([*left, *sorted(keys)]), private=True)
    progress.start(len(steps))
    done = _Done()
    here = _Here(folders, cases, cases_by_ticket(folders.suite), now)
    for one in steps:
        _mask(vault, desk, job=one, done=done, here=here)
        progress.step()
    searches = [*done.searches, *(_search(vault, key, here=here) for key in left)]
    return _finished(desk, folders, done=done, searches=searches, stale=stale)


class Again(NamedTuple):
    """A ticket to be masked anew by what is known of it, the settings that read its payload, and where copies are."""

    key: str
    settings: Settings
    folders: Folders


def mask_again(vault: Vault, desk: Desk, *, again: Again, now: datetime) -> Marked:
    """Mask everything on the desk about one ticket, and its case files, by the people its payload names, by what is
    masked in it for certain, and by whatever else `leaks` would find there, somebody else's number in a note too: what
    people wrote there themselves, that is. UsageError when there is no such ticket."""
    key, settings, folders = again
    with desk.read() as db:
        texts = [text for version in desk_texts.versions_of(db, key) for _, text in texts_of(version)]
        cases = desk_texts.tickets_of_cases(db)
    if not texts:
        raise UsageError(f"there is no ticket {key} on the desk", hint="as zendesk:48213: source:id")
    source, _, external_id = key.partition(":")
    talk = (source, external_id)
    people = people_of(vault, [talk], settings=settings)[talk]
    entities = sure_entities(people, vault.entities(*talk), texts=texts, confirmed=vault.known().is_confirmed)
    vault.save_entities(*talk, entities)
    left = [one for one in _due(folders) if one != key]
    write_whole(folders.private / DUE, canonical([*left, key]), private=True)
    done, here = _Done(), _Here(folders, cases, cases_by_ticket(folders.suite), now)
    job = _Job(key, (), (), settings.people.me or "casemill anonymize")
    about = About(key, here.cases_of(key), tuple(file.path for file in here.files.get(key, ())))
    met = values_about(vault, desk, ground=Ground(settings, *folders), about=about)
    others = placed((Value(text, label) for label, text in met), vault.entities(*talk), texts=texts)
    vault.save_entities(*talk, others)
    known = (*with_words(entities), *_only(others, {text for _, text in met}))
    _rewrite(desk, job, replacing=replacements(known), done=done, here=here)
    searches = [*done.searches, *(_search(vault, one, here=here) for one in left)]
    return _finished(desk, folders, done=done, searches=searches)


def _only(entities: Sequence[Entity], wanted: Collection[str]) -> Iterator[Entity]:
    """Entities by the forms that were met; the others of a person may be anybody's words."""
    return (changed(one, values=tuple(form for form in one.values if form in wanted)) for one in entities)


def _finished(
    desk: Desk, folders: Folders, *, done: "_Done", searches: Sequence[Search], stale: tuple[str, ...] = ()
) -> Marked:
    """The copies named, and what was written over taken out of the database's files."""
    done.files += [one.told for one in files_that_hold(*folders, searches=searches)]
    _wipe(desk, folders)
    return Marked(
        marks=done.marks,
        tickets=len(done.tickets),
        rows=done.rows,
        cases=tuple(dict.fromkeys(done.cases)),
        files=tuple(dict.fromkeys(done.files)),
        stale=stale,
    )


def _due(folders: Folders) -> list[str]:
    """The tickets of a run that was killed before it could name the copies."""
    path = folders.private / DUE
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[str])
    except (FileNotFoundError, msgspec.DecodeError):
        return []


def _search(vault: Vault, key: str, *, here: "_Here") -> Search:
    """What to look for when it is no longer known what was marked: all that is masked in the ticket."""
    source, _, external_id = key.partition(":")
    return Search(replacements(vault.entities(source, external_id)), key, here.cases_of(key))


def _wipe(desk: Desk, folders: Folders) -> None:
    """What was written over is taken out of the database's files, too; while others read them, the next time."""
    due = folders.private / DUE
    if not due.exists():
        return
    if remask.wipe(desk):
        due.unlink(missing_ok=True)
    else:
        write_whole(due, canonical([]), private=True)


class _Done:
    """What was done so far."""

    def __init__(self) -> None:
        self.marks = 0
        self.rows = 0
        self.tickets: set[str] = set()
        self.cases: list[str] = []
        self.files: list[str] = []
        self.searches: list[Search] = []


class _Here(NamedTuple):
    """Where copies may be, which ticket each case came from, the case files of each ticket, and the time."""

    folders: Folders
    cases: dict[str, str]
    files: dict[str, list[CaseFile]]
    now: datetime

    def cases_of(self, key: str) -> frozenset[str]:
        mine = {case for case, ticket in self.cases.items() if ticket == key}
        return frozenset(mine | {file.case for file in self.files.get(key, ())})


def _jobs(db: "Db", waiting: Sequence[WaitingMark]) -> tuple[list[_Job], tuple[str, ...]]:
    """All marks of a ticket at once: acting on the first would move the others' places."""
    groups: dict[str, list[WaitingMark]] = defaultdict(list)
    for one in waiting:
        groups[one.ticket].append(one)
    jobs: list[_Job] = []
    stale: list[str] = []
    for key, group in groups.items():
        found = [(one, value_of(db, one)) for one in group]
        stale += [f"{key}, {one.mark.path}" for one, value in found if value is None]
        good = [(one, value) for one, value in found if value is not None]
        if good:
            by = desk_texts.marked_by(db, good[0][0].id) or "leak review"
            values = tuple(dict.fromkeys(value for _, value in good))
            jobs.append(_Job(key, values, tuple(one.id for one, _ in good), by))
    return jobs, tuple(stale)


def _elsewhere(desk: Desk, job: _Job) -> Iterator[_Job]:
    """The other tickets that hold a value which is nobody's name; their marks are none, so they come first."""
    values = tuple(value for value in job.values if value.label in EVERYWHERE)
    if not values:
        return
    searched = replacements(
        (Entity(label=value.label, number=1, values=(value.text,)) for value in values),
        inside={value.text for value in values if value.inside},
    )
    with desk.read() as db:
        keys = [row.ticket.key for row in tickets.everything(db) if searched.holds(f"{row.ticket}")]
    yield from (_Job(key, values, (), job.by) for key in keys if key != job.key)


def _mask(vault: Vault, desk: Desk, *, job: _Job, done: _Done, here: _Here) -> None:
    source, _, external_id = job.key.partition(":")
    with desk.read() as db:
        texts = [text for version in desk_texts.versions_of(db, job.key) for _, text in texts_of(version)]
    entities = placed(job.values, vault.entities(source, external_id), texts=texts)
    vault.save_entities(source, external_id, entities)
    vault.confirm(value.text for value in job.values)
    for value in job.values:
        if value.label in EVERYWHERE:
            vault.learn(value.label, value.text)
    done.marks += len(job.marks)
    _rewrite(desk, job, replacing=replacing_of(job.values, entities), done=done, here=here)


def _rewrite(desk: Desk, job: _Job, *, replacing: Replacing, done: "_Done", here: "_Here") -> None:
    """Everything on the desk in one transaction that also closes the marks; Changes for the case files."""
    found = list(changes_of(here.folders.suite, here.files.get(job.key, ()), replacing=replacing))
    mine = here.cases_of(job.key)
    with desk.write() as db:
        leaks.rewrite_notes(db, job.key, change=replacing.apply)
        done.rows += remask.rewrite(db, job.key, cases=mine, anew=Anew(replacing.apply, partial(_file, replacing)))
        for one in found:
            if isinstance(one, FileChange):
                done.cases.append(one.path)
                _add(db, one, job=job, here=here)
        for id in job.marks:
            leaks.done_mark(db, id, now=here.now)
    done.tickets.add(job.key)
    done.files += [one.told for one in found if isinstance(one, Found)]
    done.searches.append(Search(replacing, job.key, mine))


def _file(replacing: Replacing, change: Change) -> str:
    """A case file that waits on the desk, or was written from there; as text where it does not read."""
    try:
        return masked_file(change.text, path=change.path, replacing=replacing)
    except FileError:
        return replacing.apply(change.text)


def _add(db: "Db", one: FileChange, *, job: _Job, here: _Here) -> None:
    """A Change for the file; none where a newer one waits for it, which was masked just now."""
    if any(one.path == waiting.path or one.case == waiting.case for waiting in changes.waiting(db)):
        return
    change = Change(
        kind="supersede",
        path=one.path,
        text=one.text,
        digest=digest_of(one.text.encode()),
        why=f"A reader found something personal in {job.key}; it is masked.",
        case=one.case,
        by=job.by,
        at=here.now,
    )
    # An earlier Change that was written may hold this very text by now: what is on the desk was masked just before.
    changes.wait_again(db, changes.add(db, change))
