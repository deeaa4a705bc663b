"""The real command in a real pseudo-terminal."""

import os
import re
import signal
import sys
from pathlib import Path

import pexpect
import pytest

from casemill.domain.failure import Failure
from casemill.errors import INTERRUPTED
from casemill.store import Desk, reviews
from review.asked import ask, questions, state

COMMAND = str(Path(sys.executable).with_name("casemill"))
KEYS = "a .*accept.*q .*quit"


@pytest.fixture
def sitting(project: Path, project_desk: Desk) -> "pexpect.spawn[str]":
    """`casemill review` on four waiting tickets, 90 columns wide."""
    ask(project_desk, "1", "2", "3", "4")
    environ = {**os.environ, "TERM": "xterm"}
    return pexpect.spawn(
        COMMAND, ["--project", str(project), "review"], dimensions=(50, 90), encoding="utf-8", timeout=15, env=environ
    )


def shown(sitting: "pexpect.spawn[str]") -> str:
    """The screen up to its line of keys, without colours."""
    sitting.expect("quit")
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", sitting.before or "")


def test_a_sitting_at_the_terminal(sitting: "pexpect.spawn[str]", project_desk: Desk) -> None:
    first = shown(sitting)
    assert "zendesk:1 · refund??" in first
    assert "0 done, 4 left" in first
    assert "◀ the failing reply" in first
    sitting.send("a")
    second = shown(sitting)
    assert "zendesk:1: accept." in second
    assert "1 done, 3 left" in second
    assert "zendesk:2" in second
    correct(sitting)
    third = shown(sitting)
    assert "zendesk:3" in third
    sitting.send("t")
    sitting.expect("Note")
    sitting.sendline("ask billing")
    assert "zendesk:3: note." in shown(sitting)
    sitting.send("?")
    sitting.expect("Any key goes on")
    sitting.send(" ")
    shown(sitting)
    sitting.send("d")
    sitting.expect("Duplicate of which")
    sitting.sendline("1")
    assert "zendesk:3: duplicate." in shown(sitting)
    sitting.send("u")
    fifth = shown(sitting)
    assert "Taken back: duplicate on zendesk:3." in fifth
    assert "zendesk:3 ·" in fifth
    sitting.send("ы")
    assert "zendesk:4 ·" in shown(sitting)
    sitting.send("n")
    sitting.expect("Decided on 3 tickets")
    sitting.expect(pexpect.EOF)
    sitting.close()
    assert sitting.exitstatus == 0
    assert [state(project_desk, name) for name in "1234"] == ["decided", "decided", "proposed", "not_a_case"]
    with project_desk.read() as db:
        standing = reviews.standing(db, "zendesk:2")
    assert standing
    assert standing.failures == (
        Failure(mode="wrong_fact", severity="P2", turn=1),
        Failure(mode="wrong_tone", severity="P2", turn=None),
    )
    assert standing.by == "lead@shop.test"


def correct(sitting: "pexpect.spawn[str]") -> None:
    """Say that the model failed twice: a wrong fact at the last reply, and a tone nowhere in particular."""
    sitting.send("c")
    sitting.expect("Whose failure")
    sitting.send("1")
    sitting.expect("Which failure")
    sitting.sendline("99")
    sitting.expect("give a number or a name")
    sitting.sendline("6")
    sitting.expect("Failing reply")
    sitting.sendline("0")
    sitting.expect("assistant's turns: 1")
    sitting.sendline("")
    sitting.expect("Severity")
    sitting.send("2")
    sitting.expect("Another failure")
    sitting.send("y")
    sitting.expect("Which failure")
    sitting.sendline("wrong_tone")
    sitting.expect("Failing reply")
    sitting.sendline("-")
    sitting.expect("Severity")
    sitting.send("\r")
    sitting.expect("Another failure")
    sitting.send("n")


MENUS = ("Whose failure", "Which failure", "Failing reply", "Severity", "Another failure")
ANSWERS = ("1", "6\r", "\r", "2")


