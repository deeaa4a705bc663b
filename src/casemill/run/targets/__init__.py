"""The AI under test: the table of target kinds and what every target is.

A target is a frozen word whose fields are the keys of its `[targets.NAME]` table (`kind` apart), and which answers:
`async ask(case) -> Reply`. Third parties add a kind with an entry point in the group `casemill.targets`.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import Word, canonical, digest_of
from casemill.errors import SettingsError, UsageError
from casemill.plugins import Shelf

TARGETS = Shelf(
    "targets",
    {
        "openai": "casemill.run.targets.openai:OpenAI",
        "http": "casemill.run.targets.http:Http",
        "python": "casemill.run.targets.python:Python",
        "command": "casemill.run.targets.command:Command",
    },
)
EXAMPLE = """name an AI under test in casemill.toml, for example
    [targets.bot]
    kind = "python"              # or openai, http, command
    function = "bot:answer"      # answer(turns, context) in bot.py"""


class Around(NamedTuple):
    """What a target finds around it: the project folder, calls at once, seconds for one, retries, hosts allowed,
    environment variables."""

    root: Path
    concurrency: int = 8
    timeout: float = 60.0
    retries: int = 3
    allow: tuple[str, ...] = ()
    environ: Mapping[str, str] = {}


class Asked(Protocol):
    """A target that is open and can be asked."""

    async def ask(self, case: Case) -> Reply: ...


class Target(Word):
    """The base of every target. A simple one only writes `ask`; one that holds connections writes `opened`."""

    def fingerprint(self, root: Path) -> str:  # noqa: ARG002 - for targets that read files
        """A digest of what the target is, so that a run tells two versions of it apart."""
        return digest_of(canonical(self))

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:  # noqa: ARG002 - for targets that need it
        """What can be asked, open as long as the block runs; a UsageError when the settings cannot work."""
        yield self

    async def ask(self, case: Case) -> Reply:
        """The reply to a case's input; any exception is an error of this trial, never a fail."""
        raise NotImplementedError


class Named(NamedTuple):
    """A target with its name in the settings and its kind."""

    name: str
    kind: str
    target: Target


def read_target(tables: Mapping[str, Mapping[str, Any]], name: str | None) -> Named:
    """The target of that name, or the only one there is; a SettingsError that shows how to write one otherwise."""
    if name is None and len(tables) == 1:
        name = next(iter(tables))
    if name is None or name not in tables:
        known = f"known: {', '.join(tables)}" if tables else EXAMPLE
        missing = f"there is no target named {name!r}" if name else "no target is named"
        raise SettingsError(missing, hint=f"{known}; choose one with --target" if tables and not name else known)
    table = dict(tables[name])
    kind = table.pop("kind", None)
    if not isinstance(kind, str):
        raise SettingsError(f"[targets.{name}] has no kind", hint=f"kind is one of: {', '.join(TARGETS.names())}")
    try:
        return Named(name, kind, cast(Target, msgspec.convert(table, TARGETS.get(kind))))
    except msgspec.ValidationError as error:
        fields = ", ".join(field.encode_name for field in msgspec.structs.fields(TARGETS.get(kind)))
        raise SettingsError(f"[targets.{name}] {error}", hint=f"a target of kind {kind} takes: {fields}") from None
    except UsageError as error:
        raise SettingsError(f"[targets.{name}] {error}", hint=error.hint) from None


def filled(text: str, environ: Mapping[str, str]) -> str:
    """A text with each `${NAME}` replaced by that environment variable; a SettingsError names one that is not set."""
    import re

    def value(match: re.Match[str]) -> str:
        return variable(match[1], environ)

    return re.sub(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", value, text)


def variable(name: str, environ: Mapping[str, str]) -> str:
    """The value of an environment variable that a target needs."""
    if not environ.get(name):
        raise SettingsError(f"the environment variable {name} is not set", hint=f"export {name}=… and run again")
    return environ[name]
