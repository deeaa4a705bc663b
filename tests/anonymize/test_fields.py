"""Every text of a ticket is gathered and comes back in its place."""

import msgspec
import pytest

import make
from casemill.anonymize.fields import gather, put_back
from casemill.domain.ticket import Attachment, Event, Macro, Ticket, ToolCall, Traced, Turn


def full(text: str = "x") -> Ticket:
    """A ticket with a text in every place that can hold one."""
    call = ToolCall(
        name=text, arguments={"who": text, "more": [{"deep": text}], "n": 7, "yes": True, "f": 1.5}, result=text
    )
    return make.ticket(
        subject=text,
        turns=(Turn(role="customer", text=text, by=text), Turn(role="tool", call=call)),
        csat_comment=text,
        expected=text,
        resolution=text,
        macro=Macro(id=text, title=text, text=text, revision=text),
        link=text,
        attachments=(Attachment(name=text, type=text),),
        tags=(text,),
        events=(Event(kind="field", text=text),),
        traced=Traced(ids=(text,), models=(text,), prompts=(text,), missing=(text,)),
        **dict.fromkeys(("root_cause", "channel", "status", "mode", "severity", "plan", "trace", "model"), text),
    )


def test_what_is_gathered_goes_back_where_it_was() -> None:
    ticket = full("some text")
    assert put_back(ticket, [field.text for field in gather(ticket)]) == ticket


def test_no_text_of_a_ticket_is_forgotten() -> None:
    ticket = full("anna wrote this")
    changed = put_back(ticket, [field.text.replace("anna wrote this", "…") for field in gather(ticket)])
    assert b"anna" not in msgspec.json.encode(changed)


def test_the_texts_come_in_the_order_they_are_read() -> None:
    ticket = make.ticket(
        subject="first", turns=make.turns(("customer", "second"), ("assistant", "third")), resolution="fourth"
    )
    assert [field.text for field in gather(ticket)] == ["first", "second", "third", "fourth"]


def test_an_argument_is_searched_with_its_name_before_it() -> None:
    call = ToolCall(name="f", arguments={"orderId": 548921, "note": "two words", "ids": ["a1"]})
    fields = gather(make.ticket(turns=(Turn(role="tool", call=call),)))
    assert [field.lead for field in fields if field.about] == ["order Id: ", "", "ids: "]


def test_escaped_json_is_read_value_by_value() -> None:
    call = ToolCall(name="f", result='{"note": "Hi\\nAnna", "\\u0438\\u043c\\u044f": "\\u0410\\u043d\\u043d\\u0430"}')
    texts = [field.text for field in gather(make.ticket(turns=(Turn(role="tool", call=call),)))]
    assert {"Hi\nAnna", "имя", "Анна"} <= set(texts)


@pytest.mark.parametrize("result", ['{"broken": "Anna\\n', "[1, 2", "\\d+ is a pattern"])
def test_what_is_no_json_is_a_text(result: str) -> None:
    call = ToolCall(name="f", result=result)
    assert result in [field.text for field in gather(make.ticket(turns=(Turn(role="tool", call=call),)))]


def test_the_tickets_own_id_in_its_link_is_provenance() -> None:
    ticket = make.ticket("700007", link="https://shop.zendesk.com/agent/tickets/700007?user=anna@shop.test")
    assert [field.text for field in gather(ticket)][-2:] == [
        "https://shop.zendesk.com/agent/tickets/",
        "?user=anna@shop.test",
    ]


def test_macro_words_are_the_companys() -> None:
    fields = gather(make.ticket(macro=Macro(id="47", title="47: Refund", text="Call 8 701 123 45 67")))
    assert [field.text for field in fields if field.company] == ["47: Refund", "Call 8 701 123 45 67"]
