"""A run: a release put to a target, case by case."""

from datetime import datetime
from typing import Literal

from casemill.domain.failure import Severity
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.word import Word

VerdictResult = Literal["pass", "fail", "flaky", "error"]


class RunHead(Word, omit_defaults=True):
    """The first line of a run file: what was put to whom, when. `release` 0 is the working suite, not frozen."""

    id: str
    release: int
    suite_digest: str
    target: str
    target_kind: str
    target_digest: str = ""
    trials: int = 1
    cases: int
    started_at: datetime
    commit: str | None = None
    casemill: str = ""


class Trial(Word, omit_defaults=True):
    """One call of the target and its grades; `error` is set when no reply came."""

    number: int
    reply: Reply | None = None
    grades: tuple[Grade, ...] = ()
    error: str | None = None
    at: datetime | None = None


class Verdict(Word, omit_defaults=True):
    """One case over its trials; a line of the run file."""

    case: str
    digest: str
    failure_mode: str
    severity: Severity
    result: VerdictResult
    reason: str = ""
    trials: tuple[Trial, ...] = ()


class RunEnd(Word):
    """The last line of a whole run file; a file without it was interrupted and can be resumed."""

    finished_at: datetime
    verdicts: int


class Run(Word, omit_defaults=True):
    """A run file read back."""

    head: RunHead
    verdicts: tuple[Verdict, ...]
    end: RunEnd | None = None
