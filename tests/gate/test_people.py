"""What people say to the gate: sign-offs by role, overrides, readings of reds; each in its file."""

from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.gate import GatePolicy, Override, RedRead, SignOff, SignOffWanted
from casemill.domain.run import Run
from casemill.domain.word import changed
from casemill.errors import FileError, UsageError
from casemill.gate import Rules, add_override, add_reading, add_sign_off
from casemill.gate.override import read_overrides
from casemill.gate.readings import change_for, counts_by_month, counts_of, read_readings
from casemill.gate.sign_off import digest_of_run, read_sign_offs
from casemill.suite import case_text
from casemill.suite.files import parse_case
from gate.weighing import case, judge, passes, rule, verdict

ASKS = GatePolicy(sign_off=(SignOffWanted(role="pm"), SignOffWanted(role="ml", who=("mia@shop.test",))))


def run(*verdicts: Any) -> Run:
    return make.run("r1", verdicts=verdicts or passes(3))


def signed(role: str, who: str, of: Run) -> SignOff:
    return SignOff(run=of.head.id, role=role, who=who, on="2026-11-21", digest=digest_of_run(of))


def test_without_the_sign_offs_that_the_policy_asks_for_the_gate_cannot_tell() -> None:
    none = judge(run(), Rules(policy=ASKS))
    assert (none.state, none.because) == ("unjudged", ("the sign-off of pm, ml is missing: casemill gate sign",))
    one = judge(run(), Rules(policy=ASKS, sign_offs=(signed("pm", "anna@shop.test", run()),)))
    assert "the sign-off of ml is missing" in one.because[0]
    both = (signed("pm", "anna@shop.test", run()), signed("ml", "mia@shop.test", run()))
    assert judge(run(), Rules(policy=ASKS, sign_offs=both)).state == "open"


def test_a_sign_off_opens_nothing_that_is_shut() -> None:
    fails = run(verdict("a"), *passes(99))
    both = (signed("pm", "anna@shop.test", fails), signed("ml", "mia@shop.test", fails))
    assert judge(fails, Rules(policy=ASKS, sign_offs=both)).state == "shut"


@pytest.mark.parametrize(
    ("sign", "why"),
    [
        (signed("ml", "otto@shop.test", run()), "ml (otto@shop.test may not sign for it)"),
        (
            changed(signed("ml", "mia@shop.test", run()), digest="sha256:x"),
            "ml (signed when the run said something else)",
        ),
        (changed(signed("ml", "mia@shop.test", run()), run="r0"), "ml"),
    ],
)
def test_a_sign_off_by_somebody_else_of_something_else_does_not_count(sign: SignOff, why: str) -> None:
    rules = Rules(policy=ASKS, sign_offs=(signed("pm", "anna@shop.test", run()), sign))
    assert rule(judge(run(), rules), "sign_off")[1] == f"the sign-off of {why} is missing: casemill gate sign"


def test_what_is_signed_is_every_verdict_on_every_content() -> None:
    one, *rest = passes(3)
    digest = digest_of_run(run(one, *rest))
    assert digest == digest_of_run(run(*rest, one))
    assert digest != digest_of_run(run(changed(one, result="fail"), *rest))
    assert digest != digest_of_run(run(changed(one, digest="sha256:2"), *rest))
    assert digest != digest_of_run(make.run("r1", verdicts=(one, *rest), target="v2"))


def test_signing_is_written_once_and_only_by_who_may(tmp_path: Path) -> None:
    sign = signed("ml", "mia@shop.test", run())
    assert add_sign_off(tmp_path, sign, policy=ASKS)
    assert add_sign_off(tmp_path, changed(signed("pm", 'an"na', run()), note="read\nall"), policy=ASKS)
    assert not add_sign_off(tmp_path, sign, policy=ASKS)
    first, second = read_sign_offs(tmp_path)
    assert (first, second.who, second.note) == (sign, 'an"na', "read\nall")
    with pytest.raises(UsageError, match="may not sign as ml"):
        add_sign_off(tmp_path, signed("ml", "otto@shop.test", run()), policy=ASKS)
    with pytest.raises(UsageError, match="asks for no sign-off of 'ceo'"):
        add_sign_off(tmp_path, signed("ceo", "x", run()), policy=ASKS)


def test_a_slip_in_a_sign_off_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "signoffs.toml").write_text('[[sign_off]]\nrun = "r1"\nrole = "pm"\nwho = 7\n')
    with pytest.raises(FileError, match=r"signoffs.toml:4: a sign-off needs 'who'"):
        read_sign_offs(tmp_path)


YES = Override(case="a", who="lead@shop.test", why="New price list.", until="2026-12-01", commit="4f0c2aa")


def test_a_recorded_yes_goes_behind_the_others_and_comments_stay(tmp_path: Path) -> None:
    path = tmp_path / "overrides.toml"
    path.write_text("# ours\n")
    add_override(tmp_path, YES)
    add_override(tmp_path, changed(YES, case="", rule="drop", why='"quoted" \\ and\nlines', commit=None))
    assert path.read_text().startswith("# ours\n\n[[override]]\ncase = ")
    assert read_overrides(tmp_path) == (
        YES,
        changed(YES, case="", rule="drop", why='"quoted" \\ and\nlines', commit=None),
    )


