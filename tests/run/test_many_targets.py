"""Several targets put to the same cases."""

from pathlib import Path

import pytest

import make
from casemill.cli.run_report import beside_told
from casemill.errors import UsageError
from casemill.run import Order, Place, read_run, run_beside
from casemill.run.many_targets import Beside
from casemill.settings import load
from llm.loopback import serving
from run.shop import answering, bot_at, shop

CASES = (make.case("a-aaaaaa"), make.case("b-aaaaaa", severity="P2"))


def beside(root: Path, *targets: str, **asked: str) -> Beside:
    place = Place(root, load(root, environ={}).settings, {})
    return run_beside(Order(**asked), targets, place=place, now=make.NOW)  # type: ignore[arg-type]


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two targets that differ by nothing but their model's name, and no address that answers."""
    return shop(tmp_path, *CASES, toml=bot_at("http://127.0.0.1:9", "old") + bot_at("http://127.0.0.1:9", "new"))


def test_each_target_has_a_file_of_its_own_and_an_id_in_common(tmp_path: Path) -> None:
    with serving(answering(lambda said: make.BAD)) as old, serving(answering()) as new:
        toml = bot_at(old.url, "old") + bot_at(new.url, "new")
        done = beside(shop(tmp_path, *CASES, toml=toml), "old", "new", out=f"{tmp_path}/of-{{target}}.jsonl")
    runs = [read_run(tmp_path / f"of-{name}.jsonl") for name in ("old", "new")]
    assert {run.head.together for run in runs} == {done.together}
    assert [ran.passed for ran in done.runs] == [0, 2]
    assert [(one.case, one.severity, one.results) for one in done.differing] == [
        ("a-aaaaaa", "P0", ("fail", "pass")),
        ("b-aaaaaa", "P2", ("fail", "pass")),
    ]


def test_they_are_told_side_by_side(tmp_path: Path) -> None:
    with serving(answering(lambda said: make.BAD)) as old, serving(answering()) as new:
        toml = bot_at(old.url, "old") + bot_at(new.url, "new", price="{input = 1000.0, output = 0.0}")
        told = beside_told(beside(shop(tmp_path, CASES[0], toml=toml), "old", "new"))
    head, first, second, _, differ, case, *_ = told.splitlines()
    assert head.split() == ["passed", "failed", "flaky", "errors", "median", "ms", "tokens", "cost"]
    assert first.split()[:5] == ["old", "0", "1", "0", "0"]
    assert first.split()[-2:] == ["16", "–"]
    assert second.split()[:5] == ["new", "1", "0", "0", "0"]
    assert second.split()[-2:] == ["16", "$0.0110"]
    assert (differ, case) == ("They differ on 1 case:", "  P0 a-aaaaaa  old fail, new pass")
    assert told.splitlines()[-3] == "Next:"


def test_targets_that_agree_are_said_to(tmp_path: Path) -> None:
    with serving(answering()) as one:
        root = shop(tmp_path, *CASES, toml=bot_at(one.url, "old") + bot_at(one.url, "new"))
        assert "They do not differ on any case." in beside_told(beside(root, "old", "new"))


@pytest.mark.parametrize(
    ("targets", "asked", "message"),
    [
        (("old", "old"), {}, "named twice"),
        (("old", "new"), {"out": "run.jsonl"}, "--out names one file for 2 targets"),
        (("old", "new"), {"resume": "run.jsonl"}, "--resume continues one file"),
        (("old", "gone"), {}, "there is no target named 'gone'"),
    ],
)
def test_what_cannot_be_carried_out_is_said_before_the_first_call(
    two: Path, targets: tuple[str, ...], asked: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        beside(two, *targets, **asked)
    assert not (two / ".casemill" / "runs").exists()
