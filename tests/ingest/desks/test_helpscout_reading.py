"""What a Help Scout conversation tells: who spoke, hand-overs, pauses, ratings, fields, notes."""

from collections.abc import Iterator
from typing import Any

import pytest

from casemill.domain.arrival import Reading
from casemill.domain.ticket import Event
from casemill.settings import Ingest
from ingest.fakes import helpscout as fakes
from ingest.fakes.helpscout import ANNA, ANSWERS, DAN, TALK, thread
from ingest.inbox import Inbox, said
from ingest.walking import Shop, open_shop

MIA = {"id": 51, "type": "user", "first": "Mia", "last": "Lang", "email": "mia@shop.test"}
TEAM = {"id": 61, "type": "team", "first": "Billing", "last": "Team"}
ANYONE = {"id": 1, "type": "user", "first": "Anyone", "last": ""}


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fakes.shop(1), name="helpscout") as shop:
        yield shop


def reading(shop: Shop, *threads: dict[str, Any], settings: Ingest = Ingest(), **told: Any) -> Reading:  # noqa: B008 - frozen
    if threads:
        shop.vendor.threads[1] = list(threads)
    shop.vendor.conversations[1] |= told
    done = shop.walk()
    assert (done.new, done.rejected) == (1, 0)
    return shop.inbox.reading(settings)


def events(told: Reading, *kinds: str) -> list[tuple[str, str | None, str]]:
    return [(event.kind, event.by, event.text) for event in told.ticket.events if event.kind in kinds]


def lineitem(minute: int, who: dict[str, Any] = DAN, **fields: Any) -> dict[str, Any]:
    return thread(who, "", type="lineitem", minute=minute, **fields)


def test_a_system_user_is_the_assistant_and_people_are_agents(shop: Shop) -> None:
    told = reading(shop)
    assert said(told.ticket.turns) == [
        ("customer", "where is my refund"),
        ("tool", "get_order → None"),
        ("assistant", "Your refund is on its way."),
        ("agent", "Sorry Anna,\nno refund was started."),
        ("note", "Bot promised a refund. It should say that none was started."),
    ]
    assert told.ticket.turns[2].by == "AI Answers"
    assert told.ticket.turns[3].by is None
    assert told.ticket.resolution == "Bot promised a refund. It should say that none was started."


@pytest.mark.parametrize("named", ["51", "Mia Lang", "MIA@shop.test"])
def test_an_account_that_the_settings_name_is_the_assistant(shop: Shop, named: str) -> None:
    settings = Ingest(bots=(named,))
    told = reading(shop, TALK[0], thread(MIA, "I am a machine.", type="message", minute=2), settings=settings)
    assert [turn.role for turn in told.ticket.turns] == ["customer", "assistant"]


def test_a_customers_id_is_not_taken_for_a_users(shop: Shop) -> None:
    told = reading(shop, thread(ANNA | {"id": 51}, "hi", type="customer"), settings=Ingest(bots=("51",)))
    assert [turn.role for turn in told.ticket.turns] == ["customer"]


@pytest.mark.parametrize(
    ("type", "role"),
    [
        ("message", "agent"),
        ("chat", "agent"),
        ("beaconchat", "agent"),
        ("something-new", "agent"),
        ("note", "note"),
        ("phone", "note"),
        ("forwardparent", "note"),
        ("forwardchild", "note"),
    ],
)
def test_each_type_of_thread_has_its_place(shop: Shop, type: str, role: str) -> None:
    told = reading(shop, TALK[0], thread(DAN, "words", type=type, minute=2))
    assert [turn.role for turn in told.ticket.turns] == ["customer", role]


def test_a_chat_is_told_by_who_wrote_each_line_with_its_own_breaks(shop: Shop) -> None:
    told = reading(
        shop,
        thread(ANNA, "one\ntwo", type="beaconchat", minute=1),
        thread(ANSWERS, "1 < 2 & 3", type="beaconchat", minute=2),
        thread(DAN, "Tom &amp; Co<br/>here", type="beaconchat", minute=3),
    )
    assert said(told.ticket.turns) == [
        ("customer", "one\ntwo"),
        ("assistant", "1 < 2 & 3"),
        ("agent", "Tom & Co\nhere"),
    ]


