"""The stairs: Changes go down into the suite's files, run files come up to the desk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.sync.changes import Pulled as Pulled
    from casemill.sync.changes import pull_changes as pull_changes
    from casemill.sync.runs import Imported as Imported
    from casemill.sync.runs import import_run as import_run

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "Imported": "casemill.sync.runs:Imported",
        "Pulled": "casemill.sync.changes:Pulled",
        "import_run": "casemill.sync.runs:import_run",
        "pull_changes": "casemill.sync.changes:pull_changes",
    },
)
__all__ = ["Imported", "Pulled", "import_run", "pull_changes"]
