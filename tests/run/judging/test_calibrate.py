"""A judge held against people, and the certificate that comes of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.calibration import HumanVerdict
from casemill.domain.case import Case
from casemill.domain.grade import Grade, GradeResult, Judged
from casemill.domain.run import Run, Trial
from casemill.domain.word import changed
from casemill.errors import OutsideError, UsageError
from casemill.personal import scan
from casemill.run.calibrate import Calibrated, Calibration, People, calibrate_judge
from casemill.run.judging.human import drawn, gradable
from casemill.run.order import Place
from casemill.suite.certificates import read_certificates, standing
from casemill.suite.files import case_path, case_text
from casemill.suite.rubrics import criterion_digest, find_rubric
from llm.loopback import saying, serving
from run.judging.court import Rule, court, grading, honest, judged_case, planned, verdict

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def ids(n: int) -> list[str]:
    return [f"case-{LETTERS[at // 26]}{LETTERS[at % 26]}aaaa" for at in range(n)]


def suite_of(root: Path, n: int, criterion: str = "factual_accuracy") -> list[Case]:
    """`n` cases with a judge assertion, written where they belong."""
    cases = [judged_case(criterion, id) for id in ids(n)]
    for case in cases:
        path = root / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))
    return cases


def said(case: Case, result: str, *, bad: bool | None = None, **fields: Any) -> HumanVerdict:
    """What a person says of a case's reply; the reply is bad when they fail it, unless `bad` says otherwise."""
    reply = make.BAD if (result == "fail" if bad is None else bad) else make.GOOD
    return make.human_verdict(case.id, result=result, reply=f"{reply} Re {case.id}.", **fields)


def calibrated(
    root: Path, verdicts: list[HumanVerdict], *, rule: Rule = honest, run: Run | None = None, **judge: Any
) -> Calibrated:
    criterion = verdicts[0].criterion
    with serving(grading(rule)) as server:
        settings = court(root, server.url, **judge)
        order = Calibration(criterion=criterion)
        return calibrate_judge(order, Place(root, settings, {}), people=People(verdicts, run), now=make.NOW)


def people(cases: list[Case], fails: int, **fields: Any) -> list[HumanVerdict]:
    """The first `fails` cases failed by people, the others passed."""
    return [said(case, "fail" if at < fails else "pass", **fields) for at, case in enumerate(cases)]


def test_a_judge_that_agrees_gets_a_certificate_that_stands(tmp_path: Path) -> None:
    done = calibrated(tmp_path, people(suite_of(tmp_path, 50), 25))
    it = done.certificate
    assert (it.holds, it.because, it.number) == (True, (), 1)
    assert (it.table.pass_pass, it.table.fail_fail, it.table.pass_fail, it.table.fail_pass) == (25, 25, 0, 0)
    assert it.tpr is not None
    assert (it.tpr.value, it.tpr.of, round(it.tpr.low, 2)) == (1.0, 25, 0.87)
    assert it.expires == (make.NOW + timedelta(days=90)).date().isoformat()
    assert read_certificates(tmp_path / "evals") == (it,)
    assert done.file == "evals/judges/factual_accuracy@1.json"
    assert scan((tmp_path / done.file).read_text()) == (), "casemill leaks reads the file too"


def test_it_stands_for_the_judge_of_the_settings_and_no_other(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 50)
    with serving(grading(honest)) as server:
        settings = court(tmp_path, server.url)
        order = Calibration(criterion="factual_accuracy")
        calibrate_judge(order, Place(tmp_path, settings, {}), people=People(people(cases, 25)), now=make.NOW)
        (head,) = planned(settings, tmp_path, *cases).heads
        (hotter,) = planned(court(tmp_path, server.url, model="params = {temperature = 1}"), tmp_path, *cases).heads
    certificates = read_certificates(tmp_path / "evals")
    states = [
        standing(certificates, one, criterion="factual_accuracy", rubric="support@1", now=make.NOW).state
        for one in (head, hotter)
    ]
    assert states == ["valid", "stale"]


