"""What a source is: it walks its files or its helpdesk page by page, and reads one of its own payloads."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.article import Article
from casemill.domain.progress import Progress
from casemill.domain.word import Word
from casemill.errors import OutsideError
from casemill.ingest.rejects import Rejects
from casemill.settings import Ingest

if TYPE_CHECKING:
    from casemill.ingest.http import Door, Limits

PAGE_ROWS = 2_000
PAGE_BYTES = 16_000_000
FIELD_SETTINGS = ("expected_field", "ai_field", "trace_field", "model_field")


class Kept(Protocol):
    """What is kept in the vault: a container of original bytes."""

    @property
    def content(self) -> bytes: ...


AnyKept = TypeVar("AnyKept", bound=Kept)


class Form(msgspec.Struct):
    """What every payload container begins with: the source that wrote it and will read it."""

    form: str


class Pull(NamedTuple):
    """One pull from files: which, under which source's name, by which settings, and where bad things are named."""

    paths: tuple[Path, ...]
    source: str
    settings: Ingest
    now: datetime
    rejects: Rejects
    progress: Progress


class Page(NamedTuple):
    """What is stored in one transaction. `cursor` is where a source's stream stands behind it; `gone`
    tickets of it were deleted at the source."""

    payloads: list[Payload]
    articles: tuple[Article, ...] = ()
    cursor: str | None = None
    columns: dict[str, str] | None = None
    gone: int = 0


class Walk(NamedTuple):
    """One walk through a helpdesk: by which door, under which source's name, from where, by which settings.

    `cursor` is where the last walk stood (None: begin at `since`); `options` is the source's own Struct,
    `rejects` names what cannot be taken in, and `progress` hears of each ticket.
    """

    door: "Door"
    source: str
    cursor: str | None
    since: datetime
    settings: Ingest
    options: Any
    now: datetime
    rejects: Rejects
    progress: Progress


class FieldOffer(Word):
    """A field of the helpdesk: its id, title and type, and which setting of `[ingest]` finds it now (None: none)."""

    id: str
    title: str
    type: str
    setting: str | None = None


class Hint(NamedTuple):
    """What a webhook tells that can be believed: look at this ticket.

    `delivery` is the same through all retries; `signed` is the digest of all that the signature covers, where the
    delivery's name is not: whoever sends a captured webhook again under another name is known by it.
    """

    ticket: str
    delivery: str | None = None
    signed: str | None = None


class HookRefused(OutsideError):
    """A webhook is not what it says it is: signature, time or form are wrong. `status` is the answer in HTTP."""

    status = 401


class HookUnread(HookRefused):
    """A webhook is signed and cannot be read."""

    status = 400


class Reader(Protocol):
    """Whoever wrote a payload reads it: a container of original bytes with a `form`, which needs nothing else."""

    default_name: str

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        """What a payload tells. Pure: yesterday's payloads are read by tomorrow's code."""
        ...


class Source(Reader, Protocol):
    """A source of files."""

    def pages(self, pull: Pull) -> Iterator[Page]:
        """Pages in the order of the files; what cannot be taken in is named in `pull.rejects` and passed over."""
        ...


class Helpdesk(Reader, Protocol):
    """A source that is walked by its API. One that has files too is both."""

    Options: type[msgspec.Struct]
    """Its table `[ingest.sources.NAME]`; secrets are named there by their environment variables."""

    def door(
        self, options: Any, environ: Mapping[str, str], *, limits: "Limits", allow: tuple[str, ...] = ()
    ) -> "Door":
        """The door to the helpdesk, with its credentials; a SettingsError that names what is missing."""
        ...

    def walk(self, walk: Walk) -> Iterator[Page]:
        """Pages in the order of the stream, each with the cursor behind it; ends only when the helpdesk says so.

        A page that is too large to be held comes in parts; only the last of them has the cursor.
        """
        ...

    def one(self, walk: Walk, external_id: str) -> Payload | None:
        """One ticket as it stands now; None when it is gone."""
        ...

    def fields(self, walk: Walk) -> tuple[FieldOffer, ...]:
        """The helpdesk's own fields."""
        ...

    def articles(self, walk: Walk) -> Iterator[Article]:
        """The knowledge base in its present revision, read when an hour has passed since the last time.

        Macros come with `walk`, since tickets name them.
        """
        ...

    def hook(self, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:
        """What a webhook tells, None when it tells of no ticket; HookRefused. `headers` have lower-case names."""
        ...


def setting_of(settings: Ingest, *names: str) -> str | None:
    """Which of the four field settings means a field of this id or title; `Expected behaviour (one line)` counts."""
    wanted = {name: _same(getattr(settings, name)) for name in FIELD_SETTINGS}
    known = [_same(name) for name in names]
    exact = (setting for setting, name in wanted.items() if name and name in known)
    begun = (setting for setting, name in wanted.items() if name and any(one.startswith(name) for one in known))
    return next(exact, None) or next(begun, None)


def _same(title: str) -> str:
    return " ".join(title.casefold().replace("behaviour", "behavior").split())


def paged(payloads: Iterable[Payload], columns: dict[str, str] | None = None) -> Iterator[Page]:
    """Payloads in pages of bounded rows and bytes."""
    return (Page(some, columns=columns) for some in bounded(payloads, most=PAGE_ROWS))


def bounded(items: Iterable[AnyKept], *, most: int) -> Iterator[list[AnyKept]]:
    """So many items at a time as are stored in one transaction: at most `most`, and fewer where they are large."""
    some: list[AnyKept] = []
    size = 0
    for item in items:
        some.append(item)
        size += len(item.content)
        if len(some) >= most or size >= PAGE_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def closed(pages: Iterator[Page], cursor: str | None) -> Iterator[Page]:
    """The pages, the last of them with the cursor; an empty one when there is none."""
    last = next(pages, Page([]))
    for page in pages:
        yield last
        last = page
    yield last._replace(cursor=cursor)
