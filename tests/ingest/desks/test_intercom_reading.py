"""What an Intercom conversation tells: who spoke, hand-overs, pauses, ratings, attributes, macros, files."""

from collections.abc import Iterator
from typing import Any

import pytest

from casemill.domain.arrival import Reading
from casemill.domain.ticket import Event
from casemill.domain.word import digest_of
from casemill.settings import Ingest
from ingest.fakes import intercom as fakes
from ingest.fakes.intercom import AGENT, BEGAN, CUSTOMER, FIN, MATE, TALK, part
from ingest.inbox import Inbox, put_aside, said
from ingest.walking import Shop, open_shop


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fakes.shop(1), name="intercom") as shop:
        yield shop


def reading(shop: Shop, settings: Ingest = Ingest(), **told: Any) -> Reading:  # noqa: B008 - frozen
    done = shop.walk(told=told or None)
    assert (done.new, done.rejected) == (1, 0)
    return shop.inbox.reading(settings)


def tell(shop: Shop, **fields: Any) -> None:
    shop.vendor.conversations["1"] |= fields


def events(shop: Shop, *kinds: str) -> list[tuple[str, str | None, str]]:
    found = reading(shop).ticket.events
    return [(event.kind, event.by, event.text) for event in found if event.kind in kinds]


def test_the_ai_is_told_from_people_and_what_the_team_alone_saw_is_a_note(shop: Shop) -> None:
    told = reading(shop).ticket
    assert said(told.turns) == [
        ("customer", "where is my refund"),
        ("assistant", "Your refund is on its way."),
        ("agent", "Sorry Anna, nothing was sent back so far."),
        ("note", "Fin promised a refund. It should say that none was started."),
    ]
    assert [turn.by for turn in told.turns] == [None, "Fin", None, None]
    assert told.resolution == "Fin promised a refund. It should say that none was started."
    assert (told.subject, told.status, told.channel, told.tags) == (
        "refund 1",
        "closed",
        "conversation",
        ("ai_related",),
    )
    assert told.turns[0].at == told.created_at


@pytest.mark.parametrize(
    "author",
    [
        {"type": "bot", "id": "9", "name": "Helper"},
        {"type": "admin", "id": "9", "name": "Operator", "from_ai_agent": True},
        {"type": "admin", "id": "9", "name": "Operator", "is_ai_answer": True},
        {"type": "admin", "id": "9", "name": "Acme Assistant"},
        {"type": "admin", "id": 77, "name": "Robin"},
        {"type": "admin", "id": "9", "name": "Casey", "email": "CASEY@shop.test"},
        {"type": "admin", "id": "275"},
    ],
)
def test_whoever_is_the_ai_by_intercoms_word_or_the_settings_is_the_assistant(
    shop: Shop, author: dict[str, Any]
) -> None:
    tell(shop, teammates={"type": "admin.list", "teammates": [{"type": "admin", "id": "275"}]})
    shop.vendor.parts["1"] = [part(author, "<p>It is on its way.</p>", minute=1)]
    settings = Ingest(bots=("77", "casey@shop.test", "Mira Sol"))
    assert [turn.role for turn in reading(shop, settings).ticket.turns] == ["customer", "assistant"]


@pytest.mark.parametrize("kind", ["user", "lead", "contact", "visitor"])
def test_customers_are_customers_whatever_intercom_calls_them_and_whatever_their_name(shop: Shop, kind: str) -> None:
    author = {"type": kind, "id": "9", "name": "Chat Bot"}
    shop.vendor.parts["1"] = [part(author, "hello?", minute=1, type="a_kind_not_known_yet")]
    assert [turn.role for turn in reading(shop).ticket.turns] == ["customer", "customer"]


def test_parts_are_told_in_the_order_they_were_written_and_a_reply_may_close_or_assign(shop: Shop) -> None:
    shop.vendor.parts["1"] = [
        part(AGENT, "<p>third</p>", minute=3, type="close"),
        part(FIN, "<p>first</p>", minute=1, type="quick_reply"),
        part(AGENT, "<p>second</p>", minute=2, type="assignment", assigned_to={"type": "admin", "id": "275"}),
        part(AGENT, "<p>among us</p>", minute=4, type="note_and_reopen"),
        part(FIN, "<p>a summary for the team</p>", minute=5, type="a_kind_not_known_yet"),
    ]
    told = reading(shop).ticket
    assert said(told.turns)[1:] == [
        ("assistant", "first"),
        ("agent", "second"),
        ("agent", "third"),
        ("note", "among us"),
        ("note", "a summary for the team"),
    ]
    assert told.resolution == "among us"


