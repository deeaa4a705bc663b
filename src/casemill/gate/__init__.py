"""The gate: rules from files, a run judged by them, and the judgement told. No database below here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.gate.baseline import accept as accept
    from casemill.gate.baseline import count_trials as count_trials
    from casemill.gate.comment import keep_comment as keep_comment
    from casemill.gate.decide import judge_run as judge_run
    from casemill.gate.override import add_override as add_override
    from casemill.gate.readings import add_reading as add_reading
    from casemill.gate.report import reports as reports
    from casemill.gate.rules import Rules as Rules
    from casemill.gate.rules import read_rules as read_rules
    from casemill.gate.side_by_side import lay_beside as lay_beside
    from casemill.gate.sign_off import add_sign_off as add_sign_off

_DOORS = {
    "Rules": "rules",
    "accept": "baseline",
    "add_override": "override",
    "add_reading": "readings",
    "add_sign_off": "sign_off",
    "count_trials": "baseline",
    "judge_run": "decide",
    "keep_comment": "comment",
    "lay_beside": "side_by_side",
    "read_rules": "rules",
    "reports": "report",
}

__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.gate.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
