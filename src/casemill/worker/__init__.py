"""What is due: `work_once` does every automatic step, `look_around` tells what waits where and what to do next."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.worker.status import look_around as look_around
    from casemill.worker.work import work_once as work_once

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {"look_around": "casemill.worker.status:look_around", "work_once": "casemill.worker.work:work_once"},
)
__all__ = ["look_around", "work_once"]
