"""The suite is put to the AI under test: targets, graders, trials, and the run file that tells what happened."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.run.record import read_run as read_run
    from casemill.run.trials import run_suite as run_suite

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {"read_run": "casemill.run.record:read_run", "run_suite": "casemill.run.trials:run_suite"},
)
__all__ = ["read_run", "run_suite"]
