"""A yardstick: a file by which replies are graded. What it says is told by a digest, and so is what became of it."""

from collections.abc import Iterable, Mapping

from casemill.domain.word import canonical, digest_of

# Names, from the suite's folder, with digests; None where nobody recorded them.
Recorded = Mapping[str, str] | None
Names = tuple[str, ...]
# The company's own: they move by themselves, with what is sold.
ARTICLES = "articles/"


class Apart:
    """Two records laid beside each other: how what was graded by some of the one differs from the other."""

    def __init__(self, was: Recorded, now: Recorded) -> None:
        self.known = was is not None and now is not None
        self._moved = moved(was or {}, now or {})

    def names(self, was: Names, now: Names) -> Names:
        """The yardsticks that stand on one side alone, or say something else there; nothing where nobody can tell."""
        if not self.known or (was == now and self._moved.isdisjoint(now)):
            return ()
        return tuple(sorted((set(was) ^ set(now)) | self._moved.intersection(was, now)))


def moved(was: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
    """The names that say something else, or stand on one side alone."""
    return frozenset(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))


def told_apart(recorded: Recorded, names: Iterable[str]) -> str:
    """One digest over what some of the yardsticks say, articles left out; empty where there are none, or no record."""
    kept = {name: (recorded or {}).get(name, "") for name in names if not name.startswith(ARTICLES)}
    return digest_of(canonical(kept)) if recorded and kept else ""
