"""A process that ends itself by `kill -9` where a step begins: whatever the step was to write is not written."""

import subprocess
import sys
from importlib import import_module
from os import getpid, kill
from pathlib import Path
from signal import SIGKILL
from typing import TYPE_CHECKING

import msgspec

from anonymize.marked import Project
from casemill.anonymize import Folders
from casemill.domain.word import canonical
from casemill.settings import Store
from casemill.store import open_desk, open_vault

if TYPE_CHECKING:
    from conftest import Home

TESTS = Path(__file__).parents[1]


def killed_at(step: str, act: str, *, home: "Home", folder: Path) -> subprocess.CompletedProcess[str]:
    """What became of `act` (`module:function` of a Project), done by another process and killed before the step."""
    words = (step, act, str(home.root), canonical(home.store).decode(), str(folder))
    code = "import sys; from faults.dying import die; die(*sys.argv[1:])"
    return subprocess.run((sys.executable, "-c", code, *words), cwd=TESTS, capture_output=True, text=True)


def die(step: str, act: str, root: str, store: str, folder: str) -> None:
    """In that process: `step` is `module:name` or `module:Class.name`."""
    owner, last = _found(step)
    assert callable(getattr(owner, last))
    setattr(owner, last, lambda *_, **__: kill(getpid(), SIGKILL))
    settings = msgspec.json.decode(store, type=Store)
    place = Path(root)
    with open_vault(settings, root=place) as vault, open_desk(settings, root=place) as desk:
        acting, name = _found(act)
        getattr(acting, name)(Project(vault, desk, Folders(Path(folder) / "evals", Path(folder) / "private")))


def _found(place: str) -> tuple[object, str]:
    """What owns the thing at a place, and the thing's name in it."""
    module, _, name = place.partition(":")
    owner: object = import_module(module)
    *above, last = name.split(".")
    for part in above:
        owner = getattr(owner, part)
    return owner, last
