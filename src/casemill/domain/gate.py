"""What the gate goes by and what it says."""

from datetime import datetime
from typing import Literal

from casemill.domain.failure import Severity
from casemill.domain.word import Word

GateState = Literal["open", "shut", "unjudged"]


class GatePolicy(Word, omit_defaults=True):
    """`policy.toml`. Rates are 0 to 1; a P0 fail shuts the gate whatever stands here."""

    pass_rate: float = 0.95
    max_error_rate: float = 0.05
    min_cases: int = 1


class Override(Word, omit_defaults=True):
    """A recorded yes to one P1 fail: who, why, and until which day (YYYY-MM-DD, inclusive)."""

    case: str
    who: str
    why: str
    until: str
    commit: str | None = None


class Red(Word, omit_defaults=True):
    """One case that did not pass and the way back to its ticket."""

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


class Judgement(Word, omit_defaults=True):
    """Open, shut or unjudged, and why. `interval` is the 95 % Wilson interval of the pass rate."""

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
    at: datetime
