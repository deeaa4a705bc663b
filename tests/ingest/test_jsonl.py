"""JSON lines become tickets."""

import json
from datetime import UTC, datetime

from casemill.domain.ticket import Macro, ToolCall
from casemill.settings import Ingest
from ingest.inbox import Inbox, chat, lines, packed, put_aside, said


def test_casemills_own_form_is_read_whole(inbox: Inbox) -> None:
    row = {
        "id": 7,
        "subject": "refund",
        "created_at": "2026-05-01T10:00:00Z",
        "updated_at": "2026-05-02T10:00:00Z",
        "requester": {"id": 5, "name": "Anna Petrova", "email": "anna@shop.test", "phone": "+7 701"},
        "people": [{"role": "agent", "name": "Dan Osei"}],
        "messages": [
            {"role": "customer", "content": "refund?", "created_at": "2026-05-01T10:00:00Z"},
            {"role": "tool", "call": {"name": "get_order", "arguments": {"id": 1}, "result": "none"}},
            {"role": "assistant", "content": "done", "name": "Mila"},
            {"role": "agent", "content": "sorry", "name": "Olga Ray"},
            {"role": "agent", "content": "bot was wrong", "public": False},
        ],
        "csat": "bad",
        "tags": ["a", "b"],
        "expected": "Says no.",
        "macro": {"id": "47", "title": "47: no", "text": "No.", "revision": "1"},
        "trace": "trc",
        "model": "m1",
        "link": "https://x.test/7",
        "channel": "web",
        "status": "solved",
        "plan": "Plus",
        "ai_related": True,
    }
    done = inbox.put("rows.jsonl", lines(row))
    assert (done.form, done.source, done.new) == ("jsonl", "file", 1)
    reading = inbox.reading()
    ticket = reading.ticket
    assert said(ticket.turns) == [
        *(("customer", "refund?"), ("tool", "get_order → none"), ("assistant", "done"), ("agent", "sorry")),
        ("note", "bot was wrong"),
    ]
    assert (ticket.key, ticket.subject, ticket.csat, ticket.tags) == ("file:7", "refund", "bad", ("a", "b"))
    assert (ticket.expected, ticket.resolution, ticket.ai_related) == ("Says no.", "bot was wrong", True)
    assert (ticket.trace, ticket.model, ticket.link, ticket.channel) == ("trc", "m1", "https://x.test/7", "web")
    assert (ticket.status, ticket.plan) == ("solved", "Plus")
    assert ticket.macro == Macro(id="47", title="47: no", text="No.", revision="1")
    assert ticket.turns[0].at == ticket.created_at == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert reading.requester == "5"
    assert [(who.role, who.names) for who in reading.people] == [
        *(("customer", ("Anna Petrova",)), ("agent", ("Dan Osei",)), ("assistant", ("Mila",)), ("agent", ("Olga Ray",)))
    ]
    assert reading.people[0].phones == ("+7 701",)


def test_a_model_apis_messages_are_read(inbox: Inbox) -> None:
    asked = [{"id": "c1", "type": "function", "function": {"name": "a", "arguments": '{"x": 1}'}}]
    asked += [{"id": "c2", "type": "function", "function": {"name": "b", "arguments": "{}"}}]
    messages = [
        {"role": "system", "content": "You are a bot."},
        {"role": "user", "content": [{"type": "text", "text": "hi"}]},
        {"role": "assistant", "content": None, "tool_calls": asked},
        {"role": "tool", "tool_call_id": "c2", "content": "B"},
        {"role": "tool", "tool_call_id": "c1", "content": "A"},
        {"role": "assistant", "content": "done"},
    ]
    inbox.put("rows.jsonl", lines({"id": "1", "messages": messages}))
    turns = inbox.reading().ticket.turns
    assert said(turns) == [("customer", "hi"), ("tool", "a → A"), ("tool", "b → B"), ("assistant", "done")]
    assert turns[1].call == ToolCall(name="a", arguments={"x": 1}, result="A")


def test_parts_of_type_tool_use_are_calls_too(inbox: Inbox) -> None:
    used = [{"type": "text", "text": "let me look"}, {"type": "tool_use", "id": "t1", "name": "a", "input": {"x": 1}}]
    answered = [{"type": "tool_result", "tool_use_id": "t1", "content": "A"}]
    messages = [{"role": "user", "content": "hi"}, {"role": "assistant", "content": used}]
    inbox.put("rows.jsonl", lines({"id": "1", "messages": [*messages, {"role": "user", "content": answered}]}))
    assert said(inbox.reading().ticket.turns) == [
        *(("customer", "hi"), ("assistant", "let me look"), ("tool", "a → A"))
    ]