@pytest.mark.parametrize("state", ["draft", "underreview"])
def test_what_was_never_sent_was_not_said(shop: Shop, state: str) -> None:
    told = reading(shop, TALK[0], thread(DAN, "half a thou", type="message", minute=2, state=state, savedReplyId=900))
    assert said(told.ticket.turns) == [("customer", "where is my refund")]
    assert told.ticket.macro is None


def test_a_conversation_of_line_items_alone_is_its_subject(shop: Shop) -> None:
    told = reading(shop, lineitem(1), subject="Refund please")
    assert said(told.ticket.turns) == [("customer", "Refund please")]


def test_hand_overs_are_told_by_the_sides(shop: Shop) -> None:
    told = reading(
        shop,
        TALK[0],
        lineitem(2, ANSWERS, assignedTo=ANSWERS),
        lineitem(3, ANSWERS, assignedTo=DAN),
        lineitem(4, assignedTo=TEAM),
        lineitem(5, assignedTo=TEAM),
        lineitem(6, assignedTo=ANYONE),
        lineitem(7, MIA, assignedTo=MIA),
        lineitem(8, action={"type": "moved-from-mailbox", "text": "Moved from Sales"}),
    )
    assert events(told, "assigned", "transferred") == [
        ("assigned", "assistant", "assistant"),
        ("transferred", "assistant", "assistant → agent"),
        ("transferred", "agent", "agent → team"),
        ("assigned", "agent", "nobody"),
        ("assigned", "agent", "agent"),
        ("transferred", "agent", "Moved from Sales"),
    ]


def test_an_assignee_that_no_thread_tells_of_is_told_all_the_same(shop: Shop) -> None:
    told = reading(shop, TALK[0])
    assert events(told, "assigned") == [("assigned", None, "agent")]


def test_pauses_are_pending_and_snoozed_and_end(shop: Shop) -> None:
    told = reading(
        shop,
        thread(ANNA, "hi", type="customer", minute=1, status="active"),
        lineitem(2, status="pending"),
        thread(ANNA, "hello?", type="customer", minute=3, status="active"),
        lineitem(4, action={"type": "snoozed", "text": "Dan snoozed until tomorrow"}),
        lineitem(5, action={"type": "unsnoozed", "text": ""}),
        lineitem(6, status="closed", action={"type": "automatic-workflow", "text": "Closed by a workflow"}),
    )
    assert events(told, "paused", "resumed", "status") == [
        ("paused", "agent", "pending"),
        ("resumed", "customer", "active"),
        ("paused", "agent", "Dan snoozed until tomorrow"),
        ("resumed", "agent", "unsnoozed"),
        ("status", None, "closed"),
    ]


def test_a_conversation_that_sleeps_now_says_until_when(shop: Shop) -> None:
    snooze = {"snoozedBy": 31, "snoozedUntil": "2026-12-01T09:00:00Z", "unsnoozeOnCustomerReply": True}
    told = reading(shop, TALK[0], snooze=snooze)
    assert Event(kind="paused", text="snoozed until 2026-12-01T09:00:00Z") in told.ticket.events


@pytest.mark.parametrize(
    ("rating", "csat", "comment", "event"),
    [
        ({"customerId": 11, "rating": "great", "comments": "Thanks!"}, "good", "Thanks!", "good"),
        (
            {"customerId": 11, "rating": "not-good", "comments": "Never <b>again</b>"},
            "bad",
            "Never <b>again</b>",
            "bad",
        ),
        ({"customerId": 11, "rating": "okay", "comments": None}, None, None, "okay"),
        ({"rating": 3}, "bad", None, "bad"),
        ("not good", "bad", None, "bad"),
        ({"rating": "not_good", "comments": ""}, "bad", None, "bad"),
    ],
)
def test_a_rating_is_read_in_either_form(
    shop: Shop, rating: Any, csat: str | None, comment: str | None, event: str
) -> None:
    told = reading(shop, TALK[0], thread(DAN, "Done.", type="message", minute=2, rating=rating))
    assert (told.ticket.csat, told.ticket.csat_comment) == (csat, comment)
    assert events(told, "rated") == [("rated", "customer", event)]