@pytest.mark.parametrize(
    ("policy", "commit", "state"),
    [
        (GatePolicy(), None, "open"),
        (GatePolicy(override_days=10), None, "open"),
        (GatePolicy(override_days=9), None, "shut"),
        (GatePolicy(override_commit=True), "4f0c2aa99", "open"),
        (GatePolicy(override_commit=True), "5555555", "shut"),
        (GatePolicy(override_commit=True), None, "shut"),
    ],
)
def test_how_long_a_yes_lasts_and_for_which_commit_is_the_policys(
    policy: GatePolicy, commit: str | None, state: str
) -> None:
    judged = judge(
        make.run(verdicts=(verdict("a"), *passes(99)), commit=commit), Rules(policy=policy, overrides=(YES,))
    )
    assert judged.state == state
    assert any("does not count" in line for line in judged.told) == (state == "shut")


def test_a_yes_names_a_case_or_a_rule_that_can_be_overridden(tmp_path: Path) -> None:
    (tmp_path / "overrides.toml").write_text('[[override]]\nrule = "p0"\nwho = "x"\nwhy = "y"\nuntil = "2026-12-01"\n')
    with pytest.raises(FileError, match=r"overrides.toml:2: an override names a case, or one of these rules: drop"):
        read_overrides(tmp_path)


def read(read_as: str = "stale", **fields: Any) -> RedRead:
    told: dict[str, Any] = {
        "case": "a",
        "digest": verdict("a").digest,
        "run": "run-1",
        "target": "v1",
        "read_as": read_as,
        "who": "lead@shop.test",
        "at": make.NOW,
        "note": "prices changed",
    }
    return RedRead(**(told | fields))


def test_readings_are_only_ever_added_and_the_last_of_a_red_stands(tmp_path: Path) -> None:
    later = make.NOW.replace(hour=12)
    assert add_reading(tmp_path, read("regression"))
    assert add_reading(tmp_path, read("stale", at=later))
    assert not add_reading(tmp_path, read("stale", at=later.replace(day=22)))
    assert add_reading(tmp_path, read("flaky", case="b", at=later.replace(month=12)))
    readings = read_readings(tmp_path)
    assert [each.read_as for each in readings] == ["regression", "stale", "flaky"]
    assert counts_of(readings) == {"stale": 1, "flaky": 1}
    assert counts_by_month(readings) == {"2026-11": {"stale": 1}, "2026-12": {"flaky": 1}}


def test_lines_that_a_merge_put_in_another_order_read_the_same(tmp_path: Path) -> None:
    add_reading(tmp_path, read("regression"))
    add_reading(tmp_path, read("stale", at=make.NOW.replace(hour=12)))
    path = tmp_path / "readings.jsonl"
    path.write_bytes(b"\n".join(reversed(path.read_bytes().splitlines())) + b"\n\n")
    assert counts_of(read_readings(tmp_path)) == {"stale": 1}
    path.write_text("<<<<<<< HEAD\n")
    with pytest.raises(FileError, match=r"readings.jsonl:1: is not a reading"):
        read_readings(tmp_path)


def test_a_reading_stands_beside_the_red_and_opens_nothing() -> None:
    fails = make.run(verdicts=(verdict("a"), *passes(99)))
    judged = judge(fails, Rules(readings=(read(),)))
    assert (judged.state, judged.read) == ("shut", {"stale": 1})
    assert judged.reds[0].read == "the case is out of date, says lead@shop.test on 2026-11-21: prices changed"
    older = judge(fails, Rules(readings=(read(run="run-0", note=""),)))
    assert older.reds[0].read == "the case is out of date, says lead@shop.test on 2026-11-21, in run run-0"
    other = judge(fails, Rules(readings=(read(target="v2"), read(digest="sha256:old"))))
    assert (other.reds[0].read, other.read) == (None, {"stale": 1})


def test_a_reading_leads_to_a_change_of_the_case_file_in_which_comments_survive() -> None:
    text = "# why it is here\n" + case_text(case("wrong-fact-7q3k2d"))
    path = "cases/wrong_tone/wrong-fact-7q3k2d.yaml"
    assert change_for(read("regression"), text, path=path, severity="P1") is None
    stale = change_for(read("stale"), text, path=path, severity="P1")
    assert stale is not None
    assert (stale.kind, stale.path, stale.text.startswith("# why it is here\n")) == ("mark_stale", path, True)
    mark = parse_case(stale.text, Path(path)).stale
    assert mark is not None
    assert (mark.since, mark.because) == ("2026-11-21", "prices changed")
    for read_as in ("grader_wrong", "flaky"):
        aside = change_for(read(read_as, note=""), text, path=path, severity="P1")
        assert aside is not None
        assert parse_case(aside.text, Path(path)).status == "quarantined"
        assert change_for(read(read_as), text, path=path, severity="P0") is None
