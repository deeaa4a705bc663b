"""The gate: rules from files, a run judged by them, and the judgement told. No database below here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.gate.baseline import accept as accept
    from casemill.gate.decide import judge_run as judge_run
    from casemill.gate.report import reports as reports
    from casemill.gate.rules import Rules as Rules
    from casemill.gate.rules import read_rules as read_rules

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "Rules": "casemill.gate.rules:Rules",
        "accept": "casemill.gate.baseline:accept",
        "judge_run": "casemill.gate.decide:judge_run",
        "read_rules": "casemill.gate.rules:read_rules",
        "reports": "casemill.gate.report:reports",
    },
)
__all__ = ["Rules", "accept", "judge_run", "read_rules", "reports"]
