import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.errors import FileError, SettingsError, TargetError
from run.targets.asking import TALK, ask

BOT = """
import asyncio, functools, sys, threading, time
from casemill.domain.reply import Reply

def text(turns, context):
    return f"{turns[-1]['text']} {context['plan']} {threading.current_thread().name}"

async def later(turns, context):
    await asyncio.sleep(0.01)
    return {"text": "later", "calls": [{"name": "find_order", "arguments": {"id": 1}}], "escalated": True}

def reply(turns, context):
    return Reply(text="own", confidence=0.5)

partial = functools.partial(later)

def spoil(turns, context):
    turns.clear(); context["articles"].clear()
    return "spoiled"

def slow(turns, context):
    time.sleep(0.2)
    return "slow"

def hang(turns, context):
    time.sleep(5)

async def hang_async(turns, context):
    await asyncio.sleep(5)

def crash(turns, context):
    raise KeyError("no such order")

def leave(turns, context):
    sys.exit(3)

def stop(turns, context):
    raise StopIteration

def own_timeout(turns, context):
    raise TimeoutError("the shop's own")

def nothing(turns, context):
    return None

def odd(turns, context):
    return {"txt": "x"}

number = 7

def pieces(turns, context):
    yield "pie"
    yield "ces"

async def pieces_later(turns, context):
    for piece in ("pie", "ces"):
        await asyncio.sleep(0)
        yield piece

class Bot:
    def answer(self, turns, context):
        return "a method"

bot = Bot()
"""
NUMBERS = count()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[str]:
    """A module of a name of its own, for Python keeps modules."""
    name = f"bot_under_test_{next(NUMBERS)}"
    (tmp_path / f"{name}.py").write_text(BOT)
    yield name
    sys.modules.pop(name, None)


def one(bot: str, function: str, root: Path, **around: Any) -> Reply:
    return ask({"kind": "python", "function": f"{bot}:{function}"}, root=root, **around)[0]


def test_a_plain_function_runs_in_a_thread_with_turns_and_context(bot: str, tmp_path: Path) -> None:
    assert one(bot, "text", tmp_path).text == "and now? Plus casemill-target"
    assert str(tmp_path) not in sys.path


def test_an_async_function_and_dicts_and_replies_are_fine(bot: str, tmp_path: Path) -> None:
    for name in ("later", "partial"):
        reply = one(bot, name, tmp_path)
        assert (reply.text, reply.escalated) == ("later", True)
        assert reply.calls == (ToolCall(name="find_order", arguments={"id": 1}),)
    reply = one(bot, "reply", tmp_path)
    assert reply == Reply(text="own", confidence=0.5, latency_ms=reply.latency_ms)


def test_a_generators_texts_are_joined(bot: str, tmp_path: Path) -> None:
    assert [one(bot, name, tmp_path).text for name in ("pieces", "pieces_later")] == ["pieces", "pieces"]


def test_a_method_of_an_object_is_a_function_too(bot: str, tmp_path: Path) -> None:
    assert one(bot, "bot.answer", tmp_path).text == "a method"
    with pytest.raises(SettingsError, match=r"has no bot\.ask"):
        one(bot, "bot.ask", tmp_path)


def test_what_the_bot_does_to_its_arguments_stays_there(bot: str, tmp_path: Path) -> None:
    one(bot, "spoil", tmp_path)
    assert TALK.input.context["articles"] == ["KB-1@2"]
    assert len(TALK.input.turns) == 5


def test_plain_functions_run_side_by_side(bot: str, tmp_path: Path) -> None:
    begun = time.monotonic()
    replies = ask({"kind": "python", "function": f"{bot}:slow"}, *[make.case()] * 20, root=tmp_path)
    assert time.monotonic() - begun < 60
    assert {reply.text for reply in replies} == {"slow"}


@pytest.mark.parametrize("function", ["hang", "hang_async"])
def test_a_function_that_hangs_is_left_behind(bot: str, tmp_path: Path, function: str) -> None:
    begun = time.monotonic()
    with pytest.raises(TargetError, match=rf"{function} gave no answer within 0\.1 s"):
        one(bot, function, tmp_path, timeout=0.1)
    assert time.monotonic() - begun < 60


@pytest.mark.parametrize(
    ("function", "error", "message"),
    [
        ("crash", KeyError, "no such order"),
        ("leave", RuntimeError, "SystemExit: 3"),
        ("stop", RuntimeError, "StopIteration"),
        ("own_timeout", TimeoutError, "the shop's own"),
        ("nothing", TargetError, "the answer is NoneType"),
        ("odd", TargetError, "unknown field `txt`"),
    ],
)
def test_what_the_bot_raises_comes_through(
    bot: str, tmp_path: Path, function: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        one(bot, function, tmp_path)


@pytest.mark.parametrize("function", ["gone", "number"])
def test_a_function_that_is_none_is_told(bot: str, tmp_path: Path, function: str) -> None:
    with pytest.raises(SettingsError, match=function):
        one(bot, function, tmp_path)


def test_a_module_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be imported: No module named 'no_such_bot'"):
        one("no_such_bot", "answer", tmp_path)


def test_a_module_that_is_not_python_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "torn_bot.py").write_text("x = 1\ndef (\n")
    with pytest.raises(FileError, match=r"torn_bot\.py:2: is not Python"):
        one("torn_bot", "text", tmp_path)


def test_what_a_bot_prints_is_no_part_of_the_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loud_bot.py").write_text("def text(turns, context):\n    print('noise')\n    return 'x'\n")
    assert one("loud_bot", "text", tmp_path).text == "x"
    assert capsys.readouterr().out == ""
