"""casemill.toml and CASEMILL_ variables, read once; every value knows where it came from.

A variable wins over the file, the file over the default: `CASEMILL_TRIAGE_SURE=0.9` is `[triage] sure`.
Sections of plugins (`[targets.NAME]`, `[ingest.sources.NAME]`) stay raw until their own Struct reads them.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, cast, get_args, get_origin

import msgspec

from casemill.disk import write_whole
from casemill.domain.word import Word
from casemill.errors import SettingsError

FILE_NAME = "casemill.toml"
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Seconds = Annotated[float, msgspec.Meta(gt=0)]
Count = Annotated[int, msgspec.Meta(ge=0)]
OneOrMore = Annotated[int, msgspec.Meta(ge=1)]
Port = Annotated[int, msgspec.Meta(ge=0, le=65535)]


class Section(Word):
    """One table of casemill.toml."""


class People(Section):
    """`me`: who reviews on this machine (else Git's e-mail). `owner`: who owns the pipeline.

    `vault`: the e-mails of those who may have a placeholder's value shown (`casemill restore`); empty means nobody.
    `safety`: the e-mail of who is told of distress, threats and legal demands (else `owner`, else `me`).
    """

    me: str | None = None
    owner: str | None = None
    vault: tuple[str, ...] = ()
    safety: str | None = None


class Store(Section):
    """Database URLs; a relative SQLite path is taken from the project folder."""

    vault: str = "sqlite:///.casemill/vault.db"
    desk: str = "sqlite:///.casemill/desk.db"
    key_variable: str = "CASEMILL_VAULT_KEY"
    pepper_variable: str = "CASEMILL_PERSON_PEPPER"


class Ingest(Section):
    """`columns` maps a ticket's field to a column of a CSV or JSONL file; `bots` are the AI's account names or ids.

    The `…_field` settings name a helpdesk's custom fields by title or id. `attachments`: `list` only names files,
    `digest` fetches each once to tell the same file again, `keep` also keeps its content, in the vault.
    """

    columns: dict[str, str] = {}
    bots: tuple[str, ...] = ()
    expected_field: str = "Expected behaviour"
    ai_field: str = "AI-related"
    trace_field: str = "AI trace id"
    model_field: str = "AI model"
    attachments: Literal["list", "digest", "keep"] = "list"
    sources: dict[str, dict[str, Any]] = {}


class Anonymize(Section):
    """A company's own words: `keep` are never masked (plans, brands), `mask` always are.

    An entry of `mask` becomes `[ORG_1]`; with a label of its own, as `COURIER:Fast Fox`, it becomes `[COURIER_1]`.
    Of the tickets that enter a release, a person reads the share `sample_share`, and at least `sample_least` of them.
    `erase_keeps` is what `casemill erase` leaves of a ticket, all of it masked and without the way back: its `cases`,
    the `tickets` on the desk as well, or `nothing`.
    """

    keep: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    sample_share: Share = 0.125
    sample_least: Count = 20
    erase_keeps: Literal["nothing", "cases", "tickets"] = "cases"


class Triage(Section):
    """People read the first `read_first` tickets whole; then a proposal at `sure` or above passes by itself,
    except a random `audit_share` of them."""

    read_first: Count = 200
    sure: Share = 0.95
    audit_share: Share = 0.1


class Review(Section):
    """How long a ticket that somebody opened is held for them."""

    lease_minutes: OneOrMore = 30


class Suite(Section):
    """Where the cases live; whether `suite pull` commits, and on which branch."""

    path: str = "evals"
    commit: bool = False
    branch: str | None = None
    review_after_days: OneOrMore = 90


class Run(Section):
    """Defaults of `casemill run`: which target, how many calls at once, seconds a call may take.

    A call that is refused for the moment (429, 5xx, no connection) is made again `retries` times. Where the server
    names a wait (`Retry-After`), it is kept and told on standard error: up to ten a call that are no longer than a
    minute cost no retry; a longer one is cut to a minute and does. With `retries = 0` nothing is waited for.
    """

    target: str | None = None
    concurrency: OneOrMore = 8
    timeout: Seconds = 60.0
    retries: Count = 3
    trials: OneOrMore = 1


class Serve(Section):
    """Where `casemill serve` listens: loopback, behind a proxy that speaks TLS.

    Of the tickets that webhooks name, at most `tickets_a_minute` of each source are fetched. Traces are taken at
    `/v1/traces` when the variable that `traces_variable` names holds a token; their senders show it.
    """

    host: str = "127.0.0.1"
    port: Port = 8350
    tickets_a_minute: OneOrMore = 60
    traces_variable: str = "CASEMILL_TRACES_TOKEN"


class Desk(Section):
    """`url`: where the web desk is reached, for links in reports."""

    url: str | None = None


class Outward(Section):
    """Hosts that may be called; empty means those that the settings themselves name."""

    allow: tuple[str, ...] = ()


class Settings(Section):
    """All of casemill.toml. `targets` holds one raw table for each AI under test."""

    people: People = msgspec.field(default_factory=People)
    store: Store = msgspec.field(default_factory=Store)
    ingest: Ingest = msgspec.field(default_factory=Ingest)
    anonymize: Anonymize = msgspec.field(default_factory=Anonymize)
    triage: Triage = msgspec.field(default_factory=Triage)
    review: Review = msgspec.field(default_factory=Review)
    suite: Suite = msgspec.field(default_factory=Suite)
    run: Run = msgspec.field(default_factory=Run)
    serve: Serve = msgspec.field(default_factory=Serve)
    desk: Desk = msgspec.field(default_factory=Desk)
    outward: Outward = msgspec.field(default_factory=Outward)
    targets: dict[str, dict[str, Any]] = {}


class Origin(NamedTuple):
    """One setting as it stands: its name, its value, and where the value came from."""

    name: str
    value: Any
    source: str


class Loaded(NamedTuple):
    """Settings with the project folder they belong to and the origin of each value."""

    root: Path
    settings: Settings
    origins: tuple[Origin, ...]


def write_starter(root: Path) -> list[Path]:
    """casemill.toml with every common setting as a comment, and Git told to ignore `.casemill/`; never overwrites."""
    written = []
    if not (path := root / FILE_NAME).exists():
        write_whole(path, Path(__file__).with_name("starter.toml").read_text(encoding="utf-8"))
        written.append(path)
    ignore = root / ".gitignore"
    lines = ignore.read_text(encoding="utf-8").splitlines() if ignore.exists() else []
    if ".casemill/" not in lines:
        write_whole(ignore, "\n".join([*lines, ".casemill/", ""]))
        written.append(ignore)
    return written


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds casemill.toml."""
    return next((folder for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)


def load(root: Path, environ: Mapping[str, str] = os.environ) -> Loaded:
    """The settings of a project folder; a SettingsError names file, line or variable, and the nearest right name."""
    path = root / FILE_NAME
    text = _read(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, said = _place_of(error)
        where = f"{FILE_NAME}:{line}" if line else FILE_NAME
        raise SettingsError(f"{where}: {said}", hint="see docs/reference/settings.md for the form") from None
    _refuse_unknown(raw, text)
    variables = _from_environment(environ)
    for section, key in variables:
        raw.setdefault(section, {})[key] = variables[section, key].value
    given = _Given(raw, text, variables)
    settings = _convert(given)
    return Loaded(root, settings, _origins(settings, given))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise SettingsError(f"{path.name} is not UTF-8 text", hint="save it as UTF-8") from None


def _place_of(error: tomllib.TOMLDecodeError) -> tuple[str | None, str]:
    """The line that tomllib tells inside its message, and the rest of it."""
    match = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", str(error), re.DOTALL)
    return (match[2], match[1]) if match else (None, str(error))


def _fields(struct: type[Word]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(cast(type[msgspec.Struct], struct))


def _sections() -> dict[str, type[Section]]:
    """The tables with known keys; `targets` is raw."""
    return {
        field.name: field.type
        for field in _fields(Settings)
        if isinstance(field.type, type) and issubclass(field.type, Section)
    }


def _keys(section: type[Section]) -> dict[str, Any]:
    return {field.name: field.type for field in _fields(section)}


def _refuse_unknown(raw: dict[str, Any], text: str) -> None:
    known = _sections()
    for section, table in raw.items():
        if section not in known and section != "targets":
            line = _line(text, section)
            raise _unknown(f"there is no section [{section}]", section, known=[*known, "targets"], line=line)
        if not isinstance(table, dict):
            raise SettingsError(f"{FILE_NAME}: {section} must be a table, [{section}]")
        for key in table if section in known else ():
            if key not in _keys(known[section]):
                line = _line(text, section, key=key)
                names = list(_keys(known[section]))
                raise _unknown(f"[{section}] has no setting {key!r}", key, known=names, line=line)


def _unknown(message: str, name: str, *, known: list[str], line: int | None) -> SettingsError:
    close = get_close_matches(name, known, n=1)
    where = f"{FILE_NAME}:{line}" if line else FILE_NAME
    hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"
    return SettingsError(f"{where}: {message}", hint=hint)


class _Variable(NamedTuple):
    name: str
    value: Any


class _Given(NamedTuple):
    """What was given: the tables with the variables laid over, the file's text, and the variables."""

    raw: dict[str, Any]
    text: str
    variables: dict[tuple[str, str], _Variable]

    def source(self, section: str, key: str) -> str:
        """Where a value came from, as a person would look for it."""
        if variable := self.variables.get((section, key)):
            return variable.name
        if key in self.raw.get(section, {}):
            return f"{FILE_NAME}:{_line(self.text, section, key=key)}"
        return "default"


def _from_environment(environ: Mapping[str, str]) -> dict[tuple[str, str], _Variable]:
    found: dict[tuple[str, str], _Variable] = {}
    for section, struct in _sections().items():
        for key, kind in _keys(struct).items():
            name = f"CASEMILL_{section}_{key}".upper()
            if name in environ:
                found[section, key] = _Variable(name, _from_text(environ[name], kind))
    return found


def _from_text(text: str, kind: Any) -> Any:
    """A variable's text as TOML would have it: numbers and booleans by the setting's kind, lists by commas."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if kind is bool:
        return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(text.lower(), text)
    if kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            return text
    if kind == tuple[str, ...]:
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _convert(given: _Given) -> Settings:
    for section, struct in _sections().items():
        for key, kind in _keys(struct).items():
            if key in given.raw.get(section, {}):
                try:
                    msgspec.convert(given.raw[section][key], kind)
                except msgspec.ValidationError as error:
                    raise SettingsError(f"{given.source(section, key)}: [{section}] {key}: {error}") from None
    try:
        return msgspec.convert(given.raw, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{FILE_NAME}: {error}") from None


def _origins(settings: Settings, given: _Given) -> tuple[Origin, ...]:
    known = [
        Origin(f"{section}.{key}", getattr(getattr(settings, section), key), given.source(section, key))
        for section, struct in _sections().items()
        for key in _keys(struct)
    ]
    targets = [
        Origin(f"targets.{name}.{key}", value, f"{FILE_NAME}:{_line(given.text, f'targets.{name}', key=key)}")
        for name, table in settings.targets.items()
        for key, value in table.items()
    ]
    return (*known, *targets)


def _line(text: str, section: str, *, key: str | None = None) -> int | None:
    """Where a key stands, by a plain scan; tomllib tells no lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.partition("#")[0].strip() if line.lstrip().startswith("[") else line.strip()
        if bare.startswith("["):
            inside = bare.strip("[] ") == section or bare.strip("[] ").startswith(f"{section}.{key}")
            if inside and (key is None or bare.strip("[] ") != section):
                return number
        elif inside and key is not None and bare.split("=")[0].strip().strip('"') == key:
            return number
    return None


def safe_value(name: str, value: Any) -> Any:
    """A value as it stands where it may be shown, and as `show_value` covers it where it may not."""
    shown = show_value(name, value)
    return value if shown == _plain(value) else shown


def place_in_file(root: Path, section: str, *, key: str | None = None) -> str:
    """`casemill.toml:7`, where a table or one of its keys is written; the file alone when it does not say."""
    text = _read(root / FILE_NAME)
    line = _line(text, section, key=key) or _line(text, section)
    return f"{FILE_NAME}:{line}" if line else FILE_NAME


def show_value(name: str, value: Any) -> str:
    """A value as it may be shown: what may hold a secret (a URL with a password, a key or token) is covered."""
    text = _plain(value)
    if any(word in name.rsplit(".", 1)[-1] for word in ("token", "secret", "password", "key")) and (
        not name.endswith("_variable")
    ):
        return "(covered)"
    head, _, tail = text.partition("://")
    return f"{head}://(covered)@{tail.rsplit('@', 1)[1]}" if "@" in tail.split("/")[0] else text


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
