"""Erasing tickets everywhere: first from the vault, which leaves a tombstone, then from the desk, the suite, the files.

The vault's part is one transaction, so no tombstone ever stands beside a payload. What is still to be done elsewhere is
written in it, sealed: killed anywhere, the next erasure goes on from there.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from casemill.anonymize.erase_files import blanked, changes_of, still_held, tidy
from casemill.anonymize.leaks import Ground, people_of
from casemill.anonymize.leaks_known import values_of
from casemill.anonymize.marks import EVERYWHERE
from casemill.anonymize.marks_files import FileChange, Found, Search, cases_by_ticket, files_that_hold, masked_file
from casemill.anonymize.marks_values import Value, placed, with_words
from casemill.anonymize.replacing import Replacing, replacements
from casemill.anonymize.restore import need_role
from casemill.domain.change import Change
from casemill.domain.erasure import Certificate, Erased, Keeps
from casemill.domain.placeholder import Entity
from casemill.domain.progress import SILENT, Progress
from casemill.domain.ticket import texts_of
from casemill.domain.word import changed, digest_of
from casemill.errors import FileError, UsageError
from casemill.store import changes, desk_erase, desk_texts, leaks, remask
from casemill.store.desk import Desk
from casemill.store.desk_erase import Leaving
from casemill.store.erasures import Erasing, Journal, talk_of
from casemill.store.known import forms
from casemill.store.remask import Anew
from casemill.store.vault import Vault
from casemill.store.wiping import wipe

if TYPE_CHECKING:
    from casemill.store import Db

_COLLEAGUES = frozenset({"agent", "assistant"})
_OTHERS = (
    "backups of the vault, of the desk and of disks, Postgres' archived log and replicas: delete or overwrite them by "
    "your own schedule",
    "the helpdesk, the tracing tool, mail, and the export files the tickets came from: casemill erases nothing there",
    "notices that were sent: the ticket's id and a category, no words",
)


class Order(NamedTuple):
    """Which tickets to erase, who wants it, and why."""

    tickets: tuple[str, ...]
    by: str
    why: str


class Places(NamedTuple):
    """The two databases, and what lies beside them."""

    vault: Vault
    desk: Desk
    ground: Ground


def look_at(places: Places, order: Order, *, now: datetime) -> tuple[Erased, ...]:
    """What would be erased, without erasing it; what is erased already as it was. UsageError when nothing is known of
    one of the tickets, or when this person may not erase."""
    need_role(order.by, order.why, allowed=places.ground.settings.people.vault)
    there = {one.erased.ticket: one.erased for one in places.vault.erasures()}
    return tuple(
        there.get(key) or _counted(places, _erasing(places, key, order=order, now=now)) for key in _keys(order)
    )


def erase_tickets(places: Places, order: Order, *, now: datetime, progress: Progress = SILENT) -> Certificate:
    """Erase tickets, and whatever an earlier erasure that was killed left to do. May be run twice or killed anywhere.

    UsageError, and nothing is erased, when nothing is known of one of them, or when this person may not erase.
    """
    vault = places.vault
    need_role(order.by, order.why, allowed=places.ground.settings.people.vault)
    there = {one.erased.ticket for one in vault.erasures()}
    wanted = [_erasing(places, key, order=order, now=now) for key in _keys(order) if key not in there]
    if wanted:
        vault.erase(wanted, now=now)
    finished = finish_erasures(places, now=now, progress=progress)
    return _certificate(places, {*order.tickets, *finished})


def finish_erasures(places: Places, *, now: datetime, progress: Progress = SILENT) -> tuple[str, ...]:
    """What erasures left to do when they were killed, or while others read the databases; the tickets' keys."""
    unfinished = places.vault.erasures("due", "emptied")
    progress.start(len(unfinished))
    for journal in unfinished:
        if journal.state == "due":
            _finish(places, journal, now=now)
        progress.step()
    _wipe(places)
    return tuple(one.erased.ticket for one in unfinished)


def _keys(order: Order) -> tuple[str, ...]:
    return tuple(dict.fromkeys(order.tickets))


def _erasing(places: Places, key: str, *, order: Order, now: datetime) -> Erasing:
    """Everything that has to be known of a ticket before it is gone."""
    vault, desk, ground = places
    talk = talk_of(key)
    with desk.read() as db:
        texts = [text for version in desk_texts.versions_of(db, key) for _, text in texts_of(version)]
        cases = {case for case, ticket in desk_texts.tickets_of_cases(db).items() if ticket == key}
        cases |= {file.case for file in cases_by_ticket(ground.suite).get(key, ())}
        rows, traces = desk_erase.rows_about(db, key, cases=cases), desk_erase.traces_of(db, key)
    if not (rows or cases or vault.holds(*talk)):
        raise UsageError(f"nothing is known of a ticket {key}", hint="as zendesk:48213: source:id")
    known = vault.entities(*talk)
    named = [Value(text, label) for label, text in values_of(people_of(vault, [talk], settings=ground.settings)[talk])]
    people = placed(named, known, texts=texts)
    values = (*people, *(one for one in known if one.placeholder not in {each.placeholder for each in people}))
    erased = Erased(
        ticket=key,
        rows=rows,
        cases=tuple(sorted(cases)),
        keeps=ground.settings.anonymize.erase_keeps,
        by=order.by,
        at=now,
        # Who writes down why may well write down whom.
        why=replacements(with_words(values)).apply(order.why.strip()),
    )
    return Erasing(erased, values, traces)


