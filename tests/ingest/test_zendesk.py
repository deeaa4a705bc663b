"""A Zendesk export becomes tickets."""

import json
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from casemill.domain.arrival import Identity, Reading
from casemill.domain.ticket import Macro
from casemill.settings import Ingest
from casemill.store import articles
from ingest.helpdesk import AGENT, BOT, FIELDS, REQUESTER, TALK, USERS, comment, export, ticket
from ingest.inbox import Inbox, put_aside, said

PASTED = "it lied to me\n\nhere is the chat:\n> You: refund?\n> Assistant: done.\n> You: ok"


def read_one(inbox: Inbox, ticket: dict[str, Any], talk: list[dict[str, Any]], **parts: Any) -> Reading:
    settings = parts.pop("settings", Ingest())
    done = inbox.take(export(inbox.folder / "z", [ticket], comments={ticket["id"]: talk}, **parts), settings=settings)
    assert (done.form, done.new, done.rejected) == ("zendesk", 1, 0)
    return inbox.reading(settings)


def test_roles_and_order_are_told_apart(inbox: Inbox) -> None:
    reading = read_one(inbox, ticket(), list(reversed(TALK)))
    assert said(reading.ticket.turns) == [
        ("customer", "where is my refund"),
        ("tool", 'get_order → {"status": "delivered"}'),
        ("assistant", "Your refund is on its way."),
        ("agent", "Sorry Anna, no refund was started."),
        ("note", "Bot promised a refund. It should say that none was started."),
    ]
    assert [turn.by for turn in reading.ticket.turns] == [None, None, "AI Assistant", None, None]
    assert reading.ticket.turns[0].at == datetime(2026, 5, 1, 10, 1, tzinfo=UTC)


def test_the_tickets_own_fields_are_read(inbox: Inbox) -> None:
    fields = [
        {"id": 1, "value": "trc_1"},
        {"id": 2, "value": True},
        {"id": 3, "value": "Says no."},
        {"id": 4, "value": "m1"},
    ]
    told = read_one(inbox, ticket(custom_fields=fields), TALK).ticket
    assert (told.key, told.subject, told.status, told.channel, told.tags) == (
        *("zendesk:1", "refund??", "solved", "web"),
        ("ai_related",),
    )
    assert (told.trace, told.ai_related, told.expected, told.model) == ("trc_1", True, "Says no.", "m1")
    assert (told.csat, told.csat_comment) == ("bad", "never again")
    assert told.resolution == "Bot promised a refund. It should say that none was started."
    assert told.link == "https://shop.zendesk.test/agent/tickets/1"
    assert told.created_at == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_fields_are_found_by_the_id_that_the_settings_name(inbox: Inbox) -> None:
    fields = [{"id": 77, "value": "Refuses."}]
    reading = read_one(inbox, ticket(custom_fields=fields), TALK, settings=Ingest(expected_field="77"))
    assert reading.ticket.expected == "Refuses."


def test_everybody_who_is_named_is_told_the_requester_first(inbox: Inbox) -> None:
    reading = read_one(inbox, ticket(), TALK)
    assert reading.requester == "11"
    assert [(who.role, who.id, who.names) for who in reading.people] == [
        ("customer", "11", ("Anna Petrova",)),
        ("agent", "31", ("Dan Osei",)),
        ("customer", "41", ("Copied Colleague",)),
        ("assistant", "21", ("AI Assistant",)),
    ]
    assert reading.people[0] == Identity(
        role="customer", id="11", names=("Anna Petrova",), emails=("anna@shop.test",), phones=("+7 701 000 00 01",)
    )


@pytest.mark.parametrize("bot", ["31", "Dan Osei", "DAN@shop.test"])
def test_the_settings_may_name_the_assistants_account(inbox: Inbox, bot: str) -> None:
    reading = read_one(inbox, ticket(), TALK, settings=Ingest(bots=(bot,)))
    assert [turn.role for turn in reading.ticket.turns].count("assistant") == 2


def test_a_customer_named_like_a_machine_is_a_customer(inbox: Inbox) -> None:
    users = [{"id": REQUESTER, "name": "Bot Smith", "role": "end-user"}]
    assert read_one(inbox, ticket(), TALK[:1], users=users).ticket.turns[0].role == "customer"


def test_a_pasted_chat_comes_before_the_complaint_about_it(inbox: Inbox) -> None:
    reading = read_one(inbox, ticket(), [comment(REQUESTER, PASTED), *TALK[4:]])
    assert [role for role, _ in said(reading.ticket.turns)] == [
        *("customer", "assistant", "customer", "customer", "agent", "note")
    ]
    assert reading.ticket.turns[3].text == "it lied to me\n\nhere is the chat:"


