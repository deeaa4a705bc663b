"""The rule proposer: small named signals read off a masked ticket and weighed in the open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.triage.rules.reading import NAME as NAME
    from casemill.triage.rules.reading import judge as judge

__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {"NAME": "casemill.triage.rules.reading:NAME", "judge": "casemill.triage.rules.reading:judge"}
)
__all__ = ["NAME", "judge"]
