"""The suite: case files in Git, read strictly, linted, frozen into releases. No database below here."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.suite.files import case_path as case_path
    from casemill.suite.files import case_text as case_text
    from casemill.suite.files import edit_case as edit_case
    from casemill.suite.files import parse_case as parse_case
    from casemill.suite.files import read_case as read_case
    from casemill.suite.finding import Finding as Finding
    from casemill.suite.leaks import scan_cases as scan_cases
    from casemill.suite.linting import Checks as Checks
    from casemill.suite.linting import lint as lint
    from casemill.suite.reading import Suite as Suite
    from casemill.suite.reading import read_suite as read_suite
    from casemill.suite.release import Frozen as Frozen
    from casemill.suite.release import freeze as freeze
    from casemill.suite.release import read_release as read_release
    from casemill.suite.selection import select as select
    from casemill.suite.starter import write_starter as write_starter
    from casemill.suite.taxonomy import read_taxonomy as read_taxonomy

_DOORS = {
    "Checks": "linting",
    "Finding": "finding",
    "Frozen": "release",
    "Suite": "reading",
    "case_path": "files",
    "case_text": "files",
    "edit_case": "files",
    "freeze": "release",
    "lint": "linting",
    "parse_case": "files",
    "read_case": "files",
    "read_release": "release",
    "read_suite": "reading",
    "read_taxonomy": "taxonomy",
    "scan_cases": "leaks",
    "select": "selection",
    "write_starter": "starter",
}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.suite.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
