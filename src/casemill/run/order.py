"""What a person asks of a run, where it is asked, and what came of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from casemill.domain.run import SelfTest, Spent
from casemill.domain.word import Word
from casemill.errors import CANNOT_TELL, DONE, UsageError
from casemill.settings import Settings

RUNS = Path(".casemill/runs")
KEPT = Path(".casemill/cache/replies")


class Order(Word, omit_defaults=True):
    """What is asked; what is None is as the settings say.

    `release` is a number, "latest" or "working" (the active cases as they stand); None takes the latest and without
    one the working suite. `ids`, `modes`, `severities`, `features` and `changed_since` (a commit) narrow it. `budget`
    is seconds. `judges` are the `[model.NAME]` tables to ask. `resume` and `out` name the run file; `together` is the
    id of runs on several targets.
    """

    target: str | None = None
    release: str | None = None
    ids: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    changed_since: str | None = None
    budget: float | None = None
    judges: tuple[str, ...] = ()
    concurrency: int | None = None
    trials: int | None = None
    confirm: bool | None = None
    cache: bool | None = None
    epoch: str | None = None
    resume: str | None = None
    out: str | None = None
    together: str | None = None


class Place(NamedTuple):
    """Where it is asked: the project folder, its settings, the environment variables."""

    root: Path
    settings: Settings
    environ: Mapping[str, str]

    @property
    def suite(self) -> Path:
        return self.root / self.settings.suite.path


class Ran(Word, omit_defaults=True):
    """What a run came to. `not_judged` counts cases of which an assertion waits for a judge, `left` those that the
    budget left out; `errors_by` the reasons of errors; `missed` are the self-tests that a judge failed; `told` is what
    a person should know besides."""

    run: str
    file: str
    target: str
    release: int
    cases: int
    passed: int
    failed: int
    flaky: int
    errors: int
    seconds: float
    not_judged: int = 0
    left: int = 0
    narrowed: str = ""
    errors_by: dict[str, int] = {}
    missed: tuple[SelfTest, ...] = ()
    spent: Spent | None = None
    told: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """A run that learned nothing cannot tell; every other run is done, whatever passed."""
        return CANNOT_TELL if self.errors == self.cases else DONE


def seconds_of(text: str) -> float:
    """`90`, `90s`, `5m`, `1h30m` as seconds; a UsageError for anything else."""
    import re

    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?", text.strip())
    hours, minutes, seconds = (float(part or 0) for part in found.groups()) if found and text.strip() else (0, 0, 0)
    if total := hours * 3600 + minutes * 60 + seconds:
        return total
    raise UsageError(f"{text!r} is no time", hint="for example 90s, 5m or 1h30m")


def narrowing(order: Order) -> tuple[tuple[str, str], ...]:
    """The options of a narrower run, in order, each with its value as a person types it."""
    many = {
        "--only": order.ids,
        "--mode": order.modes,
        "--severity": order.severities,
        "--feature": order.features,
    }
    options = [(option, value) for option, values in many.items() for value in values]
    if order.changed_since:
        options.append(("--changed-since", order.changed_since))
    if order.budget is not None:
        options.append(("--budget", f"{order.budget:g}s"))
    return tuple(options)