@pytest.mark.parametrize("rating", [None, {}, "", {"rating": "unknown"}, {"comments": "?"}])
def test_no_rating_is_none(shop: Shop, rating: Any) -> None:
    told = reading(shop, TALK[0], thread(DAN, "Done.", type="message", minute=2, rating=rating))
    assert told.ticket.csat is None
    assert events(told, "rated") == []


def test_the_last_rating_counts(shop: Shop) -> None:
    first = thread(DAN, "Done.", type="message", minute=2, rating={"rating": "great"})
    last = thread(DAN, "Really.", type="message", minute=4, rating={"rating": "not-good", "comments": "no"})
    told = reading(shop, TALK[0], first, last)
    assert (told.ticket.csat, told.ticket.csat_comment) == ("bad", "no")


def test_fields_tags_channel_and_link_come_along(shop: Shop) -> None:
    fields = [
        {"id": 2, "name": "AI-related product", "value": "No"},
        {"id": 4, "name": "AI-related", "value": "501", "text": "Yes"},
        {"id": 5, "name": "Account Type", "value": "33077", "text": "Premium"},
        {"id": 6, "name": "Region", "value": ""},
        {"id": 7, "name": "AI model", "value": "m-7"},
    ]
    told = reading(shop, customFields=fields, tags=[{"id": 1, "tag": "vip"}, {"id": 2, "name": "refund"}]).ticket
    assert (told.ai_related, told.model, told.expected) == (True, "m-7", None)
    assert [event.text for event in told.events if event.kind == "field"] == ["Account Type: Premium"]
    assert told.tags == ("vip", "refund")
    assert (told.channel, told.status) == ("beacon-v2", "closed")
    assert told.link == "https://secure.helpscout.net/conversation/1/1001"


def test_a_field_is_found_by_its_id_too(shop: Shop) -> None:
    fields = [{"id": 6688, "name": "Что ответить", "value": "Says that none was started."}]
    told = reading(shop, customFields=fields, settings=Ingest(expected_field="6688"))
    assert told.ticket.expected == "Says that none was started."


def test_everybody_is_known_by_name_for_masking_the_customer_first(shop: Shop) -> None:
    told = reading(shop, *TALK, bcc=["boss@shop.test"], primaryCustomer={"id": 11, "first": "Anna", "last": "Petrova"})
    assert told.requester == "11"
    assert (told.people[0].role, told.people[0].names) == ("customer", ("Anna Petrova",))
    roles = {(who.role, name) for who in told.people for name in (*who.names, *who.emails)}
    assert {("agent", "Dan Osei"), ("assistant", "AI Answers"), ("other", "cc@shop.test")} <= roles
    assert ("other", "boss@shop.test") in roles
    assert ("customer", "anna@shop.test") in roles


def test_the_reply_named_by_id_goes_before_a_note_and_the_last_one_counts(shop: Shop) -> None:
    shop.vendor.replies[85].append({"id": 901, "name": "48: other", "text": "Other words."})
    fakes.apply_macro(shop.vendor, 1)
    later = thread(DAN, "Other words.", type="message", minute=9, savedReplyId=901)
    note = thread(DAN, "Resolved per macro 47", type="note", minute=10)
    told = reading(shop, *shop.vendor.threads[1], later, note)
    assert told.ticket.macro is not None
    assert told.ticket.macro.title == "48: other"


def test_a_note_that_names_an_unknown_macro_keeps_its_number(shop: Shop) -> None:
    told = reading(shop, TALK[0], thread(DAN, "Resolved per macro 99", type="note", minute=8))
    assert told.ticket.macro is not None
    assert (told.ticket.macro.id, told.ticket.macro.text) == ("99", "")
