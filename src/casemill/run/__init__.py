"""The suite is put to the AI under test: targets, graders, trials, and the run file that tells what happened."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.run.listing import list_runs as list_runs
    from casemill.run.order import Order as Order
    from casemill.run.order import Place as Place
    from casemill.run.order import Ran as Ran
    from casemill.run.order import run_order as run_order
    from casemill.run.record import newest_run as newest_run
    from casemill.run.record import read_run as read_run
    from casemill.run.trials import run_suite as run_suite

_DOORS = {
    "Order": "order",
    "Place": "order",
    "Ran": "order",
    "list_runs": "listing",
    "newest_run": "record",
    "read_run": "record",
    "run_order": "order",
    "run_suite": "trials",
}

__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.run.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
