"""Patterns searched in a child: one process for all, a new one after a pattern that explodes."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from casemill.run.searcher import Searcher


@pytest.fixture
def searcher() -> Iterator[Searcher]:
    made = Searcher()
    yield made
    made.close()


def pid(searcher: Searcher) -> int | None:
    return searcher._child.pid if searcher._child else None


def test_one_child_serves_every_search(searcher: Searcher) -> None:
    assert searcher.search(re.compile("refund|money"), "no refund", seconds=60) == "refund"
    first = pid(searcher)
    assert searcher.search(re.compile("MONEY", re.IGNORECASE), "my\nmoney", seconds=60) == "money"
    assert searcher.search(re.compile("refund"), "nothing", seconds=60) is None
    assert searcher.search(re.compile("é🙂\n"), "xé🙂\n", seconds=60) == "é🙂\n"
    assert pid(searcher) == first is not None


def test_a_long_text_and_a_long_match_pass_through(searcher: Searcher) -> None:
    text = "a" * 300_000 + "b" * 700_000
    assert searcher.search(re.compile("b+"), text, seconds=60) == "b" * 700_000


def test_a_pattern_that_explodes_is_killed_and_the_next_search_begins_anew(searcher: Searcher) -> None:
    searcher.search(re.compile("a"), "a", seconds=60)
    first = pid(searcher)
    assert first is not None
    with pytest.raises(TimeoutError):
        searcher.search(re.compile("(a+)+$"), "a" * 60 + "b", seconds=0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    assert searcher.search(re.compile("a"), "a", seconds=60) == "a"
    assert pid(searcher) not in (None, first)


def test_a_child_that_somebody_killed_is_replaced(searcher: Searcher) -> None:
    searcher.search(re.compile("a"), "a", seconds=60)
    assert searcher._child is not None
    searcher._child.kill()
    searcher._child.wait()
    assert searcher.search(re.compile("a"), "a", seconds=60) == "a"


def test_no_child_is_left_behind_and_no_word_said_when_the_program_ends() -> None:
    code = (
        "import re, threading\n"
        "from casemill.run.limit import search\n"
        "from casemill.run.searcher import SEARCHER\n"
        "work = threading.Thread(target=lambda: search(re.compile('a'), 'a', seconds=60))\n"
        "work.start(); work.join()\n"
        "print(SEARCHER._child.pid)\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)
