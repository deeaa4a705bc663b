"""Personal data in text: found, linked to who it belongs to, put behind placeholders. Text in, text and spans out.

`mask(text, known=[...])` does one text, `mask_together` all texts of a ticket under one numbering, `scan` finds
structured values (addresses, numbers, ids) without masking anything. Needs no project, no network, no numpy.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.personal.find import scan as scan
    from casemill.personal.masking import mask as mask
    from casemill.personal.masking import mask_together as mask_together

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "mask": "casemill.personal.masking:mask",
        "mask_together": "casemill.personal.masking:mask_together",
        "scan": "casemill.personal.find:scan",
    },
)
__all__ = ["mask", "mask_together", "scan"]
