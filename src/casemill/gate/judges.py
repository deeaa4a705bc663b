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
    """Why judges are not believed: `missed`, by judge, criterion and rubric, is what they got wrong in this run;
    `uncertified` tells, by the judges that sat together, criterion and rubric, why no certificate stands, which
    `accepted` says does not matter."""

    missed: Mapping[Bench, str] = {}
    uncertified: Mapping[Bench, str] = {}
    accepted: bool = False

    def of(self, grade: Grade) -> str | None:
        """Why a grade is not believed; None for one that is, or that no model gave."""
        if grade.judged is None:
            return None
        asked = grade.judged
        seats = [(name, asked.criterion, asked.rubric) for name in asked.judges]
        missed = [self.missed[seat] for seat in seats if seat in self.missed]
        return missed[0] if missed else None if self.accepted else self.uncertified.get(_bench(asked))


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


def _missed(run: Run, benches: Iterable[Bench]) -> dict[Bench, str]:
    """By judge, criterion and rubric the first thing that was got wrong, or that the judge was not tried at all."""
    if run.end is None:
        return {}
    asked = {
        (name, criterion, rubric): Judged(judge=name, criterion=criterion, rubric=rubric)
        for judges, criterion, rubric in sorted(benches)
        for name in judges.split(TOGETHER)
    }
    found: dict[Bench, str] = {}
    for seat, judged in asked.items():
        if not any(test.tells_of(judged) for test in run.end.self_tests):
            by = f"{judged.criterion} of {judged.rubric}" if judged.rubric else judged.criterion
            found[seat] = f"judge {judged.judge} was not tried in this run: it holds no self-test by {by}"
    for test in run.end.self_tests:
        if not test.held:
            did = SILENT if test.said == "error" else MISSED[test.kind]
            told = [seat for seat, judged in asked.items() if test.tells_of(judged)]
            for seat in told or [(test.judge, test.criterion, test.rubric)]:
                found.setdefault(seat, f"judge {test.judge} {did}, by {test.by}")
    return found
