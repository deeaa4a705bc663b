"""The user's Git: a commit of named paths that leaves everything else as it stands."""

import subprocess
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from casemill.errors import OutsideError, UsageError


class Checkout:
    """The repository that holds a folder. UsageError when there is none, OutsideError when Git refuses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        try:
            inside = self._run("rev-parse", "--is-inside-work-tree")
        except FileNotFoundError:
            raise UsageError("git is not installed", hint="install it, or set [suite] commit = false") from None
        if inside.stdout.strip() != "true":
            raise UsageError(
                f"{folder} is not in a Git repository, and [suite] commit is on",
                hint="git init, or set [suite] commit = false",
            )

    def switch(self, branch: str) -> None:
        """Onto a branch, made from where the checkout stands when there is none; uncommitted work comes along."""
        if self._run("symbolic-ref", "--short", "-q", "HEAD").stdout.strip() == branch:
            return
        if self._run("check-ref-format", "--branch", branch).returncode:
            raise UsageError(f"{branch!r} cannot name a branch", hint="look at [suite] branch in casemill.toml")
        known = self._run("for-each-ref", f"refs/heads/{branch}", f"refs/remotes/*/{branch}").stdout
        self._must("switch", "--quiet", *(() if known else ("-c",)), branch)

    def commit(self, paths: Collection[str], *, moved: Collection[str], message: str) -> bool:
        """One commit of these paths, and of the files of `moved` cases that are gone; False when nothing differs.

        What somebody else has staged stays staged and out of the commit.
        """
        gone = self._names("ls-files", "-z", "--deleted")
        named = sorted({*paths, *(path for path in gone if PurePosixPath(path).stem in moved)})
        listed = "\0".join(named)
        from_list = ("--pathspec-from-file=-", "--pathspec-file-nul")
        self._must("add", "--all", *from_list, given=listed)
        if not set(self._names("diff", "--cached", "--name-only", "-z", "--relative", "--no-renames")) & set(named):
            return False
        self._must("commit", "--quiet", "--only", "-m", message, *from_list, given=listed)
        return True

    def _names(self, *command: str) -> list[str]:
        return [name for name in self._must(*command).split("\0") if name]

    def _must(self, *command: str, given: str = "") -> str:
        done = self._run(*command, given=given)
        if done.returncode:
            said = next((line for line in done.stderr.splitlines() if line.strip()), "it does not say why")
            raise OutsideError(
                f"git {command[0]} failed: {said.strip()}",
                hint=f"the files are written, not committed; mend it in {self.folder}, then run this again",
            )
        return done.stdout

    def _run(self, *command: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", "--literal-pathspecs", *command], cwd=self.folder, input=given, capture_output=True, text=True
        )
