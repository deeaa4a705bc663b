"""From the vault to the desk: the only verbs that see real names and leave placeholders."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.anonymize.erase import Order as Order
    from casemill.anonymize.erase import Places as Places
    from casemill.anonymize.erase import erase_tickets as erase_tickets
    from casemill.anonymize.erase import finish_erasures as finish_erasures
    from casemill.anonymize.erase import look_at as look_at
    from casemill.anonymize.erase_person import tickets_of_person as tickets_of_person
    from casemill.anonymize.leaks import Ground as Ground
    from casemill.anonymize.leaks import Leaks as Leaks
    from casemill.anonymize.leaks import find_leaks as find_leaks
    from casemill.anonymize.marks import Again as Again
    from casemill.anonymize.marks import Folders as Folders
    from casemill.anonymize.marks import Marked as Marked
    from casemill.anonymize.marks import mask_again as mask_again
    from casemill.anonymize.marks import mask_marked as mask_marked
    from casemill.anonymize.restore import Wanted as Wanted
    from casemill.anonymize.restore import restore_value as restore_value
    from casemill.anonymize.waiting import MaskedTickets as MaskedTickets
    from casemill.anonymize.waiting import mask_waiting as mask_waiting

_DOORS = {
    "Again": "marks",
    "Folders": "marks",
    "Ground": "leaks",
    "Leaks": "leaks",
    "Marked": "marks",
    "MaskedTickets": "waiting",
    "Order": "erase",
    "Places": "erase",
    "Wanted": "restore",
    "erase_tickets": "erase",
    "find_leaks": "leaks",
    "finish_erasures": "erase",
    "look_at": "erase",
    "mask_again": "marks",
    "mask_marked": "marks",
    "mask_waiting": "waiting",
    "restore_value": "restore",
    "tickets_of_person": "erase_person",
}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.anonymize.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
