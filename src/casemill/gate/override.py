"""`overrides.toml`: who said yes to which failing P1, why, and until when. A P0 has no yes."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from casemill.domain.gate import Override
from casemill.errors import FileError
from casemill.suite.toml_file import line_of, read_toml, refuse_unknown

NEEDED = ("case", "who", "why", "until")
KEYS = (*NEEDED, "commit")


def read_overrides(folder: Path) -> tuple[Override, ...]:
    """Every override of a suite folder, in the order of the file; none where there is no file."""
    path = folder / "overrides.toml"
    if not path.exists():
        return ()
    tables, text = read_toml(path)
    refuse_unknown(tables, ("override",), path=path, text=text, at=None)
    listed = tables.get("override", [])
    if not isinstance(listed, list):
        raise FileError(
            path, "an override is a table of its own: [[override]]", line=line_of(text, "override", table=0)
        )
    for number, table in enumerate(listed):
        refuse_unknown(table, KEYS, path=path, text=text, at=number)
        for key in KEYS:
            if wrong := _wrong(key, table.get(key)):
                raise FileError(path, wrong, line=line_of(text, key, table=number))
    return tuple(Override(**{**table, "until": str(table["until"])}) for table in listed)


def _wrong(key: str, value: Any) -> str | None:
    if key == "until":
        return None if _is_day(value) else 'an override needs its last day: until = "2026-12-01"'
    if value is None:
        return f"an override needs {key!r}" if key in NEEDED else None
    return None if isinstance(value, str) and value.strip() else f"{key!r} must be a text that says something"


def _is_day(value: Any) -> bool:
    if type(value) is date:
        return True
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def standing(overrides: Iterable[Override], case: str, *, today: str) -> Override | None:
    """The override of a case that still counts today, the one that lasts longest."""
    valid = [override for override in overrides if override.case == case and override.until >= today]
    return max(valid, key=lambda override: override.until, default=None)