def test_other_columns_are_guessed_and_shown(inbox: Inbox) -> None:
    done = inbox.put("rows.jsonl", lines({"ticket_id": 1, "body": "money back", "bot_reply": "done", "csat": 1}))
    assert done.mapping == {"id": "ticket_id", "text": "body", "answer": "bot_reply", "csat": "csat"}
    assert said(inbox.reading().ticket.turns) == [("customer", "money back"), ("assistant", "done")]


def test_the_settings_columns_win_and_may_walk_into_objects(inbox: Inbox) -> None:
    settings = Ingest(columns={"text": "payload.words", "id": "payload.no"})
    inbox.put("rows.jsonl", lines({"id": "x", "payload": {"words": "money", "no": 9}}), settings=settings)
    reading = inbox.reading(settings)
    assert (reading.ticket.external_id, said(reading.ticket.turns)) == ("9", [("customer", "money")])


def test_lines_that_are_messages_of_one_conversation_are_one_ticket(inbox: Inbox) -> None:
    rows = [("1", "user", "hi there"), ("1", "bot", "hello"), ("2", "user", "money back")]
    inbox.put("rows.jsonl", lines(*({"conversation_id": id, "role": role, "text": text} for id, role, text in rows)))
    assert [said(reading.ticket.turns) for reading in inbox.readings()] == [
        [("customer", "hi there"), ("assistant", "hello")],
        [("customer", "money back")],
    ]


def test_a_chat_pasted_into_a_text_column_is_split(inbox: Inbox) -> None:
    inbox.put("rows.jsonl", lines({"id": 1, "name": "Anna Li", "text": "it lied\n(12:01) Anna: hi\n(12:02) Bot: no"}))
    assert said(inbox.reading().ticket.turns) == [("customer", "hi"), ("assistant", "no"), ("customer", "it lied")]


def test_rows_without_ids_are_the_same_tickets_next_time(inbox: Inbox) -> None:
    rows = lines({"text": "money back now"}, {"text": "bot is rude"})
    assert inbox.put("rows.jsonl", rows).new == 2
    assert inbox.put("rows.jsonl", rows + lines({"text": "one more thing"})).same == 2


def test_a_list_and_a_lone_object_are_read_like_lines(inbox: Inbox) -> None:
    assert inbox.put("rows.json", json.dumps([chat(1), chat(2)], indent=2)).new == 2
    assert inbox.put("one.json", json.dumps(chat(3), indent=2)).new == 1


def test_the_original_line_is_kept_byte_for_byte(inbox: Inbox) -> None:
    odd = '{"id":1.50e1,  "text":"\\u0041 \\/ x","big":123456789012345678901234567890}'
    inbox.put("rows.jsonl", odd + "\r\n")
    (arrival,) = inbox.vault.waiting()
    assert odd.encode() in arrival.payload.content


def test_broken_lines_are_named_and_the_rest_goes_on(inbox: Inbox) -> None:
    content = lines(chat(1)) + '{"id": 2, "messages": [}\n\n[1, 2]\n' + lines(chat(3)) + '{"id": 4, "mess'
    done = inbox.put("rows.jsonl", content)
    assert (done.new, done.rejected) == (2, 3)
    assert [line for line, _ in put_aside(done)] == [2, 4, 6]
    assert put_aside(done)[1] == (4, "is not a JSON object")


def test_a_row_without_id_or_words_is_named(inbox: Inbox) -> None:
    rows = lines(chat(1), {"messages": chat()["messages"]}, chat(3, messages=[]), chat(None), {"id": 5})
    assert put_aside(inbox.put("rows.jsonl", rows)) == [
        (2, "has no id: 'id' is empty or missing"),
        (3, "says nothing: 'messages' is empty or missing"),
        (4, "has no id: 'id' is empty or missing"),
        (5, "says nothing: 'messages' is empty or missing"),
    ]


def test_an_id_met_again_with_other_content_is_put_aside_but_an_update_is_a_version(inbox: Inbox) -> None:
    later = chat(1, updated_at="2026-05-02", subject="b")
    rows = lines(chat(1, updated_at="2026-05-01", subject="a"), later, later, chat(1, updated_at="2026-05-01"), chat(2))
    done = inbox.put("rows.jsonl", rows)
    assert (done.new, done.changed, done.same) == (2, 1, 1)
    assert put_aside(done) == [(4, "has the id of line 3, with other content and no later update time")]


