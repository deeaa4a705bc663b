"""What a source is: it walks its files page by page, and reads one of its own payloads."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.article import Article
from casemill.domain.progress import Progress
from casemill.ingest.rejects import Rejects
from casemill.settings import Ingest

PAGE_ROWS = 2_000
PAGE_BYTES = 16_000_000


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
    """What is stored in one transaction. `cursor` is where a source's stream stands behind it."""

    payloads: list[Payload]
    articles: tuple[Article, ...] = ()
    cursor: str | None = None
    columns: dict[str, str] | None = None


class Source(Protocol):
    """A source keeps the original bytes in a JSON container with a `form`, so that its `read` needs nothing else."""

    default_name: str

    def pages(self, pull: Pull) -> Iterator[Page]:
        """Pages in the order of the files; what cannot be taken in is named in `pull.rejects` and passed over."""
        ...

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        """What a payload tells. Pure: yesterday's payloads are read by tomorrow's code."""
        ...


def paged(payloads: Iterator[Payload], columns: dict[str, str] | None = None) -> Iterator[Page]:
    """Payloads in pages of bounded rows and bytes."""
    page: list[Payload] = []
    size = 0
    for payload in payloads:
        page.append(payload)
        size += len(payload.content)
        if len(page) >= PAGE_ROWS or size >= PAGE_BYTES:
            yield Page(page, columns=columns)
            page, size = [], 0
    if page:
        yield Page(page, columns=columns)
