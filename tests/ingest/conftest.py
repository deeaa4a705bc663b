"""A real vault and desk on SQLite, and a folder of files beside them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casemill.settings import Store
from casemill.store import open_desk, open_vault
from ingest.inbox import Inbox


@pytest.fixture
def inbox(tmp_path: Path, blank: Path) -> Iterator[Inbox]:
    root = tmp_path / "root"
    shutil.copytree(blank, root)
    folder = tmp_path / "files"
    folder.mkdir()
    with open_vault(Store(), root=root) as vault, open_desk(Store(), root=root) as desk:
        yield Inbox(folder, vault, desk)