def test_a_row_whose_id_is_somebodys_is_put_aside_before_the_vault(inbox: Inbox) -> None:
    done = inbox.put("rows.jsonl", lines(chat("anna.k@example.com"), chat("+7 701 123 45 67"), chat("T-35436697")))
    wrong = "the id is personal data; map another column"
    assert (done.new, put_aside(done)) == (1, [(1, wrong), (2, wrong)])


def test_a_row_from_the_future_is_put_aside(inbox: Inbox) -> None:
    done = inbox.put("rows.jsonl", lines(chat(1, created_at="2031-02-03T00:00:00Z"), chat(2)))
    assert put_aside(done) == [(1, "is dated 2031-02-03, which is not yet")]


def test_encodings_and_marks_do_not_matter(inbox: Inbox) -> None:
    row = lines(chat("я", messages=[{"role": "customer", "content": "верните деньги"}]))
    for number, encoding in enumerate(("utf-8-sig", "utf-16", "cp1251")):
        done = inbox.put(f"rows{number}.jsonl", row.encode(encoding))
        assert (done.new + done.same, done.rejected) == (1, 0)
    assert said(inbox.reading().ticket.turns) == [("customer", "верните деньги")]


def test_a_line_that_is_no_utf8_among_lines_that_are_is_named(inbox: Inbox) -> None:
    good = lines(chat("я", subject="дом"))
    done = inbox.put("rows.jsonl", good.encode() + b'{"id": "\xff\xfe"}\n')
    assert put_aside(done) == [(2, "is not UTF-8 text")]


def test_nul_bytes_are_dropped_and_written_ones_never_reach_a_turn(inbox: Inbox) -> None:
    content = b"\0" * 20 + lines(chat(1)).encode() + b"\0\0\0\n" + b'{"id": 2, "text": "a\\u0000b\\u200bc"}\n'
    assert inbox.put("rows.jsonl", content).new == 2
    assert said(inbox.readings()[1].ticket.turns) == [("customer", "abc")]


def test_a_ticket_of_five_megabytes_comes_in_and_is_read(inbox: Inbox) -> None:
    big = "help me please. " * 330_000
    assert inbox.put("rows.jsonl.gz", packed(lines(chat(1, messages=[{"role": "user", "content": big}])))).new == 1
    assert inbox.reading().ticket.turns[0].text == big.strip()


def test_too_deep_a_line_is_named(inbox: Inbox) -> None:
    done = inbox.put("rows.jsonl", lines(chat(1)) + '{"id": 2, "messages": ' + "[" * 100_000 + "]" * 100_000 + "}\n")
    assert put_aside(done) == [(2, "is nested too deep to be read")]


def test_of_a_cut_gzip_file_the_lines_before_the_cut_come_in(inbox: Inbox) -> None:
    content = packed(lines(*(chat(number, subject=str(number**9)) for number in range(500))))
    done = inbox.put("rows.jsonl.gz", content[: len(content) // 2])
    assert 50 < done.new < 450
    assert put_aside(done) == [(done.new + 1, "the gzip file is cut short here; what came before is kept")]


def test_an_empty_file_is_told(inbox: Inbox) -> None:
    assert put_aside(inbox.put("rows.jsonl", "\n \n")) == [(None, "the file is empty")]


def test_html_with_scripts_becomes_text(inbox: Inbox) -> None:
    html = "<html><body><script>alert('x')</script><p>refund&nbsp;<b>now</b></p><!-- c --></body></html>"
    inbox.put("rows.jsonl", lines(chat(1, messages=[{"role": "customer", "content": html}])))
    assert said(inbox.reading().ticket.turns) == [("customer", "refund now")]


def test_a_container_holds_the_lines_as_they_stand_so_that_a_file_taken_in_again_is_the_same(inbox: Inbox) -> None:
    inbox.put("rows.jsonl", '{"id": 1,  "text": "caf\\u00e9 \u00e9"}\n')
    (arrival,) = inbox.vault.waiting()
    head = '{"form":"jsonl","columns":{"id":"id","text":"text"},"rows":['
    assert arrival.payload.content.decode() == head + '{"id": 1,  "text": "caf\\u00e9 \u00e9"}]}'


def test_messages_of_one_ticket_lie_in_one_container_each_as_it_stood(inbox: Inbox) -> None:
    rows = ['{"id": 1, "role": "customer", "text": "hi"}', '{"id": 1, "role": "agent",  "text": "yes"}']
    inbox.put("rows.jsonl", "\n".join(rows))
    (arrival,) = inbox.vault.waiting()
    assert arrival.payload.content.decode().endswith(f'"rows":[{rows[0]},{rows[1]}]}}')
