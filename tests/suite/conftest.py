"""A suite folder for the suite's own tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casemill.domain.case import Case
from casemill.suite import case_path, case_text, write_starter

Write = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A starter suite without cases."""
    write_starter(tmp_path / "evals")
    return tmp_path / "evals"


@pytest.fixture
def write(folder: Path) -> Write:
    """Writes cases to where they belong; gives the last one's path."""

    def put(*cases: Case) -> Path:
        path = folder
        for case in cases:
            path = folder / case_path(case)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(case_text(case))
        return path

    return put
