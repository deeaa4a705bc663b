"""What the gate makes of verdicts that were graded by files which say something else elsewhere."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

import make
from casemill.domain.gate import GatePolicy, Judgement
from casemill.domain.run import Run, Trial, Verdict
from casemill.domain.word import changed
from casemill.gate import Rules, accept, count_trials, lay_beside, read_rules
from casemill.gate.baseline import read_baseline, read_stability
from casemill.gate.report import reports
from casemill.gate.side_by_side_page import render as as_page
from casemill.gate.side_by_side_text import render as as_text
from casemill.gate.sign_off import digest_of_run
from gate.weighing import case, judge, looked, passes, rule, verdict

RUBRIC, SCHEMA = "rubrics/support@1.md", "schemas/refund.json"
SAID = {RUBRIC: "sha256:old", SCHEMA: "sha256:s"}
EDITED = {RUBRIC: "sha256:new", SCHEMA: "sha256:s"}


def by(names: tuple[str, ...], id: str, severity: str = "P1", result: str = "pass") -> Verdict:
    return changed(verdict(id, severity, result), yardsticks=names)


def a_run(*verdicts: Verdict, said: dict[str, str] | None = SAID, **head: Any) -> Run:
    return make.run(verdicts=verdicts, yardsticks=said, **head)


def ruled(*verdicts: Verdict, **fields: Any) -> Rules:
    cases = {each.case: case(each.case, each.severity) for each in verdicts}
    digests = {id: one.digest for id, one in cases.items()}
    return Rules(cases=cases, digests=digests, policy=GatePolicy(pass_rate=0), **fields)


P0 = by((RUBRIC,), "grave", "P0")
P1 = by((RUBRIC, SCHEMA), "less", "P1")
FREE = by((SCHEMA,), "free", "P0")


def told(judgement: Judgement) -> str:
    return "\n".join(judgement.told)


def test_while_the_files_say_what_they_said_nothing_is_told() -> None:
    judgement = judge(a_run(P0, P1, FREE), ruled(P0, P1, FREE, yardsticks=SAID))
    assert (judgement.state, judgement.judged) == ("open", 3)
    assert "graded by" not in told(judgement)
    assert "recorded" not in told(judgement)


def test_a_p0_that_passed_by_another_rubric_than_there_is_now_leaves_the_gate_unjudged() -> None:
    judgement = judge(a_run(P0, P1, FREE), ruled(P0, P1, FREE, yardsticks=EDITED))
    assert judgement.state == "unjudged"
    line = f"1 P0 case was graded by another {RUBRIC} than now: grave; run again"
    assert rule(judgement, "p0_put") == ("unknown", line)
    assert judgement.because == (line,)
    assert f"2 cases were graded by another {RUBRIC} than now: grave, less; run again" in judgement.told


def test_a_pass_by_another_rubric_counts_for_nothing_and_a_fail_still_stands() -> None:
    green = judge(a_run(P1, FREE), ruled(P1, FREE, yardsticks=EDITED))
    assert (green.state, green.passed, green.judged) == ("open", 1, 1)
    red = judge(a_run(by((RUBRIC,), "less", "P1", "fail"), FREE), ruled(P1, FREE, yardsticks=EDITED))
    assert (red.state, red.judged) == ("shut", 2)


def test_a_file_that_is_gone_is_another_and_one_that_nobody_looked_at_is_not() -> None:
    gone = judge(a_run(P0), ruled(P0, yardsticks={RUBRIC: "", SCHEMA: "sha256:s"}))
    assert (gone.state, judge(a_run(P0), ruled(P0)).state) == ("unjudged", "open")


def test_what_the_release_of_the_run_holds_is_right_whatever_the_file_says_now() -> None:
    rules = ruled(P0, yardsticks=EDITED, pinned=SAID)
    assert judge(a_run(P0), rules).state == "open"
    assert judge(a_run(P0, said={RUBRIC: "sha256:third"}), rules).state == "unjudged"


def test_a_case_that_is_set_aside_keeps_no_gate_from_telling() -> None:
    rules = ruled(P0, yardsticks=EDITED)
    aside = rules._replace(cases={"grave": changed(rules.cases["grave"], status="quarantined")})
    assert rule(judge(a_run(P0), aside), "p0_put")[0] == "held"


FELL = tuple(by((RUBRIC,), f"c{number}", "P2", "pass" if number > 60 else "fail") for number in range(100))
STOOD = tuple(changed(each, result="pass", trials=passes(1)[0].trials) for each in FELL)


def accepted(folder: Path, run: Run, **fields: Any) -> Rules:
    folder.mkdir(exist_ok=True)
    accept(run, folder, now=make.NOW)
    return Rules(policy=GatePolicy(pass_rate=0), baseline=read_baseline(folder), **fields)


def test_a_fall_since_a_baseline_that_was_graded_by_another_rubric_is_no_fall(tmp_path: Path) -> None:
    rules = accepted(tmp_path, a_run(*STOOD, id="run-0"))
    same = judge(a_run(*FELL), rules)
    assert (same.state, rule(same, "drop")[0]) == ("shut", "broken")
    other = judge(a_run(*FELL, said=EDITED), rules)
    assert (other.state, other.comparison) == ("open", None)
    assert rule(other, "drop") == ("told", "no case can be compared with the baseline of v1")
    assert other.told[0].startswith(
        f"100 cases were graded by another {RUBRIC} in the baseline (run run-0), not compared: c0, c1, c10, c11, c12"
    )
    assert "that passed" not in told(other)


def test_a_red_says_that_its_case_was_graded_otherwise_before(tmp_path: Path) -> None:
    rules = accepted(tmp_path, a_run(P1, FREE, id="run-0"))
    reds = judge(a_run(by((RUBRIC, SCHEMA), "less", "P1", "fail"), FREE, said=EDITED), rules).reds
    assert [red.before for red in reds] == [f"pass, graded by another {RUBRIC}"]


def test_only_what_the_edited_file_graded_is_not_compared(tmp_path: Path) -> None:
    rules = accepted(tmp_path, a_run(*STOOD, FREE, id="run-0"))
    found = judge(a_run(*FELL, FREE, said=EDITED), rules).comparison
    assert found is not None
    assert (found.cases, found.left_out) == (1, {"graded otherwise": 100})


def test_a_case_that_had_no_judge_before_was_graded_otherwise(tmp_path: Path) -> None:
    rules = accepted(tmp_path, a_run(by((), "less"), FREE, id="run-0"))
    judgement = judge(a_run(by((RUBRIC,), "less"), FREE), rules)
    assert f"1 case was graded by another {RUBRIC} in the baseline (run run-0), not compared: less" in judgement.told


def test_a_baseline_without_a_record_is_compared_with_and_that_is_told(tmp_path: Path) -> None:
    rules = accepted(tmp_path, a_run(*STOOD, said=None, id="run-0"))
    assert "yardsticks" not in json.loads((tmp_path / "baseline.json").read_text())["targets"]["v1"]
    judgement = judge(a_run(*FELL), rules)
    assert judgement.state == "shut"
    line = "not recorded: by which files the baseline was graded (run run-0); accept a newer run"
    assert line in judgement.told
    plain = tuple(changed(each, yardsticks=()) for each in FELL)
    assert line not in judge(a_run(*plain, said={}), rules).told


OLD = "not recorded: by which rubrics, presets, schemas and articles this run was graded"


def test_of_an_old_run_it_is_told_only_where_its_cases_are_graded_by_files() -> None:
    plain = ruled(P1)
    asking = plain._replace(cases={"less": changed(plain.cases["less"], assert_=({"cites": {}},))})
    old = changed(P1, yardsticks=())
    assert OLD in judge(a_run(old, said=None), asking).told
    assert OLD not in judge(a_run(old, said=None), plain).told
    assert OLD not in judge(a_run(old, said={}), asking).told
    assert judge(a_run(old, said=None), asking).state == "open"


def test_accepting_again_keeps_what_the_files_say_and_their_names_by_case(tmp_path: Path) -> None:
    accepted(tmp_path, a_run(P1, FREE))
    kept = read_baseline(tmp_path)["v1"]
    assert (kept.yardsticks, kept.verdicts["less"].yardsticks) == (SAID, (RUBRIC, SCHEMA))
    before = (tmp_path / "baseline.json").read_bytes()
    accept(a_run(P1, FREE), tmp_path, now=make.NOW + timedelta(days=1))
    assert (tmp_path / "baseline.json").read_bytes() == before


def trials(results: str) -> tuple[Trial, ...]:
    said = {"p": "pass", "f": "fail"}
    return tuple(Trial(number=n, grades=(looked(said[one]),)) for n, one in enumerate(results, 1))


def test_the_history_of_a_case_begins_anew_with_another_rubric_and_not_with_other_articles(tmp_path: Path) -> None:
    one = changed(P1, trials=trials("pfpfp"), yardsticks=(RUBRIC, "articles/"))
    said = {**SAID, "articles/": "sha256:x"}
    moved = {**said, "articles/": "sha256:y"}
    counted = []
    for number, now in enumerate((said, moved, None, {**moved, RUBRIC: "sha256:new"})):
        unrecorded = one if now is not None else changed(one, yardsticks=())
        count_trials(a_run(unrecorded, said=now, id=f"r{number}"), tmp_path)
        counted.append(read_stability(tmp_path)["less"]["v1"].trials)
    assert counted == [5, 10, 15, 5]


@pytest.mark.parametrize("said", [SAID, EDITED])
def test_a_history_by_another_rubric_does_not_set_a_red_aside(tmp_path: Path, said: dict[str, str]) -> None:
    count_trials(a_run(changed(P1, trials=trials("pfpf" * 5)), id="r0"), tmp_path)
    rules = ruled(P1, steady=read_stability(tmp_path))
    (red,) = judge(a_run(by((RUBRIC, SCHEMA), "less", "P1", "fail"), FREE, said=said), rules).reds
    assert ("flickers" in red.reason) == (said == SAID)


def test_a_sign_off_is_of_what_the_run_was_graded_by_too() -> None:
    assert digest_of_run(a_run(P1)) != digest_of_run(a_run(P1, said=EDITED))
    plain = changed(P1, yardsticks=())
    assert digest_of_run(a_run(plain, said=None)) == digest_of_run(a_run(plain, said={}))


def test_every_report_that_lists_such_things_names_the_file(tmp_path: Path) -> None:
    rules = accepted(tmp_path, a_run(P0, P1, FREE, id="run-0"), yardsticks=SAID)
    rules = rules._replace(cases=ruled(P0).cases)
    run = a_run(P0, by((RUBRIC, SCHEMA), "less", "P1", "fail"), FREE, said=EDITED)
    judgement = judge(run, rules)
    assert judgement.state == "unjudged"
    for form in ("text", "markdown", "html", "junit", "github", "gitlab"):
        flat = " ".join(reports.get(form)(judgement, run).split())
        assert f"graded by another {RUBRIC} than now" in flat, form
        if form not in ("github", "gitlab"):  # they tell the state and the reds
            assert f"graded by another {RUBRIC} in the baseline" in flat, form
            assert f"pass, graded by another {RUBRIC}" in flat, form
    assert f"graded by another {RUBRIC} than now" in msgspec.json.encode(judgement).decode()


def test_side_by_side_the_file_is_named_also_when_nothing_is_left_to_compare() -> None:
    both = lay_beside(a_run(P1, id="r1"), a_run(P1, said=EDITED, id="r2"), cases={})
    assert (both.comparison, both.graded_otherwise, both.not_recorded) == (None, {RUBRIC: 1}, ())
    line = f"1 case was graded by another {RUBRIC}: not compared"
    assert line in as_text(both)
    assert line in as_page(both)
    assert "NOTHING TO COMPARE" in as_text(both)


def test_side_by_side_a_run_without_a_record_is_named() -> None:
    old = a_run(changed(P1, yardsticks=()), said=None, id="r1")
    both = lay_beside(old, a_run(P1, id="r2"), cases={})
    assert both.comparison is not None
    assert (both.graded_otherwise, both.not_recorded) == ({}, ("r1",))
    line = "not recorded: by which rubrics, presets, schemas and articles run r1 was graded"
    assert line in as_text(both)
    assert "Not recorded: by which rubrics" in as_page(both)
    assert lay_beside(a_run(P1, id="r2"), old, cases={}).not_recorded == ("r1",)
    assert lay_beside(old, a_run(by((), "less"), said={}, id="r2"), cases={}).not_recorded == ()


def test_slices_do_not_say_what_they_came_to_by_another_rubric() -> None:
    def before(said: dict[str, str]) -> set[float | None]:
        verdicts = (P1, changed(FREE, failure_mode="wrong_fact", yardsticks=(RUBRIC,)))
        both = lay_beside(a_run(*verdicts, id="r1"), a_run(*verdicts, said=said, id="r2"), cases={})
        return {slice.before for slice in both.slices}

    assert (before(SAID), before(EDITED)) == ({1.0}, {None})


def test_the_rules_hold_what_the_files_of_a_run_say_now_and_what_its_release_pins(tmp_path: Path) -> None:
    from casemill.suite import Checks, freeze, write_starter
    from casemill.suite.files import case_path, case_text

    write_starter(tmp_path)
    path = tmp_path / case_path(make.case())
    path.parent.mkdir()
    path.write_text(case_text(make.case()))
    freeze(tmp_path, by="lead@shop.test", now=make.NOW, checks=Checks(yardsticks=lambda cases: SAID))
    rules = read_rules(tmp_path, release=1, yardsticks=[RUBRIC, SCHEMA, "../elsewhere.py"])
    assert rules.pinned == SAID
    assert rules.yardsticks.keys() == {RUBRIC, SCHEMA}
    assert rules.yardsticks[RUBRIC].startswith("sha256:")
    assert rules.yardsticks[SCHEMA] == ""
    assert read_rules(tmp_path).yardsticks == read_rules(tmp_path).pinned == {}
