"""What a person sees of a draft: everything that matters, in words, and nothing that steers the terminal."""

from typing import Any

import pytest

import make
from casemill.domain.case import Draft
from casemill.domain.review import Ask
from casemill.domain.word import changed
from casemill.normalize.checks import check
from casemill.normalize.expected import NOBODY
from casemill.normalize.queue import DraftQuestion, next_draft
from casemill.normalize.screen import page
from casemill.review.queue import give_back
from casemill.store import Desk, asks, drafts, tickets
from normalize.test_admit import case, laid
from normalize.written import bot, customer, drafted, ticket

HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202eesrever\u200b \x9b2J"


def question(draft: Draft, **fields: Any) -> DraftQuestion:
    ask = Ask(id=1, kind="draft", ticket=draft.ticket, draft=7, why="ready", created_at=make.NOW)
    told: dict[str, Any] = {"ask": ask, "draft": draft, "ticket": make.ticket(), "source": "the resolution note"}
    return DraftQuestion(**(told | {"done": 1_200, "left": 5} | fields))


def shown(draft: Draft, *, width: int = 90, height: int | None = None) -> str:
    return "\n".join(line.text for line in page(question(draft), width=width, height=height))


def ready() -> Draft:
    one = case(failure_mode="wrong_fact")
    return make.draft(case=one, checks=check(one), missing=("no good reply recorded",))


def test_everything_a_decision_needs_is_on_the_page() -> None:
    text = shown(ready())
    for part in (
        "zendesk:48213 failure 1 P0 wrong_fact",
        "1,200 done, 5 left",
        "order [ORDER_1] came broken, want my money back",
        "WHAT SHOULD HAPPEN, action (the resolution note)",
        "Says no refund was started.",
        make.BAD,
        make.GOOD,
        '1. not_contains "processed your refund"',
        "bad reply: RED   good reply: GREEN",
        "- no good reply recorded",
        "y admits it as ACTIVE",
    ):
        assert part in text


def test_what_a_yes_would_come_to_is_said_before() -> None:
    one = case(assert_=())
    text = shown(make.draft(case=one))
    assert "WHAT MUST HOLD: nothing yet" in text
    assert "y admits it as QUARANTINED: no assertion is red on the recorded bad reply" in text


def test_calls_are_shown_as_a_person_would_write_them() -> None:
    talk = ticket(customer("stop it"), make.turns(("assistant", "Done."))[0])
    draft = drafted("wrong_tool_call", talk)
    call = make.case().expect
    shown_case = changed(draft.case, expect=changed(call, bad_calls=(make_call(),), good=None))
    text = shown(changed(draft, case=shown_case))
    assert 'called cancel(order=[ORDER_1], items=["1"]) → ok' in text
    assert "GOOD REPLY: none" in text


def make_call() -> Any:
    from casemill.domain.ticket import ToolCall

    return ToolCall(name="cancel", arguments={"order": "[ORDER_1]", "items": ["1"]}, result="ok")


@pytest.mark.parametrize("width", [20, 80, 100, 300])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    long = drafted(
        "wrong_fact", ticket(customer("how long? " * 60), bot("It is 60 days, " * 40), note="It should " * 50)
    )
    assert all(len(line.text) <= min(100, max(40, width)) for line in page(question(long), width=width, height=None))


def test_a_long_talk_is_folded_to_the_screen_and_shown_whole_on_request() -> None:
    turns = [turn for n in range(30) for turn in (customer(f"question {n}?\n" * 5), bot(f"answer {n}.\n" * 5))]
    draft = drafted("wrong_fact", ticket(*turns))
    assert len(shown(draft, height=50).split("\n")) <= 60
    assert "earlier turns, m shows them" in shown(draft, height=50)
    assert "question 0?" in shown(draft)


def test_hostile_text_never_reaches_the_terminal() -> None:
    draft = drafted("wrong_fact", ticket(customer(HOSTILE), bot(HOSTILE), expected=f"Say so. {HOSTILE}"))
    text = shown(changed(draft, missing=(HOSTILE,)))
    assert not set(text) & set("\x1b\x07\x9b\u202e\u200b")
    assert "\\x1b" in text


def test_the_next_draft_is_the_most_severe_that_nobody_holds(desk: Desk) -> None:
    first, second = laid(desk, case(), case("incomplete-answer-7q3k2e"))
    seen = next_draft(desk, by="a@shop.test", now=make.NOW, minutes=30)
    other = next_draft(desk, by="b@shop.test", now=make.NOW, minutes=30)
    assert seen is not None
    assert other is not None
    assert (seen.draft.id, other.draft.id) == (first.id, second.id)
    assert (seen.done, seen.left) == (0, 2)
    assert next_draft(desk, by="c@shop.test", now=make.NOW, minutes=30) is None
    give_back(desk, seen.ask.id, by="a@shop.test")
    again = next_draft(desk, by="c@shop.test", now=make.NOW, minutes=30)
    assert again is not None
    assert again.draft.id == first.id


def test_where_the_expectation_comes_from_is_told(desk: Desk) -> None:
    noted, nobody = (
        changed(make.case().expect, behavior=text) for text in ("It should say that no refund was started.", "")
    )
    laid(desk, case(expect=noted), case("b-7q3k2e"), case("c-7q3k2f", expect=nobody))
    sources = []
    for _ in range(3):
        seen = next_draft(desk, by="a@shop.test", now=make.NOW, minutes=30)
        assert seen is not None
        assert seen.draft.id is not None
        sources.append(seen.source)
        with desk.write() as db:
            drafts.settle(db, seen.draft.id, to="rejected", now=make.NOW)
    assert sources == ["the resolution note", "written by a person", NOBODY]


def test_a_question_whose_draft_is_gone_is_withdrawn(desk: Desk) -> None:
    laid(desk)
    with desk.write() as db:
        tickets.move(db, "zendesk:48213", version=1, frm=("drafted",), to="proposed")
    assert next_draft(desk, by="a@shop.test", now=make.NOW, minutes=30) is None
    with desk.read() as db:
        assert asks.open_counts(db) == {}
