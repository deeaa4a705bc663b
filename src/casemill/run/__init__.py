"""The suite is put to the AI under test: targets, graders, trials, and the run file that tells what happened."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.run.execute import run_order as run_order
    from casemill.run.export import export_order as export_order
    from casemill.run.forecast import Forecast as Forecast
    from casemill.run.forecast import forecast_order as forecast_order
    from casemill.run.listing import list_runs as list_runs
    from casemill.run.many_targets import Beside as Beside
    from casemill.run.many_targets import run_beside as run_beside
    from casemill.run.order import Order as Order
    from casemill.run.order import Place as Place
    from casemill.run.order import Ran as Ran
    from casemill.run.order import seconds_of as seconds_of
    from casemill.run.record import newest_run as newest_run
    from casemill.run.record import read_run as read_run
    from casemill.run.trials import run_suite as run_suite

_DOORS = {
    "Beside": "many_targets",
    "Forecast": "forecast",
    "Order": "order",
    "Place": "order",
    "Ran": "order",
    "export_order": "export",
    "forecast_order": "forecast",
    "list_runs": "listing",
    "newest_run": "record",
    "read_run": "record",
    "run_beside": "many_targets",
    "run_order": "execute",
    "run_suite": "trials",
    "seconds_of": "order",
}

__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.run.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
