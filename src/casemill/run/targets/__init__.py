"""The AI under test: the table of target kinds and what every target is.

A target is a frozen word whose fields are the keys of its `[targets.NAME]` table (`kind` apart), and which answers:
`async ask(case) -> Reply`. Third parties add a kind with an entry point in the group `casemill.targets`.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, NotRequired, Protocol, TypedDict, Unpack, cast

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import Word, canonical, digest_of
from casemill.errors import SettingsError, UsageError
from casemill.plugins import Shelf
from casemill.settings.sections import Price

TARGETS = Shelf(
    "targets",
    {
        "openai": "casemill.run.targets.openai:OpenAI",
        "anthropic": "casemill.run.targets.anthropic:Anthropic",
        "http": "casemill.run.targets.http:Http",
        "python": "casemill.run.targets.python:Python",
        "command": "casemill.run.targets.command:Command",
        "replay": "casemill.run.targets.replay:Replay",
    },
)
EXAMPLE = """name an AI under test in casemill.toml, for example
    [targets.bot]
    kind = "python"              # or openai, anthropic, http, command, replay
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
    """The base of every target. A simple one only writes `ask`; one that holds connections writes `opened`.

    `price` is US dollars for a million tokens. A target that `answers_whole_talks` is given a case that is to be played
    live as it stands; one that `calls_nobody` costs nothing, whatever its replies once cost; one that
    `hands_tools_out` names the tool calls it wants and does not make them.
    """

    answers_whole_talks: ClassVar[bool] = False
    calls_nobody: ClassVar[bool] = False
    hands_tools_out: ClassVar[bool] = False

    price: Price | None = None

    def fingerprint(self, root: Path) -> str:
        """A digest of what the target is, so that a run tells two versions of it apart; a price is no part of it."""
        settings = {name: value for name, value in msgspec.to_builtins(self).items() if name != "price"}
        return digest_of(canonical([settings, *self.files(root)]))

    def files(self, root: Path) -> Iterator[str]:  # noqa: ARG002 - for targets that read files
        """What the target is besides its settings: the digests of its files, the text of its prompt."""
        return iter(())

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


def read_target(tables: Mapping[str, Mapping[str, Any]], name: str | None, *, root: Path | None = None) -> Named:
    """The target of that name, or the only one there is; a SettingsError that shows how to write one otherwise.

    A table with `like = "bot"` is that target's with its own keys laid over; `replay:FILE` needs no table. With the
    project folder an error begins with the line of casemill.toml that it is about.
    """
    if name is None and len(tables) == 1:
        name = next(iter(tables))
    table = _replayed(name or "") if name not in tables else None
    if name is None or (name not in tables and table is None):
        known = f"known: {', '.join(tables)}" if tables else EXAMPLE
        missing = f"there is no target named {name!r}" if name else "no target is named"
        raise SettingsError(missing, hint=f"{known}; choose one with --target" if tables and not name else known)
    table = table or _whole_table(tables, name, root=root)
    kind = table.pop("kind", None)
    if not isinstance(kind, str):
        raise _wrong(name, "has no kind", root=root, hint=f"kind is one of: {', '.join(TARGETS.names())}")
    try:
        made = TARGETS.get(kind)
    except UsageError as error:
        raise _wrong(name, f"{error}", root=root, key="kind", hint=error.hint) from None
    try:
        return Named(name, kind, cast(Target, msgspec.convert(table, made)))
    except msgspec.ValidationError as error:
        fields = ", ".join(field.encode_name for field in msgspec.structs.fields(made))
        hint = f"a target of kind {kind} takes: {fields}"
        raise _wrong(name, f"{error}", root=root, key=_key_of(f"{error}"), hint=hint) from None


def _replayed(name: str) -> dict[str, Any] | None:
    """The table of `replay:FILE`, a path from where the person stands, else from the project folder."""
    kind, _, file = name.partition(":")
    if kind != "replay" or not file:
        return None
    return {"kind": kind, "file": str(Path(file).resolve()) if Path(file).is_file() else file}


def _whole_table(tables: Mapping[str, Mapping[str, Any]], name: str, *, root: Path | None) -> dict[str, Any]:
    table, seen = dict(tables[name]), [name]
    while (like := table.pop("like", None)) is not None:
        if like not in tables or like in seen:
            known = ", ".join(other for other in tables if other not in seen)
            raise _wrong(name, f"like names no other target: {like!r}", root=root, key="like", hint=f"known: {known}")
        table = {**tables[like], **table}
        seen.append(like)
    return table


class _Wrong(TypedDict):
    root: Path | None
    key: NotRequired[str | None]
    hint: str | None


def _wrong(name: str, message: str, **about: Unpack[_Wrong]) -> SettingsError:
    from casemill.settings import place_in_file

    root, section = about["root"], f"targets.{name}"
    where = f"{place_in_file(root, section, key=about.get('key'))}: " if root else ""
    return SettingsError(f"{where}[{section}] {message}", hint=about["hint"])


def _key_of(message: str) -> str | None:
    """The key of the table that an error is about, as msgspec or a target itself names it."""
    import re

    found = re.search(r"unknown field `(\w+)`(?!.* at `)|at `(?:key in )?\$\.(\w+)|^(\w+)(?:\.\w+)?: ", message)
    return next((key for key in found.groups() if key), None) if found else None


def check_address(key: str, url: str) -> None:
    """A ValueError that shows the value of a key which is no http or https address, without any password in it. What
    holds a `${VARIABLE}` can only be told when it is called."""
    from urllib.parse import urlsplit

    from casemill.settings import show_value

    parts = urlsplit(url)
    if "${" not in url and not (parts.scheme in ("http", "https") and parts.hostname):
        raise ValueError(f"{key}: {show_value(key, url)!r} is not an http or https address")


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
