"""What a Freshdesk ticket tells: who spoke, what was quoted, hand-overs, pauses, ratings, fields, its macro."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from casemill.domain.arrival import Reading
from casemill.domain.ticket import Event
from casemill.ingest.walk import WalkStopped
from casemill.settings import Ingest
from ingest.fakes import freshdesk as fakes
from ingest.fakes.freshdesk import AGENT, BOT, COLLEAGUE, FIELDS, REQUESTER, TALK, part
from ingest.inbox import Inbox, said
from ingest.walking import Shop, open_shop

SAMPLES = Path(__file__).parents[3] / ".." / "shared" / "samples" / "freshdesk"


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fakes.shop(1), name="freshdesk") as shop:
        yield shop


def reading(shop: Shop, settings: Ingest = Ingest(), **told: Any) -> Reading:  # noqa: B008 - frozen
    done = shop.walk(told=told or None)
    assert (done.new, done.rejected) == (1, 0)
    return shop.inbox.reading(settings)


def events(told: Reading) -> list[tuple[str, str | None, str]]:
    return [(one.kind, one.by, one.text) for one in told.ticket.events if one.kind != "field"]


def test_the_whole_conversation_with_the_bot_told_from_people(shop: Shop) -> None:
    told = reading(shop)
    assert said(told.ticket.turns) == [
        ("customer", "where is my refund"),
        ("assistant", "Your refund is on its way."),
        ("customer", "no it is not"),
        ("agent", "Sorry Anna, I have looked.\nMore tomorrow."),
        ("note", "Bot promised a refund."),
    ]
    assert [turn.by for turn in told.ticket.turns] == [None, "Freddy AI Agent", None, None, None]
    assert told.ticket.resolution == "Bot promised a refund."
    assert told.ticket.channel == "portal"
    assert told.ticket.link == f"{shop.fake.url}/a/tickets/1"
    assert told.ticket.updated_at == datetime(2026, 5, 1, 10, 5, tzinfo=UTC)
    assert told.requester == str(REQUESTER)
    assert (told.people[0].role, told.people[0].names, told.people[0].emails) == (
        "customer",
        ("Anna Petrova",),
        ("anna@shop.test",),
    )


def test_an_account_that_the_settings_name_is_the_bot_by_id_name_or_mail(shop: Shop) -> None:
    shop.vendor.agents = [fakes.agent(BOT, "Nova", "nova@shop.test"), fakes.agent(AGENT, "Dan Osei", "dan@shop.test")]
    told = reading(shop)
    assert "assistant" not in {turn.role for turn in told.ticket.turns}
    for name in (str(BOT), "nova", "Nova@shop.test"):
        turns = shop.inbox.reading(Ingest(bots=(name,))).ticket.turns
        assert [turn.text for turn in turns if turn.role == "assistant"] == ["Your refund is on its way."]


def test_a_customer_who_is_called_like_a_bot_is_no_bot(shop: Shop) -> None:
    shop.vendor.tickets["1"]["requester"]["name"] = "Freddy Botha"
    shop.vendor.contacts[str(COLLEAGUE)] = {"id": COLLEAGUE, "name": "Freddy"}
    shop.vendor.parts["1"] = [part(COLLEAGUE, "<div>me too</div>", minute=1)]
    assert [turn.role for turn in reading(shop).ticket.turns] == ["customer", "customer"]


def test_a_ticket_that_an_agent_opened_by_mail_begins_with_the_agent(shop: Shop) -> None:
    shop.vendor.tickets["1"] |= {"source": 10}
    told = reading(shop).ticket
    assert (told.turns[0].role, told.channel) == ("agent", "outbound email")


def test_what_a_mail_quotes_is_not_said_again(shop: Shop) -> None:
    inner = "<blockquote class='freshdesk_quote'>Your refund is on its way.</blockquote>"
    quoted = f"<div class='freshdesk_quote'>{inner}</div>"
    shop.vendor.parts["1"] = [
        part(REQUESTER, f"<div>No!</div>{quoted}<p>Anna</p>", minute=1, from_email="anna.p@home.test"),
        part(AGENT, quoted, minute=2, cc_emails=["Boss <boss@shop.test>"]),
        part(AGENT, "plain & simple", minute=3, body_text="plain & simple"),
    ]
    told = reading(shop)
    assert [turn.text for turn in told.ticket.turns[1:]] == [
        "No!\n\nAnna",
        "Your refund is on its way.",
        "plain & simple",
    ]
    mails = {mail for who in told.people for mail in who.emails}
    assert {"anna.p@home.test", "Boss <boss@shop.test>"} <= mails


def test_a_mail_that_was_forwarded_is_a_note_but_no_resolution(shop: Shop) -> None:
    shop.vendor.parts["1"] = [part(AGENT, "<div>Dear courier, where is it?</div>", minute=1, source=8)]
    told = reading(shop).ticket
    assert (said(told.turns)[1], told.resolution) == (("note", "Dear courier, where is it?"), None)


def test_a_public_note_is_seen_by_the_customer(shop: Shop) -> None:
    shop.vendor.parts["1"] = [part(AGENT, "<div>We are on it.</div>", minute=1, source=2)]
    assert said(reading(shop).ticket.turns)[1] == ("agent", "We are on it.")


def test_tool_calls_in_a_bots_private_notes_become_tool_turns(shop: Shop) -> None:
    words = '<div>[tool call] get_order({"id": "#W1"})</div><div>[tool result] {"status": "delivered"}</div>'
    shop.vendor.parts["1"] = [part(BOT, words, minute=1, private=True, source=2), *TALK]
    turns = said(reading(shop).ticket.turns)
    assert ("tool", 'get_order → {"status": "delivered"}') in turns


@pytest.mark.parametrize(
    ("rating", "mark"),
    [
        ({"ratings": {"default_question": -103}}, "bad"),
        ({"ratings": {"question_7": 102, "default_question": -101}}, "bad"),
        ({"ratings": {"question_7": 102}}, "good"),
        ({"ratings": {"default_question": 100}}, None),
        ({"rating": 103}, "good"),
        ({"rating": -102}, "bad"),
        ({"rating": True}, None),
        ({}, None),
    ],
)
def test_both_forms_of_a_rating_are_read(shop: Shop, rating: dict[str, Any], mark: str | None) -> None:
    shop.vendor.ratings["1"] = [{"id": 4, "feedback": "never again", "created_at": "2026-05-02T08:00:00Z"} | rating]
    shop.vendor.parts["1"] = [*TALK, part(REQUESTER, "<div>never again</div>", minute=40, source=6)]
    told = reading(shop)
    assert (told.ticket.csat, told.ticket.csat_comment) == (mark, "never again")
    assert "never again" not in {turn.text for turn in told.ticket.turns}
    assert [one for one in events(told) if one[0] == "rated"] == ([("rated", "customer", mark)] if mark else [])


def test_the_last_of_several_ratings_counts(shop: Shop) -> None:
    older = {"id": 1, "ratings": {"default_question": -103}, "created_at": "2026-05-02T08:00:00Z"}
    shop.vendor.ratings["1"] = [
        older | {"ratings": {"default_question": 103}, "created_at": "2026-05-03T08:00:00Z"},
        older,
    ]
    assert reading(shop).ticket.csat == "good"


def test_the_tickets_own_times_tell_of_pauses_and_ends(shop: Shop) -> None:
    stats = {"resolved_at": "2026-05-02T09:00:00Z", "closed_at": None, "reopened_at": "2026-05-02T10:00:00Z"}
    shop.vendor.tickets["1"] |= {"status": 3, "stats": stats | {"pending_since": "2026-05-02T11:00:00Z"}}
    told = reading(shop)
    assert events(told) == [
        ("assigned", None, "agent"),
        ("status", None, "resolved"),
        ("resumed", None, "open"),
        ("paused", None, "pending"),
    ]
    assert told.ticket.status == "pending"
    assert told.ticket.updated_at == datetime(2026, 5, 2, 11, tzinfo=UTC)


def test_a_status_of_the_accounts_own_is_told_in_its_words_and_may_be_a_pause(shop: Shop) -> None:
    shop.vendor.tickets["1"] |= {"status": 6, "stats": {"status_updated_at": "2026-05-02T11:00:00Z"}}
    told = reading(shop)
    assert told.ticket.status == "Waiting on supplier"
    assert events(told)[-1] == ("paused", None, "Waiting on supplier")


def test_a_status_that_nobody_explains_is_its_number(shop: Shop) -> None:
    shop.vendor.tickets["1"] |= {"status": 9}
    assert reading(shop).ticket.status == "9"


def line(at: str, by: int | None, kind: str = "agent", **told: Any) -> dict[str, Any]:
    return {"performed_at": at, "ticket_id": 1, "performer_type": kind, "performer_id": by, "activity": told}


def exported(shop: Shop, day: str, *lines: dict[str, Any]) -> None:
    shop.vendor.activities[day] = [*lines]
    shop.vendor.files[f"/files/{day}"] = json.dumps({"metadata": {}, "activities_data": lines}).encode()


def test_the_activity_export_tells_who_had_the_ticket_when(shop: Shop) -> None:
    shop.sources["freshdesk"] |= {"activities": True}
    shop.vendor.agents.append(fakes.agent(51, "Mia Lang", "mia@shop.test"))
    fakes.later(shop.vendor, 1, updated_at="2026-05-03T10:00:00Z")
    other = line("01-05-2026 10:00:30 +0000", 51, agent_id=51) | {"ticket_id": 2}
    exported(
        shop,
        "2026-05-01",
        line("01-05-2026 10:03:00 +0000", BOT, agent_id=AGENT, group="Refunds"),
        line("01-05-2026 10:00:10 +0000", None, "system", agent_id=BOT, group="AI", status="Open", priority=1),
        other,
        line("01-05-2026 10:04:00 +0000", AGENT, status="Pending", note={"id": 5, "description": "secret words"}),
        line("01-05-2026 10:05:00 +0000", AGENT, note={"id": 6}),
    )
    exported(
        shop,
        "2026-05-03",
        line("03-05-2026 09:00:00 +0000", REQUESTER, "user", status="Open"),
        line("03-05-2026 09:30:00 +0000", 51, agent_id=51),
        line("03-05-2026 09:40:00 +0000", 51, agent_id=None, status="Resolved"),
    )
    told = reading(shop)
    assert events(told) == [
        ("assigned", None, "assistant"),
        ("transferred", "assistant", "assistant → agent"),
        ("transferred", "assistant", "group AI → group Refunds"),
        ("paused", "agent", "pending"),
        ("resumed", "customer", "open"),
        ("assigned", "agent", "agent"),
        ("assigned", "agent", "nobody"),
        ("status", "agent", "resolved"),
    ]
    assert told.ticket.events[0].at == datetime(2026, 5, 1, 10, 0, 10, tzinfo=UTC)
    assert "Mia Lang" in {name for who in told.people for name in who.names}
    assert b"secret words" not in shop.inbox.vault.waiting()[0].payload.content
    assert [asked.params["created_at"] for asked in shop.fake.asked if "export" in asked.path] == [
        *("2026-05-01", "2026-05-02", "2026-05-03")
    ]


def test_an_account_without_the_activity_export_says_so(shop: Shop) -> None:
    shop.sources["freshdesk"] |= {"activities": True}
    shop.vendor.barred = ("/export",)
    with pytest.raises(WalkStopped, match=r"the activity export of 2026-05-01: .* answered 403") as stopped:
        shop.walk()
    assert "activities = false walks without it" in str(stopped.value.hint)


def test_fields_are_found_by_title_or_key_and_the_others_are_events(shop: Shop) -> None:
    shop.vendor.fields.append({"name": "cf_trace", "label": "AI trace id", "type": "custom_text"})
    fields = {"cf_ai_related": True, "cf_expected_behaviour": "Say no.", "cf_trace": "4bf9", "cf_shop": "Almaty"}
    shop.vendor.tickets["1"]["custom_fields"] = fields | {"cf_gift": False, "cf_note": None, "cf_many": ["a", "b"]}
    told = reading(shop)
    assert (told.ticket.ai_related, told.ticket.expected, told.ticket.trace) == (True, "Say no.", "4bf9")
    assert [one.text for one in told.ticket.events if one.kind == "field"] == [
        *("Type: Problem", "Shop: Almaty", "many: a, b")
    ]
    by_key = shop.inbox.reading(Ingest(expected_field="cf_shop")).ticket
    assert by_key.expected == "Almaty"


def test_a_key_that_may_not_list_fields_reads_them_by_what_their_keys_say(shop: Shop) -> None:
    shop.vendor.barred = ("/ticket_fields",)
    fakes.fill(shop.vendor, 1, "Say no.")
    assert reading(shop).ticket.expected == "Say no."
    assert FIELDS[2]["name"] == "cf_expected_behaviour"


def test_a_reply_that_was_written_with_a_canned_response_names_it_with_a_score(shop: Shop) -> None:
    fakes.apply_macro(shop.vendor, 1)
    macro = reading(shop).ticket.macro
    assert macro is not None
    assert (macro.id, macro.revision) == ("900", "2026-03-01T09:00:00Z")
    assert macro.score is not None
    assert 0.85 <= macro.score <= 1


def test_the_words_of_a_canned_response_from_a_bot_or_the_customer_name_none(shop: Shop) -> None:
    words = "<p>Dear Anna,</p><p>no refund was started yet. We open a request for you today.</p>"
    shop.vendor.parts["1"] = [part(BOT, words, minute=1), part(REQUESTER, words, minute=2)]
    assert reading(shop).ticket.macro is None


def test_a_number_in_a_note_goes_before_words_that_are_alike(shop: Shop) -> None:
    shop.vendor.canned.append(fakes.CANNED | {"id": 901, "title": "48: Other", "content_html": "<p>Other words.</p>"})
    fakes.apply_macro(shop.vendor, 1)
    fakes.note(shop.vendor, 1, "Resolved per macro 48")
    macro = reading(shop).ticket.macro
    assert macro is not None
    assert (macro.id, macro.score, macro.text) == ("901", None, "Other words.")


def test_a_number_that_no_canned_response_has_is_kept_as_it_was_said(shop: Shop) -> None:
    fakes.note(shop.vendor, 1, "Resolved per macro 7")
    macro = reading(shop).ticket.macro
    assert macro is not None
    assert (macro.id, macro.title) == ("7", "")


def test_a_subject_alone_is_what_the_customer_said(shop: Shop) -> None:
    shop.vendor.tickets["1"] |= {"description": None, "description_text": None}
    shop.vendor.parts["1"] = []
    assert said(reading(shop).ticket.turns) == [("customer", "refund 1")]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
def test_the_samples_are_read_without_loss(shop: Shop) -> None:
    (told,) = json.loads((SAMPLES / "tickets_list_include_requester_stats_description.json").read_text())
    shop.vendor.tickets = {"18": told | {"attachments": []}}
    shop.vendor.parts["18"] = json.loads((SAMPLES / "ticket_conversations.json").read_text())
    shop.vendor.ratings["18"] = json.loads((SAMPLES / "satisfaction_ratings.json").read_text())
    read = reading(shop)
    ticket = read.ticket
    assert [turn.role for turn in ticket.turns] == ["customer", "note"]
    assert (ticket.external_id, ticket.status, ticket.csat, ticket.tags) == ("18", "resolved", "bad", ("ai-related",))
    assert ticket.expected == told["custom_fields"]["cf_expected_behaviour"]
    assert ticket.macro is not None
    assert ticket.macro.title.startswith("47")
    assert Event(kind="field", text=f"trace id: {told['custom_fields']['cf_trace_id']}") in ticket.events
    assert told["requester"]["email"] in read.people[0].emails
