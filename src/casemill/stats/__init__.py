"""Numbers told honestly: intervals, samples. Standard library only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.stats.intervals import weighted as weighted
    from casemill.stats.intervals import wilson as wilson
    from casemill.stats.sampling import chances as chances
    from casemill.stats.sampling import draw as draw

_DOORS = {"chances": "sampling", "draw": "sampling", "weighted": "intervals", "wilson": "intervals"}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.stats.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
