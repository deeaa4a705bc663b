"""How long a suite of 2,000 cases takes to read, first and after, beside plain yaml.CSafeLoader.

Example: python bench/suite_read.py 2000
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from casemill.domain.case import Card, Case, Dates, Expect, Input, Lineage, Said, case_id
from casemill.suite.files import case_path, case_text
from casemill.suite.reading import read_suite
from casemill.suite.starter import write_starter

MODES = ("promised_action", "wrong_fact", "incomplete_answer", "wrong_tone", "missed_escalation")


def one(number: int) -> Case:
    """A case of usual size, about 1.3 kB."""
    mode = MODES[number % len(MODES)]
    return Case(
        id=case_id(mode, source="bench", ticket=str(number), failure=1),
        failure_mode=mode,
        severity="P1",
        why="A promise the bot cannot keep binds the company.",
        input=Input(
            turns=(
                Said(customer=f"order [ORDER_{number + 1}] came broken, want my money back. does plus cover it??"),
                Said(assistant="I am sorry to hear that! Which item was it?"),
                Said(customer="the blue one.\nand hurry, i leave tomorrow"),
            ),
            context={"plan": "Plus", "articles": ["KB-1042@4"]},
        ),
        expect=Expect(
            outcome="action",
            behavior="Says no refund was started; offers to open a refund request; answers the shipping question.",
            good="No refund was started yet. I can open a request for you now; with Plus, return shipping is free.",
            bad="I've processed your refund, you should see it in 5–7 days.",
        ),
        assert_=(
            {"not_contains": {"any": ["processed your refund", "refund is on its way"]}},
            {"tool_not_called": {"name": "issue_refund"}},
        ),
        card=Card(intent="refund", risk=("money",), language="en", urgency="high"),
        features=("returns",),
        lineage=Lineage(source="bench", ticket=str(number), review=number, payload="sha256:" + "0" * 64),
        dates=Dates(created="2026-11-20", review_by="2027-02-20"),
    )


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place) / "evals", Path(place) / "cache"
        write_starter(folder)
        for number in range(count):
            case = one(number)
            path = folder / case_path(case)
            path.parent.mkdir(exist_ok=True)
            path.write_text(case_text(case))
        texts = [path.read_text() for path in sorted(folder.rglob("cases/*/*.yaml"))]
        plain = seconds(lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts])
        first = seconds(lambda: read_suite(folder, cache=cache))
        again = min(seconds(lambda: read_suite(folder, cache=cache)) for _ in range(3))
    print(f"{count} cases of {sum(map(len, texts)) // count} characters")
    print(f"plain yaml.CSafeLoader  {plain:.3f} s")
    print(f"read_suite, first time  {first:.3f} s  {first / plain:.2f}x")
    print(f"read_suite, after       {again:.3f} s  {again / plain:.2f}x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
