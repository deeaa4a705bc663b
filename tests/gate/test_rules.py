"""The gate's files: read strictly, each refusal with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

import make
from casemill.domain.gate import GatePolicy, SignOffWanted
from casemill.errors import FileError
from casemill.gate import read_rules
from casemill.gate.override import read_overrides
from casemill.gate.policy import read_policy
from casemill.gate.sign_off import read_sign_offs
from casemill.suite import case_path, case_text, write_starter
from casemill.suite.accepted import read_accepted

OVERRIDE = """\
# Yes until Monday.
[[override]]
case = "wrong-fact-aaaaaa"
who = "lead@shop.test"
why = "New price list."
until = "2026-12-01"

[[override]]
case = "wrong-fact-bbbbbb"
who = "lead@shop.test"
why = "The same."
until = 2026-12-02
commit = "4f0c2aa"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_starter(tmp_path / "evals")
    return tmp_path / "evals"


def test_the_starters_rules_are_the_defaults(folder: Path) -> None:
    rules = read_rules(folder)
    assert rules.policy == GatePolicy()
    assert (rules.overrides, rules.baseline, rules.unreadable) == ((), {}, ())


def test_the_rules_know_every_case_and_its_file(folder: Path) -> None:
    path = folder / case_path(make.case())
    path.parent.mkdir()
    path.write_text(case_text(make.case()))
    (path.parent / "broken.yaml").write_text("id: [\n")
    rules = read_rules(folder)
    assert rules.cases == {make.case().id: make.case()}
    assert rules.paths == {make.case().id: str(path)}
    assert len(rules.unreadable) == 1
    assert "broken.yaml:1" in rules.unreadable[0]


def test_a_file_in_the_wrong_place_is_still_readable(folder: Path) -> None:
    (folder / "cases" / "elsewhere.yaml").write_text(case_text(make.case()))
    assert read_rules(folder).unreadable == ()


def test_without_files_the_defaults_hold(tmp_path: Path) -> None:
    assert read_policy(tmp_path) == GatePolicy()
    assert read_overrides(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("pass_rate = 0.9\nmin_case = 3\n", 2, "there is no key 'min_case'"),
        ("pass_rate = 95\n", 1, "must be a rate from 0 to 1; 95 % is 0.95"),
        ("pass_rate = true\n", 1, "must be a rate"),
        ("pass_rate = nan\n", 1, "must be a rate"),
        ('\nmax_error_rate = "few"\n', 2, "must be a rate"),
        ("min_cases = 0\n", 1, "must be a whole number, 1 or more"),
        ("min_cases = 1.5\n", 1, "must be a whole number"),
        ("max_drop = 5\n", 1, "must be a rate from 0 to 1; 5 % is 0.05"),
        ('on_drop = "maybe"\n', 1, "on_drop must be one of: shut, tell"),
        ('uncertified_judge = "trust"\n', 1, "must be one of: downgrade, refuse, accept"),
        ("flaky = true\n", 1, "flaky must be one of: aside, tell"),
        ("flaky = [1]\n", 1, "flaky must be one of: aside, tell"),
        ("override_commit = 1\n", 1, "override_commit must be true or false"),
        ("override_days = 0\n", 1, "must be a whole number, 1 or more"),
        ('sign_off = "pm"\n', 1, "a role is a table of its own: [[sign_off]]"),
        ('[sign_off]\nrole = "pm"\n', 1, "a role is a table of its own: [[sign_off]]"),
        ('[[sign_off]]\nrole = "pm"\n\n[[sign_off]]\nrole = "pm"\n', 5, "a sign-off needs a role of its own"),
        ('[[sign_off]]\nwho = ["anna"]\n', 1, "a sign-off needs a role of its own"),
        ('[[sign_off]]\nrole = "pm"\nwho = "anna"\n', 3, "who must be a list of names"),
        ('[[sign_off]]\nroll = "pm"\n', 2, "there is no key 'roll'"),
        ("pass_rate = 0.9\npass_rate = 0.8\n", 2, "is not TOML"),
        ("pass_rate 0.9\n", 1, "is not TOML"),
        ("[gate]\npass_rate = 0.9\n", 1, "there is no key 'gate'"),
    ],
)
def test_a_slip_in_the_policy_is_told_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    (tmp_path / "policy.toml").write_text(text)
    with pytest.raises(FileError) as caught:
        read_policy(tmp_path)
    assert said in str(caught.value)
    assert caught.value.line == line


