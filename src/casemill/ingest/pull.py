"""Files of tickets and incidents go to the vault, page by page; macros go to the desk."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.progress import SILENT, Progress
from casemill.domain.word import Word
from casemill.errors import FileError, UsageError
from casemill.ingest.forms import find_inputs
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import Form, Page, Pull, Source
from casemill.ingest.sources import SOURCES
from casemill.settings import Ingest
from casemill.store import articles
from casemill.store.desk import Desk
from casemill.store.vault import Vault

_DEEPEST = 100
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class Intake(NamedTuple):
    """What to take in: a file or folder, the folder for rejects, the form (None: guess) and the source's name."""

    path: Path
    rejects: Path
    form: str | None = None
    source: str | None = None


class Ingested(Word):
    """What became of the tickets met: new, changed or the same; `rejected` counts what was put aside and named.

    `mapping` is field to column of a table, as given and guessed; `articles` the macros that came along.
    """

    form: str
    source: str
    seen: int
    new: int
    changed: int
    same: int
    rejected: int
    articles: int = 0
    rejects_file: str | None = None
    mapping: dict[str, str] | None = None


def ingest_file(
    stores: tuple[Vault, Desk], intake: Intake, *, settings: Ingest, now: datetime, progress: Progress = SILENT
) -> Ingested:
    """Takes files in; whatever was taken in before and is unchanged counts as the same.

    UsageError when nothing is at the path, its form cannot be told, or no column tells what was said.
    """
    inputs = find_inputs(intake.path, intake.form)
    if intake.source is not None and not _NAME.fullmatch(intake.source):
        raise UsageError(f"{intake.source!r} is no name for a source", hint="letters, digits, dots, - and _")
    progress.start(sum(path.stat().st_size for some in inputs for path in some.paths))
    tally = _Tally()
    with Rejects(intake.rejects, _stem(intake.path)) as rejects:
        for form, paths in inputs:
            source: Source = SOURCES.get(form)()
            name = intake.source or source.default_name
            pull = Pull(paths, name, settings, now, rejects, progress)
            for page in source.pages(pull):
                _store(stores, page, pull=pull, tally=tally)
    return Ingested(
        form=", ".join(some.form for some in inputs) or "none",
        source=intake.source or ", ".join(dict.fromkeys(SOURCES.get(some.form).default_name for some in inputs)),
        seen=tally.counts.total(),
        new=tally.counts["new"],
        changed=tally.counts["changed"],
        same=tally.counts["same"],
        rejected=rejects.count,
        articles=tally.articles,
        rejects_file=str(rejects.path) if rejects.path else None,
        mapping=tally.mapping,
    )


def read(payload: Payload, settings: Ingest) -> Reading:
    """The ticket and the people that a payload tells; pure. A FileError when the payload cannot be read."""
    try:
        form = msgspec.json.decode(payload.content, type=Form).form
        source: Source = SOURCES.get(form)()
        reading = source.read(payload, settings)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, UsageError) as error:
        raise FileError(f"{payload.source}:{payload.external_id}", f"cannot be read: {error}") from None
    if any(turn.call and _too_deep(turn.call.arguments) for turn in reading.ticket.turns):
        raise FileError(f"{payload.source}:{payload.external_id}", "cannot be read: a tool call is nested too deep")
    return reading


def _too_deep(value: Any) -> bool:
    """Whether plain JSON has more levels than whoever walks it later can be asked to go down."""
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return False
    return True


class _Tally:
    """What the pages came to."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.articles = 0
        self.mapping: dict[str, str] | None = None


def _store(stores: tuple[Vault, Desk], page: Page, *, pull: Pull, tally: _Tally) -> None:
    vault, desk = stores
    if page.payloads or page.cursor:
        cursor = (pull.source, page.cursor) if page.cursor else None
        stored = vault.put_page(page.payloads, now=pull.now, cursor=cursor)
        tally.counts.update(new=stored.new, changed=stored.changed, same=stored.same)
    if page.articles:
        with desk.write() as db:
            for article in page.articles:
                articles.put(db, article)
        tally.articles += len(page.articles)
    tally.mapping = tally.mapping or page.columns


def _stem(path: Path) -> str:
    return re.sub(r"[^\w-]+", "-", path.absolute().name.split(".")[0]).strip("-") or "files"
