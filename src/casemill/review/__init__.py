"""People decide: one question at a time, decisions only ever added, an undo is one more."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.review.decide import failures_of as failures_of
    from casemill.review.decide import record as record
    from casemill.review.decide import undo as undo
    from casemill.review.leaks import Sample as Sample
    from casemill.review.leaks import draw_sample as draw_sample
    from casemill.review.leaks import look_at_sample as look_at_sample
    from casemill.review.leaks import refuse_unread as refuse_unread
    from casemill.review.leaks_decide import LeakQuestion as LeakQuestion
    from casemill.review.leaks_decide import ask_to_read as ask_to_read
    from casemill.review.leaks_decide import next_leak_ask as next_leak_ask
    from casemill.review.leaks_decide import record_verdict as record_verdict
    from casemill.review.leaks_decide import undo_verdict as undo_verdict
    from casemill.review.leaks_recorded import record_file as record_file
    from casemill.review.leaks_report import leak_report as leak_report
    from casemill.review.queue import Question as Question
    from casemill.review.queue import next_ask as next_ask
    from casemill.review.recorded import read_recorded as read_recorded
    from casemill.review.recorded import record_all as record_all

_DOORS = {
    "LeakQuestion": "leaks_decide",
    "Question": "queue",
    "Sample": "leaks",
    "ask_to_read": "leaks_decide",
    "draw_sample": "leaks",
    "failures_of": "decide",
    "leak_report": "leaks_report",
    "look_at_sample": "leaks",
    "next_ask": "queue",
    "next_leak_ask": "leaks_decide",
    "read_recorded": "recorded",
    "record": "decide",
    "record_all": "recorded",
    "record_file": "leaks_recorded",
    "record_verdict": "leaks_decide",
    "refuse_unread": "leaks",
    "undo": "decide",
    "undo_verdict": "leaks_decide",
}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.review.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
