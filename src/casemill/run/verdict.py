"""What a case's trials come to: pass, fail, flaky or error."""

from collections.abc import Sequence

from casemill.domain.grade import Grade
from casemill.domain.run import Trial, VerdictResult

NOTHING_GRADES = "nothing here could grade it"


def verdict_of(trials: Sequence[Trial], *, not_judged: Sequence[str] = ()) -> tuple[VerdictResult, str]:
    """The result over the trials and its reason, a sentence piece.

    A trial passes when every grade does and fails when one does: an error beside a fail hides nothing. Trials that
    could not tell do not vote; when none could, the case is an error. Votes that differ are flaky. `not_judged`
    names the assertions that only a judge could have graded; they are left out and told.
    """
    votes = [(trial, vote) for trial in trials if (vote := _vote(trial)) != "error"]
    told = _joined(
        f"not judged: {', '.join(not_judged)}" if not_judged else "",
        f"{len(trials) - len(votes)} of {len(trials)} trials could not tell" if 0 < len(votes) < len(trials) else "",
    )
    if not votes:
        return "error", _joined(_why_no_vote(trials), told)
    fails = [trial for trial, vote in votes if vote == "fail"]
    if not fails:
        return "pass", told
    if len(fails) < len(votes):
        return "flaky", _joined(f"{len(fails)} of {len(votes)} trials failed: {_why_failed(fails[0])}", told)
    return "fail", _joined(_why_failed(fails[0]), told)


def _vote(trial: Trial) -> str:
    results = {grade.result for grade in trial.grades}
    if trial.error is not None or not results:
        return "error"
    return "fail" if "fail" in results else "error" if "error" in results else "pass"


def _why_failed(trial: Trial) -> str:
    fails = [_said(grade) for grade in trial.grades if grade.result == "fail"]
    return fails[0] if len(fails) == 1 else f"{fails[0]} (and {len(fails) - 1} more)"


def _why_no_vote(trials: Sequence[Trial]) -> str:
    for trial in trials:
        if trial.error is not None:
            return trial.error
        for grade in trial.grades:
            if grade.result == "error":
                return _said(grade)
    return NOTHING_GRADES


def _said(grade: Grade) -> str:
    return f"{grade.grader}: {grade.reason}" if grade.reason else grade.grader


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
