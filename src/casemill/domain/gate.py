"""What the gate goes by and what it says."""

from datetime import datetime
from typing import Literal

from casemill.domain.comparison import Comparison, Slice
from casemill.domain.failure import Severity
from casemill.domain.run import Spent
from casemill.domain.word import Word

GateState = Literal["open", "shut", "unjudged"]
ReadAs = Literal["regression", "stale", "grader_wrong", "flaky"]
RuleState = Literal["held", "broken", "unknown", "told"]


class SignOffWanted(Word, omit_defaults=True):
    """A role whose sign-off the policy asks for; `who` may give it, anybody when nobody is named."""

    role: str
    who: tuple[str, ...] = ()


class GatePolicy(Word, omit_defaults=True):
    """`policy.toml`. Rates are 0 to 1; a P0 fail shuts the gate whatever stands here."""

    pass_rate: float = 0.95
    max_error_rate: float = 0.05
    min_cases: int = 1
    max_drop: float = 0.05
    on_drop: Literal["shut", "tell"] = "shut"
    golden_facts: Literal["shut", "tell"] = "shut"
    flaky: Literal["aside", "tell"] = "aside"
    narrowed: Literal["tell", "refuse"] = "tell"
    uncertified_judge: Literal["downgrade", "refuse", "accept"] = "downgrade"
    override_days: int | None = None
    override_commit: bool = False
    sign_off: tuple[SignOffWanted, ...] = ()


class Override(Word, omit_defaults=True):
    """A recorded yes to one P1 fail: who, why, and until which day (YYYY-MM-DD, inclusive).

    Instead of a case it may name a `rule`: `drop`, a fall since the baseline. `commit` is the one it was said for.
    """

    case: str = ""
    who: str
    why: str
    until: str
    commit: str | None = None
    rule: str | None = None


class SignOff(Word, omit_defaults=True):
    """One role's yes to one run, on a day (YYYY-MM-DD); `digest` is of what the run said when it was given."""

    run: str
    role: str
    who: str
    on: str
    digest: str
    note: str = ""


class RedRead(Word, omit_defaults=True):
    """How a person read a red: the AI got worse, the case is stale, the grader is wrong, or it flickers."""

    case: str
    digest: str
    run: str
    target: str
    read_as: ReadAs
    who: str
    at: datetime
    failure_mode: str = ""
    grader: str = ""
    note: str = ""


class Red(Word, omit_defaults=True):
    """One case that did not pass and the way back to its ticket.

    `doubt` says why the red is not taken for sure: the judge it rests on has not shown that it can be trusted.
    """

    case: str
    failure_mode: str
    severity: Severity
    result: Literal["fail", "flaky", "error"]
    reason: str = ""
    said: str = ""
    path: str | None = None
    ticket: str | None = None
    link: str | None = None
    desk: str | None = None
    before: str | None = None
    override: Override | None = None
    blocks: bool = False
    golden: str | None = None
    doubt: str | None = None
    history: str | None = None
    read: str | None = None


class RuleTold(Word, omit_defaults=True):
    """One rule of the gate: whether it held, was broken, cannot be told, or is only told of; and in words."""

    name: str
    title: str
    state: RuleState
    told: tuple[str, ...] = ()


class Judgement(Word, omit_defaults=True):
    """Open, shut or unjudged, and why. `interval` is the 95 % Wilson interval of the pass rate.

    `read` counts how people have read this target's reds so far.
    """

    state: GateState
    because: tuple[str, ...] = ()
    run: str
    target: str
    release: int
    passed: int
    judged: int
    errors: int = 0
    rate: float | None = None
    interval: tuple[float, float] | None = None
    reds: tuple[Red, ...] = ()
    told: tuple[str, ...] = ()
    rules: tuple[RuleTold, ...] = ()
    comparison: Comparison | None = None
    slices: tuple[Slice, ...] = ()
    spent: Spent | None = None
    read: dict[ReadAs, int] = {}
    at: datetime
