"""Whether a case failed on facts: what it claims is not so, or stands in no article that holds."""

from casemill.domain.run import Verdict

FACT_MODES = frozenset({"hallucinated_policy", "wrong_fact", "stale_source"})
FACT_CRITERIA = frozenset({"factual_accuracy", "facts"})
FACT_GRADERS = frozenset({"cites", "checks/cites"})


def fails_facts(verdict: Verdict) -> bool:
    """A fail of a case that guards a fact, of a grader of citations, or of a judge by a criterion of facts."""
    if verdict.result not in ("fail", "flaky"):
        return False
    return verdict.failure_mode in FACT_MODES or any(
        grade.result == "fail"
        and (grade.grader in FACT_GRADERS or (grade.judged is not None and grade.judged.criterion in FACT_CRITERIA))
        for trial in verdict.trials
        for grade in trial.grades
    )