def test_a_whole_policy_is_read(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(
        'max_drop = 0.1\non_drop = "tell"\ngolden_facts = "tell"\nflaky = "tell"\nuncertified_judge = "refuse"\n'
        "override_days = 14\noverride_commit = true\n"
        '[[sign_off]]\nrole = "pm"\n[[sign_off]]\nrole = "ml"\nwho = ["mia"]\n'
    )
    assert read_policy(tmp_path) == GatePolicy(
        max_drop=0.1,
        on_drop="tell",
        golden_facts="tell",
        flaky="tell",
        uncertified_judge="refuse",
        override_days=14,
        override_commit=True,
        sign_off=(SignOffWanted(role="pm"), SignOffWanted(role="ml", who=("mia",))),
    )


def test_overrides_are_read_with_days_as_text_or_toml_dates(tmp_path: Path) -> None:
    (tmp_path / "overrides.toml").write_text(OVERRIDE)
    first, second = read_overrides(tmp_path)
    assert (first.case, first.until, second.until, second.commit) == (
        "wrong-fact-aaaaaa",
        "2026-12-01",
        "2026-12-02",
        "4f0c2aa",
    )


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ('why = "The same."', 'way = "The same."', 11, "there is no key 'way'"),
        ('why = "The same."', 'why = "  "', 11, "must be a text that says something"),
        ('why = "The same."\n', "", 8, "an override needs 'why'"),
        ("until = 2026-12-02", 'until = "2026-13-02"', 12, "needs its last day"),
        ("until = 2026-12-02", 'until = "forever"', 12, "needs its last day"),
        ("until = 2026-12-02", "until = 2026-12-02T10:00:00", 12, "needs its last day"),
        ("until = 2026-12-02\n", "", 8, "needs its last day"),
        ('case = "wrong-fact-bbbbbb"', "case = 7", 9, "must be a text"),
        ("[[override]]", "[override]", 2, "is not TOML"),
        ("[[override]]", "[[overide]]", 2, "there is no key 'overide'"),
    ],
)
def test_a_slip_in_an_override_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, line: int, said: str
) -> None:
    (tmp_path / "overrides.toml").write_text(OVERRIDE.replace(before, after))
    with pytest.raises(FileError) as caught:
        read_overrides(tmp_path)
    assert said in str(caught.value)
    if said != "is not TOML":
        assert caught.value.line == line


def test_one_override_as_a_plain_table_is_told_how_to_write_it(tmp_path: Path) -> None:
    (tmp_path / "overrides.toml").write_text('[override]\ncase = "a"\n')
    with pytest.raises(FileError, match=r"overrides.toml:1: an override is a table of its own: \[\[override\]\]"):
        read_overrides(tmp_path)


@pytest.mark.parametrize(
    ("file", "name", "read"),
    [
        ("overrides.toml", "override", read_overrides),
        ("signoffs.toml", "sign_off", read_sign_offs),
        ("leaks.toml", "accept", read_accepted),
        ("policy.toml", "sign_off", read_policy),
    ],
)
@pytest.mark.parametrize("listed", ["[1]", '["a"]', "5"])
def test_what_is_no_table_where_tables_are_listed_is_told_with_its_line(
    tmp_path: Path, file: str, name: str, read: Callable[[Path], object], listed: str
) -> None:
    (tmp_path / file).write_text(f"\n{name} = {listed}\n")
    with pytest.raises(FileError, match=rf"{file}:2: an? [\w-]+ is a table of its own: \[\[{name}\]\]"):
        read(tmp_path)
