"""`policy.toml`: how many must pass, how far the rate may fall, what a judge must show, who must sign."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from casemill.domain.gate import GatePolicy, SignOffWanted
from casemill.errors import FileError
from casemill.suite.toml_file import Listed, line_of, listed_in, read_toml, refuse_unknown

RATES = ("pass_rate", "max_error_rate", "max_drop")
COUNTS = ("min_cases", "override_days")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "on_drop": ("shut", "tell"),
    "golden_facts": ("shut", "tell"),
    "flaky": ("aside", "tell"),
    "narrowed": ("tell", "refuse"),
    "uncertified_judge": ("downgrade", "refuse", "accept"),
}
SWITCHES = ("override_commit",)
ROLES = "sign_off"
KEYS = (*RATES, *COUNTS, *CHOICES, *SWITCHES, ROLES)
ROLE_TABLES = Listed(ROLES, "a role", ("role", "who"))


def read_policy(folder: Path) -> GatePolicy:
    """The policy of a suite folder; the defaults where there is no file. A FileError names the line."""
    path = folder / "policy.toml"
    if not path.exists():
        return GatePolicy()
    table, text = read_toml(path)
    refuse_unknown(table, KEYS, path=path, text=text, at=None)
    for key, value in table.items():
        if key != ROLES and (wrong := _wrong(key, value)):
            raise FileError(path, wrong, line=line_of(text, key))
    roles = tuple(_roles(listed_in(table, ROLE_TABLES, path=path, text=text), path=path, text=text))
    table.pop(ROLES, None)
    return GatePolicy(**table, sign_off=roles)


def _wrong(key: str, value: Any) -> str | None:
    if key in RATES:
        return _wrong_rate(key, value)
    if key in COUNTS:
        good = isinstance(value, int) and not isinstance(value, bool) and value >= 1
        return None if good else f"{key} must be a whole number, 1 or more"
    if key in SWITCHES:
        return None if isinstance(value, bool) else f"{key} must be true or false"
    known = CHOICES[key]
    return None if value in known else f"{key} must be one of: {', '.join(known)}"


def _wrong_rate(key: str, value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return None
    said = f"; {value} % is {value / 100}" if isinstance(value, int) and 1 < value <= 100 else ""
    return f"{key} must be a rate from 0 to 1{said}"


def _roles(listed: Sequence[dict[str, Any]], *, path: Path, text: str) -> list[SignOffWanted]:
    """The roles that must sign, each a [[sign_off]] table of its own."""
    found: list[SignOffWanted] = []
    for number, table in enumerate(listed):
        role, who = table.get("role", ""), table.get("who", [])
        wrong = None
        if not (isinstance(role, str) and role.strip()) or role in [each.role for each in found]:
            wrong = 'a sign-off needs a role of its own: role = "pm"'
        elif not (isinstance(who, list) and all(isinstance(one, str) and one.strip() for one in who)):
            wrong = 'who must be a list of names: who = ["anna@shop.test"]'
        if wrong:
            raise FileError(path, wrong, line=line_of(text, "who" if "who must" in wrong else "role", table=number))
        found.append(SignOffWanted(role=role, who=tuple(who)))
    return found
