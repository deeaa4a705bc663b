"""Helpdesks are walked by their API into the vault, page by page, and go on from where the last walk stood."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from casemill.domain.progress import SILENT, Progress
from casemill.errors import OutsideError, SettingsError, StoreError, UsageError
from casemill.ingest.articles import BATCH, are_due
from casemill.ingest.helpdesks import helpdesks, in_table, is_helpdesk, kind_of
from casemill.ingest.http import USUAL, Door, Limits
from casemill.ingest.pull import NAME, Ingested
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import FieldOffer, Helpdesk, Page, Walk
from casemill.ingest.sources import SOURCES
from casemill.ingest.storing import Tally
from casemill.settings import FILE_NAME, Ingest
from casemill.store.desk import Desk
from casemill.store.vault import Vault

FIRST_DAYS = 90
_SHARED = frozenset({"kind", "hook_secret_env"})


class Outward(NamedTuple):
    """How the outside is called: variables that hold secrets, hosts that may be called (empty: any), limits."""

    environ: Mapping[str, str] = os.environ
    allow: tuple[str, ...] = ()
    limits: Limits = USUAL


class Fetch(NamedTuple):
    """What to bring: the table `[ingest.sources.NAME]` and the source's name, the folder for rejects, from when on
    (None: as before, at first 90 days), or one ticket alone; `restart` forgets where the last walk stood."""

    source: str
    rejects: Path
    since: datetime | None = None
    only: str | None = None
    restart: bool = False
    outward: Outward = Outward()


class WalkStopped(OutsideError):
    """A helpdesk's walk cannot go on; what came before is kept."""


class _Stand(msgspec.Struct):
    """Where a walk stands: what it began with, the helpdesk's own cursor, and when its articles were last listed."""

    since: datetime
    cursor: str | None = None
    listed: datetime | None = None


def ingest_helpdesk(
    stores: tuple[Vault, Desk], fetch: Fetch, *, settings: Ingest, now: datetime, progress: Progress = SILENT
) -> Ingested:
    """Brings what is new or changed since the last walk; each page and the cursor behind it are one transaction.

    SettingsError when the table lacks something; WalkStopped, which names source, cursor and remedy, when the helpdesk
    fails: what came before is kept, and the next call goes on from there.
    """
    desk, options = find_desk(fetch.source, settings)
    progress.start(None)
    tally = Tally()
    with open_door(desk, options, fetch=fetch) as door, Rejects(fetch.rejects, fetch.source) as rejects:
        stream = f"{fetch.source}@{door.host}"
        stored = None if fetch.restart else stores[0].cursor(stream)
        stand = _stand(stored, fetch.since, now=now)
        walk = Walk(door, fetch.source, stand.cursor, stand.since, settings, options, now, rejects, progress)
        with _naming(fetch, stand, tally=tally):
            for page in _pages(desk, walk, fetch=fetch, stand=stand):
                stand.cursor = page.cursor or stand.cursor
                whole = page._replace(cursor=msgspec.json.encode(stand).decode()) if page.cursor else page
                tally.store(stores, whole, now=now, stream=stream, source=fetch.source)
    return Ingested(
        form=kind_of(fetch.source, settings),
        source=fetch.source,
        **tally.told(rejects),
        articles=tally.articles,
        calls=door.calls,
        since=stand.since,
    )


def offered_fields(fetch: Fetch, *, settings: Ingest, now: datetime) -> tuple[FieldOffer, ...]:
    """The helpdesk's own fields, and which setting means which."""
    desk, options = find_desk(fetch.source, settings)
    with open_door(desk, options, fetch=fetch) as door, Rejects(fetch.rejects, fetch.source) as rejects:
        walk = Walk(door, fetch.source, None, now, settings, options, now, rejects, SILENT)
        return desk.fields(walk)


def _pages(desk: Helpdesk, walk: Walk, *, fetch: Fetch, stand: _Stand) -> Iterator[Page]:
    """One ticket, which moves no cursor; or the walk, and behind it the articles when they are due."""
    if fetch.only is not None:
        yield one_page(desk, walk, ticket=fetch.only)
        return
    yield from desk.walk(walk)
    if are_due(stand.listed, now=walk.now):
        rest = desk.articles(walk)
        while some := tuple(islice(rest, BATCH)):
            yield Page([], articles=some)
        stand.listed = walk.now
        yield Page([], cursor=stand.cursor)


def one_page(desk: Helpdesk, walk: Walk, *, ticket: str) -> Page:
    """A ticket as it stands now, without a cursor."""
    payload = desk.one(walk, ticket)
    return Page([payload] if payload else [], gone=0 if payload else 1)


def find_desk(source: str, settings: Ingest) -> tuple[Helpdesk, Any]:
    """The helpdesk and its options, read from the raw table."""
    where = f"{FILE_NAME}: [ingest.sources.{source}]"
    kind = kind_of(source, settings)
    if not NAME.fullmatch(source):
        raise UsageError(f"{source!r} is no name for a source", hint="letters, digits, dots, - and _")
    if not is_helpdesk(kind):
        known = ", ".join(helpdesks())
        raise UsageError(
            f"{kind!r} is no helpdesk that can be walked", hint=f"known: {known}; files: casemill ingest file"
        )
    desk: Helpdesk = SOURCES.get(kind)()
    table = {name: value for name, value in settings.sources.get(source, {}).items() if name not in _SHARED}
    if source not in settings.sources:
        raise SettingsError(f"{where} is missing", hint=f"docs/reference/sources.md#{kind} says what it holds")
    try:
        return desk, msgspec.convert(table, desk.Options)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}", hint=f"docs/reference/sources.md#{kind} says what it holds") from None


def open_door(desk: Helpdesk, options: Any, *, fetch: Fetch) -> Door:
    """The door to the helpdesk, with its credentials; a SettingsError that names the table and what is missing."""
    outward = fetch.outward
    with in_table(fetch.source):
        return desk.door(options, outward.environ, limits=outward.limits, allow=outward.allow)


def _stand(text: str | None, since: datetime | None, *, now: datetime) -> _Stand:
    """Where to go on: from the stored cursor, unless more of the past is asked for than ever before."""
    begin = since.astimezone(UTC) if since else None
    try:
        stored = msgspec.json.decode(text, type=_Stand) if text else None
    except msgspec.DecodeError:
        stored = None
    if stored is not None and (begin is None or begin >= stored.since):
        return stored
    return _Stand(begin or now - timedelta(days=FIRST_DAYS))


@contextmanager
def _naming(fetch: Fetch, stand: _Stand, *, tally: Tally) -> Iterator[None]:
    """What fails outside is told with the source, where it stands, what is kept, and how to go on."""
    try:
        yield
    except StoreError:
        raise
    except OutsideError as error:
        place = f"behind cursor {stand.cursor}" if stand.cursor else f"at its beginning ({stand.since:%Y-%m-%d})"
        if fetch.only is not None:
            place = f"at ticket {fetch.only}"
        hint = f"{tally.counts.total():,} tickets of this walk are kept; run the same command again to go on from there"
        hint = f"{error.hint}; {hint}" if error.hint else hint
        raise WalkStopped(f"{fetch.source} stopped {place}: {error}", hint=hint) from None
