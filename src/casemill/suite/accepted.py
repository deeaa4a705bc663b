"""`leaks.toml`: who says that what looks personal in a case may stay there, why, and until when; never the value."""

from datetime import date
from json import dumps
from pathlib import Path
from typing import Any

from casemill.domain.word import Word
from casemill.errors import FileError
from casemill.suite.toml_file import Listed, line_of, read_listed

NAME = "leaks.toml"
TEXTS = ("case", "field", "label", "by", "reason")
KEYS = (*TEXTS, "until", "count")
TABLES = Listed("accept", "an acceptance", KEYS)


class Acceptance(Word):
    """So many values of a type (`label`) in one field of a case may stay until a day. `line` is its own in the file."""

    case: str
    field: str
    label: str
    by: str
    reason: str
    until: str
    count: int = 1
    line: int | None = None


def read_accepted(folder: Path) -> tuple[Acceptance, ...]:
    """Every acceptance of a suite folder, in the order of the file; none where there is no file. A FileError with the
    line for one that names nobody, or gives no reason."""
    path = folder / NAME
    listed, text = read_listed(path, TABLES)
    for number, table in enumerate(listed):
        for key in KEYS:
            if wrong := _wrong(key, table.get(key)):
                raise FileError(path, wrong, line=line_of(text, key, table=number))
    return tuple(_acceptance(table, line=line_of(text, "case", table=number)) for number, table in enumerate(listed))


def paste(case: str, field: str, *, label: str, count: int, until: str) -> str:
    """The lines that accept a finding; who and why is for the person who does."""
    return (
        f'[[accept]]\ncase = "{case}"\nfield = {dumps(field, ensure_ascii=False)}\nlabel = "{label}"\ncount = {count}\n'
        f'by = ""          # you\nreason = ""      # why it may stay\nuntil = "{until}"'
    )


def _acceptance(table: dict[str, Any], *, line: int | None) -> Acceptance:
    return Acceptance(**{**table, "until": str(table["until"])}, line=line)


def _wrong(key: str, value: Any) -> str | None:
    if key == "count":
        fine = value is None or (type(value) is int and value >= 1)
        return None if fine else "count must be a whole number from 1"
    if key == "until":
        return None if _is_day(value) else 'an acceptance needs its last day: until = "2027-02-20"'
    if value is None:
        return f"an acceptance needs {key!r}"
    return None if isinstance(value, str) and value.strip() else f"{key!r} must be a text that says something"


def _is_day(value: Any) -> bool:
    if type(value) is date:
        return True
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