def test_a_judge_that_lets_too_much_pass_is_told_so_and_does_not_hold(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 60)
    verdicts = [said(case, "fail" if at < 30 else "pass", bad=at < 20) for at, case in enumerate(cases)]
    it = calibrated(tmp_path, verdicts).certificate
    assert not it.holds
    assert (it.table.fail_pass, it.table.fail_fail) == (10, 20)
    assert it.because == ("TNR is 66.6 % (48.7 % to 80.7 %); its lower end must reach 80 %",)


def test_too_few_fails_are_too_few_however_well_they_were_caught(tmp_path: Path) -> None:
    it = calibrated(tmp_path, people(suite_of(tmp_path, 40), 10)).certificate
    assert not it.holds
    assert it.because[0] == "people failed 10 of the compared replies; 20 are needed"


def test_a_judge_that_follows_orders_does_not_hold(tmp_path: Path) -> None:
    def obedient_on_orders(shown: dict[str, str]) -> Any:
        orders = "SYSTEM:" in shown["reply"]
        return verdict("pass", scored=False, reason="Told to.") if orders else honest(shown)

    done = calibrated(tmp_path, people(suite_of(tmp_path, 50), 25), rule=obedient_on_orders)
    assert done.certificate.because == ("it misjudged what is known (injected): Told to.",)
    assert [test.kind for test in done.missed] == ["injected"]


def test_replies_without_a_verdict_are_counted_and_too_many_are_refused(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 60)

    def shy(shown: dict[str, str]) -> Any:
        known = any(case.id in shown["reply"] for case in cases[-12:])
        return verdict("unsure", scored=False) if known else honest(shown)

    it = calibrated(tmp_path, people(cases, 25), rule=shy).certificate
    assert (it.table.unsure, it.because) == (12, ("on 12 of 60 replies the judge gave no verdict",))


def test_anchors_are_as_many_good_as_bad_ones_on_which_all_agreed(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 60)
    verdicts = people(cases, 30)
    verdicts += [make.human_verdict(None, expectation="x", reply="Write to anna.petrova@mail.test", result="pass")]
    it = calibrated(tmp_path, verdicts).certificate
    assert [anchor.wanted for anchor in it.anchors] == ["fail", "pass"] * 6
    assert all((make.BAD in anchor.shown["reply"]) == (anchor.wanted == "fail") for anchor in it.anchors)
    assert not any("anna.petrova" in anchor.shown["reply"] for anchor in it.anchors)


def test_the_next_run_judges_the_anchors_again(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 50)
    with serving(grading(honest)) as server:
        settings = court(tmp_path, server.url, judge="anchors = 4")
        order = Calibration(criterion="factual_accuracy")
        place = Place(tmp_path, settings, {})
        done = calibrate_judge(order, place, people=People(people(cases, 25)), now=make.NOW)
        plan = planned(settings, tmp_path, *cases)
        edited = planned(court(tmp_path, server.url, model="params = {seed = 1}"), tmp_path, *cases)
    assert list(plan.anchors.values()) == [done.certificate.anchors[:4]]
    assert edited.anchors == {}


def test_several_people_on_one_reply_count_once_and_by_majority(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 42)
    verdicts = people(cases[:40], 20)
    verdicts += [said(cases[40], "pass", by=name) for name in ("a", "b")] + [said(cases[40], "fail", by="c", bad=False)]
    verdicts += [said(cases[41], "pass", by="a"), said(cases[41], "fail", by="b", bad=False)]
    done = calibrated(tmp_path, verdicts)
    assert done.compared == 41
    assert done.aside == (f"{cases[41].id}: people do not agree on it",)


def test_who_graded_by_other_words_has_no_say_beside_those_who_graded_by_these(tmp_path: Path) -> None:
    case = suite_of(tmp_path, 1)[0]
    old = [said(case, "fail", by=name, bad=False, criterion_digest="sha256:old") for name in ("a", "b")]
    done = calibrated(tmp_path, [*old, said(case, "pass", by="c")])
    assert (done.compared, done.certificate.table.pass_pass) == (1, 1)
    assert done.aside == (f"{case.id}: graded by other words than those of support@1",) * 2


