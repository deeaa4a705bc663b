"""Langfuse's API: observations since the last walk, through ingest's door, into the vault."""

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from casemill.domain.progress import SILENT, Progress
from casemill.errors import OutsideError, SettingsError, StoreError
from casemill.ingest.auth import basic, secret_from
from casemill.ingest.helpdesks import in_table
from casemill.ingest.http import USUAL, Door, Limits
from casemill.ingest.rejects import Rejects
from casemill.ingest.spans.forms import spans_in
from casemill.ingest.spans.words import BadSpan
from casemill.ingest.traces import IngestedTraces, Tally, row_of
from casemill.settings import FILE_NAME, Ingest
from casemill.store.traces import SpanRow
from casemill.store.vault import Vault

FIRST_DAYS = 90
# Observations are written late and changed after they began: the end of the last walk is looked at again.
OVERLAP = timedelta(hours=1)
_PATH = "/api/public/v2/observations"
_FIELDS = "core,basic,io,model,usage,prompt,trace_context"


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`[ingest.sources.langfuse]`: the address, and the variables that hold the two halves of an API key."""

    url: str = "https://cloud.langfuse.com"
    public_key_env: str = "LANGFUSE_PUBLIC_KEY"
    secret_key_env: str = "LANGFUSE_SECRET_KEY"  # noqa: S105 - a variable's name
    per_page: int = 1000


class Outside(NamedTuple):
    """How the outside is called: variables that hold secrets, hosts that may be called, limits."""

    environ: Mapping[str, str] = os.environ
    allow: tuple[str, ...] = ()
    limits: Limits = USUAL


class Walked(NamedTuple):
    """What to bring: from when on (None: where the last walk stood), and the folder for rejects."""

    rejects: Path
    since: datetime | None = None
    outside: Outside = Outside()


class _Stand(msgspec.Struct):
    """Where a walk stands: the window it walks, and the cursor within (None: the window is done)."""

    since: datetime
    until: datetime
    cursor: str | None = None


class _Meta(msgspec.Struct):
    cursor: str | None = None


class _Page(msgspec.Struct):
    data: list[msgspec.Raw]
    meta: _Meta = msgspec.field(default_factory=_Meta)


def ingest_langfuse(
    vault: Vault, walked: Walked, *, settings: Ingest, now: datetime, progress: Progress = SILENT
) -> IngestedTraces:
    """Brings the observations since the last walk; each page and the cursor behind it are one transaction.

    SettingsError when a key is missing; an OutsideError that names the cursor when Langfuse fails: the next call goes
    on from there.
    """
    progress.start(None)
    tally = Tally(vault, now=now)
    with open_door(settings, walked.outside) as door, Rejects(walked.rejects, "langfuse") as rejects:
        stream = f"langfuse@{door.host}"
        stand = _stand(vault.cursor(stream), walked.since, now=now)
        try:
            for page in _pages(door, stand, per_page=_options(settings).per_page):
                rows = list(_rows(page.data, rejects))
                tally.store(rows, cursor=(stream, msgspec.json.encode(stand).decode()))
                progress.step(len(page.data))
        except StoreError:
            raise
        except OutsideError as error:
            place = f"behind cursor {stand.cursor}" if stand.cursor else f"at {stand.since:%Y-%m-%d %H:%M}"
            hint = "what came before is kept; run the same command again to go on from there"
            hint = f"{error.hint}; {hint}" if error.hint else hint
            raise OutsideError(f"langfuse stopped {place}: {error}", hint=hint) from None
        return tally.report(rejects, calls=door.calls)


def open_door(settings: Ingest, outside: Outside) -> Door:
    """The door to Langfuse; a SettingsError that names what is missing."""
    options = _options(settings)
    with in_table("langfuse"):
        public = secret_from(outside.environ, options.public_key_env)
        secret = secret_from(outside.environ, options.secret_key_env)
    remedy = f"check {options.public_key_env} and {options.secret_key_env}: an API key of the project"
    auth = basic(public, secret, remedy=remedy)
    return Door(options.url, auth=auth, limits=outside.limits, allow=outside.allow)


def _options(settings: Ingest) -> Options:
    where = f"{FILE_NAME}: [ingest.sources.langfuse]"
    try:
        options = msgspec.convert(settings.sources.get("langfuse", {}), Options)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{where}: {error}", hint="docs/reference/sources.md#traces says what it holds") from None
    if not 1 <= options.per_page <= 1000:
        raise SettingsError(f"{where} per_page is 1 to 1000")
    return options


def _stand(text: str | None, since: datetime | None, *, now: datetime) -> _Stand:
    try:
        stored = msgspec.json.decode(text, type=_Stand) if text else None
    except msgspec.DecodeError:
        stored = None
    begin = since.astimezone(UTC) if since else None
    if stored is not None and stored.cursor is not None and (begin is None or begin >= stored.since):
        return stored
    if begin is None:
        begin = stored.until - OVERLAP if stored is not None else now - timedelta(days=FIRST_DAYS)
    return _Stand(begin, now)


def _pages(door: Door, stand: _Stand, *, per_page: int) -> Iterator[_Page]:
    """Pages until Langfuse gives no cursor; `stand` is moved to behind each before it is handed on."""
    seen = {stand.cursor}
    while True:
        asked: dict[str, str | int] = {"fields": _FIELDS, "limit": per_page}
        asked |= {"fromStartTime": _iso(stand.since), "toStartTime": _iso(stand.until)}
        asked |= {"cursor": stand.cursor} if stand.cursor else {}
        page = door.load(_PATH, asked, kind=_Page)
        following = page.meta.cursor
        if following is not None and following in seen:
            raise OutsideError("its cursor does not move", hint="tell Langfuse's support")
        seen.add(following)
        stand.cursor = following
        yield page
        if following is None:
            return


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _rows(data: list[Any], rejects: Rejects) -> Iterator[SpanRow]:
    for number, item in enumerate(data, 1):
        for one in spans_in(bytes(item)):
            if isinstance(one, BadSpan):
                rejects.put_aside("langfuse", f"observation {number} of a page {one}")
            else:
                yield row_of(one)