def test_custom_actions_of_the_ai_are_tool_calls_and_those_of_people_are_not(shop: Shop) -> None:
    def action(author: Any, step: str, *, minute: int, **more: Any) -> Any:
        details = {"action": {"name": "Start refund", **more}}
        return part(author, None, minute=minute, type=f"custom_action_{step}", event_details=details)

    shop.vendor.parts["1"] = [
        action(FIN, "started", minute=1),
        action(FIN, "finished", minute=2, result="failure"),
        action(AGENT, "started", minute=3),
        action(AGENT, "finished", minute=4, result="success"),
    ]
    assert said(reading(shop).ticket.turns)[1:] == [("tool", "Start refund → failure")]


def test_hand_overs_name_sides_and_groups_and_no_people(shop: Shop) -> None:
    def given(author: Any, to: dict[str, Any], *, minute: int) -> Any:
        return part(author, None, minute=minute, type="assignment", assigned_to=to)

    shop.vendor.parts["1"] = [
        given(FIN, {"type": "bot", "id": "278"}, minute=1),
        given(FIN, {"type": "team", "id": "5017691"}, minute=2),
        given(AGENT, {"type": "admin", "id": "274"}, minute=3),
        given(AGENT, {"type": "admin", "id": "275"}, minute=4),
        given(AGENT, {"type": "nobody_admin", "id": None}, minute=5),
    ]
    assert events(shop, "assigned", "transferred") == [
        ("assigned", "assistant", "assistant"),
        ("transferred", "assistant", "assistant → group 5017691"),
        ("transferred", "agent", "group 5017691 → agent"),
        ("assigned", "agent", "nobody"),
    ]


def test_pauses_are_told_of_the_conversation_and_of_teammates(shop: Shop) -> None:
    shop.vendor.parts["1"] = [
        part(AGENT, None, minute=1, type="snoozed"),
        part(CUSTOMER, "any news?", minute=2, type="open"),
        part(AGENT, None, minute=3, type="close"),
        part(CUSTOMER, "hello?", minute=4, type="open"),
        part(FIN, None, minute=7, type="ticket_state_updated_by_admin", ticket_state="in_progress"),
    ]
    at = "2026-05-01T10:05:00Z"
    shop.vendor.handling["1"] = [
        {"teammate": AGENT, "type": "paused", "timestamp": at, "reason": "Away"},
        {"teammate": AGENT, "type": "resumed", "timestamp": at.replace("05:00Z", "06:00Z")},
        {"teammate": AGENT, "type": "of a new kind", "timestamp": at},
    ]
    assert events(shop, "paused", "resumed", "status") == [
        ("paused", "agent", "snoozed"),
        ("resumed", "customer", "open"),
        ("status", "agent", "closed"),
        ("status", "customer", "open"),
        ("paused", "agent", "Away"),
        ("resumed", "agent", "resumed"),
        ("status", "assistant", "in_progress"),
    ]


@pytest.mark.parametrize(
    ("rating", "fin", "mark", "comment"),
    [
        ({"rating": 1, "remark": "never again"}, None, "bad", "never again"),
        ({"rating": 5, "remark": ""}, {"rating": 1, "rating_remark": "the bot lied"}, "good", "the bot lied"),
        (None, {"rating": 2, "rating_remark": "no"}, "bad", "no"),
        (None, {"resolution_state": "negative_feedback"}, "bad", None),
        ({"rating": 3}, {"resolution_state": "escalated"}, None, None),
        (None, None, None, None),
    ],
)
def test_ratings_are_read_of_teammates_and_of_the_ai(
    shop: Shop, rating: Any, fin: Any, *, mark: str | None, comment: str | None
) -> None:
    tell(shop, conversation_rating=rating, ai_agent=fin)
    told = reading(shop).ticket
    assert (told.csat, told.csat_comment) == (mark, comment)


def test_how_the_ai_left_it_and_what_it_answered_from_are_told(shop: Shop) -> None:
    rows = [{"content_type": "article", "title": "Return shipping"}, {"title": None}]
    tell(shop, ai_agent={"resolution_state": "escalated", "content_sources": {"content_sources": rows}})
    found = [event.text for event in reading(shop).ticket.events if event.kind == "field"]
    assert found == ["AI agent: escalated", "AI agent's source: Return shipping"]


def test_attributes_are_found_by_title_or_id_and_the_others_come_as_they_are(shop: Shop) -> None:
    told = {"AI-related": False, "Expected behaviour": "Says so.", "Region": ["EU", "UK"], "Empty": None, "Seen": False}
    tell(shop, custom_attributes=told | {"Plan": "Pro", "Files": {"type": "list"}})
    named = reading(shop, Ingest(expected_field="3", model_field="Plan")).ticket
    assert (named.ai_related, named.expected, named.model) == (False, "Says so.", "Pro")
    assert [event for event in named.events if event.kind == "field"] == [Event(kind="field", text="Region: EU, UK")]


def test_a_macro_that_an_agents_words_were_made_with_comes_with_its_score(shop: Shop) -> None:
    fakes.apply_macro(shop.vendor, 1)
    macro = reading(shop).ticket.macro
    assert macro is not None
    assert (macro.id, macro.title, macro.score) == ("900", "47: AI: returns", 1.0)
    assert macro.revision == "2026-03-01T09:00:00.000Z"


