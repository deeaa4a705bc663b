"""From the vault to the desk: the only verbs that see real names and leave placeholders."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.anonymize.waiting import MaskedTickets as MaskedTickets
    from casemill.anonymize.waiting import mask_waiting as mask_waiting

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "MaskedTickets": "casemill.anonymize.waiting:MaskedTickets",
        "mask_waiting": "casemill.anonymize.waiting:mask_waiting",
    },
)
__all__ = ["MaskedTickets", "mask_waiting"]
