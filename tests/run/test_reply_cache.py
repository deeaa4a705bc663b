"""Answers kept from one run to the next."""

from datetime import timedelta
from pathlib import Path

import pytest

import make
from casemill.domain.case import Input, Said
from casemill.domain.run import RunHead
from casemill.domain.word import changed
from casemill.gate.baseline import count_trials, read_stability
from casemill.run import read_run
from casemill.run.reply_cache import Kept, kept_answers
from llm.loopback import serving
from run.shop import add, answering, bot_at, run, shop

CASES = (make.case("a-aaaaaa"), make.case("b-aaaaaa"))
HEAD = RunHead(
    id="r",
    release=0,
    suite_digest="s",
    target="bot",
    target_kind="openai",
    cases=1,
    started_at=make.NOW,
    epoch="2026-11-21",
)


def test_a_kept_answer_costs_no_call_and_is_marked(tmp_path: Path) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url))
        first, second = (run(root, cache=True, out=str(tmp_path / f"{name}.jsonl")) for name in "ab")
        assert len(server.seen) == 2
    assert first.spent is not None
    assert second.spent is not None
    assert (first.spent.calls, first.spent.kept, second.spent.calls, second.spent.kept) == (2, 0, 0, 2)
    assert (second.passed, second.spent.usage.input_tokens, second.spent.cost) == (2, 0, None)
    trials = [verdict.trials[0] for verdict in read_run(tmp_path / "b.jsonl").verdicts]
    assert all(trial.kept and trial.reply for trial in trials)


def test_without_the_setting_or_with_no_cache_every_case_is_asked(tmp_path: Path) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=f"[run]\ncache = true\n{bot_at(server.url)}")
        run(root, cache=False)
        assert not (root / ".casemill" / "cache" / "replies").exists()
        run(root)
        run(root, cache=False)
        assert len(server.seen) == 6
        run(root)
        assert len(server.seen) == 6


@pytest.mark.parametrize("toml", ["params = {temperature = 1}", 'system = "Be kind."', 'context = "leave_out"'])
def test_another_target_is_asked_anew(tmp_path: Path, toml: str) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url))
        run(root, cache=True)
        (root / "casemill.toml").write_text(f"{bot_at(server.url)}{toml}\n")
        run(root, cache=True)
        assert len(server.seen) == 4


def test_another_epoch_is_asked_anew(tmp_path: Path) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url))
        for epoch in ("v1", "v2", "v1"):
            ran = run(root, cache=True, epoch=epoch, out=str(tmp_path / f"{epoch}-{len(server.seen)}.jsonl"))
            assert read_run(Path(ran.file)).head.epoch == epoch
        assert len(server.seen) == 4


def test_other_expectations_cost_no_call_and_another_input_does(tmp_path: Path) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url))
        run(root, cache=True)
        add(root, changed(CASES[0], assert_=({"contains": {"any": ["refund request"]}},)))
        assert run(root, cache=True).passed == 2
        assert len(server.seen) == 2
        add(root, changed(CASES[1], input=Input(turns=(Said(customer="where is it"),))))
        run(root, cache=True)
        assert len(server.seen) == 3


def test_a_second_trial_never_hears_the_first_ones_answer(tmp_path: Path) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url))
        run(root, cache=True, trials=3)
        assert len(server.seen) == 6
        run(root, cache=True, trials=3)
        assert len(server.seen) == 6


def test_an_error_is_not_kept(tmp_path: Path) -> None:
    with serving(lambda handler: handler.answer(b"{}", status=401), answering()) as server:
        root = shop(tmp_path, CASES[0], toml=bot_at(server.url))
        assert run(root, cache=True).errors == 1
        assert run(root, cache=True).passed == 1
        assert len(server.seen) == 2


def test_what_a_function_answers_is_not_kept_and_that_is_told(tmp_path: Path) -> None:
    root = shop(tmp_path, *CASES, toml='[targets.bot]\nkind = "python"\nfunction = "kept_bot:answer"\n')
    (root / "kept_bot.py").write_text(f"def answer(turns, context):\n    return {make.GOOD!r}\n")
    ran = run(root, cache=True)
    assert (ran.passed, ran.told[-1]) == (
        2,
        "no answer is kept: the settings of a target of kind python do not tell all that it is",
    )
    assert not (root / ".casemill" / "cache" / "replies").exists()


def test_a_kept_answer_does_not_count_twice_for_how_steady_a_case_is(tmp_path: Path) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url))
        for name in "ab":
            ran = run(root, cache=True, trials=2, out=str(tmp_path / f"{name}.jsonl"))
            assert count_trials(changed(read_run(Path(ran.file)), head=changed(HEAD, id=name)), root / "evals")
    steady = read_stability(root / "evals")["a-aaaaaa"]["bot"]
    assert (steady.trials, steady.passes) == (2, 2)


def test_a_torn_or_spoiled_line_costs_a_call_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "kept.jsonl"
    with Kept(path).opened() as kept:
        for case in CASES:
            kept.put(case, 1, reply=make.reply())
    raw = path.read_bytes()
    path.write_bytes(b"nonsense\n" + raw[:-9])
    with (again := Kept(path)).opened():
        assert again.get(CASES[0], 1) == make.reply()
        assert again.get(CASES[1], 1) is None
        again.put(CASES[1], 1, reply=make.reply("new"))
    assert Kept(path).get(CASES[1], 1) == make.reply("new")


def test_answers_of_a_day_that_is_over_go_and_those_of_a_named_epoch_stay(tmp_path: Path) -> None:
    for head in (HEAD, changed(HEAD, epoch="v1")):
        with kept_answers(tmp_path, head).opened() as kept:
            kept.put(CASES[0], 1, reply=make.reply())
    tomorrow = changed(HEAD, started_at=make.NOW + timedelta(days=1), epoch="2026-11-22")
    assert kept_answers(tmp_path, tomorrow).get(CASES[0], 1) is None
    assert [path.name[:3] for path in tmp_path.iterdir()] == ["v1-"]
