"""`casemill review --leaks` in a real pseudo-terminal."""

import os
import re
import sys
from pathlib import Path

import pexpect
import pytest

import make
from casemill.domain.ticket import Turn
from casemill.errors import INTERRUPTED
from casemill.store import Desk, asks, leaks, tickets

COMMAND = str(Path(sys.executable).with_name("casemill"))
TEXT = "order [ORDER_1] came broken, write to Anna Karimova, Abay 12"


def draw(desk: Desk, *names: str, turns: tuple[Turn, ...] | None = None) -> None:
    with desk.write() as db:
        for name in names:
            said = make.turns(("customer", TEXT), ("agent", "on its way to [NAME_1]"))
            tickets.put(db, make.ticket(name, turns=turns or said))
            leaks.sample(db, [leaks.Drawn(f"zendesk:{name}", 1, "drawn for the next release", 0.5)], now=make.NOW)


def open_sitting(project: Path, *extra: str) -> "pexpect.spawn[str]":
    environ = {name: value for name, value in os.environ.items() if name not in {"LINES", "COLUMNS"}} | {
        "TERM": "xterm"
    }
    arguments = ["--project", str(project), "review", "--leaks", *extra]
    return pexpect.spawn(COMMAND, arguments, dimensions=(30, 100), encoding="utf-8", timeout=15, env=environ)


def shown(sitting: "pexpect.spawn[str]") -> str:
    """The screen up to its line of keys, without colours."""
    sitting.expect(r"q\S* quit")
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sitting.before or "")


def said(desk: Desk) -> list[tuple[str, str]]:
    with desk.read() as db:
        return [(one.ticket, one.verdict) for one in leaks.all_reviews(db)]


def test_a_sitting_at_the_terminal(project: Path, project_desk: Desk) -> None:
    draw(project_desk, "1", "2", "3", "4")
    sitting = open_sitting(project)
    first = shown(sitting)
    assert "zendesk:1 (version 1)" in first
    assert "0 read, 4 left" in first
    assert TEXT in first
    sitting.send("f")
    assert "zendesk:1: fine." in shown(sitting)
    sitting.send("l")
    sitting.expect("Which words")
    sitting.sendline("Boris of nowhere")
    sitting.expect("do not stand in the ticket")
    sitting.sendline("anna karimova")
    sitting.expect("What is it")
    sitting.sendline("1")
    sitting.expect("Enter: that is all")
    sitting.send("l")
    sitting.expect("Which words")
    sitting.sendline("#0")
    sitting.expect("8·Abay  9·12")
    sitting.sendline("99")
    sitting.expect("There are 9 words")
    sitting.sendline("8-9")
    sitting.expect("What is it")
    sitting.sendline("address")
    sitting.expect("2 leaks .NAME, ADDRESS.")
    sitting.send("o")
    sitting.expect("Which one hides a fact")
    sitting.sendline("order_1")
    sitting.expect("1 placeholder too much .ORDER.")
    sitting.send("\r")
    assert "zendesk:2: leak. 2 leaks (NAME, ADDRESS), 1 placeholder too much (ORDER)." in shown(sitting)
    sitting.send("o")
    sitting.expect("Which one hides a fact")
    sitting.sendline("2")
    sitting.expect("Enter: that is all")
    sitting.send("\r")
    assert "zendesk:3: over-masked." in shown(sitting)
    sitting.send("n")
    sitting.expect("Note")
    sitting.sendline("ask legal")
    assert "zendesk:4: note." in shown(sitting)
    sitting.send("u")
    assert "Taken back: over-masked on zendesk:3." in shown(sitting)
    sitting.send("s")
    shown(sitting)
    sitting.send("ы")
    sitting.expect("Read 2 tickets: 1 fine, 1 with a leak. 2 tickets skipped.")
    sitting.expect("casemill anonymize masks")
    sitting.expect(pexpect.EOF)
    sitting.close()
    assert sitting.exitstatus == 0
    with project_desk.read() as db:
        marks = [one.mark for one in leaks.waiting_marks(db)]
    assert [(TEXT[mark.start : mark.end], mark.label) for mark in marks] == [
        ("Anna Karimova", "NAME"),
        ("Abay 12", "ADDRESS"),
    ]
    assert [verdict for _, verdict in said(project_desk)] == ["fine", "leak", "over_masked", "note", "undo"]


def test_a_long_ticket_is_fine_only_when_its_last_page_was_shown(project: Path, project_desk: Desk) -> None:
    draw(project_desk, "1", turns=make.turns(*(("customer", f"line {number}") for number in range(30))))
    sitting = open_sitting(project)
    assert "page 1 of 3, space: next page" in shown(sitting)
    sitting.send("f")
    assert "There is more: page 2 of 3 was not shown yet" in shown(sitting)
    for key, number in ((" ", 2), (" ", 3), ("b", 2)):
        sitting.send(key)
        assert f"page {number} of 3" in shown(sitting)
    sitting.send("m")
    assert "line 29" in shown(sitting)
    sitting.send("f")
    sitting.expect("Read 1 ticket: 1 fine. Nothing waits.")


@pytest.mark.parametrize("steps", [["l"], ["l", "#0\r"], ["l", "Abay 12\r"], ["o"], ["l", "Abay 12\r", "1\r"]], ids=str)
def test_escape_goes_back_from_every_question_and_nothing_is_marked(
    project: Path, project_desk: Desk, steps: list[str]
) -> None:
    draw(project_desk, "1")
    sitting = open_sitting(project)
    shown(sitting)
    for step in steps:
        sitting.send(step)
        sitting.expect("back")
    sitting.send("\x1b")
    assert "Nothing was marked." in shown(sitting)
    sitting.send("q")
    sitting.expect("Read 0 tickets")
    assert said(project_desk) == []


def test_leaving_gives_the_ticket_back(project: Path, project_desk: Desk) -> None:
    draw(project_desk, "1")
    sitting = open_sitting(project)
    shown(sitting)
    sitting.sendintr()
    sitting.expect(pexpect.EOF)
    sitting.close()
    assert sitting.exitstatus == INTERRUPTED
    with project_desk.read() as db:
        assert asks.of_ticket(db, "zendesk:1")[0].leased_by is None


def test_placeholders_stand_out_and_words_of_a_ticket_cannot_steer_the_terminal(
    project: Path, project_desk: Desk
) -> None:
    draw(project_desk, "1", turns=make.turns(("customer", "to [NAME_1] \x1b[2J now")))
    sitting = open_sitting(project)
    sitting.expect(r"q\S* quit")
    assert "\x1b[7m[NAME_1]\x1b[0m" in (sitting.before or "")
    assert "\\x1b[2J now" in (sitting.before or "")
    sitting.send("q")


def test_a_ticket_named_on_the_command_line_comes_first(project: Path, project_desk: Desk) -> None:
    draw(project_desk, "1")
    with project_desk.write() as db:
        tickets.put(db, make.ticket("7"))
    sitting = open_sitting(project, "--ticket", "zendesk:7")
    assert "zendesk:7 (version 1)" in shown(sitting)
    sitting.send("q")
