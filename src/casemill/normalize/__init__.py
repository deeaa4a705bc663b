"""Decided tickets become drafts, drafts become cases: what to say, what should happen, what tells bad from good."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.normalize.waiting import Drafted as Drafted
    from casemill.normalize.waiting import draft_waiting as draft_waiting

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "Drafted": "casemill.normalize.waiting:Drafted",
        "draft_waiting": "casemill.normalize.waiting:draft_waiting",
    },
)
__all__ = ["Drafted", "draft_waiting"]
