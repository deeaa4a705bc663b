"""The stairs: Changes go down into the suite's files, run files come up to the desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.sync.changes import Pulled as Pulled
    from casemill.sync.changes import pull_changes as pull_changes
    from casemill.sync.reading import propose_change as propose_change
    from casemill.sync.runs import Imported as Imported
    from casemill.sync.runs import import_run as import_run
    from casemill.sync.runs import runs_on_desk as runs_on_desk

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "Imported": "casemill.sync.runs:Imported",
        "Pulled": "casemill.sync.changes:Pulled",
        "import_run": "casemill.sync.runs:import_run",
        "propose_change": "casemill.sync.reading:propose_change",
        "pull_changes": "casemill.sync.changes:pull_changes",
        "runs_on_desk": "casemill.sync.runs:runs_on_desk",
    },
)
__all__ = ["Imported", "Pulled", "import_run", "propose_change", "pull_changes", "runs_on_desk"]
