"""From a masked ticket to a proposal: whose failure, which modes, how sure, and who has to look."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.triage.propose import Triaged as Triaged
    from casemill.triage.propose import propose_waiting as propose_waiting

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "Triaged": "casemill.triage.propose:Triaged",
        "propose_waiting": "casemill.triage.propose:propose_waiting",
    },
)
__all__ = ["Triaged", "propose_waiting"]
