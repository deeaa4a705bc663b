"""Recorded replies are graded again; nobody is called."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

import make
from casemill.domain.case import Case, Input, Said
from casemill.domain.reply import Reply, Usage
from casemill.domain.run import Run, RunHead, Trial
from casemill.domain.ticket import ToolCall
from casemill.domain.word import changed
from casemill.errors import FileError, TargetError
from casemill.run.record import Recorder, read_run
from casemill.run.targets import Around, read_target
from casemill.run.trials import Terms, Watch, run_suite
from llm.loopback import chat, saying, serving
from run.targets.asking import ask

ONE, TWO = make.case("a-aaaaaa"), make.case("b-aaaaaa")
HEAD = RunHead(
    id="r1", release=0, suite_digest="sha256:s", target="bot", target_kind="test", cases=2, started_at=make.NOW
)


def lines(path: Path, *told: dict[str, Any] | bytes) -> dict[str, str]:
    raw = b"\n".join(line if isinstance(line, bytes) else msgspec.json.encode(line) for line in told)
    (path / "old.jsonl").write_bytes(raw + b"\n")
    return {"kind": "replay", "file": "old.jsonl"}


def run(path: Path, table: dict[str, Any], *cases: Case, trials: int = 1, out: str = "run.jsonl") -> Run:
    recorder = Recorder.start(path / out, changed(HEAD, trials=trials, cases=len(cases)))
    target = read_target({"bot": table}, "bot").target
    run_suite(cases, target, recorder=recorder, around=Around(path), terms=Terms(Watch(make.NOW)))
    return read_run(path / out)


def test_lines_of_outputs_are_replies(tmp_path: Path) -> None:
    call = {"name": "find", "arguments": {"id": 7}}
    table = lines(
        tmp_path,
        {"case": ONE.id, "text": "hi", "calls": [call], "latency_ms": 12.5, "cost": 0.1},
        b"",
        {"id": TWO.id, "output": {"text": "ho", "intent": "greeting"}, "error": None},
        {"case_id": "c-aaaaaa", "output": "plain"},
    )
    first, second, third = ask(table, ONE, TWO, make.case("c-aaaaaa"), root=tmp_path)
    assert first == Reply(text="hi", calls=(ToolCall(name="find", arguments={"id": 7}),), latency_ms=12.5, cost=0.1)
    assert (second.text, second.intent, third.text) == ("ho", "greeting", "plain")


def test_a_trial_gets_the_reply_of_its_number_and_what_was_not_recorded_is_an_error(tmp_path: Path) -> None:
    table = lines(tmp_path, {"case": ONE.id, "text": make.BAD}, {"case": ONE.id, "text": make.GOOD})
    one, two = sorted(run(tmp_path, table, ONE, TWO, trials=3).verdicts, key=lambda verdict: verdict.case)
    assert [trial.reply.text for trial in one.trials if trial.reply] == [make.BAD, make.GOOD]
    assert one.trials[2].error == "old.jsonl holds only 2 of this case"
    assert (two.result, two.reason) == ("error", "old.jsonl holds no reply to this case")


def test_a_run_file_is_graded_again_by_new_assertions_and_nobody_is_called(tmp_path: Path) -> None:
    with serving(saying(chat("No refund was started yet. Sent by \u001b[1mSam"))) as server:
        bot = {"kind": "openai", "base_url": server.url, "model": "m", "price": {"input": 1.0, "output": 2.0}}
        before = run(tmp_path, bot, ONE, trials=2)
        assert len(server.seen) == 2
        stricter = changed(ONE, assert_=({"contains": {"any": ["I am sorry"]}},))
        table = {"kind": "replay", "file": "run.jsonl"}
        after = run(tmp_path, table, stricter, trials=2, out="again.jsonl")
        assert len(server.seen) == 2
    assert (before.verdicts[0].result, after.verdicts[0].result) == ("pass", "fail")

    def replies(done: Run) -> list[Reply | None]:
        return [trial.reply for trial in done.verdicts[0].trials]

    assert replies(after) == replies(before)
    assert replies(after)[0] is not None
    assert replies(after)[0].cost == pytest.approx(21 / 1_000_000)  # type: ignore[union-attr]


def test_a_recorded_error_is_an_error_again(tmp_path: Path) -> None:
    recorder = Recorder.start(tmp_path / "old.jsonl", HEAD)
    with recorder:
        recorder.add(make.verdict(ONE.id, trials=(Trial(number=1, error="gave no answer within 60 s"),)))
    table = {"kind": "replay", "file": "old.jsonl"}
    with pytest.raises(TargetError, match="as it was recorded: gave no answer within 60 s"):
        ask(table, ONE, root=tmp_path)
    with pytest.raises(TargetError, match="as it was recorded: 500"):
        ask(lines(tmp_path, {"case": ONE.id, "error": "500"}), ONE, root=tmp_path)


def test_an_interrupted_run_files_torn_line_is_left_out(tmp_path: Path) -> None:
    recorder = Recorder.start(tmp_path / "old.jsonl", HEAD)
    with recorder:
        recorder.add(make.verdict(ONE.id, trials=(Trial(number=1, reply=Reply(text="hi")),)))
    with (tmp_path / "old.jsonl").open("ab") as file:
        file.write(b'{"case":"b-aaaaaa","dig')
    table = {"kind": "replay", "file": "old.jsonl"}
    assert ask(table, ONE, root=tmp_path)[0].text == "hi"


def test_a_talk_that_was_played_live_is_graded_as_it_went(tmp_path: Path) -> None:
    live = make.case(input=Input(turns=(Said(customer="a"), Said(assistant="b"), Said(customer="c")), live=True))
    usage = Usage(input_tokens=1)
    told = Reply(text="last", latency_ms=2.0, before=(Reply(text="first", usage=usage, latency_ms=1.0),))
    table = lines(tmp_path, {"case": live.id, **msgspec.to_builtins(told)})
    assert ask(table, live, root=tmp_path) == [told]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{torn", "old.jsonl:2: JSON is malformed"),
        (b"[1]", "old.jsonl:2: Expected `object`"),
        (b'{"text": "x"}', "old.jsonl:2: a line names its case"),
        (b'{"case": 7, "text": "x"}', "old.jsonl:2: a line names its case"),
        (b'{"case": "b", "txt": "x"}', "old.jsonl:2: the answer is not a reply: .*unknown field `txt`"),
        (b'{"case": "b", "text": "caf\xe9"}', "old.jsonl:2: "),
    ],
)
def test_what_is_no_recording_is_told_with_its_line(tmp_path: Path, line: bytes, message: str) -> None:
    with pytest.raises(FileError, match=message):
        ask(lines(tmp_path, {"case": "a", "text": "x"}, line), ONE, root=tmp_path)


def test_a_recording_that_is_not_there_or_is_empty_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such recording"):
        ask({"kind": "replay", "file": "gone.jsonl"}, ONE, root=tmp_path)
    with pytest.raises(FileError, match="holds no recorded reply"):
        ask(lines(tmp_path, b"\n"), ONE, root=tmp_path)