def test_a_chat_pasted_in_a_later_comment_still_happened_first(inbox: Inbox) -> None:
    talk = [comment(REQUESTER, "it lied", minute=1), comment(REQUESTER, "> You: refund?\n> Bot: done.", minute=2)]
    assert said(read_one(inbox, ticket(), talk).ticket.turns) == [
        *(("customer", "refund?"), ("assistant", "done."), ("customer", "it lied"))
    ]


def test_an_attached_chat_is_read_and_its_file_is_named(inbox: Inbox) -> None:
    file = {"file_name": "chat.txt", "content_type": "text/plain", "size": 30}
    reading = read_one(
        inbox,
        ticket(),
        [comment(REQUESTER, "it lied", attachments=[file])],
        attachments={1: {**file, "content": "(12:01:02) Anna: refund?\n(12:01:09) AI Assistant: done."}},
    )
    assert [turn.role for turn in reading.ticket.turns] == ["customer", "assistant", "customer"]
    assert [(file.name, file.type, file.size) for file in reading.ticket.attachments] == [
        ("chat.txt", "text/plain", 30)
    ]


def test_a_chat_that_comes_pasted_and_attached_is_one_chat(inbox: Inbox) -> None:
    chat = {"file_name": "chat.txt", "content": "> You: hi\n> Bot: yes?\n> You: refund?\n> Assistant: done.\n> You: ok"}
    reading = read_one(inbox, ticket(), [comment(REQUESTER, PASTED)], attachments={1: chat})
    assert [turn.role for turn in reading.ticket.turns].count("assistant") == 2


def test_results_belong_to_the_last_calls_before_them(inbox: Inbox) -> None:
    talk = ["[tool call] think({})\n[tool call] a({})\n[tool result] A", "[tool call] b({})\n[tool call] c({})"]
    talk += ["[tool result] B\n[tool result] C", "[tool result] nobody asked"]
    comments = [comment(BOT, body, public=False, minute=minute) for minute, body in enumerate(talk)]
    assert said(read_one(inbox, ticket(), comments).ticket.turns) == [
        *(("tool", "think → None"), ("tool", "a → A"), ("tool", "b → B"), ("tool", "c → C"), ("tool", "nobody asked"))
    ]


def test_html_alone_becomes_text(inbox: Inbox) -> None:
    body = {"body": None, "html_body": "<div>money <b>back</b><script>x()</script><br>now</div>"}
    assert read_one(inbox, ticket(), [comment(REQUESTER, "") | body]).ticket.turns[0].text == "money back\nnow"


def test_without_comments_the_description_speaks_and_without_that_the_subject(inbox: Inbox) -> None:
    folder = export(inbox.folder / "z", [ticket(1), ticket(2, description="", subject="bot broken")])
    assert inbox.take(folder).new == 2
    assert [said(reading.ticket.turns) for reading in inbox.readings()] == [
        [("customer", "where is my refund")],
        [("customer", "bot broken")],
    ]


def test_a_ticket_is_resolved_by_the_macro_of_its_audit(inbox: Inbox) -> None:
    event = {"id": 5, "type": "AgentMacroReference", "macro_id": "900", "macro_title": "47: AI: returns"}
    audits = {1: [{"events": [{"type": "Comment"}, event]}]}
    macro = read_one(inbox, ticket(), TALK, audits=audits).ticket.macro
    assert macro == Macro(id="900", title="47: AI: returns", text="Says no.", revision="2026-03-01T09:00:00Z")


@pytest.mark.parametrize("note", ["Resolved per macro 47", "applied Macro #47, closed", "по макросу №47", "macro 900"])
def test_a_note_that_names_a_macro_by_number_finds_it(inbox: Inbox, note: str) -> None:
    macro = read_one(inbox, ticket(), [*TALK[:1], comment(AGENT, note, public=False)]).ticket.macro
    assert macro is not None
    assert (macro.id, macro.text) == ("900", "Says no.")


def test_a_macro_that_the_export_lacks_is_still_named(inbox: Inbox) -> None:
    macro = read_one(inbox, ticket(), [*TALK[:1], comment(AGENT, "macro 12", public=False)]).ticket.macro
    assert macro == Macro(id="12")


def test_macros_go_to_the_desk_as_articles_by_revision(inbox: Inbox) -> None:
    done = inbox.take(export(inbox.folder / "z", [ticket()], comments={1: TALK}))
    assert done.articles == 1
    with inbox.desk.read() as db:
        kept = articles.macro_numbered(db, "47")
    assert kept is not None
    assert (kept.id, kept.revision, kept.text) == ("900", "2026-03-01T09:00:00Z", "Says no.")


def test_the_original_bytes_of_ticket_and_comments_are_kept(inbox: Inbox) -> None:
    odd = '{"id": 1,  "subject":"\\u0041nna \\/",   "unknown": 1.50, "requester_id": 11, "description":"x"}'
    talk = '{"ticket_id":1, "comments":[{"author_id":11,   "body":"hi there","public":true}] }'
    folder = inbox.folder / "z"
    inbox.write("z/tickets.json", f'{{"tickets": [{odd}]}}')
    inbox.write("z/comments.jsonl", talk + "\n")
    assert inbox.take(folder).new == 1
    (arrival,) = inbox.vault.waiting()
    assert odd.encode() in arrival.payload.content
    assert talk.encode() in arrival.payload.content


