"""Several targets put to the same cases, one after the other, a run file each, and where they differ."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from casemill.domain.failure import Severity
from casemill.domain.progress import SILENT, Progress
from casemill.domain.run import Verdict, VerdictResult
from casemill.domain.word import Word, changed
from casemill.errors import CANNOT_TELL, DONE, Interrupted, UsageError
from casemill.run.execute import run_order, slug_of
from casemill.run.order import Order, Place, Ran
from casemill.run.record import read_run
from casemill.run.targets import read_target
from casemill.run.trials import Saw

PLACE = "{target}"


class Differing(Word):
    """A case on which the targets differ: the result on each, in the order in which they were asked."""

    case: str
    severity: Severity
    results: tuple[VerdictResult | None, ...]


class Beside(Word):
    """What several targets came to: a run each, their common id, and the cases on which they differ."""

    together: str
    runs: tuple[Ran, ...]
    differing: tuple[Differing, ...]

    @property
    def exit_code(self) -> int:
        return CANNOT_TELL if any(ran.exit_code == CANNOT_TELL for ran in self.runs) else DONE


class Follow(NamedTuple):
    """Who watches: progress, and who is told of each verdict."""

    progress: Progress = SILENT
    saw: Saw | None = None


UNSEEN = Follow()


def run_beside(order: Order, targets: Sequence[str], *, place: Place, now: datetime, follow: Follow = UNSEEN) -> Beside:
    """Carries an order out on each target in turn; `out` then holds `{target}`. A UsageError for one that is named
    twice, and for `resume`, which continues one file."""
    _check(order, targets, place=place)
    together = f"{now:%Y%m%dT%H%M%S}-together"
    runs: list[Ran] = []
    for number, target in enumerate(targets, 1):
        out = order.out.replace(PLACE, slug_of(target)) if order.out else None
        at = now + timedelta(seconds=sum(ran.seconds for ran in runs))
        one = changed(order, target=target, out=out, together=together)
        try:
            runs.append(run_order(one, place, now=at, progress=follow.progress, saw=follow.saw))
        except Interrupted as stopped:
            left = "".join(f", then: casemill run --target {name}" for name in targets[number:])
            raise Interrupted(f"{stopped}", hint=f"{stopped.hint}{left}") from None
    return Beside(together=together, runs=tuple(runs), differing=tuple(_differing(runs)))


def _check(order: Order, targets: Sequence[str], *, place: Place) -> None:
    for target in targets:
        read_target(place.settings.targets, target, root=place.root)
    if len(set(targets)) < len(targets):
        raise UsageError("a target is named twice")
    if order.resume:
        raise UsageError("--resume continues one file, and with it one target")
    if order.out and PLACE not in order.out:
        raise UsageError(
            f"--out names one file for {len(targets)} targets",
            hint=f"say where the name goes: --out runs/{PLACE}.jsonl",
        )


def _differing(runs: Sequence[Ran]) -> list[Differing]:
    """The cases that not every target passed or failed alike, the gravest first."""
    verdicts: list[dict[str, Verdict]] = []
    for ran in runs:
        verdicts.append({verdict.case: changed(verdict, trials=()) for verdict in read_run(Path(ran.file)).verdicts})
    found = []
    for case in dict.fromkeys(case for one in verdicts for case in one):
        of_all = [one.get(case) for one in verdicts]
        results = tuple(verdict.result if verdict else None for verdict in of_all)
        severity = min(verdict.severity for verdict in of_all if verdict)
        if len(set(results)) > 1:
            found.append(Differing(case=case, severity=severity, results=results))
    return sorted(found, key=lambda one: (one.severity, one.case))
