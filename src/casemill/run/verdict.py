"""What a case's trials come to: pass, fail, flaky or error; and whether one more trial is needed to tell.

One bad answer of a model is no news; what counts depends on what is at stake. A P0 fails with any trial that fails. A
P1 fails when two of three do, a P2 when three of five do; fewer make it flaky. Trials that could not tell (the target
was not reached, a grader crashed) do not vote and are never held against the target.
"""

from collections.abc import Sequence
from typing import NamedTuple

from casemill.domain.failure import Severity
from casemill.domain.grade import Grade, GradeResult
from casemill.domain.run import Trial, VerdictResult

NOTHING_GRADES = "nothing here could grade it"
MOST_ERRORS = 2


class Rule(NamedTuple):
    """How many fails of how many votes make a fail."""

    fails: int
    of: int


RULES: dict[Severity, Rule] = {"P0": Rule(1, 1), "P1": Rule(2, 3), "P2": Rule(3, 5)}


def verdict_of(
    trials: Sequence[Trial], *, severity: Severity | None = None, not_judged: Sequence[str] = ()
) -> tuple[VerdictResult, str]:
    """The result over the trials and its reason, a sentence piece.

    A trial passes when every grade does and fails when one does: an error beside a fail hides nothing. Trials that
    could not tell do not vote; when none could, the case is an error. Votes that differ are flaky, unless so many fail
    that the rule of the severity calls it a fail. `not_judged` names the assertions that only a judge could have
    graded; they are left out and told.
    """
    votes = [(trial, vote) for trial in trials if (vote := vote_of(trial)) != "error"]
    told = _joined(
        f"not judged: {', '.join(not_judged)}" if not_judged else "",
        f"{len(trials) - len(votes)} of {len(trials)} trials could not tell" if 0 < len(votes) < len(trials) else "",
    )
    if not votes:
        return "error", _joined(_why_no_vote(trials), told)
    fails = [trial for trial, vote in votes if vote == "fail"]
    if not fails:
        return "pass", told
    if len(fails) == len(votes):
        return "fail", _joined(_why_failed(fails[0]), told)
    result: VerdictResult = "fail" if severity and _enough(len(fails), len(votes), rule=RULES[severity]) else "flaky"
    return result, _joined(f"{len(fails)} of {len(votes)} trials failed: {_why_failed(fails[0])}", told)


def open_question(trials: Sequence[Trial], severity: Severity) -> bool:
    """Whether one more trial could still turn a fail into a flaky or make it sure."""
    rule, votes = RULES[severity], [vote_of(trial) for trial in trials]
    fails, passes = votes.count("fail"), votes.count("pass")
    if not fails or fails >= rule.fails or votes.count("error") > MOST_ERRORS:
        return False
    return fails + max(0, rule.of - fails - passes) >= rule.fails


def vote_of(trial: Trial) -> GradeResult:
    """What one trial says by itself."""
    results = {grade.result for grade in trial.grades}
    if trial.error is not None or not results:
        return "error"
    return "fail" if "fail" in results else "error" if "error" in results else "pass"


def _enough(fails: int, votes: int, *, rule: Rule) -> bool:
    """The rule's share, so that it holds for any number of trials."""
    return fails * rule.of >= rule.fails * votes if rule.fails > 1 else fails > 0


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
