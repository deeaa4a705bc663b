"""The demo's readers: what they mark in a ticket follows from who is in it, not from what masking did."""

import json
from pathlib import Path

import pytest

import make
from casemill.demo.readers import answer_readers
from casemill.store import Desk, leaks, tickets

TOLD = {
    "id": "1",
    "requester": {"name": "Anna Karimova"},
    "people": [{"name": "Boris Lee"}],
    "messages": [
        {"role": "customer", "text": "The tent from May is torn, bring a new one to Abay Avenue 12. Anna"},
        {"role": "agent", "text": "Boris will bring it."},
    ],
}
NOTED = {"ticket": "zendesk:1", "personal": [{"words": "Abay Avenue 12", "label": "ADDRESS"}], "by": "mark@shop.test"}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "tickets.jsonl").write_text(json.dumps(TOLD) + "\n")
    (tmp_path / "leaks.jsonl").write_text(json.dumps(NOTED) + "\n")
    return tmp_path


def drawn(desk: Desk, *texts: str) -> None:
    turns = make.turns(("customer", texts[0]), ("agent", texts[1]))
    with desk.write() as db:
        tickets.put(db, make.ticket("1", turns=turns))
        leaks.sample(db, [leaks.Drawn("zendesk:1", 1, "drawn", 1.0)], now=make.NOW)


@pytest.mark.parametrize(
    ("customer", "agent", "verdict", "marked"),
    [
        ("The tent from May is torn, bring a new one to [ADDRESS_1]. [NAME_1]", "[NAME_2] will bring it.", "fine", []),
        (
            "The tent from May is torn, bring a new one to Abay Avenue 12. [NAME_1]",
            "[NAME_2] will bring it.",
            "leak",
            ["Abay Avenue 12"],
        ),
        (
            "The tent from [NAME_3] is torn, bring a new one to [ADDRESS_1]. [NAME_1]",
            "[NAME_2] will bring it.",
            "over_masked",
            ["[NAME_3]"],
        ),
    ],
    ids=["all-well", "an-address-is-left", "a-month-is-hidden"],
)
def test_a_reader_says_what_was_left_and_what_was_hidden(
    desk: Desk, shop: Path, customer: str, agent: str, verdict: str, marked: list[str]
) -> None:
    drawn(desk, customer, agent)
    assert answer_readers(desk, shop, now=make.NOW) == (verdict == "leak")
    with desk.read() as db:
        (said,) = leaks.standing(db)
        assert leaks.open_count(db) == 0
    assert (said.verdict, said.by) == (verdict, "mark@shop.test")
    assert [customer[mark.start : mark.end] for mark in said.marks] == marked
