"""The project a command works on: settings, vault, desk, clock, opened when first asked for."""

import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.settings import Loaded, Settings
    from casemill.store.desk import Desk
    from casemill.store.vault import Vault
    from casemill.worker.work import Hands


class Project:
    """What a command needs from the folder it was called in."""

    def __init__(self, given: Path | None) -> None:
        self.given = given

    @cached_property
    def root(self) -> Path:
        """The project folder; an error that says how to make one when there is none."""
        from casemill.settings import FILE_NAME, find_root

        start = (self.given or Path.cwd()).absolute()
        root = (start if (start / FILE_NAME).is_file() else None) if self.given else find_root(start)
        if root is None:
            above = "" if self.given else " or above it"
            raise UsageError(f"no {FILE_NAME} in {start}{above}", hint="make a project here: casemill init")
        return root

    @cached_property
    def loaded(self) -> "Loaded":
        from casemill.settings import load

        return load(self.root)

    @property
    def settings(self) -> "Settings":
        return self.loaded.settings

    @cached_property
    def desk(self) -> "Desk":
        from casemill.store import open_desk

        return self._until_exit.enter_context(open_desk(self.settings.store, root=self.root))

    @cached_property
    def vault(self) -> "Vault":
        from casemill.store import open_vault

        return self._until_exit.enter_context(open_vault(self.settings.store, root=self.root))

    @cached_property
    def _until_exit(self) -> ExitStack:
        stack = ExitStack()
        click.get_current_context().find_root().call_on_close(stack.close)
        return stack

    @property
    def hands(self) -> "Hands":
        """Everything the worker works with."""
        from casemill.worker.work import Hands

        return Hands(self.vault, self.desk, self.settings, self.root)

    @property
    def suite(self) -> Path:
        """The suite folder, `evals/` by default."""
        return self.root / self.settings.suite.path

    @property
    def state(self) -> Path:
        """`.casemill/`: databases, keys, runs, caches; ignored by Git."""
        return self.root / ".casemill"

    @cached_property
    def me(self) -> str:
        """Who decides on this machine: `[people] me`, else Git's e-mail."""
        if self.settings.people.me:
            return self.settings.people.me
        asked = subprocess.run(["git", "config", "user.email"], cwd=self.root, capture_output=True, text=True)
        if asked.returncode == 0 and asked.stdout.strip():
            return asked.stdout.strip()
        raise UsageError("nobody is named as the reviewer", hint='set [people] me = "you@company.com" in casemill.toml')


def utc_now() -> datetime:
    """The one clock, read at the rim and handed down."""
    return datetime.now(UTC)
