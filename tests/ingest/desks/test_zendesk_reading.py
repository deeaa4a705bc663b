"""What a ticket that came by the API tells: the messaging log, hand-overs, pauses, ratings, fields, files."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from casemill.domain.arrival import Reading
from casemill.domain.ticket import Event
from casemill.domain.word import digest_of
from casemill.settings import Ingest
from ingest.fakes import zendesk as fakes
from ingest.fakes.server import Reply
from ingest.helpdesk import AGENT, BOT, REQUESTER, TALK, USERS, comment
from ingest.inbox import Inbox, put_aside, said
from ingest.walking import Shop, open_shop

OTHER = 51


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    vendor = fakes.shop(1)
    vendor.users.append({"id": OTHER, "name": "Mia Lang", "email": "mia@shop.test", "role": "agent"})
    with open_shop(inbox, vendor) as shop:
        yield shop


def reading(shop: Shop, settings: Ingest = Ingest(), **told: Any) -> Reading:  # noqa: B008 - frozen
    done = shop.walk(told=told or None)
    assert (done.new, done.rejected) == (1, 0)
    return shop.inbox.reading(settings)


def message(side: str, text: str, *, minute: int, name: str = "Anna P", user: int | None = None) -> dict[str, Any]:
    return {
        "id": f"01J{minute}",
        "type": "Messaging::ConversationMessage",
        "reference": f"zen:sunco:conversation_message:{minute}",
        "created_at": f"2026-05-01T10:{minute:02}:00Z",
        "author": {"type": side, "display_name": name, "zen:support:user_id": user},
        "content": {"type": "text", "text": text},
        "metadata": {"system": {}},
    }


def in_log(id: int, body: str, *, minute: int, public: bool) -> dict[str, Any]:
    told = message("agent", "", minute=minute, name="Dan Osei", user=AGENT)
    return told | {
        "type": "Comment",
        "reference": f"zen:ticket_event:{id}",
        "content": {"type": "html", "body": f"<p>{body}</p>"},
        "metadata": {"public": public},
    }


LOG = [
    message("user", "where is my refund", minute=1),
    message("bot", "It is on its way.", minute=2, name="Helper", user=-1),
    message("user", "no it is not", minute=3),
    in_log(702, "The bot promised a refund.", minute=5, public=False),
    message("agent", "Sorry, none was started.", minute=4, name="Dan Osei", user=AGENT),
]
COPIES = [
    comment(REQUESTER, "where is my refund\nIt is on its way.\nno it is not", id=701, minute=4),
    comment(AGENT, "The bot promised a refund.", id=702, public=False, minute=5),
    comment(AGENT, "Called the customer.", id=703, public=False, minute=6),
]


def test_the_log_of_a_messaging_ticket_tells_the_bot_from_people(shop: Shop) -> None:
    shop.vendor.tickets[0] |= {"from_messaging_channel": True}
    shop.vendor.log["1"], shop.vendor.comments["1"] = LOG, COPIES
    told = reading(shop)
    assert said(told.ticket.turns) == [
        ("customer", "where is my refund"),
        ("assistant", "It is on its way."),
        ("customer", "no it is not"),
        ("agent", "Sorry, none was started."),
        ("note", "The bot promised a refund."),
        ("note", "Called the customer."),
    ]
    assert [turn.by for turn in told.ticket.turns] == [None, "Helper", None, None, None, None]
    assert told.ticket.resolution == "Called the customer."
    assert "Anna P" in {name for who in told.people for name in who.names}


def test_a_log_that_names_the_bot_as_an_agent_is_set_right_by_the_settings(shop: Shop) -> None:
    shop.vendor.tickets[0] |= {"via": {"channel": "native_messaging"}}
    shop.vendor.log["1"] = [message("agent", "It is on its way.", minute=1, name="Nova", user=77)]
    shop.vendor.comments["1"] = []
    told = reading(shop, Ingest(bots=("77",)))
    assert [(turn.role, turn.by) for turn in told.ticket.turns] == [("assistant", "Nova")]


def test_a_ticket_that_is_no_message_has_no_log_asked_for(shop: Shop) -> None:
    shop.walk()
    assert shop.fake.calls("/conversation_log") == 0


def test_an_account_without_the_log_is_read_from_its_comments(shop: Shop) -> None:
    shop.sources["zendesk"] |= {"conversation_log": "always"}
    child = shop.vendor._child

    def answer(id: str, kind: str, *, asked: Any) -> Any:
        refused = Reply({"error": "Forbidden"}, 403)
        return refused if kind == "conversation_log" else child(id, kind, asked=asked)

    shop.vendor._child = answer
    assert reading(shop).ticket.turns[0].role == "customer"


def audit(minute: int, *events: dict[str, Any], by: int = AGENT, **fields: Any) -> dict[str, Any]:
    at = f"2026-05-01T11:{minute:02}:00Z"
    return {"id": minute, "created_at": at, "author_id": by, "events": [*events], "metadata": {"system": {}}} | fields


def change(field: str, before: Any, after: Any) -> dict[str, Any]:
    return {"type": "Change", "field_name": field, "previous_value": before, "value": after}


def test_hand_overs_and_pauses_are_told_with_who_did_them(shop: Shop) -> None:
    rule = {"via": {"channel": "rule"}}
    shop.vendor.audits["1"] = [
        audit(1, {"type": "Create", "field_name": "assignee_id", "value": str(BOT)}, by=-1),
        audit(2, change("assignee_id", str(BOT), str(AGENT)), change("group_id", "7", "8"), by=BOT),
        audit(3, change("status", "open", "pending"), {"type": "Comment", "body": "wait"}),
        audit(4, change("status", "pending", "open"), by=REQUESTER),
        audit(5, change("assignee_id", str(AGENT), str(OTHER)), change("priority", "low", "high")),
        audit(6, change("status", "open", "solved") | rule),
        audit(7, {"type": "Notification", "body": "Dear Anna, solved."}, {"type": "NoSuchThing", "value": 3}),
    ]
    told = reading(shop)
    assert [(one.kind, one.by, one.text) for one in told.ticket.events] == [
        ("assigned", None, "assistant"),
        ("transferred", "assistant", "assistant → agent"),
        ("transferred", "assistant", "group 7 → group 8"),
        ("paused", "agent", "pending"),
        ("resumed", "customer", "open"),
        ("assigned", "agent", "agent"),
        ("status", None, "solved"),
    ]
    assert told.ticket.events[0].at == datetime(2026, 5, 1, 11, 1, tzinfo=UTC)
    assert "Mia Lang" in {name for who in told.people for name in who.names}


def test_mails_that_were_sent_out_are_not_kept_twice(shop: Shop) -> None:
    shop.vendor.audits["1"] = [
        audit(1, {"type": "Notification", "body": "Dear Anna"}, {"type": "Comment", "body": "hi"})
    ]
    shop.walk()
    assert b"Dear Anna" not in shop.inbox.vault.waiting(limit=1)[0].payload.content


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ({"type": "SatisfactionRating", "score": "bad", "body": "never again"}, ("bad", "never again")),
        ({"type": "SurveyOffered"}, (None, None)),
        (
            {
                "type": "SurveyResponseSubmitted",
                "survey_response": {"answers": [{"type": "rating_scale", "rating": 1}, {"value": "it lied to me"}]},
            },
            ("bad", "it lied to me"),
        ),
        ({"type": "SurveyResponseSubmitted", "answers": [{"rating": 2, "rating_category": "good"}]}, ("good", None)),
        ({"type": "SurveyResponseSubmitted", "answers": "?"}, (None, None)),
    ],
)
def test_both_kinds_of_rating_are_read(shop: Shop, event: dict[str, Any], told: Any) -> None:
    shop.vendor.tickets[0] |= {"satisfaction_rating": {"score": "unoffered"}}
    shop.vendor.audits["1"] = [audit(1, event, by=REQUESTER)]
    ticket = reading(shop).ticket
    assert (ticket.csat, ticket.csat_comment) == told
    assert [one.text for one in ticket.events if one.kind == "rated"] == ([told[0]] if told[0] else [])


def test_custom_fields_that_no_setting_means_are_told_by_their_titles(shop: Shop) -> None:
    shop.vendor.fields = [*shop.vendor.fields, {"id": 8, "title": "Order"}, {"id": 9, "title": "Reasons"}]
    told = [{"id": 8, "value": "A-17"}, {"id": 9, "value": ["late", "broken"]}, {"id": 10, "value": False}]
    shop.vendor.tickets[0] |= {"custom_fields": [*told, {"id": 3, "value": "Says no."}, {"id": 11, "value": None}]}
    ticket = reading(shop).ticket
    assert ticket.expected == "Says no."
    assert ticket.events == (Event(kind="field", text="Order: A-17"), Event(kind="field", text="Reasons: late, broken"))


def with_file(shop: Shop, content: bytes, type: str = "text/plain", **file: Any) -> None:
    shop.vendor.files["/files/7"] = content
    told = {"id": 7, "file_name": "chat.txt", "content_type": type, "size": len(content)}
    told |= {"content_url": f"{shop.fake.url}/files/7", **file}
    shop.vendor.comments["1"] = [comment(REQUESTER, "it lied", attachments=[told])]


CHAT = b"(12:01:02) Anna: refund?\n(12:01:09) AI Assistant: done."


def test_files_are_named_and_not_fetched_unless_asked_for(shop: Shop) -> None:
    with_file(shop, CHAT)
    (file,) = reading(shop).ticket.attachments
    assert (file.name, file.type, file.size, file.digest) == ("chat.txt", "text/plain", len(CHAT), None)
    assert shop.fake.calls("/files/") == 0


def test_a_digest_is_taken_of_the_content_and_the_content_is_not_kept(shop: Shop) -> None:
    with_file(shop, CHAT)
    (file,) = reading(shop, attachments="digest").ticket.attachments
    assert file.digest == digest_of(CHAT)
    assert b"refund?" not in shop.inbox.vault.waiting(limit=1)[0].payload.content


def test_a_kept_chat_becomes_turns(shop: Shop) -> None:
    with_file(shop, CHAT)
    ticket = reading(shop, attachments="keep").ticket
    assert [turn.role for turn in ticket.turns] == ["customer", "assistant", "customer"]
    assert ticket.attachments[0].digest == digest_of(CHAT)


def test_a_kept_picture_is_kept_byte_for_byte(shop: Shop) -> None:
    from base64 import b64decode

    with_file(shop, bytes(range(256)), "image/png")
    reading(shop, attachments="keep")
    (file,) = msgspec.json.decode(shop.inbox.vault.waiting(limit=1)[0].payload.content)["attachments"]
    assert b64decode(file["data"]) == bytes(range(256))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://127.0.0.1:8080/secrets", "it is a private address"),
        ("http://169.254.169.254/latest/meta-data/", "fetched over https alone"),
        ("/nothing", "cannot be called|fetched over https alone"),
    ],
)
def test_a_file_at_a_private_address_is_left_out_and_named_and_the_ticket_comes(shop: Shop, url: str, why: str) -> None:
    with_file(shop, CHAT, content_url=url)
    done = shop.walk(told={"attachments": "keep"})
    assert (done.new, done.rejected) == (1, 1)
    ((_, told),) = put_aside(done)
    assert told.startswith("attachment 7 is left out: ")
    assert re.search(why, told)


def test_the_talk_of_an_export_and_of_the_api_are_read_alike(shop: Shop) -> None:
    shop.vendor.comments["1"] = TALK
    assert [turn.role for turn in reading(shop).ticket.turns] == [
        *("customer", "tool", "assistant", "agent", "note"),
    ]
    assert len(USERS) < len(shop.vendor.users)