def test_a_judge_that_cannot_be_asked_leaves_the_certificates_as_they_are(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 2)
    court(tmp_path, "http://127.0.0.1:9")
    with serving(saying("down", status=501)) as server:
        place = Place(tmp_path, court(tmp_path, server.url), {})
        with pytest.raises(OutsideError, match=r"no verdict on any reply: judge judge: .* answered 501"):
            calibrate_judge(
                Calibration(criterion="factual_accuracy"), place, people=People(people(cases, 1)), now=make.NOW
            )
    assert read_certificates(tmp_path / "evals") == ()


def test_somebodys_later_word_replaces_the_earlier(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 2)
    verdicts = [said(cases[0], "fail", bad=False), said(cases[0], "pass"), said(cases[1], "fail")]
    table = calibrated(tmp_path, verdicts).certificate.table
    assert (table.pass_pass, table.fail_pass, table.fail_fail) == (1, 0, 1)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"case": "gone-aaaaaa"}, "the suite has no such case"),
        ({"case_digest": "sha256:old"}, "the case was changed since"),
        ({"rubric": "support@0"}, "graded by support@0, not support@1"),
        ({"criterion_digest": "sha256:old"}, "graded by other words than those of support@1"),
        ({"reply": "x" * 200_000}, "characters are more than a judge is given"),
    ],
    ids=["case", "digest", "rubric", "criterion digest", "too long"],
)
def test_a_verdict_on_something_else_is_put_aside(fields: dict[str, Any], why: str, tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 2)
    odd = make.human_verdict(**({"case": cases[1].id} | fields))
    done = calibrated(tmp_path, [said(cases[0], "pass"), odd])
    assert (done.compared, len(done.aside)) == (1, 1)
    assert why in done.aside[0]


def test_a_verdict_outlives_a_new_version_of_the_rubric_that_says_the_same_of_its_criterion(tmp_path: Path) -> None:
    case = suite_of(tmp_path, 1)[0]
    court(tmp_path, "http://127.0.0.1:9")
    first = tmp_path / "evals" / "rubrics" / "support@1.md"
    rubric, criterion = find_rubric(tmp_path / "evals", "factual_accuracy", label=None)
    told = said(case, "pass", rubric=rubric.label, criterion_digest=criterion_digest(rubric, criterion))
    first.with_name("support@2.md").write_text(first.read_text().replace("Short is fine", "Short is good"))
    assert calibrated(tmp_path, [told]).certificate.rubric == "support@2"
    first.with_name("support@3.md").write_text(first.read_text().replace("One invented", "One single invented"))
    with pytest.raises(UsageError, match="graded by other words than those of support@3"):
        calibrated(tmp_path, [told])


def test_without_any_human_verdict_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no human verdict on factual_accuracy"):
        calibrated(tmp_path, [make.human_verdict("gone-aaaaaa")])


def judged_run(root: Path, cases: list[Case], passing: int, *, url: str = "http://127.0.0.1:9") -> Run:
    """A run in which the judge passed the first `passing` replies."""
    head = planned(court(root, url), root, *cases).heads
    verdicts = []
    for at, case in enumerate(cases):
        result: GradeResult = "pass" if at < passing else "fail"
        judged = Judged(criterion="factual_accuracy", judge="judge", rubric="support@1", votes=(result,))
        trial = Trial(number=1, reply=make.reply(), grades=(Grade(result=result, judged=judged),))
        verdicts.append(make.verdict(case.id, digest=case.digest, result=result, trials=(trial,)))
    return make.run(verdicts=tuple(verdicts), judges=head)


