"""What a run is going to take, told beforehand."""

from pathlib import Path
from typing import Any

import pytest

import make
from casemill.cli.run_report import forecast_told
from casemill.domain.case import Input, Said
from casemill.errors import UsageError
from casemill.run import Forecast, Order, Place, forecast_order
from casemill.settings import load
from llm.loopback import serving
from run.judging.court import grading, honest, judged_case
from run.shop import answering, bot_at, run, shop

CASES = (
    make.case("a-aaaaaa", severity="P0"),
    make.case("b-aaaaaa", severity="P1"),
    make.case("c-aaaaaa", severity="P2"),
)
NOWHERE = "http://127.0.0.1:9"
LIVE = Input(turns=(Said(customer="x"), Said(assistant="y"), Said(customer="z")), live=True)


def foreseen(root: Path, **asked: Any) -> Forecast:
    return forecast_order(Order(**asked), Place(root, load(root, environ={}).settings, {}), now=make.NOW)


def test_the_fewest_and_the_most_calls_are_told(tmp_path: Path) -> None:
    root = shop(tmp_path, *CASES, toml=bot_at(NOWHERE))
    asked = foreseen(root).asked
    assert (asked.calls, asked.most_calls) == (3, 1 + 3 + 5)
    assert (foreseen(root, confirm=False, trials=4).asked.calls, foreseen(root, confirm=False).asked.most_calls) == (
        12,
        3,
    )
    assert foreseen(root, trials=4).asked.most_calls == 4 + 4 + 5


def test_nothing_is_called_and_nothing_is_written(tmp_path: Path) -> None:
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url))
        foreseen(root)
        assert server.seen == []
    assert not (root / ".casemill" / "runs").exists()


def test_a_talk_that_is_played_live_takes_a_call_for_each_answer(tmp_path: Path) -> None:
    root = shop(tmp_path, make.case("a-aaaaaa", input=LIVE), toml=bot_at(NOWHERE))
    assert foreseen(root).asked.calls == 2


def test_tokens_and_money_go_by_the_last_run_of_the_same_target(tmp_path: Path) -> None:
    price = "{input = 100.0, output = 1000.0}"
    with serving(answering()) as server:
        root = shop(tmp_path, *CASES, toml=bot_at(server.url, price=price))
        before = foreseen(root)
        ran = run(root, ids=("a-aaaaaa",))
        after = foreseen(root)
        (root / "casemill.toml").write_text(bot_at(server.url, price=price, system='"Be kind."'))
        assert foreseen(root).by == before.by
    assert before.by == "about 4 letters a token and 250 tokens a reply"
    assert before.seconds is None
    assert after.by == f"what run {ran.run} took"
    assert (after.asked.input_tokens, after.asked.output_tokens) == (33, 15)
    assert after.asked.cost == pytest.approx((33 * 100 + 15 * 1000) / 1e6)
    assert after.seconds is not None


def test_a_longer_prompt_takes_more_tokens(tmp_path: Path) -> None:
    root = shop(tmp_path, *CASES, toml=bot_at(NOWHERE))
    short = foreseen(root).asked.input_tokens
    (root / "casemill.toml").write_text(bot_at(NOWHERE, system=f'"{"x" * 4000}"'))
    assert foreseen(root).asked.input_tokens == short + 3000


def test_the_judges_calls_and_its_self_tests_are_part_of_it(tmp_path: Path) -> None:
    with serving(answering()) as bot, serving(grading(honest)) as judge:
        model = f'[model.judge]\nbase_url = "{judge.url}/v1"\nmodel = "j"\nprice = {{input = 1.0, output = 1.0}}\n'
        root = shop(tmp_path, judged_case(severity="P1"), make.case("a-aaaaaa"), toml=bot_at(bot.url) + model)
        told = foreseen(root).judged
        assert judge.seen == []
        run(root)
        assert told.calls == len(judge.seen)
    assert told.most_calls == told.calls + 2
    assert told.input_tokens > 0
    assert told.cost is not None


def test_recorded_replies_cost_nothing(tmp_path: Path) -> None:
    root = shop(tmp_path, *CASES, toml='[targets.old]\nkind = "replay"\nfile = "old.jsonl"\n')
    (root / "old.jsonl").write_text('{"case": "a-aaaaaa", "text": "x"}\n')
    assert foreseen(root).asked.calls == 0
    assert "nobody is called" in forecast_told(foreseen(root))


def test_it_is_told_in_words(tmp_path: Path) -> None:
    root = shop(tmp_path, *CASES, toml=bot_at(NOWHERE, price="{input = 1000.0, output = 0.0}"))
    first, second, *_ = forecast_told(foreseen(root, severities=("P1",))).splitlines()
    assert first == "1 case on bot:"
    assert second.startswith("  target  1 call (3 at most, to be sure of fails), about ")
    assert "$0.0" in second


def test_what_cannot_work_is_said_now(tmp_path: Path) -> None:
    root = shop(tmp_path, make.case("a-aaaaaa", assert_=({"contain": {}},)), toml=bot_at(NOWHERE))
    with pytest.raises(UsageError, match="no grader named 'contain'"):
        foreseen(root)
