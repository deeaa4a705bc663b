"""People decide: one question at a time, decisions only ever added, an undo is one more."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.review.decide import failures_of as failures_of
    from casemill.review.decide import record as record
    from casemill.review.decide import undo as undo
    from casemill.review.queue import Question as Question
    from casemill.review.queue import next_ask as next_ask
    from casemill.review.recorded import read_recorded as read_recorded
    from casemill.review.recorded import record_all as record_all

_DOORS = {
    "Question": "queue",
    "failures_of": "decide",
    "next_ask": "queue",
    "read_recorded": "recorded",
    "record": "decide",
    "record_all": "recorded",
    "undo": "decide",
}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.review.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
