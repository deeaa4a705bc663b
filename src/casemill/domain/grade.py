"""One answer of a grader: pass, fail or error, with a reason."""

from typing import Literal

from casemill.domain.word import Word

GradeResult = Literal["pass", "fail", "error"]


class Grade(Word, omit_defaults=True):
    """`error` means the grader could not tell; it is never counted as a fail."""

    result: GradeResult
    reason: str = ""
    grader: str = ""


def passed(reason: str = "") -> Grade:
    return Grade(result="pass", reason=reason)


def failed(reason: str) -> Grade:
    return Grade(result="fail", reason=reason)


def errored(reason: str) -> Grade:
    return Grade(result="error", reason=reason)
