"""Files of tickets and incidents go to the vault, page by page; macros go to the desk."""

import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.progress import SILENT, Progress
from casemill.domain.word import Word
from casemill.errors import FileError, UsageError
from casemill.ingest.forms import find_inputs
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import Form, Pull, Reader, Source
from casemill.ingest.sources import SOURCES
from casemill.ingest.storing import Tally
from casemill.ingest.tools import too_deep
from casemill.settings import Ingest
from casemill.store.desk import Desk
from casemill.store.vault import Vault

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


class Intake(NamedTuple):
    """What to take in: a file or folder, the folder for rejects, the form (None: guess) and the source's name."""

    path: Path
    rejects: Path
    form: str | None = None
    source: str | None = None


class Ingested(Word):
    """What became of the tickets met: new, changed or the same; `rejected` counts what was put aside and named.

    `erased` were erased once and are left out. `mapping` is field to column of a table, as given and guessed;
    `articles` the macros that came along. Of a helpdesk: `gone` were deleted there, `calls` were made, `since` is
    where its first walk began.
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
    gone: int = 0
    calls: int = 0
    since: datetime | None = None
    erased: int = 0


def ingest_file(
    stores: tuple[Vault, Desk], intake: Intake, *, settings: Ingest, now: datetime, progress: Progress = SILENT
) -> Ingested:
    """Takes files in; whatever was taken in before and is unchanged counts as the same.

    UsageError when nothing is at the path, its form cannot be told, or no column tells what was said.
    """
    inputs = find_inputs(intake.path, intake.form)
    if intake.source is not None and not NAME.fullmatch(intake.source):
        raise UsageError(f"{intake.source!r} is no name for a source", hint="letters, digits, dots, - and _")
    progress.start(sum(path.stat().st_size for some in inputs for path in some.paths))
    tally = Tally()
    with Rejects(intake.rejects, _stem(intake.path)) as rejects:
        for form, paths in inputs:
            source = source_of_files(form)
            name = intake.source or source.default_name
            pull = Pull(paths, name, settings, now, rejects, progress)
            for page in source.pages(pull):
                tally.store(stores, page, now=now, stream=name, source=name)
    return Ingested(
        form=", ".join(some.form for some in inputs) or "none",
        source=intake.source or ", ".join(dict.fromkeys(SOURCES.get(some.form).default_name for some in inputs)),
        **tally.told(rejects),
        articles=tally.articles,
        mapping=tally.mapping,
    )


def source_of_files(form: str) -> Source:
    """The source that reads files of a form; a UsageError for one that is walked or piped instead."""
    source: Source = SOURCES.get(form)()
    if not hasattr(source, "pages"):
        raise UsageError(f"{form} is not read from files", hint=f"casemill ingest {form} --help")
    return source


def read(payload: Payload, settings: Ingest) -> Reading:
    """The ticket and the people that a payload tells; pure. A FileError when the payload cannot be read."""
    try:
        form = msgspec.json.decode(payload.content, type=Form).form
        source: Reader = SOURCES.get(form)()
        reading = source.read(payload, settings)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, UsageError) as error:
        raise FileError(f"{payload.source}:{payload.external_id}", f"cannot be read: {error}") from None
    if any(turn.call and too_deep(turn.call.arguments) for turn in reading.ticket.turns):
        raise FileError(f"{payload.source}:{payload.external_id}", "cannot be read: a tool call is nested too deep")
    return reading


def _stem(path: Path) -> str:
    return re.sub(r"[^\w-]+", "-", path.absolute().name.split(".")[0]).strip("-") or "files"