def _counted(places: Places, one: Erasing) -> Erased:
    return changed(
        one.erased,
        versions=len(places.vault.versions([talk_of(one.erased.ticket)])),
        people=len(one.values),
        values=sum(len(each.values) for each in one.values),
    )


def _finish(places: Places, journal: Journal, *, now: datetime) -> None:
    """What is left to do outside the vault; then the values are forgotten."""
    suite, private = places.ground.suite, places.ground.private
    erased = journal.erased
    replacing = replacements(with_words(journal.values))
    found = list(
        changes_of(suite, cases_by_ticket(suite).get(erased.ticket, ()), replacing=replacing, keeps=erased.keeps)
    )
    anew = Anew(replacing.apply, partial(_case_file, replacing, keeps=erased.keeps))
    with places.desk.write() as db:
        leaks.rewrite_notes(db, erased.ticket, change=replacing.apply)
        desk_erase.leave(db, Leaving(erased.ticket, erased.cases, erased.keeps, anew))
        for one in found:
            if isinstance(one, FileChange):
                _add(db, one, erased=erased, now=now)
        elsewhere = list(_elsewhere(db, _strong(journal.values, keep=places.ground.settings.anonymize.keep)))
    files = tuple(tidy(private, replacing=replacing))
    search = Search(replacing, erased.ticket, frozenset(erased.cases))
    left = [
        one.told
        for one in (
            *(one for one in found if isinstance(one, Found)),
            *files_that_hold(suite, private, searches=[search]),
        )
    ]
    done = changed(journal, values=(), files=files, left=tuple(dict.fromkeys([*left, *elsewhere])), state="emptied")
    places.vault.close_erasure(done)


def _case_file(replacing: Replacing, change: Change, *, keeps: Keeps) -> str:
    """A case file that waits on the desk, or was written from there; as text where it does not read."""
    try:
        return blanked(change.text, path=change.path, replacing=replacing, keeps=keeps)
    except FileError:
        return replacing.apply(change.text)


def _add(db: "Db", one: FileChange, *, erased: Erased, now: datetime) -> None:
    """A Change for the file; none where a newer one waits for it, which was blanked just now."""
    if any(one.path == waiting.path or one.case == waiting.case for waiting in changes.waiting(db)):
        return
    change = Change(
        kind="erase_lineage",
        path=one.path,
        text=one.text,
        digest=digest_of(one.text.encode()),
        why="What it came from was erased",
        case=one.case,
        by=erased.by,
        at=now,
    )
    changes.wait_again(db, changes.add(db, change))


def _strong(values: Iterable[Entity], *, keep: Sequence[str]) -> Replacing:
    """The values that are telling wherever they stand: a customer's, nobody's whom the company itself is."""
    kept = {word.casefold() for word in keep}
    told = (one for one in values if one.role not in _COLLEAGUES and one.label not in EVERYWHERE)
    texts = [value for one in told for value in one.values if next(forms(one.label, value), None)]
    return replacements(
        Entity(label="ERASED", number=1, values=(text,)) for text in texts if text.casefold() not in kept
    )


def _elsewhere(db: "Db", strong: Replacing) -> Iterator[str]:
    """Takes the values out of what other tickets' rows say; names the rows that are nobody's."""
    anew = Anew(strong.apply, partial(_masked, strong))
    rows = [
        row
        for page in desk_texts.pages(db)
        for row in page
        if row.table != "articles" and any(strong.holds(text) for text in row.texts.values())
    ]
    for ticket, case in {(row.ticket, row.case) for row in rows if row.ticket or row.case}:
        remask.rewrite(db, ticket or "", cases={case} if case else (), anew=anew)
    yield from (f"desk: {row.table} {row.id}: look at it" for row in rows if not (row.ticket or row.case))


def _masked(strong: Replacing, change: Change) -> str:
    try:
        return masked_file(change.text, path=change.path, replacing=strong)
    except FileError:
        return strong.apply(change.text)


def _wipe(places: Places) -> None:
    """What was deleted is taken out of the databases' own files; while others read them, the next time."""
    emptied = places.vault.erasures("emptied")
    if emptied and wipe(places.desk) and places.vault.wipe():
        for journal in emptied:
            places.vault.close_erasure(changed(journal, state="done"))


def _certificate(places: Places, told: Iterable[str]) -> Certificate:
    wanted = set(told)
    journals = [one for one in places.vault.erasures() if one.erased.ticket in wanted]
    cases = {case for one in journals for case in one.erased.cases}
    with places.desk.read() as db:
        paths = tuple(one.path for one in changes.waiting(db) if one.case in cases)
    suite, private, _ = places.ground.suite, places.ground.private, places.desk
    return Certificate(
        tickets=tuple(one.erased for one in journals),
        files=tuple(dict.fromkeys(name for one in journals for name in one.files)),
        changes=tuple(dict.fromkeys(paths)),
        left=tuple(dict.fromkeys(name for one in journals for name in one.left)),
        still=(*still_held(suite, private, cases=cases), *_OTHERS),
        whole=all(one.state == "done" for one in journals),
        seal=places.vault.audit().seal,
    )
