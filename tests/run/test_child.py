"""Functions called in a child: one process for all, a new one after a call that does not end."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from casemill.run.child import Elsewhere


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    made = Elsewhere()
    yield made
    made.close()


def pid(elsewhere: Elsewhere) -> int | None:
    return elsewhere._child.pid if elsewhere._child else None


def search(elsewhere: Elsewhere, pattern: str, text: str, *, seconds: float = 60) -> Any:
    return elsewhere.call("casemill.run.limit", "found_in", (pattern, 0), text, seconds=seconds)


def test_one_child_serves_every_call(elsewhere: Elsewhere) -> None:
    assert search(elsewhere, "refund|money", "no refund") == "refund"
    first = pid(elsewhere)
    assert search(elsewhere, "(?i)MONEY", "my\nmoney") == "money"
    assert search(elsewhere, "refund", "nothing") is None
    assert search(elsewhere, "é🙂\n", "xé🙂\n") == "é🙂\n"
    assert elsewhere.call("os.path", "join", "a", "b", seconds=60) == "a/b"
    assert pid(elsewhere) == first is not None


def test_a_long_text_and_a_long_answer_pass_through(elsewhere: Elsewhere) -> None:
    text = "a" * 300_000 + "b" * 700_000
    assert search(elsewhere, "b+", text) == "b" * 700_000


def test_a_call_that_does_not_end_is_killed_and_the_next_begins_anew(elsewhere: Elsewhere) -> None:
    search(elsewhere, "a", "a")
    first = pid(elsewhere)
    assert first is not None
    with pytest.raises(TimeoutError):
        search(elsewhere, "(a+)+$", "a" * 60 + "b", seconds=0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert search(elsewhere, "a", "a") == "a"
    assert pid(elsewhere) not in (None, first)


def test_what_a_function_raises_or_prints_is_told_apart_from_what_it_returns(elsewhere: Elsewhere) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError: "):
        elsewhere.call("operator", "truediv", 1, 0, seconds=60)
    with pytest.raises(RuntimeError, match="ModuleNotFoundError: No module named 'nowhere_at_all'"):
        elsewhere.call("nowhere_at_all", "anything", seconds=60)
    first = pid(elsewhere)
    assert elsewhere.call("builtins", "print", "[1, null]", seconds=60) is None
    assert elsewhere.call("operator", "add", 1, 2, seconds=60) == 3
    assert pid(elsewhere) == first


def test_a_child_that_somebody_killed_is_replaced(elsewhere: Elsewhere) -> None:
    search(elsewhere, "a", "a")
    assert elsewhere._child is not None
    elsewhere._child.kill()
    elsewhere._child.wait()
    assert search(elsewhere, "a", "a") == "a"


def test_no_child_is_left_behind_and_no_word_said_when_the_program_ends() -> None:
    code = (
        "import re, threading\n"
        "from casemill.run.child import ELSEWHERE\n"
        "from casemill.run.limit import search\n"
        "work = threading.Thread(target=lambda: search(re.compile('a'), 'a', seconds=60))\n"
        "work.start(); work.join()\n"
        "print(ELSEWHERE._child.pid)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)