def test_what_the_judge_said_in_the_run_is_not_asked_again_and_the_pass_rate_is_told(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 200)
    with serving(grading(honest)) as server:
        settings = court(tmp_path, server.url)
        run = judged_run(tmp_path, cases, 150, url=server.url)
        # Half are drawn. People fail 15 of the 75 that the judge passed, pass 5 of the 25 that it failed: .65.
        picked = [*cases[:75], *cases[150:175]]
        verdicts = [
            said(case, "fail" if at < 15 or 75 <= at < 95 else "pass", run=run.head.id, sample="random")
            for at, case in enumerate(picked)
        ]
        order = Calibration(criterion="factual_accuracy")
        people_said = People(verdicts, run)
        done = calibrate_judge(order, Place(tmp_path, settings, {}), people=people_said, now=make.NOW)
    assert (done.compared, done.from_run) == (100, 100)
    assert len(server.seen) == done.calls == 3  # the self-tests
    rate = done.certificate.pass_rate
    assert rate is not None
    assert (rate.method, rate.judged.value, rate.rate.of) == ("ppi++", 0.75, 200)
    assert rate.rate.value == pytest.approx(0.65, abs=0.005)


def test_of_two_rubrics_with_a_criterion_of_that_name_the_word_by_the_other_is_not_taken(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 2)
    with serving(grading(honest)) as server:
        settings = court(tmp_path, server.url)
        run = judged_run(tmp_path, cases, 2, url=server.url)
        other = Grade(result="fail", judged=Judged(criterion="factual_accuracy", judge="judge", rubric="sales@1"))
        trials = [changed(each.trials[0], grades=(other, *each.trials[0].grades)) for each in run.verdicts]
        both = zip(run.verdicts, trials, strict=True)
        run = changed(run, verdicts=tuple(changed(each, trials=(trial,)) for each, trial in both))
        told = People(people(cases, 0, run=run.head.id), run)
        done = calibrate_judge(
            Calibration(criterion="factual_accuracy"), Place(tmp_path, settings, {}), people=told, now=make.NOW
        )
    assert (done.from_run, done.certificate.table.pass_pass) == (2, 2)


def test_replies_on_which_the_judge_gave_no_verdict_count_in_the_pass_rate(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 100)
    with serving(grading(honest)) as server:
        settings = court(tmp_path, server.url)
        run = judged_run(tmp_path, cases, 60, url=server.url)
        shy = Grade(result="error", judged=Judged(criterion="factual_accuracy", judge="judge", abstained=True))
        unsure = [
            changed(each, trials=(changed(each.trials[0], grades=(shy,)),)) if at >= 60 else each
            for at, each in enumerate(run.verdicts)
        ]
        run = changed(run, verdicts=tuple(unsure))
        # Half are drawn: people pass the 30 that the judge passed, fail the 20 on which it was unsure.
        told = people([*cases[60:80], *cases[:30]], 20, run=run.head.id, sample="random")
        order = Calibration(criterion="factual_accuracy")
        done = calibrate_judge(order, Place(tmp_path, settings, {}), people=People(told, run), now=make.NOW)
    assert done.certificate.table.unsure == 20
    rate = done.certificate.pass_rate
    assert rate is not None
    assert rate.judged.value == 1.0
    assert rate.rate.value == pytest.approx(0.6, abs=0.01)


@pytest.mark.parametrize(("sample", "method"), [("balanced", "rogan-gladen"), ("even", "weighted"), ("chosen", None)])
def test_the_pass_rate_is_told_by_the_way_the_replies_were_drawn(
    sample: str, method: str | None, tmp_path: Path
) -> None:
    cases = suite_of(tmp_path, 100)
    with serving(grading(honest)) as server:
        settings = court(tmp_path, server.url)
        run = judged_run(tmp_path, cases, 80, url=server.url)
        verdicts = people([*cases[80:], *cases[:20]], 20, run=run.head.id, sample=sample, chance=0.25)
        order = Calibration(criterion="factual_accuracy")
        place = Place(tmp_path, settings, {})
        rate = calibrate_judge(order, place, people=People(verdicts, run), now=make.NOW).certificate.pass_rate
    assert (rate.method if rate else None) == method