@pytest.mark.parametrize("menu", range(len(MENUS)), ids=MENUS)
def test_escape_and_q_go_back_from_every_question_of_a_correction(
    sitting: "pexpect.spawn[str]", project_desk: Desk, menu: int
) -> None:
    shown(sitting)
    typed = MENUS[menu] in ("Which failure", "Failing reply")
    for back in ("\x1b", "q\r" if typed else "q", "й\r" if typed else "й"):
        sitting.send("c")
        for question, answer in zip(MENUS[:menu], ANSWERS, strict=False):
            sitting.expect(question)
            sitting.send(answer)
        sitting.expect(MENUS[menu])
        sitting.expect("Esc or q: back")
        sitting.send(back)
        assert "Nothing was corrected." in shown(sitting)
    sitting.send("q")
    sitting.expect("Decided on 0 tickets")
    assert state(project_desk, "1") == "proposed"


@pytest.mark.parametrize(("key", "question"), [("t", "Note"), ("d", "Duplicate of which")])
def test_escape_goes_back_from_what_is_typed(sitting: "pexpect.spawn[str]", key: str, question: str) -> None:
    shown(sitting)
    sitting.send(key)
    sitting.expect(question)
    sitting.send("zendesk:2")
    sitting.expect("zendesk:2")
    sitting.send("\x1b")
    assert "0 done, 4 left" in shown(sitting)


def test_a_note_is_kept_as_it_was_typed_or_pasted(sitting: "pexpect.spawn[str]", project_desk: Desk) -> None:
    pasted = "спросить у отдела оплаты, 漢字 " * 20
    shown(sitting)
    sitting.send("t")
    sitting.expect("Note")
    sitting.send("oops\x15wrong word\x17")
    sitting.send("\x1b[D\x1bOA" + pasted + "x\x7f")
    sitting.send("\r")
    assert "zendesk:1: note." in shown(sitting)
    with project_desk.read() as db:
        (note,) = reviews.of_ticket(db, "zendesk:1")
    assert note.note == f"wrong {pasted}".strip()


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_leaving_while_typing_keeps_nothing_and_gives_the_question_back(
    sitting: "pexpect.spawn[str]", project_desk: Desk, key: str
) -> None:
    shown(sitting)
    sitting.send("t")
    sitting.expect("Note")
    sitting.send(f"half{key}")
    sitting.expect("what was done is kept")
    sitting.expect(pexpect.EOF)
    sitting.close()
    assert sitting.exitstatus == INTERRUPTED
    assert questions(project_desk, "1")[0].leased_by is None
    with project_desk.read() as db:
        assert reviews.of_ticket(db, "zendesk:1") == ()


def test_ctrl_c_gives_the_question_back(sitting: "pexpect.spawn[str]", project_desk: Desk) -> None:
    shown(sitting)
    assert questions(project_desk, "1")[0].leased_by == "lead@shop.test"
    sitting.sendintr()
    sitting.expect("what was done is kept")
    sitting.expect(pexpect.EOF)
    sitting.close()
    assert sitting.exitstatus == INTERRUPTED
    assert questions(project_desk, "1")[0].leased_by is None
    assert state(project_desk, "1") == "proposed"


def test_a_terminal_that_goes_away_does_not_spin(sitting: "pexpect.spawn[str]") -> None:
    shown(sitting)
    sitting.kill(signal.SIGHUP)
    sitting.expect(pexpect.EOF)
    sitting.close()
    assert not sitting.isalive()


def test_a_decision_made_elsewhere_meanwhile_is_not_overwritten(
    sitting: "pexpect.spawn[str]", project_desk: Desk
) -> None:
    import make
    from casemill.review import record

    shown(sitting)
    record(project_desk, make.review("zendesk:1", decision="not_a_case", by="boris@shop.test"), now=make.NOW)
    sitting.send("a")
    assert "decided meanwhile by boris@shop.test" in shown(sitting)
    assert state(project_desk, "1") == "not_a_case"
    sitting.send("q")
    sitting.expect("Decided on 0 tickets")
