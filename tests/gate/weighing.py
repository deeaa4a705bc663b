"""Verdicts, cases and judged grades for the tests of the gate's rules."""

from typing import Any

import make
from casemill.domain.calibration import Agreement, JudgeCertificate, Measured
from casemill.domain.case import Case
from casemill.domain.gate import Judgement
from casemill.domain.grade import Grade, GradeResult, Judged
from casemill.domain.run import JudgeHead, Run, RunEnd, SelfTest, Trial, Verdict
from casemill.domain.word import changed
from casemill.gate import Rules, judge_run

HEAD = JudgeHead(name="judge", model="m-1", prompt="sha256:p", rubrics={"support@1": "sha256:r"}, digest="sha256:j")


def case(id: str, severity: str = "P1", **fields: Any) -> Case:
    return make.case(id, **({"failure_mode": "wrong_tone", "severity": severity} | fields))


def verdict(id: str, severity: str = "P1", result: str = "fail", **fields: Any) -> Verdict:
    told: dict[str, Any] = {
        "failure_mode": "wrong_tone",
        "digest": case(id, severity).digest,
        "severity": severity,
        "result": result,
        "trials": (Trial(number=1, reply=make.reply(make.BAD), grades=(looked(result),)),),
    }
    return make.verdict(id, **(told | fields))


def looked(result: str) -> Grade:
    kind: GradeResult = "fail" if result in ("fail", "flaky") else "pass" if result == "pass" else "error"
    return Grade(result=kind, grader="not_contains", reason="says 'refund'")


def asked(result: GradeResult = "fail", **fields: Any) -> Grade:
    """A judge's grade."""
    told: dict[str, Any] = {"criterion": "tone", "judge": "judge", "rubric": "support@1", "prompt": "sha256:p"}
    return Grade(result=result, grader="judge", reason="sounds cold", judged=Judged(**(told | fields)))


def graded(id: str, *grades: Grade, severity: str = "P1", result: str = "fail") -> Verdict:
    return verdict(id, severity, result, trials=(Trial(number=1, reply=make.reply(make.BAD), grades=grades),))


def passes(count: int, severity: str = "P1") -> tuple[Verdict, ...]:
    return tuple(verdict(f"pass-{severity.lower()}-{number}", severity, "pass") for number in range(count))


def self_test(**fields: Any) -> SelfTest:
    told: dict[str, Any] = {"kind": "good", "judge": "judge", "criterion": "tone", "wanted": "pass", "said": "pass"}
    return SelfTest(**({"held": True} | told | fields))


def judged_run(*verdicts: Verdict, tests: tuple[SelfTest, ...] = (self_test(),), **head: Any) -> Run:
    run = make.run(verdicts=verdicts, judges=(HEAD,), **head)
    return changed(run, end=RunEnd(finished_at=make.NOW, verdicts=len(verdicts), self_tests=tests))


def certificate(**fields: Any) -> JudgeCertificate:
    told: dict[str, Any] = {
        "criterion": "tone",
        "number": 1,
        "judge": "judge",
        "model": "m-1",
        "judge_digest": HEAD.digest,
        "prompt": HEAD.prompt,
        "rubric": "support@1",
        "rubric_digest": "sha256:r",
        "at": make.NOW,
        "expires": "2027-02-19",
        "table": Agreement(pass_pass=60, fail_fail=40),
        "tpr": Measured(value=1, low=0.94, high=1, of=60),
        "tnr": Measured(value=1, low=0.91, high=1, of=40),
        "floor": 0.8,
        "holds": True,
    }
    return JudgeCertificate(**(told | fields))


def judge(run: Run, rules: Rules | None = None) -> Judgement:
    return judge_run(run, rules or Rules(), now=make.NOW)


def rule(judgement: Judgement, name: str) -> tuple[str, str]:
    """What a rule's state is, and its words."""
    found = next(each for each in judgement.rules if each.name == name)
    return found.state, "; ".join(found.told)
