"""Numbers told honestly: intervals. Standard library only."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.stats.intervals import wilson as wilson

__getattr__: Callable[[str], Any] = lazy_door(__name__, {"wilson": "casemill.stats.intervals:wilson"})
__all__ = ["wilson"]
