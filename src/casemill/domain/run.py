"""A run: a release put to a target, case by case."""

from datetime import datetime
from typing import Literal

import msgspec

from casemill.domain.failure import Severity
from casemill.domain.grade import Grade, GradeResult, Judged
from casemill.domain.reply import Reply, Usage
from casemill.domain.word import Word

VerdictResult = Literal["pass", "fail", "flaky", "error"]


class JudgeHead(Word, omit_defaults=True):
    """The judge of a run: its name in the settings, model, digest of its prompt, and of each rubric by name.

    `digest` covers all that the judge itself is: address, model, parameters, how often it is asked, in what form.
    """

    name: str
    model: str
    prompt: str
    rubrics: dict[str, str] = {}
    digest: str = ""


class RunHead(Word, omit_defaults=True):
    """The first line of a run file: what was put to whom, when. `release` 0 is the working suite, not frozen.

    `epoch` separates answers that may be kept from those of another day or weights; `narrowed` says by what the cases
    were chosen, when not all were; `together` is the id shared by the files of targets that ran side by side.
    With `confirm` a case that failed was put again until the fail was sure or refuted. `yardsticks` are the files by
    which its cases are graded, by name with a digest of what they say; None in files written before they were told.
    """

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
    epoch: str = ""
    narrowed: str = ""
    together: str | None = None
    judges: tuple[JudgeHead, ...] = ()
    confirm: bool = False
    yardsticks: dict[str, str] | None = None


class Trial(Word, omit_defaults=True):
    """One call of the target and its grades; `error` is set when no reply came, `kept` when the reply is an earlier one
    out of the cache."""

    number: int
    reply: Reply | None = None
    grades: tuple[Grade, ...] = ()
    error: str | None = None
    at: datetime | None = None
    kept: bool = False


class Verdict(Word, omit_defaults=True):
    """One case over its trials; a line of the run file. `yardsticks` are the names of the files it was graded by, which
    the head tells by their digests."""

    case: str
    digest: str
    failure_mode: str
    severity: Severity
    result: VerdictResult
    reason: str = ""
    trials: tuple[Trial, ...] = ()
    yardsticks: tuple[str, ...] = ()


class SelfTest(Word, omit_defaults=True):
    """What a judge said of something whose answer is known: a good reply, a bad one, one that gives it orders, or a
    calibration's anchor.

    `rubric` is a label. Files written before it was told have none there: such a test is of the criterion in any
    rubric.
    """

    kind: Literal["good", "bad", "injected", "anchor"]
    judge: str
    criterion: str
    rubric: str = ""
    wanted: Literal["pass", "fail"]
    said: GradeResult
    reason: str = ""
    held: bool

    def tells_of(self, judged: Judged) -> bool:
        """Whether it is about who gave a grade, and by what."""
        same = self.judge in judged.judges and self.criterion == judged.criterion
        return same and (self.rubric == judged.rubric or not (self.rubric and judged.rubric))

    @property
    def by(self) -> str:
        """`tone of support@2`: the criterion, and its rubric where that was told."""
        return f"{self.criterion} of {self.rubric}" if self.rubric else self.criterion


class Spent(Word, omit_defaults=True):
    """What the calls of a run came to, the target's and the judge's apart; US dollars, None where no price is known.

    `kept` calls were answered by the cache; `latency_ms` is the median of the target's calls.
    """

    calls: int = 0
    judge_calls: int = 0
    kept: int = 0
    usage: Usage = msgspec.field(default_factory=Usage)
    judge_usage: Usage = msgspec.field(default_factory=Usage)
    cost: float | None = None
    judge_cost: float | None = None
    latency_ms: float | None = None


class RunEnd(Word, omit_defaults=True):
    """The last line of a whole run file; a file without it was interrupted and can be resumed.

    `left` are cases that a budget of time left out.
    """

    finished_at: datetime
    verdicts: int
    self_tests: tuple[SelfTest, ...] = ()
    spent: Spent | None = None
    left: tuple[str, ...] = ()


class Run(Word, omit_defaults=True):
    """A run file read back."""

    head: RunHead
    verdicts: tuple[Verdict, ...]
    end: RunEnd | None = None
