"""Which cases a change may touch; Git is the real one."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Case, Input, Said
from casemill.errors import UsageError
from casemill.run.impact import Map, changed_paths, touched_by
from llm.loopback import serving
from run.shop import add, answering, bot_at, run, shop

FEATURES = {"returns": ("bot/returns", "prompts/returns.md"), "delivery": ("bot/delivery/*",)}
GRADED_BY = {
    "judged-aaaaaa": ("rubrics/support@*.md", "labels/*.yaml"),
    "cites-aaaaaa": ("articles/",),
    "returns-aaaaaa": ("schemas/reply.json",),
    "grave-aaaaaa": ("checks.py",),
}
KNOWN = Map("evals", FEATURES, ("README*", "docs/*"), GRADED_BY)
ARTICLES = Input(turns=(Said(customer="which article says so"),), context={"articles": ["KB-1@2"]})


def case(id: str, *features: str, severity: str = "P1", **fields: Any) -> Case:
    told = {"assert_": ({"contains": {"any": [id]}},), "input": Input(turns=(Said(customer=f"{id} " * 9),))} | fields
    return make.case(f"{id}-aaaaaa", severity=severity, features=features, **told)


CASES = (
    case("returns", "returns"),
    case("delivery", "delivery"),
    case("grave", "delivery", severity="P0"),
    case("anything"),
    case("cites", "delivery", input=ARTICLES),
    case("judged", "delivery", assert_=({"judge": {"criterion": "tone"}},)),
)


def touched(*paths: str) -> set[str]:
    return {one.id.removesuffix("-aaaaaa") for one in touched_by(paths, CASES, known=KNOWN).cases}


EVERYTHING = {"returns", "delivery", "grave", "anything", "cites", "judged"}


@pytest.mark.parametrize(
    ("path", "cases"),
    [
        ("bot/returns/rules.py", {"grave", "returns", "anything"}),
        ("prompts/returns.md", {"grave", "returns", "anything"}),
        ("bot/delivery/deep/er.py", EVERYTHING - {"returns"}),
        ("bot/other.py", EVERYTHING),
        ("casemill.toml", EVERYTHING),
        ("evals/cases/promised_action/returns-aaaaaa.yaml", {"grave", "returns"}),
        ("evals/articles/KB-1@2.md", {"grave", "cites"}),
        ("evals/articles/KB-9@1.md", {"grave", "cites"}),
        ("evals/rubrics/support@1.md", {"grave", "judged"}),
        ("evals/labels/2.yaml", {"grave", "judged"}),
        ("evals/schemas/reply.json", {"grave", "returns"}),
        ("evals/schemas/other.json", EVERYTHING),
        ("evals/checks.py", EVERYTHING),
    ],
)
def test_a_path_touches_the_cases_of_its_features_and_an_unknown_one_all(path: str, cases: set[str]) -> None:
    assert touched(path) == cases


@pytest.mark.parametrize(
    "path", ["README.md", "docs/a/b.md", "evals/policy.toml", "evals/releases/3.lock", "evals/rubrics/other@1.md"]
)
def test_what_touches_no_case_still_leaves_p0s_and_one_of_each_obligation(path: str) -> None:
    again = (case("returns-again", "delivery", assert_=CASES[0].assert_), case("grave-again", severity="P0"))
    found = touched_by((path, path), (*CASES, *again), known=KNOWN)
    assert found.cases == (*CASES, again[1])
    assert found.why == "it touches no case: P0s and one case of each obligation"


def test_it_is_told_why_these_cases() -> None:
    assert touched_by(("bot/other.py",), CASES, known=KNOWN).why == "all: bot/other.py belongs to no feature"
    assert touched_by(("prompts/returns.md",), CASES, known=KNOWN).why == "P0s and what it touches by features returns"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.email=a@shop.test", "-c", "user.name=a", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose project is a folder of it: a branch with one commit of its own."""
    root = tmp_path / "evals project"
    for path in (root / "bot" / "returns.py", root / "gone.py", tmp_path / "beside.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "first")
    git(tmp_path, "checkout", "-b", "work")
    return root


def test_committed_changed_new_moved_and_removed_files_differ_and_later_commits_of_the_other_branch_do_not(
    repository: Path,
) -> None:
    (repository / "bot" / "returns.py").write_text("y\n")
    git(repository, "commit", "-am", "second")
    (repository / "gone.py").rename(repository / "moved.py")
    (repository / "neu.py").write_text("z\n")
    (repository.parent / "beside.py").write_text("z\n")
    git(repository, "stash", "-u")
    git(repository, "checkout", "main")
    (repository / "theirs.py").write_text("t\n")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "theirs")
    git(repository, "checkout", "work")
    git(repository, "stash", "pop")
    found = changed_paths(repository, "main")
    assert found == ("../beside.py", "bot/returns.py", "gone.py", "moved.py", "neu.py")


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "main..work..x"])
def test_what_git_cannot_tell_is_a_usage_error(repository: Path, ref: str) -> None:
    with pytest.raises(UsageError):
        changed_paths(repository, ref)
    assert not (repository / "x").exists()


def test_a_run_takes_what_the_change_touches_and_says_so(tmp_path: Path) -> None:
    with serving(answering(lambda said: "returns delivery grave")) as server:
        toml = f'[run.features]\nreturns = ["bot/returns.py"]\ndelivery = ["bot/delivery.py"]\n{bot_at(server.url)}'
        root = shop(tmp_path, *CASES[:3], toml=toml)
        (root / ".gitignore").write_text(".casemill/\n")
        git(root, "init")
        git(root, "add", ".")
        git(root, "commit", "-m", "first")
        (root / "bot").mkdir()
        (root / "bot" / "returns.py").write_text("x\n")
        ran = run(root, changed_since="HEAD")
        assert (ran.cases, len(server.seen)) == (2, 2)
        assert ran.narrowed == "changed since HEAD: P0s and what it touches by features returns"
        add(root, case("delivery", "delivery", why="told anew"))
        assert run(root, changed_since="HEAD").cases == 3
