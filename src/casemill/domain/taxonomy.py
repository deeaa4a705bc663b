"""Failure modes: what the model did wrong, from a versioned list."""

from typing import Literal

from casemill.domain.failure import Severity
from casemill.domain.word import Word


class FailureMode(Word, omit_defaults=True):
    """One mode. `detect` says how it can be caught: an assertion, a judge, or hardly at all."""

    name: str
    means: str
    detect: Literal["assertion", "judge", "hardly"]
    severity: Severity
    phrases: tuple[str, ...] = ()


class Taxonomy(Word):
    """A version of the list; proposals and releases name it."""

    version: int
    modes: tuple[FailureMode, ...]

    def mode(self, name: str) -> FailureMode | None:
        return next((mode for mode in self.modes if mode.name == name), None)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(mode.name for mode in self.modes)
