"""Settings read once: the file, CASEMILL_ variables over it, defaults under it; each value with its origin."""

import os
import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast, get_args, get_origin

import msgspec

from casemill.domain.word import Word
from casemill.errors import SettingsError
from casemill.settings.place import FILE_NAME, line_of, read_text
from casemill.settings.sections import Model, Section, Settings

NAMED = ("model", "targets")


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


def load(root: Path, environ: Mapping[str, str] = os.environ) -> Loaded:
    """The settings of a project folder; a SettingsError names file, line or variable, and the nearest right name."""
    path = root / FILE_NAME
    text = read_text(path)
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


def _place_of(error: tomllib.TOMLDecodeError) -> tuple[str | None, str]:
    """The line that tomllib tells inside its message, and the rest of it."""
    match = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", str(error), re.DOTALL)
    return (match[2], match[1]) if match else (None, str(error))


def _fields(struct: type[Word]) -> tuple[msgspec.structs.FieldInfo, ...]:
    return msgspec.structs.fields(cast(type[msgspec.Struct], struct))


def _sections() -> dict[str, type[Section]]:
    """The tables with known keys; those of `model` and `targets` are named by the user."""
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
        if section not in known and section not in NAMED:
            line = line_of(text, section)
            raise _unknown(f"there is no section [{section}]", section, known=[*known, *NAMED], line=line)
        if not isinstance(table, dict):
            raise SettingsError(f"{FILE_NAME}: {section} must be a table, [{section}]")
        for key in table if section in known else ():
            if key not in _keys(known[section]):
                line = line_of(text, section, key=key)
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
            return f"{FILE_NAME}:{line_of(self.text, section, key=key)}"
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
    for name, table in given.raw.get("model", {}).items():
        _check_model(name, table, text=given.text)
    try:
        return msgspec.convert(given.raw, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{FILE_NAME}: {error}") from None


def _check_model(name: str, table: Any, *, text: str) -> None:
    try:
        msgspec.convert(table, Model)
    except msgspec.ValidationError as error:
        line = line_of(text, f"model.{name}")
        where = f"{FILE_NAME}:{line}" if line else FILE_NAME
        raise SettingsError(
            f"{where}: [model.{name}] {error}", hint=f"a model takes: {', '.join(_keys(Model))}"
        ) from None


def _origins(settings: Settings, given: _Given) -> tuple[Origin, ...]:
    known = [
        Origin(f"{section}.{key}", getattr(getattr(settings, section), key), given.source(section, key))
        for section, struct in _sections().items()
        for key in _keys(struct)
    ]
    tables = [
        Origin(f"{section}.{name}.{key}", value, f"{FILE_NAME}:{line_of(given.text, f'{section}.{name}', key=key)}")
        for section in NAMED
        for name, table in given.raw.get(section, {}).items()
        for key, value in table.items()
    ]
    return (*known, *tables)
