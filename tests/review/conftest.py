"""A project with tickets that wait for a person, for the command's own tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casemill.settings import Store
from casemill.store import Desk, open_desk


@pytest.fixture
def project_desk(project: Path) -> Iterator[Desk]:
    """The desk of the `project` fixture's folder."""
    with open_desk(Store(), root=project) as desk:
        yield desk
