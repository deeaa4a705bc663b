"""What a reviewer sees fits the screen, marks what matters, and cannot steer the terminal."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import make
from casemill.domain.failure import Failure
from casemill.domain.review import Ask
from casemill.domain.ticket import Macro, Ticket, ToolCall, Traced, Turn
from casemill.review import Question
from casemill.review.screen import page, safe


def question(ticket: Ticket, **fields: object) -> Question:
    asked = Ask(id=1, kind="review", ticket=ticket.key, why="not sure enough", created_at=make.NOW)
    proposal = make.proposal(ticket.key, failures=(Failure(mode="promised_action", severity="P0", turn=1),))
    told: dict[str, object] = {"ask": asked, "ticket": ticket, "proposal": proposal, "done": 17, "left": 42}
    return Question(**(told | fields))  # type: ignore[arg-type]


def shown(ticket: Ticket, *, width: int = 80, height: int | None = 200, **fields: object) -> str:
    return "\n".join(line.text for line in page(question(ticket, **fields), width=width, height=height))


def test_the_page_tells_what_a_decision_needs() -> None:
    ticket = make.ticket(tags=("ai", "refund"), link="https://shop.test/t/1", expected="Say that nothing was refunded.")
    text = shown(ticket)
    for piece in (
        "zendesk:48213 · refund??",
        "17 done, 42 left",
        "2026-11-21 09:00",
        "csat bad",
        "ai, refund",
        "https://shop.test/t/1",
        "Asked because: not sure enough",
        "Proposed: model: promised_action P0 #1",
        "sure 0.70, by rules@1",
        "“processed your refund” promises what no tool did (#1)",
        "#0 customer",
        "#1 assistant  ◀ the failing reply",
        "#4 note  (private)",
        "expected behaviour",
    ):
        assert piece in text


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_line_is_wider_than_the_screen_or_a_hundred(width: int) -> None:
    ticket = make.ticket(subject="s" * 300, turns=make.turns(("customer", "w" * 500), ("assistant", "a b " * 200)))
    assert max(len(line) for line in shown(ticket, width=width).split("\n")) <= min(100, width)


HOSTILE = "\x1b[2J\x1b]0;owned\x07 \x9b31m \r overwritten \u202egnp.exe \u2066x\u2069 \x00 \x08\x08 \U000e0041 \ud800"


def test_ticket_text_cannot_steer_the_terminal() -> None:
    call = ToolCall(name="get_\x1b[2J", arguments={"x": HOSTILE}, result=HOSTILE)
    ticket = make.ticket(
        HOSTILE.replace("\x00", "").replace("\ud800", ""),
        subject=HOSTILE,
        turns=(
            *make.turns(("customer", HOSTILE), ("assistant", HOSTILE), ("note", HOSTILE)),
            Turn(role="tool", call=call),
        ),
        tags=(HOSTILE,),
        link=HOSTILE,
        expected=HOSTILE,
        resolution=HOSTILE,
        csat_comment=HOSTILE,
        macro=Macro(id="1", title=HOSTILE, text=HOSTILE),
    )
    text = shown(ticket)
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2060-\u2069\ud800-\udfff\U000e0000-\U000e007f]", text
    )
    assert "\\x1b[2J" in text
    assert "\\u202e" in text


@given(st.text())
def test_safe_text_has_no_controls_and_plain_text_stays(text: str) -> None:
    assert not any(ord(letter) < 32 and letter != "\n" for letter in safe(text))
    assert safe("Привет, сәлем! 👩‍👩‍👧 naïve") == "Привет, сәлем! 👩‍👩‍👧 naïve"


def long_ticket() -> Ticket:
    said = [("customer" if place % 2 == 0 else "assistant", f"turn number {place} " * 80) for place in range(60)]
    tool = Turn(role="tool", call=ToolCall(name="get_order", result="line\n" * 200))
    return make.ticket(turns=(*make.turns(*said), tool, *make.turns(("note", "The bot erred."))))


def test_a_long_conversation_is_folded_around_the_failing_reply() -> None:
    failures = (Failure(mode="wrong_fact", severity="P1", turn=31),)
    ticket = long_ticket()
    text = shown(ticket, height=40, proposal=make.proposal(failures=failures, evidence=()))
    assert len(text.split("\n")) < 100
    assert "#31 assistant  ◀ the failing reply" in text
    assert "#0 customer" in text
    assert "The bot erred." in text
    assert "more turns, m shows all" in text
    assert "#20 customer" not in text
    assert "more lines, m shows all" in text


def test_unfolded_everything_is_there() -> None:
    text = shown(long_ticket(), height=None)
    assert all(f"#{place} " in text for place in range(62))
    assert "m shows all" not in text
    assert text.count("line") >= 200


def test_a_ticket_without_proposal_turns_or_dates_is_shown() -> None:
    bare = Ticket(source="file", external_id="1")
    assert "Nothing is proposed." in shown(bare, proposal=None)


def test_a_note_that_is_the_resolution_is_shown_once() -> None:
    assert shown(make.ticket()).count("Bot promised a refund it cannot make") == 1


def traced(**told: Any) -> list[str]:
    ticket = make.ticket(traced=Traced(**told) if told else None)
    return [line for line in shown(ticket, width=100).split("\n") if "race" in line]


def test_the_head_tells_the_trace_behind_a_ticket_and_what_none_explains() -> None:
    told = {"ids": ("t1", "t2"), "by": "user", "models": ("gpt-9",), "prompts": ("support@7",)}
    assert traced(**told, missing=("1 reply is in no trace",)) == [
        "Trace t1 and 1 more, found by user and time alone (weak)  ·  gpt-9  ·  support@7",
        "Not explained: 1 reply is in no trace",
    ]
    unknown = "No trace explains the replies: what the AI was given and what it called is not known."
    assert traced() == [unknown]
    assert traced(missing=("the trace t1 that the ticket names has not come",)) == [
        unknown,
        "Not explained: the trace t1 that the ticket names has not come",
    ]
