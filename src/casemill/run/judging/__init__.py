"""Replies graded by models: what a judge is shown, how its answer is read, and whether it can be believed today."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.run.judging.panel import Estimate as Estimate
    from casemill.run.judging.panel import Judges as Judges
    from casemill.run.judging.panel import JudgeSpent as JudgeSpent
    from casemill.run.judging.plan import JudgePlan as JudgePlan
    from casemill.run.judging.plan import plan_judges as plan_judges

_DOORS = {
    "Estimate": "panel",
    "JudgePlan": "plan",
    "JudgeSpent": "panel",
    "Judges": "panel",
    "plan_judges": "plan",
}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.run.judging.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
