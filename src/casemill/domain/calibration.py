"""How well a judge agrees with people: their verdicts, and the certificate that comes of comparing."""

from datetime import datetime
from typing import Literal

from casemill.domain.reply import Reply
from casemill.domain.word import Word

Sample = Literal["random", "even", "balanced", "chosen"]
Said = Literal["pass", "fail"]
Method = Literal["ppi++", "rogan-gladen", "weighted"]


class HumanVerdict(Word, omit_defaults=True):
    """What a person says of one reply by one criterion; a line of `judges/verdicts.jsonl`.

    The situation is that of `case`, or is told by `expectation` and `input`. `sample` says how the reply came to be
    graded: drawn at random from its run, evenly from what the judge passed and failed there, put together of as many
    good as bad ones, or chosen by somebody. `chance` was its chance to be drawn. `criterion_digest` is of what the
    person read of the rubric.
    """

    criterion: str
    result: Said
    reply: str | Reply
    case: str | None = None
    expectation: str | None = None
    input: str | None = None
    score: int | None = None
    note: str = ""
    rubric: str | None = None
    criterion_digest: str = ""
    case_digest: str = ""
    run: str | None = None
    trial: int = 1
    sample: Sample = "chosen"
    chance: float | None = None
    by: str | None = None
    at: datetime | None = None


class Measured(Word, omit_defaults=True):
    """A rate with its 95 % interval, all 0 to 1; `of` is how many it was counted over."""

    value: float
    low: float
    high: float
    of: int


class Agreement(Word):
    """How often each answer of a person met each of the judge: `pass_fail` are replies that the person passed and the
    judge failed. `unsure` are those on which the judge gave no verdict."""

    pass_pass: int = 0
    pass_fail: int = 0
    fail_pass: int = 0
    fail_fail: int = 0
    unsure: int = 0


class PassRate(Word, omit_defaults=True):
    """The share of replies of a run that people would pass, told from the judge's verdicts and what is known of its
    mistakes; `judged` is the share that the judge itself passed."""

    method: Method
    run: str
    rate: Measured
    judged: Measured


class Anchor(Word, omit_defaults=True):
    """A reply on which people and the judge agreed; judged again in each run, so that drift shows."""

    wanted: Said
    shown: dict[str, str]
    case: str | None = None


class JudgeCertificate(Word, omit_defaults=True):
    """How well one judge grades by one criterion, `judges/CRITERION@NUMBER.json`.

    It stands for the judge, prompt and rubric whose digests it holds, until it `expires` (a day). `tpr` is the share of
    what people passed that the judge passed too, `tnr` of what they failed. `kappa` is their agreement beyond chance,
    `people_kappa` that of people with each other. `because` says why it does not `hold`.
    """

    criterion: str
    number: int
    judge: str
    model: str
    judge_digest: str
    prompt: str
    rubric: str
    rubric_digest: str
    at: datetime
    expires: str
    sample: Sample = "chosen"
    verdicts: str = ""
    table: Agreement
    tpr: Measured | None = None
    tnr: Measured | None = None
    kappa: float | None = None
    people_kappa: float | None = None
    floor: float
    holds: bool
    because: tuple[str, ...] = ()
    pass_rate: PassRate | None = None
    anchors: tuple[Anchor, ...] = ()
