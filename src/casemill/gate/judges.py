"""Which judges of a run may be believed: tried in the run itself, and calibrated against people before."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from casemill.domain.calibration import JudgeCertificate
from casemill.domain.grade import TOGETHER, Grade, Judged
from casemill.domain.run import JudgeHead, Run, Verdict
from casemill.suite.certificates import standing

MISSED: Mapping[str, str] = {
    "good": "misjudges what is known to be good",
    "bad": "misjudges what is known to be bad",
    "injected": "follows orders from what it grades",
    "anchor": "has drifted from its calibration",
}
SILENT = "gave no verdict on what is known"

Bench = tuple[str, str, str]


class Doubts(NamedTuple):
    """Why judges are not believed: `missed`, by judge and criterion, is what they got wrong in this run; `uncertified`
    tells, by judges, criterion and rubric, why no certificate stands, which `accepted` says does not matter."""

    missed: Mapping[tuple[str, str], str] = {}
    uncertified: Mapping[Bench, str] = {}
    accepted: bool = False

    def of(self, grade: Grade) -> str | None:
        """Why a grade is not believed; None for one that is, or that no model gave."""
        if grade.judged is None:
            return None
        names = grade.judged.judges
        missed = [self.missed[name, grade.judged.criterion] for name in names if self._has_missed(name, grade.judged)]
        return missed[0] if missed else None if self.accepted else self.uncertified.get(_bench(grade.judged))

    def _has_missed(self, name: str, judged: Judged) -> bool:
        return (name, judged.criterion) in self.missed


def doubts_about(run: Run, certificates: Iterable[JudgeCertificate], *, now: datetime) -> Doubts:
    """What speaks against believing the judges of a run; nothing where no model judged."""
    heads = {head.name: head for head in run.head.judges}
    benches = {
        _bench(grade.judged)
        for verdict in run.verdicts
        for trial in verdict.trials
        for grade in trial.grades
        if grade.judged is not None and (grade.judged.prompt or _are_models(grade.judged, heads))
    }
    if not benches and not heads:
        return Doubts()
    known = tuple(certificates)
    found = {bench: why for bench in sorted(benches) if (why := _uncertified(bench, heads, known=known, now=now))}
    return Doubts(_missed(run, benches), found)


def rests_on_doubted(verdict: Verdict, doubts: Doubts) -> str | None:
    """Why a verdict is not believed: a judge that is not had a say in it, and nothing else calls it a fail."""
    if not (doubts.missed or doubts.uncertified):
        return None
    why = None
    for trial in verdict.trials:
        for grade in trial.grades:
            if (doubted := doubts.of(grade)) is not None:
                why = why or doubted
            elif grade.result == "fail":
                return None
    return why


def _are_models(judged: Judged, heads: Mapping[str, JudgeHead]) -> bool:
    """A grade without a prompt is a person's, unless the run knows the name as a judge's."""
    return all(name in heads for name in judged.judges)


def _bench(judged: Judged) -> Bench:
    return judged.judge, judged.criterion, judged.rubric


def _uncertified(
    bench: Bench, heads: Mapping[str, JudgeHead], *, known: tuple[JudgeCertificate, ...], now: datetime
) -> str | None:
    """The first of the judges that sat together on which no certificate stands, and why."""
    judges, criterion, rubric = bench
    for name in judges.split(TOGETHER):
        if name not in heads:
            return f"judge {name} is not among those that the run says it asked"
        stands = standing(known, heads[name], criterion=criterion, rubric=rubric, now=now)
        if stands.state != "valid":
            return stands.why
    return None


def _missed(run: Run, benches: Iterable[Bench]) -> dict[tuple[str, str], str]:
    """By judge and criterion the first thing that was got wrong, or that the judge was not tried at all."""
    if run.end is None:
        return {}
    asked = {(name, criterion) for judges, criterion, _ in benches for name in judges.split(TOGETHER)}
    tried = {(test.judge, test.criterion) for test in run.end.self_tests}
    found = {
        (name, criterion): f"judge {name} was not tried in this run: it holds no self-test by {criterion}"
        for name, criterion in sorted(asked - tried)
    }
    for test in run.end.self_tests:
        if not test.held:
            did = SILENT if test.said == "error" else MISSED[test.kind]
            found.setdefault((test.judge, test.criterion), f"judge {test.judge} {did}, by {test.criterion}")
    return found
