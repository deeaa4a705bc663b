"""One answer of a grader: pass, fail or error, with a reason."""

from typing import Literal

from casemill.domain.reply import Usage
from casemill.domain.word import Word

GradeResult = Literal["pass", "fail", "error"]


# Between the names of judges that graded together.
TOGETHER = " + "


class Judged(Word, omit_defaults=True):
    """How a model, or a person, came to a grade: by which prompt and rubric, with what score and quoted evidence.

    `judge` names a `[model.NAME]` table (several are joined by ` + `), or a person. `prompt` is a digest, `rubric` a
    label. `votes` are the results of repeats, `abstained` says that the judge would not tell, or that judges did not
    agree. `cost` is US dollars.
    """

    criterion: str
    judge: str
    prompt: str = ""
    rubric: str = ""
    rubric_digest: str = ""
    score: int | None = None
    quote: str = ""
    votes: tuple[GradeResult, ...] = ()
    abstained: bool = False
    usage: Usage | None = None
    cost: float | None = None
    milliseconds: float | None = None

    @property
    def judges(self) -> tuple[str, ...]:
        """The judge, or those that graded together."""
        return tuple(self.judge.split(TOGETHER))


class Grade(Word, omit_defaults=True):
    """`error` means the grader could not tell; it is never counted as a fail."""

    result: GradeResult
    reason: str = ""
    grader: str = ""
    judged: Judged | None = None


def passed(reason: str = "") -> Grade:
    return Grade(result="pass", reason=reason)


def failed(reason: str) -> Grade:
    return Grade(result="fail", reason=reason)


def errored(reason: str) -> Grade:
    return Grade(result="error", reason=reason)