def test_the_cursor_is_kept_with_the_page(inbox: Inbox) -> None:
    inbox.take(export(inbox.folder / "z", [ticket()]))
    assert inbox.vault.cursor("zendesk") == "cursor-1"


def test_a_users_log_in_and_a_new_field_change_no_ticket(inbox: Inbox) -> None:
    inbox.take(export(inbox.folder / "z", [ticket()], comments={1: TALK}))
    users = [user | {"last_login_at": "2026-06-01T00:00:00Z"} for user in USERS]
    again = export(
        inbox.folder / "z", [ticket()], comments={1: TALK}, users=users, fields=[*FIELDS, {"id": 9, "title": "N"}]
    )
    assert inbox.take(again).same == 1
    later = export(inbox.folder / "z", [ticket()], comments={1: [*TALK, comment(REQUESTER, "hello?", minute=9)]})
    assert inbox.take(later).changed == 1


def test_one_page_file_is_read_with_the_files_beside_it(inbox: Inbox) -> None:
    folder = export(inbox.folder / "z", [ticket()], comments={1: TALK})
    assert inbox.take(folder / "shop_tickets_001.json").new == 1
    assert len(inbox.reading().ticket.turns) == 5


def test_tickets_a_line_with_their_comments_inside_are_read(inbox: Inbox) -> None:
    rows = [json.dumps(ticket(id, comments=TALK[:1])) for id in (1, 2)]
    done = inbox.put("export.jsonl", "\n".join(rows))
    assert (done.form, done.new) == ("zendesk", 2)
    assert said(inbox.readings()[0].ticket.turns) == [("customer", "where is my refund")]


def test_a_bad_ticket_is_named_and_the_others_come_in(inbox: Inbox) -> None:
    tickets = [ticket(1), ticket(None), ticket(3, created_at="2031-01-01T00:00:00Z"), ticket(4, tags="no list")]
    tickets += [ticket(5, subject="", description="")]
    folder = export(inbox.folder / "z", tickets)
    done = inbox.take(folder)
    assert (done.new, done.rejected) == (1, 4)
    assert put_aside(done) == [
        (1, "ticket 2 of the file has no id"),
        (1, "ticket 3 of the file is dated 2031-01-01, which is not yet"),
        (1, "ticket 4 of the file cannot be read: expected `array | null`, got `str` - at `$.tags`"),
        (1, "ticket 5 of the file says nothing: no subject, no description, no comments"),
    ]


def test_of_a_cut_page_the_tickets_before_the_cut_come_in(inbox: Inbox) -> None:
    whole = json.dumps({"tickets": [ticket(1), ticket(2), ticket(3)]}, indent=1)
    done = inbox.put("shop_tickets_1.json", whole[: int(len(whole) * 0.9)])
    assert (done.new, done.rejected) == (2, 1)
    ((line, why),) = put_aside(done)
    assert line is not None
    assert "is not JSON" in why
    assert '"id": 3' in whole.split("\n")[line]


def test_of_a_cut_comment_file_the_comments_before_the_cut_are_used(inbox: Inbox) -> None:
    folder = export(inbox.folder / "z", [ticket(1), ticket(2)], comments={1: TALK, 2: TALK})
    file = folder / "shop_comments.jsonl.gz"
    file.write_bytes(file.read_bytes()[:-9])
    done = inbox.take(folder)
    assert (done.new, done.rejected) == (2, 1)
    assert put_aside(done) == [(2, "the gzip file is cut short here; what came before is kept")]
    assert [len(reading.ticket.turns) for reading in inbox.readings()] == [5, 1]


def test_a_broken_line_beside_the_tickets_is_named(inbox: Inbox) -> None:
    folder = export(inbox.folder / "z", [ticket(1)])
    inbox.write("z/shop_comments.jsonl", '{"ticket_id": 1, "comments": [}\n{"comments": []}\n')
    (folder / "shop_comments.jsonl.gz").unlink()
    assert [line for line, _ in put_aside(inbox.take(folder))] == [1, 2]


def test_a_payload_tells_the_same_twice(inbox: Inbox) -> None:
    reading = read_one(inbox, ticket(), TALK)
    assert msgspec.json.encode(reading) == msgspec.json.encode(inbox.reading())


def test_a_page_that_is_no_utf8_in_the_midst_is_named_and_what_came_before_is_kept(inbox: Inbox) -> None:
    whole = json.dumps({"tickets": [ticket(1), ticket(2)], "end": 1}).encode()
    done = inbox.put("tickets.json", whole.replace(b'"end"', b'"e\x86d"'))
    assert (done.new, put_aside(done)) == (2, [(1, "is not UTF-8 text")])
