"""`policy.toml`: how many must pass, how many errors are too many, how few cases are too few."""

from pathlib import Path
from typing import Any

from casemill.domain.gate import GatePolicy
from casemill.errors import FileError
from casemill.suite.toml_file import line_of, read_toml, refuse_unknown

RATES = ("pass_rate", "max_error_rate")
KEYS = (*RATES, "min_cases")


def read_policy(folder: Path) -> GatePolicy:
    """The policy of a suite folder; the defaults where there is no file. A FileError names the line."""
    path = folder / "policy.toml"
    if not path.exists():
        return GatePolicy()
    table, text = read_toml(path)
    refuse_unknown(table, KEYS, path=path, text=text, at=None)
    for key, value in table.items():
        wrong = _wrong_rate(key, value) if key in RATES else _wrong_count(key, value)
        if wrong:
            raise FileError(path, wrong, line=line_of(text, key))
    return GatePolicy(**table)


def _wrong_rate(key: str, value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return None
    said = f"; {value} % is {value / 100}" if isinstance(value, int) and 1 < value <= 100 else ""
    return f"{key} must be a rate from 0 to 1{said}"


def _wrong_count(key: str, value: Any) -> str | None:
    good = isinstance(value, int) and not isinstance(value, bool) and value >= 1
    return None if good else f"{key} must be a whole number, 1 or more"
