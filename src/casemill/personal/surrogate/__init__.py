"""Synthetic values of the same form in place of placeholders: consistent, seeded, nobody's.

`surrogate_text(text, masked)` does one text, `surrogate_together(texts, together)` all texts of a ticket.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.personal.surrogate.casting import Cast as Cast
    from casemill.personal.surrogate.casting import Dressed as Dressed
    from casemill.personal.surrogate.casting import surrogate_text as surrogate_text
    from casemill.personal.surrogate.casting import surrogate_together as surrogate_together

_CASTING = "casemill.personal.surrogate.casting"
__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "Cast": f"{_CASTING}:Cast",
        "Dressed": f"{_CASTING}:Dressed",
        "surrogate_text": f"{_CASTING}:surrogate_text",
        "surrogate_together": f"{_CASTING}:surrogate_together",
    },
)
__all__ = ["Cast", "Dressed", "surrogate_text", "surrogate_together"]