def test_another_judges_run_tells_nothing(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 50)
    run = judged_run(tmp_path, cases, 25)
    done = calibrated(tmp_path, people(cases, 25, run=run.head.id, sample="random"), run=run)
    assert (done.from_run, done.certificate.pass_rate) == (0, None)
    assert done.untold == "its replies were judged by another judge, prompt or rubric"


def test_why_a_pass_rate_cannot_be_told_is_told(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 6)
    with serving(grading(honest)) as server:
        place = Place(tmp_path, court(tmp_path, server.url), {})
        run = judged_run(tmp_path, cases, 3, url=server.url)
        told = {}
        for sample, of in (("chosen", run.head.id), ("random", "another"), ("balanced", None)):
            verdicts = people(cases[2:], 3, run=of, sample=sample)
            verdicts += [said(cases[0], "fail", bad=False, run=of, sample=sample, by="b")]
            order = Calibration(criterion="factual_accuracy")
            told[sample] = calibrate_judge(order, place, people=People(verdicts, run), now=make.NOW).untold
    assert told == {
        "chosen": "the replies were chosen, or drawn in several ways",
        "random": "some of the graded replies are of another run",
        "balanced": "",
    }


def test_an_even_draw_is_weighed_back(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 60)
    verdicts = [
        *(said(case, "fail", sample="even", chance=1.0) for case in cases[:20]),
        *(said(case, "fail", sample="even", chance=0.1, bad=False) for case in cases[20:22]),
        *(said(case, "pass", sample="even", chance=0.1) for case in cases[22:]),
    ]
    it = calibrated(tmp_path, verdicts).certificate
    assert it.tnr is not None
    assert it.tnr.value == pytest.approx(0.5)  # 20 caught, and the 2 that were not stand for 20


def test_a_draw_is_the_same_for_everybody_and_its_order_tells_nothing(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 100)
    run = judged_run(tmp_path, cases, 90)
    replies = gradable(run, {case.id: case for case in cases}, criterion="factual_accuracy")
    assert len(replies) == 100
    first, again = (drawn(replies, sample="even", wanted=20, seed="run-1 x") for _ in range(2))
    assert first == again
    results = [one.graded.grade.result for one in first if one.graded.grade]
    assert (results.count("fail"), results.count("pass")) == (10, 10)
    assert results not in (sorted(results), sorted(results, reverse=True))
    assert {(one.graded.grade.result, one.chance) for one in first if one.graded.grade} == {
        ("fail", 1.0),
        ("pass", 10 / 90),
    }
    every = [one.graded.case.id for one in drawn(replies, sample="random", wanted=200, seed="run-1 x")]
    assert sorted(every) == ids(100) != every


def test_a_criterion_that_no_case_asserts_yet_can_be_graded_on_every_reply(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 3)
    run = judged_run(tmp_path, cases, 3)
    found = gradable(run, {case.id: case for case in cases}, criterion="tone")
    assert [(each.case.id, each.grade) for each in found] == [(case.id, None) for case in cases]


def test_only_replies_that_are_judged_and_whose_case_stands_can_be_graded(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 3)
    run = judged_run(tmp_path, cases, 3)
    now = {cases[0].id: cases[0], cases[1].id: judged_case("tone", cases[1].id)}
    assert [each.case.id for each in gradable(run, now, criterion="factual_accuracy")] == [cases[0].id]
    assert gradable(run, {cases[1].id: now[cases[1].id]}, criterion="tone") == ()


def test_how_far_people_agree_with_each_other_is_told_beside(tmp_path: Path) -> None:
    cases = suite_of(tmp_path, 40)
    verdicts = people(cases, 20, by="a") + people(cases[:30], 20, by="b")
    assert calibrated(tmp_path, verdicts).certificate.people_kappa == 1.0
    verdicts += [said(case, "pass", bad=True, by="c") for case in cases[:5]]
    kappa = calibrated(tmp_path, verdicts).certificate.people_kappa
    assert kappa is not None
    assert 0.4 < kappa < 0.5
    assert calibrated(tmp_path, people(cases, 20)).certificate.people_kappa is None
