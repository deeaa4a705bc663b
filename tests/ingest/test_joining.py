"""The trace's turns among the ticket's own: each said once, in order, with what none explains."""

from datetime import timedelta
from typing import Any

import make
from casemill.domain.arrival import Reading
from casemill.domain.ticket import ToolCall, Turn
from casemill.ingest.joining import MOST_ALIGNED, joined, merged
from casemill.ingest.links import Link
from casemill.ingest.spans.forms import spans_in
from casemill.ingest.spans.words import BadSpan
from ingest.inbox import said
from ingest.tracing import ASKED, FOUND, REPLIED, TRACE, chat, envelope

CALL = Turn(role="tool", call=ToolCall(name="get_order", arguments={"id": "7"}, result="lost"))
TRACED = (*make.turns(("customer", "where is it?")), CALL, *make.turns(("assistant", "It is on its way.")))


def contents(data: bytes) -> list[bytes]:
    return [one.content for one in spans_in(data) if not isinstance(one, BadSpan)]


def read(*, link: Link = Link((TRACE,), "id"), data: bytes | None = None, **fields: Any) -> Reading:  # noqa: B008
    held = contents(envelope(*chat()) if data is None else data)
    return joined(Reading(ticket=make.ticket(**fields)), link, contents=[held])


def test_a_ticket_that_shares_nothing_comes_after_its_trace() -> None:
    own = make.turns(("customer", "Your bot lied to me!"), ("agent", "Sorry."))
    assert merged(own, TRACED) == (*TRACED, *own)


def test_a_pasted_chat_gets_its_tool_calls_in_their_place() -> None:
    own = make.turns(("customer", "where  is IT?"), ("assistant", "It is on its way."), ("customer", "Liar!"))
    assert said(merged(own, TRACED)) == [
        ("customer", "where  is IT?"),
        ("tool", "get_order → lost"),
        ("assistant", "It is on its way."),
        ("customer", "Liar!"),
    ]


def test_a_chat_pasted_in_part_is_made_whole() -> None:
    own = make.turns(("assistant", "It is on its way."), ("customer", "Liar!"))
    assert [turn.role for turn in merged(own, TRACED)] == ["customer", "tool", "assistant", "customer"]


def test_whose_a_turn_is_the_trace_knows_and_when_it_was_the_ticket() -> None:
    own = (Turn(role="agent", text="It is on its way.", by="AI Bot", at=make.NOW),)
    (turn,) = [turn for turn in merged(own, TRACED) if turn.text][1:]
    assert (turn.role, turn.by, turn.at) == ("assistant", "AI Bot", make.NOW)


def test_what_was_written_before_the_trace_began_stands_before_it() -> None:
    traced = [Turn(role=turn.role, text=turn.text, call=turn.call, at=make.NOW) for turn in TRACED]
    mail = Turn(role="customer", text="Dear shop, my parcel …", at=make.NOW - timedelta(hours=1))
    later = Turn(role="note", text="The bot was wrong.", at=make.NOW + timedelta(hours=1))
    assert merged((mail, later), traced) == (mail, *traced, later)


def test_a_call_that_the_ticket_tells_without_result_gets_it() -> None:
    own = (Turn(role="tool", call=ToolCall(name="get_order", arguments={"id": "7"})),)
    assert [turn.call for turn in merged(own, TRACED) if turn.call] == [CALL.call]


def test_long_conversations_are_joined_without_being_aligned() -> None:
    own = make.turns(*(("customer", f"line {number}") for number in range(MOST_ALIGNED + 1)), ("note", "said"))
    traced = make.turns(*(("customer", f"line {number}") for number in range(MOST_ALIGNED + 5)))
    assert merged(own, traced) == (*traced, own[-1])


def test_model_prompt_and_trace_come_with_the_ticket() -> None:
    ticket = read(turns=make.turns(("customer", "It lied!"))).ticket
    assert said(ticket.turns) == [
        ("customer", ASKED),
        ("tool", f"get_order → {FOUND}"),
        ("assistant", REPLIED),
        ("customer", "It lied!"),
    ]
    assert ticket.traced
    assert (ticket.trace, ticket.traced.ids, ticket.traced.by) == (TRACE, (TRACE,), "id")
    assert (ticket.traced.models, ticket.traced.prompts, ticket.traced.missing) == (("gpt-9",), ("support@7",), ())


def test_the_digest_tells_one_set_of_spans_from_another() -> None:
    whole, again, part = read(), read(), read(data=envelope(*chat()[:2]))
    assert whole.ticket.told_by == again.ticket.told_by != part.ticket.told_by
    assert make.ticket().told_by == make.ticket().digest


def test_what_no_trace_explains_is_said() -> None:
    def missing(**given: Any) -> tuple[str, ...]:
        traced = read(**given).ticket.traced
        return traced.missing if traced else ()

    assert missing(link=Link(), data=b"{}", trace=TRACE) == (f"the trace {TRACE} that the ticket names has not come",)
    assert missing(link=Link(why="none was taken"), data=b"{}", trace=None) == ("none was taken",)
    other = make.turns(("assistant", "Another reply."))
    assert missing(turns=other, trace=None) == ("1 reply is in no trace",)
    assert missing(data=envelope(chat()[1] | {"attributes": []}), trace=None) == (
        "the trace holds no messages: its tracing does not record content",
    )


def test_a_span_that_a_later_casemill_wrote_is_passed_over_and_told() -> None:
    held = [*contents(envelope(*chat())), b'{"form":"later","span":{}}', b"{"]
    ticket = joined(Reading(ticket=make.ticket(turns=())), Link((TRACE,), "id"), contents=[held]).ticket
    assert ticket.traced
    assert ticket.traced.missing == ("2 spans of the trace cannot be read",)
    assert len(ticket.turns) == 3
