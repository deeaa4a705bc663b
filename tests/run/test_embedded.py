"""Cases tried for a test runner: ahead in a thread, or one by one; stopped when nobody waits any more."""

import json
import threading
import time
from pathlib import Path

import pytest

import make
from casemill.domain.case import Case, Input, Said
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError, UsageError
from casemill.run.embedded import Room, Trying, given
from casemill.run.order import Place
from casemill.run.targets import Named, read_target
from casemill.settings import Outward, Run, Settings
from casemill.suite.starter import write_starter
from llm.loopback import Handler, saying, serving
from run.judging.court import court, grading, honest, judged_case, write_second_rubric


def room(root: Path, settings: Settings | None = None) -> Room:
    write_starter(root / "evals")
    return Room(Place(root, settings or Settings(), {}), root / "evals", make.NOW)


def bot(url: str) -> Named:
    return read_target({"bot": {"kind": "http", "url": url}}, "bot")


ONE, TWO, THREE = (make.case(f"{letter}-aaaaaa") for letter in "abc")


def test_a_case_that_was_begun_ahead_is_waited_for_and_any_other_is_put_when_asked_for(tmp_path: Path) -> None:
    with serving(saying({"text": make.GOOD})) as server:
        trying, target = Trying(room(tmp_path), [ONE, TWO, THREE]), bot(server.url)
        trying.ahead([ONE, TWO], target)
        verdicts = [trying.verdict(case, target) for case in (TWO, ONE, THREE, ONE)]
        other = trying.verdict(ONE, bot(server.url))
        trying.close()
        asked = sorted(json.loads(seen.body)["case"]["id"] for seen in server.seen)
    assert [(verdict.case, verdict.result) for verdict in verdicts] == [
        (case.id, "pass") for case in (TWO, ONE, THREE, ONE)
    ]
    assert verdicts[0].trials[0].reply is not None
    assert asked == [ONE.id, ONE.id, TWO.id, THREE.id]
    assert other.result == "pass"


def test_what_flies_when_nobody_waits_any_more_is_given_up(tmp_path: Path) -> None:
    flying, given_up = threading.Event(), threading.Event()

    def hang(handler: Handler) -> None:
        flying.set()
        handler.connection.settimeout(100)
        if handler.connection.recv(1) == b"":
            given_up.set()

    with serving(saying({"text": make.GOOD}), hang) as server:
        settings = Settings(run=Run(concurrency=1, timeout=90))
        trying, target = Trying(room(tmp_path, settings), [ONE, TWO, THREE]), bot(server.url)
        trying.ahead([ONE, TWO, THREE], target)
        assert trying.verdict(ONE, target).result == "pass"
        assert flying.wait(60)
        trying.close()
        assert given_up.wait(60)
        assert len(server.seen) == 2


def test_what_ends_the_run_is_told_to_everybody_who_waits(tmp_path: Path) -> None:
    settings = Settings(outward=Outward(allow=("bot.shop.test",)))
    with serving(saying({"text": "x"})) as server:
        trying, target = Trying(room(tmp_path, settings), [ONE, TWO]), bot(server.url)
        trying.ahead([ONE, TWO], target)
        for case in (ONE, TWO):
            with pytest.raises(UsageError, match="may not be called"):
                trying.verdict(case, target)
        trying.close()
        assert server.seen == []


def test_a_run_that_is_stopped_before_it_began_begins_no_more(tmp_path: Path) -> None:
    with serving(lambda handler: time.sleep(30)) as server:
        trying, target = Trying(room(tmp_path), [ONE]), bot(server.url)
        trying.ahead([ONE], target)
        trying.close()
        with pytest.raises(OutsideError, match="the run ended without a verdict on a-aaaaaa"):
            trying.verdict(ONE, target)


def test_a_function_in_hand_is_a_target(tmp_path: Path) -> None:
    def answer(turns: list[dict[str, str]], context: dict[str, str]) -> dict[str, object]:
        return {"text": f"{turns[-1]['text']} {context['plan']}", "calls": [{"name": "find", "arguments": {}}]}

    case = make.case(input=Input(turns=(Said(customer="hi"),), context={"plan": "Plus"}))
    named = given(answer)
    verdict = Trying(room(tmp_path), [case]).verdict(case, named)
    reply = verdict.trials[0].reply
    assert named.name.endswith("answer")
    assert reply is not None
    assert (reply.text, reply.calls) == ("hi Plus", (ToolCall(name="find"),))


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (ONE, None),
        (make.case(assert_=()), "it has no assertion"),
        (
            make.case(assert_=({"judge": {"criterion": "tone"}},)),
            r"only a judge can grade it: there is no \[model.judge\]",
        ),
        (make.case(assert_=(*ONE.assert_, {"judge": {"criterion": "tone"}})), None),
    ],
)
def test_why_nobody_can_grade_a_case_is_known_before_it_is_put(tmp_path: Path, case: Case, why: str | None) -> None:
    told = room(tmp_path).nobody_grades(case)
    assert told is None if why is None else told is not None
    if why is not None and told is not None:
        assert told.startswith(why.replace("\\", ""))


def test_a_judge_is_not_believed_by_the_rubric_by_which_it_missed_its_self_test_and_is_by_another(
    tmp_path: Path,
) -> None:
    write_second_rubric(tmp_path)
    believed, doubted = (judged_case("tone", f"{label[:5]}-aaaaaa", rubric=label) for label in ("support@1", "sales@1"))
    with serving(saying({"text": make.GOOD})) as server, serving(grading(honest)) as judge:
        settings = court(tmp_path, judge.url)
        trying, target = Trying(room(tmp_path, settings), [believed, doubted]), bot(server.url)
        assert trying.verdict(believed, target).result == "pass"
        with pytest.raises(OutsideError, match=r"judge missed a self-test \(bad tone of sales@1, injected tone of sal"):
            trying.verdict(doubted, target)
        trying.close()
