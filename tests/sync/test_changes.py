"""Changes go down the stairs: whole files, once, inside the suite, and nothing else touched."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import make
from casemill.domain.change import Change
from casemill.errors import OutsideError, StoreError, UsageError
from casemill.settings import Store
from casemill.store import Desk, changes, open_desk
from casemill.sync import Pulled, pull_changes
from casemill.sync.git import Checkout

PATH = "cases/promised_action/promised-action-7q3k2d.yaml"
CASE = "promised-action-7q3k2d"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    return tmp_path / "shop" / "evals"


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Desk]:
    """A desk on SQLite: what files and Git do is the same on both databases."""
    with open_desk(Store(), root=tmp_path / "home") as desk:
        yield desk


@pytest.fixture
def checkout(suite: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one commit on `main`; the suite is a folder in it."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Lead")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "lead@shop.test")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    suite.mkdir(parents=True)
    git(suite.parent, "init", "-q", "-b", "main")
    (suite.parent / "README.md").write_text("a shop\n")
    git(suite.parent, "add", ".")
    git(suite.parent, "commit", "-q", "-m", "first")
    return suite.parent


def git(folder: Path, *command: str) -> str:
    return subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True, text=True).stdout


def say(desk: Desk, *said: Change) -> None:
    with desk.write() as db:
        for change in said:
            changes.add(db, change)


def pull(desk: Desk, suite: Path, *, commit: bool = False, branch: str | None = None) -> Pulled:
    return pull_changes(desk, suite, now=make.NOW, commit=commit, branch=branch)


def test_a_change_becomes_a_file_once(desk: Desk, suite: Path) -> None:
    say(desk, make.change(text="id: ü\n"))
    assert pull(desk, suite) == Pulled(written=(PATH,))
    assert (suite / PATH).read_text(encoding="utf-8") == "id: ü\n"
    assert pull(desk, suite) == Pulled()
    with desk.read() as db:
        assert changes.counts(db) == {"written": 1}


def test_a_file_that_is_there_already_is_left_alone(alone: Desk, suite: Path) -> None:
    (suite / PATH).parent.mkdir(parents=True)
    (suite / PATH).write_text(make.change().text)
    stamp = (suite / PATH).stat().st_mtime_ns
    say(alone, make.change())
    assert pull(alone, suite) == Pulled(same=1)
    assert (suite / PATH).stat().st_mtime_ns == stamp


def test_the_last_word_on_a_file_wins(alone: Desk, suite: Path) -> None:
    say(alone, make.change(text="one"), make.change(kind="supersede", text="two"))
    assert pull(alone, suite).written == (PATH,)
    assert (suite / PATH).read_text() == "two"


def test_a_kill_before_the_rows_are_marked_ends_the_same(alone: Desk, suite: Path) -> None:
    say(alone, make.change(), make.change("cases/a/b.yaml"))
    (suite / PATH).parent.mkdir(parents=True)
    (suite / PATH).write_text(make.change().text)
    assert pull(alone, suite) == Pulled(written=("cases/a/b.yaml",), same=1)


def test_a_case_has_one_file_wherever_it_moves(alone: Desk, suite: Path) -> None:
    say(alone, make.change(case=CASE))
    pull(alone, suite)
    archived, moved = f"archive/{CASE}.yaml", f"cases/wrong_fact/{CASE}.yaml"
    say(alone, make.change(archived, kind="retire", case=CASE, text="status: retired\n"))
    assert set(pull(alone, suite).written) == {archived, PATH}
    assert [path.name for path in suite.rglob("*.yaml")] == [f"{CASE}.yaml"]
    say(alone, make.change(moved, kind="supersede", case=CASE))
    pull(alone, suite)
    assert [path.relative_to(suite).as_posix() for path in suite.rglob("*.yaml")] == [moved]


@pytest.mark.parametrize(
    "path",
    ["../out.yaml", "cases/../../out.yaml", "/etc/out.yaml", "", ".", ".git/hooks/pre-commit", "a\\..\\b", "link/x"],
)
def test_a_path_that_leads_outside_is_refused_and_nothing_is_written(path: str, alone: Desk, suite: Path) -> None:
    suite.mkdir(parents=True)
    (suite / "link").symlink_to(suite.parent)
    say(alone, make.change(), make.change(path))
    with pytest.raises(StoreError, match="leads out of the suite"):
        pull(alone, suite)
    assert [path.name for path in suite.parent.rglob("*") if path.is_file()] == []


def test_a_text_that_is_not_the_one_said_yes_to_is_refused(alone: Desk, suite: Path) -> None:
    say(alone, make.change(digest="sha256:another"))
    with pytest.raises(StoreError, match="digest differ"):
        pull(alone, suite)
    assert not suite.exists()


def test_a_case_name_cannot_reach_other_files(alone: Desk, suite: Path) -> None:
    other = suite / "cases/a/other-case.yaml"
    other.parent.mkdir(parents=True)
    other.write_text("mine\n")
    say(alone, make.change(case="*"), make.change("cases/b/x.yaml", case="../a/other-case"))
    pull(alone, suite)
    assert other.read_text() == "mine\n"


def test_a_batch_is_one_commit_of_its_own_files(alone: Desk, suite: Path, checkout: Path) -> None:
    (checkout / "README.md").write_text("my own work, staged\n")
    git(checkout, "add", "README.md")
    (checkout / "notes.txt").write_text("my own work, not staged\n")
    say(alone, make.change(case=CASE), make.change("taxonomy/2.yaml", kind="taxonomy", text="version: 2\n"))
    pull(alone, suite, commit=True)
    assert git(checkout, "show", "--name-only", "--format=%s").split("\n\n") == [
        "Take 2 changes from the desk",
        f"evals/{PATH}\nevals/taxonomy/2.yaml\n",
    ]
    assert "refund the bot cannot make" in git(checkout, "log", "-1", "--format=%b")
    assert git(checkout, "status", "--porcelain") == "M  README.md\n?? notes.txt\n"
    assert git(checkout, "rev-list", "--count", "HEAD") == "2\n"


def test_a_kill_between_file_and_commit_is_made_good(alone: Desk, suite: Path, checkout: Path) -> None:
    say(alone, make.change(case=CASE))
    pull(alone, suite, commit=True)
    archived = f"archive/{CASE}.yaml"
    say(alone, make.change(archived, kind="retire", case=CASE, text="status: retired\n"))
    (suite / archived).parent.mkdir()
    (suite / archived).write_text("status: retired\n")
    (suite / PATH).unlink()
    assert pull(alone, suite, commit=True) == Pulled(same=1)
    assert git(checkout, "status", "--porcelain") == ""
    assert git(checkout, "log", "-1", "--format=%s") == f"Retire {CASE}\n"


def test_a_kill_between_commit_and_mark_makes_no_empty_commit(alone: Desk, suite: Path, checkout: Path) -> None:
    say(alone, make.change())
    (suite / PATH).parent.mkdir(parents=True)
    (suite / PATH).write_text(make.change().text)
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "as the pull did before it was killed")
    assert pull(alone, suite, commit=True) == Pulled(same=1)
    assert git(checkout, "rev-list", "--count", "HEAD") == "2\n"


def test_a_branch_is_made_once_and_used_again(alone: Desk, suite: Path, checkout: Path) -> None:
    (checkout / "README.md").write_text("my own work\n")
    say(alone, make.change())
    pull(alone, suite, commit=True, branch="evals/desk")
    git(checkout, "stash", "-q")
    git(checkout, "switch", "-q", "main")
    assert not (suite / PATH).exists()
    git(checkout, "stash", "pop", "-q")
    say(alone, make.change("cases/a/b.yaml"))
    pull(alone, suite, commit=True, branch="evals/desk")
    assert git(checkout, "rev-list", "--count", "main..evals/desk") == "2\n"
    assert git(checkout, "branch", "--show-current") == "evals/desk\n"
    assert git(checkout, "status", "--porcelain") == " M README.md\n"


def test_a_repository_without_a_commit_takes_its_first(alone: Desk, suite: Path, checkout: Path) -> None:
    fresh = checkout / "fresh"
    fresh.mkdir()
    git(fresh, "init", "-q", "-b", "main")
    say(alone, make.change())
    pull(alone, fresh / "evals", commit=True, branch="desk")
    assert git(fresh, "log", "--format=%s", "desk") == f"Add {PATH}\n"


def test_without_a_repository_nothing_is_written(alone: Desk, suite: Path) -> None:
    say(alone, make.change())
    with pytest.raises(UsageError, match="not in a Git repository"):
        pull(alone, suite, commit=True)
    assert not (suite / PATH).exists()
    with alone.read() as db:
        assert changes.counts(db) == {"waiting": 1}


@pytest.mark.parametrize("branch", ["-D main", "a..b", "two words", "--force"])
def test_what_cannot_name_a_branch_is_refused(branch: str, alone: Desk, suite: Path, checkout: Path) -> None:
    say(alone, make.change())
    with pytest.raises(UsageError, match="cannot name a branch"):
        pull(alone, suite, commit=True, branch=branch)
    assert not (suite / PATH).exists()


def test_what_git_refuses_is_told_in_its_words_and_mended_by_the_next_pull(
    alone: Desk, suite: Path, checkout: Path
) -> None:
    hook = checkout / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho the hook says no >&2\nexit 1\n")
    hook.chmod(0o755)
    say(alone, make.change())
    with pytest.raises(OutsideError, match="git commit failed: the hook says no"):
        pull(alone, suite, commit=True)
    hook.unlink()
    assert pull(alone, suite, commit=True) == Pulled(same=1)
    assert git(checkout, "status", "--porcelain") == ""


def test_a_message_names_at_most_a_hundred_changes(alone: Desk, suite: Path, checkout: Path) -> None:
    say(alone, *(make.change(f"cases/a/{number}.yaml") for number in range(103)))
    assert len(pull(alone, suite, commit=True).written) == 103
    body = git(checkout, "log", "-1", "--format=%b").splitlines()
    assert (len([line for line in body if line]), body[-1] or body[-2]) == (101, "- and 3 more")


def test_git_that_is_not_there_is_told(suite: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="git is not installed"):
        Checkout(suite)
