"""`overrides.toml`: who said yes to which failing P1, why, and until when. A P0 has no yes."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from casemill.disk import append_whole
from casemill.domain.gate import GatePolicy, Override
from casemill.errors import FileError
from casemill.suite.toml_file import Listed, line_of, read_listed

NEEDED = ("who", "why", "until")
KEYS = ("case", "rule", *NEEDED, "commit")
TABLES = Listed("override", "an override", KEYS)
RULES = ("drop",)
FILE = "overrides.toml"
# Fewer characters of a commit's name stand for many commits.
SHORTEST_COMMIT = 7


def read_overrides(folder: Path) -> tuple[Override, ...]:
    """Every override of a suite folder, in the order of the file; none where there is no file."""
    path = folder / FILE
    listed, text = read_listed(path, TABLES)
    for number, table in enumerate(listed):
        for key in ("case" if "rule" not in table else "rule", *NEEDED, "commit"):
            if wrong := _wrong(key, table):
                raise FileError(path, wrong, line=line_of(text, key, table=number))
    return tuple(Override(**{**table, "until": str(table["until"])}) for table in listed)


def _wrong(key: str, table: dict[str, Any]) -> str | None:
    value = table.get(key)
    if key == "until":
        return None if _is_day(value) else 'an override needs its last day: until = "2026-12-01"'
    if key == "rule":
        good = value in RULES and "case" not in table
        return None if good else f"an override names a case, or one of these rules: {', '.join(RULES)}"
    if value is None:
        return f"an override needs {key!r}" if key != "commit" else None
    return None if isinstance(value, str) and value.strip() else f"{key!r} must be a text that says something"


def _is_day(value: Any) -> bool:
    if type(value) is date:
        return True
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


class Counting(NamedTuple):
    """By what an override counts: the day, the policy, and the commit of the run."""

    today: str
    policy: GatePolicy = GatePolicy()
    commit: str | None = None

    def no_longer(self, override: Override) -> str | None:
        """Why an override does not count, None when it does."""
        if override.until < self.today:
            return f"ended on {override.until} and no longer counts"
        days = self.policy.override_days
        if days is not None and date.fromisoformat(override.until) - date.fromisoformat(self.today) > timedelta(days):
            return f"lasts until {override.until}; the policy lets a yes last {days} days, so it does not count"
        return self._of_another_commit(override.commit) if self.policy.override_commit else None

    def _of_another_commit(self, said_for: str | None) -> str | None:
        if said_for is None:
            return "names no commit, and the policy asks for one, so it does not count"
        if len(said_for) < SHORTEST_COMMIT:
            return f"names a commit by {said_for} alone, which is too short, so it does not count"
        if self.commit is None or not self.commit.startswith(said_for.lower()):
            return f"was said for commit {said_for}, this run is of {self.commit or 'none'}, so it does not count"
        return None


def standing(overrides: Iterable[Override], case: str, *, counting: Counting) -> Override | None:
    """The override of a case that counts, the one that lasts longest."""
    valid = [override for override in overrides if override.case == case and not counting.no_longer(override)]
    return max(valid, key=lambda override: override.until, default=None)


def add_override(folder: Path, override: Override) -> Path:
    """Writes one more yes at the end of the file; comments and the others stay. A FileError when the file is wrong."""
    read_overrides(folder)
    path = folder / FILE
    named = ("rule", override.rule) if override.rule else ("case", override.case)
    keys = (named, ("who", override.who), ("why", override.why), ("until", override.until), ("commit", override.commit))
    lines = [f"{key} = {toml_text(value)}" for key, value in keys if value is not None]
    append_whole(path, "\n".join(["", "[[override]]", *lines, ""]))
    return path


def toml_text(value: str) -> str:
    """A text as TOML writes it between quotes."""
    import orjson

    return orjson.dumps(value).decode().replace("\x7f", "\\u007f")
