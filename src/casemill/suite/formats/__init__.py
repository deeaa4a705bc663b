"""Other tools' forms of a suite: the table of formats, and what each is given.

A format is a function `files(shipment) -> {path: text}`. Third parties add theirs with an entry point in the group
`casemill.formats`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

import msgspec

from casemill.disk import write_whole
from casemill.domain.case import Case
from casemill.errors import UsageError
from casemill.plugins import Shelf

FORMATS = Shelf(
    "formats",
    {
        "promptfoo": "casemill.suite.formats.promptfoo:files",
        "inspect": "casemill.suite.formats.inspect:files",
    },
)
# The file by which a written folder is known again, so that nothing else is ever written over.
MARK = "casemill.json"


class Check(NamedTuple):
    """One grader of a case, a preset's spread out: its name in the run file, its kind, all its arguments, and whether
    it looks only where a draft is shown."""

    name: str
    grader: str
    arguments: dict[str, Any]
    only_drafts: bool = False


class Parcel(NamedTuple):
    """A case for another tool: the messages that a model is sent, and its graders in order."""

    case: Case
    messages: tuple[Mapping[str, Any], ...]
    checks: tuple[Check, ...]


class Model(NamedTuple):
    """A model behind an OpenAI-compatible address: what the other tool is to ask. The key stays in its variable."""

    base_url: str
    model: str
    api_key_env: str | None
    params: dict[str, Any]
    tools: tuple[dict[str, Any], ...]


class Shipment(NamedTuple):
    """All that a format is given. `model` is None when the target is no such model; `places` are the project's folder
    and the suite's, as paths from the folder that is written; `fold` gives a phrase the plain form in which graders
    look for it, in small letters when its second argument is true."""

    parcels: tuple[Parcel, ...]
    model: Model | None
    places: dict[str, str]
    fold: Callable[[str, bool], str]


Files = Callable[[Shipment], dict[str, str]]


def own_files(shipment: Shipment) -> dict[str, str]:
    """`casemill.json`: where project and suite are, and each case whole, by id."""
    cases = {parcel.case.id: msgspec.to_builtins(parcel.case) for parcel in shipment.parcels}
    return {MARK: f"{json({**shipment.places, 'cases': cases})}\n"}


def about(case: Case) -> dict[str, Any]:
    """What another tool may filter and report by: severity, mode, and the way back to the ticket."""
    told = {
        "case_id": case.id,
        "severity": case.severity,
        "failure_mode": case.failure_mode,
        "stratum": case.stratum,
        "golden": case.golden,
        "features": list(case.features),
        "why": case.why,
        "ticket": case.lineage.key if case.lineage else None,
        "link": case.lineage.link if case.lineage else None,
        "digest": case.digest,
    }
    return {key: value for key, value in told.items() if value}


def json(value: object) -> str:
    """JSON in one line, keys as they come."""
    return msgspec.json.encode(value).decode()


def write_format(name: str, shipment: Shipment, *, folder: Path) -> tuple[str, ...]:
    """Writes the files of a format into a folder that is new, empty, or was written so before; their names."""
    form = cast(Files, FORMATS.get(name))
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", hint="name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise UsageError(f"{folder} holds other files", hint="name an empty or a new folder")
    files = form(shipment)
    for path, text in files.items():
        write_whole(folder / path, text)
    return tuple(files)
