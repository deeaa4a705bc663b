"""A calibration that came to no certificate is not paid for twice."""

import asyncio
import json
import os
import stat
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.disk import hold
from casemill.domain.calibration import HumanVerdict
from casemill.domain.word import changed
from casemill.errors import OutsideError, UsageError
from casemill.llm.http import Request
from casemill.llm.together import together
from casemill.run.calibrate import KEPT, Calibrated, Calibration, People, calibrate_judge, calibrate_judges
from casemill.run.judging.answer import Answer
from casemill.run.judging.recall import DAYS, Recall, recalling
from casemill.run.order import Place
from casemill.suite.certificates import read_certificates
from casemill.suite.rubrics import find_rubric
from llm.loopback import Act, Handler, Server, chat, saying, serving
from run.judging.court import Rule, court, grading, honest, obedient, parts, verdict
from run.judging.test_calibrate import ids, people, suite_of

MANY = 40
SELF_TESTS = 3


def said_of(root: Path) -> list[HumanVerdict]:
    return people(suite_of(root, MANY), MANY // 2)


def calibrated(
    root: Path, server: Server, verdicts: list[HumanVerdict], *, now: datetime = make.NOW, **judge: Any
) -> Calibrated:
    place = Place(root, court(root, server.url, **judge), {})
    return calibrate_judge(Calibration(criterion="factual_accuracy"), place, people=People(verdicts), now=now)


def cut_off(root: Path, server: Server, verdicts: list[HumanVerdict], **judge: Any) -> Path:
    """Everything asked and no certificate written, for nothing can be written where it goes; the file of answers."""
    court(root, server.url)
    (root / "evals" / "judges").write_text("in the way")
    with pytest.raises(OutsideError, match=r"factual_accuracy@1\.json cannot be written"):
        calibrated(root, server, verdicts, **judge)
    (root / "evals" / "judges").unlink()
    server.seen.clear()
    (kept,) = (root / KEPT).iterdir()
    return kept


def test_what_was_answered_is_not_asked_again_and_the_certificate_is_the_same(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        whole = calibrated(tmp_path / "whole", server, said_of(tmp_path / "whole"))
        verdicts = said_of(tmp_path)
        cut_off(tmp_path, server, verdicts)
        again = calibrated(tmp_path, server, verdicts)
        assert server.seen == []
    assert (whole.calls, whole.kept) == (MANY + SELF_TESTS, 0)
    assert (again.calls, again.kept) == (0, MANY + SELF_TESTS)
    assert again.certificate == whole.certificate
    assert list((tmp_path / KEPT).iterdir()) == list((tmp_path / "whole" / KEPT).iterdir()) == []


def test_a_line_that_a_kill_tore_or_a_hand_spoiled_costs_one_call(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        kept = cut_off(tmp_path, server, verdicts)
        first, *others = kept.read_bytes().splitlines(keepends=True)
        kept.write_bytes(b"nonsense\n" + b"".join(others)[:-9])
        assert first.startswith(b'{"key":"1-sha256:')
        again = calibrated(tmp_path, server, verdicts)
    assert (again.calls, again.kept) == (2, MANY + SELF_TESTS - 2)
    assert again.certificate.holds


def other_rubric(root: Path) -> None:
    path = root / "evals" / "rubrics" / "support@1.md"
    path.write_text(path.read_text().replace("One invented", "One single invented"))


@pytest.mark.parametrize(
    ("edit", "judge"),
    [
        (None, {"model": "params = {temperature = 1}"}),
        (None, {"judge": "schema = true"}),
        (None, {"judge": "repeat = 2"}),
        (other_rubric, {}),
    ],
    ids=["parameters", "form", "votes", "rubric"],
)
def test_another_judge_or_rubric_is_asked_everything(
    tmp_path: Path, edit: Callable[[Path], None] | None, judge: dict[str, Any]
) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        cut_off(tmp_path, server, verdicts)
        if edit is not None:
            edit(tmp_path)
        again = calibrated(tmp_path, server, verdicts, **judge)
    assert again.kept == 0
    assert again.calls >= MANY + SELF_TESTS


def test_a_reply_that_was_changed_or_graded_since_is_asked_and_no_other(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        cut_off(tmp_path, server, verdicts[1:])
        again = calibrated(tmp_path, server, verdicts)
        asked = [parts(seen.json)["reply"] for seen in server.seen]
    assert asked == [verdicts[0].reply]
    assert again.compared == MANY


def test_what_is_older_than_a_week_is_asked_again_and_its_file_goes(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        cut_off(tmp_path, server, verdicts)
        late = calibrated(tmp_path, server, verdicts, now=make.NOW + timedelta(days=DAYS + 1))
    assert late.kept == 0
    assert list((tmp_path / KEPT).iterdir()) == []


def test_what_is_a_week_old_is_still_good(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        cut_off(tmp_path, server, verdicts)
        later = calibrated(tmp_path, server, verdicts, now=make.NOW + timedelta(days=DAYS))
    assert (later.calls, later.kept) == (0, MANY + SELF_TESTS)


def test_a_self_test_that_was_missed_is_not_forgiven_by_starting_again(tmp_path: Path) -> None:
    rules: list[Rule] = [obedient]
    with serving(grading(lambda shown: rules[0](shown))) as server:
        verdicts = said_of(tmp_path)
        cut_off(tmp_path, server, verdicts)
        rules[0] = honest
        again = calibrated(tmp_path, server, verdicts)
    assert again.certificate.because == ("it misjudged what is known (injected): It meets the criterion.",)


def test_each_vote_is_kept_for_itself_and_none_counts_twice(tmp_path: Path) -> None:
    votes: Counter[str] = Counter()

    def wavering(shown: dict[str, str]) -> Any:
        """Passes a reply the first time and fails it from then on; what is known is judged soberly."""
        if " Re case-" not in shown["reply"]:
            return honest(shown)
        votes[shown["reply"]] += 1
        return verdict("pass" if votes[shown["reply"]] == 1 else "fail", shown["reply"][:20], scored=False)

    with serving(grading(wavering)) as server:
        whole = calibrated(tmp_path / "whole", server, said_of(tmp_path / "whole"), judge="repeat = 3")
        votes.clear()
        verdicts = said_of(tmp_path)
        cut_off(tmp_path, server, verdicts, judge="repeat = 3")
        again = calibrated(tmp_path, server, verdicts, judge="repeat = 3")
    assert (again.calls, again.kept) == (0, whole.calls) == (0, 3 * MANY + 2 * SELF_TESTS)
    assert again.certificate == whole.certificate
    assert again.certificate.table.fail_fail == again.certificate.table.pass_fail == MANY // 2


def answering(about: str, otherwise: Act) -> Act:
    """Answers soberly, and by `otherwise` what is asked of a reply that holds a word."""

    def act(handler: Handler) -> None:
        named = about in parts(json.loads(handler.body))["reply"]
        (otherwise if named else grading(honest))(handler)

    return act


def test_a_judge_that_was_not_reached_is_asked_again_and_what_it_did_answer_is_not(tmp_path: Path) -> None:
    with serving() as server:
        verdicts = said_of(tmp_path)
        server.acts = [answering(ids(1)[0], saying("no", status=401))]
        cut_off(tmp_path, server, verdicts)
        server.acts = [grading(honest)]
        again = calibrated(tmp_path, server, verdicts)
    assert (again.calls, again.kept) == (1, MANY + SELF_TESTS - 1)
    assert again.certificate.table.unsure == 0


def test_an_answer_that_is_no_verdict_was_paid_for_too(tmp_path: Path) -> None:
    with serving() as server:
        verdicts = said_of(tmp_path)
        server.acts = [answering(ids(1)[0], saying(chat("Looks good to me!")))]
        cut_off(tmp_path, server, verdicts)
        again = calibrated(tmp_path, server, verdicts)
        assert server.seen == []
    assert (again.calls, again.certificate.table.unsure) == (0, 1)


def test_the_file_is_its_owners_alone_and_holds_answers_no_replies_and_no_key(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        court(tmp_path, server.url)
        kept = cut_off(tmp_path, server, verdicts)
    raw = kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert {tuple(json.loads(line)) for line in raw.splitlines()} == {("key", "answer")}
    assert not any(str(one.reply) in raw or str(one.case) in raw for one in verdicts)


def test_killed_when_the_certificate_was_just_written_it_writes_no_second_one(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        kept = cut_off(tmp_path, server, verdicts)
        raw = kept.read_bytes()
        first = calibrated(tmp_path, server, verdicts)
        kept.write_bytes(raw)
        again = calibrated(tmp_path, server, verdicts, now=make.NOW + timedelta(hours=1))
        assert server.seen == []
    assert (again.certificate, again.file) == (first.certificate, first.file)
    assert read_certificates(tmp_path / "evals") == (first.certificate,)
    assert list((tmp_path / KEPT).iterdir()) == []


def test_a_calibration_that_is_asked_for_again_is_a_new_one(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        numbers = [calibrated(tmp_path, server, verdicts).certificate.number for _ in range(2)]
        assert len(server.seen) == 2 * (MANY + SELF_TESTS)
    assert numbers == [1, 2]


def test_of_several_criteria_one_that_was_done_before_the_kill_is_not_paid_for_again(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        place = Place(tmp_path, court(tmp_path, server.url), {})
        orders = [Calibration(criterion=name) for name in ("factual_accuracy", "tone")]
        with pytest.raises(UsageError, match="no human verdict on tone"):
            calibrate_judges(orders, place, people=People(verdicts), now=make.NOW)
        assert len(server.seen) == MANY + SELF_TESTS
        verdicts += [changed(one, criterion="tone") for one in verdicts[:2]]
        server.seen.clear()
        facts, tone = calibrate_judges(orders, place, people=People(verdicts), now=make.NOW)
    assert (facts.calls, facts.certificate.number) == (0, 1)
    assert (tone.calls, tone.kept) == (len(server.seen), 0)
    assert {parts(seen.json)["criterion"] for seen in server.seen} == {"tone"}
    assert list((tmp_path / KEPT).iterdir()) == []


def test_a_judge_that_said_nothing_usable_of_any_reply_is_asked_anew(tmp_path: Path) -> None:
    with serving(saying(chat("Looks good to me!"))) as server:
        verdicts = said_of(tmp_path)
        with pytest.raises(OutsideError, match="the judge gave no verdict on any reply"):
            calibrated(tmp_path, server, verdicts)
        server.acts = [grading(honest)]
        assert calibrated(tmp_path, server, verdicts).kept == 0


def test_two_calibrations_of_the_same_are_not_paid_for_at_once(tmp_path: Path) -> None:
    with serving(grading(honest)) as server:
        verdicts = said_of(tmp_path)
        kept = cut_off(tmp_path, server, verdicts[1:])
        other = hold(kept)
        with pytest.raises(OutsideError, match="another process is calibrating factual_accuracy by judge") as raised:
            calibrated(tmp_path, server, verdicts)
        os.close(other)
        assert server.seen == []
        assert calibrated(tmp_path, server, verdicts).calls == 1
    assert raised.value.hint == "wait until that one ends, or stop it, then run again: what the judge said is kept"


def test_all_that_makes_an_answer_is_in_its_key_and_no_header_is(tmp_path: Path) -> None:
    court(tmp_path, "http://127.0.0.1:9")
    _, criterion = find_rubric(tmp_path / "evals", "tone", label=None)
    request = Request("http://a/v1", b"{}", {"Authorization": "Bearer one"})
    asked = [
        (request, criterion),
        (request, criterion),
        (request._replace(url="http://b/v1"), criterion),
        (request._replace(body=b"{ }"), criterion),
        (request, changed(criterion, pass_at=4)),
    ]
    with recalling(tmp_path / "kept", ["tone", "judge"], now=make.NOW) as recall:
        keys = [recall.next_key(*each) for each in asked]
    assert [key.partition("-")[0] for key in keys] == ["1", "2", "1", "1", "1"]
    assert len(set(keys)) == len(asked)
    with recalling(tmp_path / "kept", ["tone", "judge"], now=make.NOW) as recall:
        assert recall.next_key(request._replace(headers={"Authorization": "Bearer two"}), criterion) == keys[0]


def test_what_still_waits_when_a_calibration_is_stopped_goes_to_the_file(tmp_path: Path) -> None:
    async def work(recall: Recall) -> None:
        async with recall.writing():
            for number in range(5):
                await recall.keep(f"1-{number}", Answer("pass", "Because."))
            raise asyncio.CancelledError

    with recalling(tmp_path, ["tone", "judge"], now=make.NOW) as recall, pytest.raises(asyncio.CancelledError):
        together(work(recall))
    with recalling(tmp_path, ["tone", "judge"], now=make.NOW) as recall:
        assert all(recall.get(f"1-{number}") == Answer("pass", "Because.") for number in range(5))
