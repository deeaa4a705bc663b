"""A name becomes an object: our own tables of strings first, then what other packages offer by entry points.

A table maps a name to `module:attribute`; nothing is imported before it is asked for. Third parties use the same
names through the entry-point groups `casemill.sources`, `.detectors`, `.graders`, `.targets`, `.formats`, `.reports`
and `.notifiers`. Two packages that offer the same name are an error that names both.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Any

from casemill.errors import UsageError


class Shelf:
    """The objects of one kind: `Shelf("graders", {"contains": "casemill.run.graders.contains:Contains"})`."""

    def __init__(self, kind: str, table: Mapping[str, str]) -> None:
        self.kind = kind
        self.table = dict(table)

    def names(self) -> tuple[str, ...]:
        """Every name on the shelf, ours first, then those of other packages, sorted."""
        return tuple(self.table) + tuple(sorted(_offered(self.kind, frozenset(self.table))))

    def get(self, name: str) -> Any:
        """The object behind a name; a UsageError that lists the names when there is none."""
        offered = _offered(self.kind, frozenset(self.table))
        where = self.table.get(name) or offered.get(name)
        if where is None:
            raise UsageError(f"there is no {self.kind.rstrip('s')} named {name!r}", hint=self._did_you_mean(name))
        module, attribute = where.split(":")
        return getattr(import_module(module), attribute)

    def _did_you_mean(self, name: str) -> str:
        close = get_close_matches(name, self.names(), n=1)
        known = ", ".join(self.names())
        return f"did you mean {close[0]!r}? Known: {known}" if close else f"known: {known}"


@cache
def _offered(kind: str, ours: frozenset[str]) -> dict[str, str]:
    from importlib.metadata import entry_points

    found: dict[str, str] = {}
    giver = dict.fromkeys(ours, "casemill")
    for point in entry_points(group=f"casemill.{kind}"):
        package = point.dist.name if point.dist else "an unnamed package"
        if point.name in giver:
            raise UsageError(
                f"two packages offer a {kind.rstrip('s')} named {point.name!r}: {giver[point.name]} and {package}",
                hint=f"uninstall one of them: pip uninstall {package}",
            )
        giver[point.name] = package
        found[point.name] = point.value
    return found
