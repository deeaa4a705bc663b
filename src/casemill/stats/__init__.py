"""Numbers told honestly: intervals, samples. Standard library only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.stats.intervals import surely_under as surely_under
    from casemill.stats.intervals import weighted as weighted
    from casemill.stats.intervals import wilson as wilson
    from casemill.stats.paired import drop_chance as drop_chance
    from casemill.stats.paired import mcnemar as mcnemar
    from casemill.stats.paired import mean_interval as mean_interval
    from casemill.stats.paired import smallest_drop as smallest_drop
    from casemill.stats.sampling import chances as chances
    from casemill.stats.sampling import draw as draw

_DOORS = {
    "chances": "sampling",
    "draw": "sampling",
    "drop_chance": "paired",
    "mcnemar": "paired",
    "mean_interval": "paired",
    "smallest_drop": "paired",
    "surely_under": "intervals",
    "weighted": "intervals",
    "wilson": "intervals",
}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.stats.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