def test_a_note_says_more_than_a_likeness_and_the_ai_uses_no_macros(shop: Shop) -> None:
    other = fakes.MACRO | {"id": "901", "name": "Late", "body_text": "It is a little late, we are sorry about that."}
    shop.vendor.macros.append(other)
    late = "<p>It is a little late, we are sorry about that.</p>"
    shop.vendor.parts["1"] = [
        part(AGENT, late, minute=1),
        part(AGENT, "<p>Resolved per macro 47</p>", minute=2, type="note"),
    ]
    macro = reading(shop).ticket.macro
    assert macro is not None
    assert (macro.id, macro.score) == ("900", None)
    shop.vendor.parts["1"] = [part(FIN, late, minute=1)]
    fakes.touch(shop.vendor, 1)
    shop.walk()
    assert shop.inbox.readings()[-1].ticket.macro is None


def test_a_macro_number_that_nobody_knows_is_kept_as_it_is(shop: Shop) -> None:
    fakes.note(shop.vendor, 1, "Resolved per macro 48")
    macro = reading(shop).ticket.macro
    assert macro is not None
    assert (macro.id, macro.text) == ("48", "")


def test_everybody_is_known_the_requester_first_also_who_did_not_write(shop: Shop) -> None:
    mail = {"email_address_headers": [{"type": "cc", "name": "Copied One", "email_address": "cc@shop.test"}, None]}
    author = AGENT | {"name": "Dan Osei"}
    tell(shop, source=fakes.conversation(1)["source"] | {"author": author, "email_message_metadata": mail})
    assigned = {"type": "admin", "id": MATE["id"]}
    shop.vendor.parts["1"] = [part(FIN, "on its way", minute=1, assigned_to=assigned)]
    told = reading(shop)
    assert told.requester == CUSTOMER["id"]
    first = told.people[0]
    assert (first.role, first.names, first.phones) == ("customer", ("Anna Petrova",), ("+7701",))
    assert {"Dan Osei", "Fin", "Mira Sol", "Copied One"} <= {name for who in told.people for name in who.names}
    assert {who.role for who in told.people if "Copied One" in who.names} == {"other"}


def test_a_chat_that_was_pasted_becomes_its_turns(shop: Shop) -> None:
    chat = "Chat transcript:<br>Anna Petrova: where is it<br>AI Assistant: It is on its way.<br>Anna Petrova: no"
    shop.vendor.parts["1"] = [part(CUSTOMER, f"<p>{chat}</p>", minute=1)]
    assert ("assistant", "It is on its way.") in said(reading(shop).ticket.turns)


def test_files_are_named_and_fetched_only_when_they_are_wanted(shop: Shop) -> None:
    def file(name: str) -> dict[str, Any]:
        url = f"{shop.fake.url}/files/{name}"
        return {"type": "upload", "name": name, "content_type": "text/plain", "filesize": 5, "url": url}

    shop.vendor.files["/files/a.txt"] = b"hello"
    shop.vendor.parts["1"] = [part(CUSTOMER, "look", minute=1, attachments=[None, file("a.txt")])]
    (only,) = reading(shop).ticket.attachments
    assert (only.name, only.type, only.size, only.digest) == ("a.txt", "text/plain", 5, None)
    assert shop.fake.calls("/files/") == 0
    shop.walk(restart=True, told={"attachments": "digest"})
    (only,) = shop.inbox.readings()[-1].ticket.attachments
    assert only.digest == digest_of(b"hello")


def test_a_file_at_a_private_address_is_left_out_and_named_and_the_conversation_comes(shop: Shop) -> None:
    file = {"type": "upload", "name": "a.txt", "content_type": "text/plain", "filesize": 5}
    shop.vendor.parts["1"] = [part(CUSTOMER, "look", minute=1, attachments=[file | {"url": "https://10.0.0.1/a"}])]
    done = shop.walk(told={"attachments": "keep"})
    ((_, why),) = put_aside(done)
    assert done.new == 1
    assert why.endswith("it is a private address")


def test_the_link_leads_into_the_inbox_where_the_workspace_is_named(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(1), name="intercom", app_id="ab12") as shop:
        shop.walk()
        assert inbox.reading().ticket.link == "https://app.intercom.com/a/inbox/ab12/inbox/conversation/1"


def test_numbers_and_texts_are_ids_alike(shop: Shop) -> None:
    tell(shop, id=1, admin_assignee_id="274")
    shop.vendor.parts["1"] = [one | {"id": f"{one['id']}"} for one in TALK]
    told = reading(shop)
    assert told.ticket.external_id == "1"
    assert told.ticket.updated_at is not None
    assert told.ticket.updated_at.timestamp() == BEGAN + 6 * 60
