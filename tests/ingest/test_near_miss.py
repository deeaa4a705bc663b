"""Drafts that agents rejected or rewrote become tickets: the draft the wrong reply, the agent's words the good one."""

from typing import Any

import pytest

from casemill.domain.ticket import Event
from casemill.ingest.readers.near_miss import SENT_AS_IT_STOOD, UNTOLD
from casemill.normalize.reference import good_reply
from ingest.inbox import Inbox, lines, put_aside, said

QUESTION = "Order broken, where is my refund?"
DRAFT = "I've processed your refund."
SENT = "Refunds start once the parcel is back; I have opened a request for your order."


def near(**fields: Any) -> dict[str, Any]:
    return {"id": 1, "question": QUESTION, "draft": DRAFT, **fields}


def test_a_rewritten_draft_is_followed_by_what_the_agent_sent(inbox: Inbox) -> None:
    done = inbox.put("drafts.jsonl", lines(near(sent=SENT, why="Promised what it cannot do.")))
    assert (done.new, done.rejected) == (1, 0)
    ticket = inbox.reading().ticket
    assert said(ticket.turns) == [
        ("customer", QUESTION),
        ("assistant", DRAFT),
        ("agent", SENT),
        ("note", "Promised what it cannot do."),
    ]
    assert (ticket.ai_related, ticket.tags) == (True, ("near-miss",))
    assert ticket.events == (Event(kind="status", by="agent", text="AI draft rewritten"),)
    assert ticket.resolution == "Promised what it cannot do."


def test_the_agents_words_are_the_good_reply_of_the_case(inbox: Inbox) -> None:
    inbox.put("drafts.jsonl", lines(near(sent=SENT)))
    assert good_reply(inbox.reading().ticket, after=1, expected="Says no refund was started.") == SENT


def test_a_rejected_draft_stands_alone(inbox: Inbox) -> None:
    inbox.put("drafts.jsonl", lines(near(outcome="Rejected", reason="invented")))
    ticket = inbox.reading().ticket
    assert [turn.role for turn in ticket.turns] == ["customer", "assistant", "note"]
    assert ticket.events[0].text == "AI draft rejected"


def test_in_a_whole_conversation_the_draft_stands_before_what_was_sent_in_its_place(inbox: Inbox) -> None:
    messages = [
        {"role": "customer", "content": QUESTION},
        {"role": "agent", "content": SENT},
        {"role": "customer", "content": "thanks"},
    ]
    inbox.put("drafts.jsonl", lines({"id": 1, "messages": messages, "ai_draft": DRAFT, "sent_text": SENT}))
    assert [turn.role for turn in inbox.reading().ticket.turns] == ["customer", "assistant", "agent", "customer"]


def test_beside_a_draft_the_reply_is_what_was_sent(inbox: Inbox) -> None:
    done = inbox.put("drafts.csv", f'id,question,suggested reply,reply\n1,"{QUESTION}",{DRAFT},"{SENT}"\n')
    assert done.mapping is not None
    assert (done.mapping["draft"], done.mapping["sent"]) == ("suggested reply", "reply")
    assert said(inbox.reading().ticket.turns)[1:] == [("assistant", DRAFT), ("agent", SENT)]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"sent": DRAFT}, SENT_AS_IT_STOOD),
        ({"sent": f" {DRAFT}\n"}, SENT_AS_IT_STOOD),
        ({"outcome": "accepted"}, SENT_AS_IT_STOOD),
        ({}, UNTOLD),
        ({"outcome": "who knows"}, UNTOLD),
    ],
)
def test_a_draft_that_was_sent_or_of_which_nothing_is_told_is_put_aside(
    inbox: Inbox, fields: dict[str, Any], why: str
) -> None:
    done = inbox.put("drafts.jsonl", lines(near(**fields), {**near(sent=SENT), "id": 2}))
    assert put_aside(done) == [(1, why)]
    assert done.new == 1


def test_a_row_without_a_draft_among_others_is_an_ordinary_ticket(inbox: Inbox) -> None:
    inbox.put("drafts.jsonl", lines(near(sent=SENT), {"id": 2, "question": "hello there", "draft": None}))
    other = inbox.readings()[1].ticket
    assert (other.tags, said(other.turns)) == ((), [("customer", "hello there")])


@pytest.mark.parametrize("draft", [True, "false", 3, "2026-05-01"])
def test_a_column_called_draft_that_holds_no_words_is_none(inbox: Inbox, draft: Any) -> None:
    done = inbox.put("rows.jsonl", lines({"id": 1, "text": QUESTION, "draft": draft, "sent": "x", "decision": "y"}))
    assert done.mapping == {"id": "id", "text": "text"}


def test_what_tells_of_drafts_is_left_alone_where_there_is_none(inbox: Inbox) -> None:
    done = inbox.put("rows.jsonl", lines({"id": 1, "text": QUESTION, "reason": "late", "final reply": "no"}))
    assert done.mapping == {"id": "id", "text": "text"}
