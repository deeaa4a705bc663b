"""Help Scout's own ways: a list without a gap, merged conversations, saved replies, Docs, tokens, files."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

import make
from casemill.errors import SettingsError, UsageError
from casemill.ingest import read
from casemill.ingest.walk import WalkStopped
from casemill.settings import Ingest
from casemill.store import articles
from ingest.fakes import helpscout as fakes
from ingest.fakes.helpscout import ANNA, DAN, REPLY, TALK, HelpScoutFake, thread
from ingest.fakes.server import Fault
from ingest.inbox import Inbox, put_aside, rejects
from ingest.walking import SINCE, Shop, open_shop

AT_ONCE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fakes.shop(12), name="helpscout", page_size=5) as shop:
        yield shop


def stream(shop: Shop) -> list[tuple[str, str]]:
    """From when and which page each call for the list asked."""
    return [
        (asked.params["modifiedSince"], asked.params["page"])
        for asked in shop.fake.asked
        if asked.path == "/v2/conversations"
    ]


def at_once(vendor: HelpScoutFake) -> None:
    """A workflow changes all conversations in one second; no user did, so none tells it."""
    vendor.changed = dict.fromkeys(vendor.changed, AT_ONCE)


def test_each_page_is_the_first_of_a_window_that_opens_a_minute_before_the_last_change_seen(shop: Shop) -> None:
    shop.walk()
    assert stream(shop) == [
        ("2026-01-01T00:00:00Z", "1"),
        ("2026-05-01T11:49:00Z", "1"),
        ("2026-05-01T12:29:00Z", "1"),
    ]


def test_the_next_walk_goes_on_from_when_this_one_began_by_the_servers_clock(shop: Shop) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    shop.walk()
    shop.walk()
    since = datetime.fromisoformat(stream(shop)[-1][0])
    assert timedelta(0) <= since + timedelta(seconds=60) - began < timedelta(seconds=30)


def test_a_walk_asks_for_conversations_in_every_status_and_of_the_inboxes_that_are_named(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(4), name="helpscout", mailboxes=[85]) as shop:
        shop.vendor.conversations[1]["mailboxId"] = 86
        shop.vendor.conversations[2]["status"] = "pending"
        assert shop.walk().new == 3
        assert {asked.params["status"] for asked in shop.fake.asked if asked.path == "/v2/conversations"} == {"all"}


def test_many_that_were_changed_at_once_are_read_by_number(shop: Shop) -> None:
    at_once(shop.vendor)
    assert shop.walk().new == 12
    assert [page for since, page in stream(shop) if since == "2026-01-01T00:00:00Z"] == ["1", "2", "1", "3", "2"]


@pytest.mark.parametrize("call", range(2, 7))
def test_none_is_passed_over_when_the_pages_slide_while_they_are_read(inbox: Inbox, call: int) -> None:
    vendor = fakes.shop(23)
    at_once(vendor)

    def changed() -> None:
        """Some that were read already go to the end of the list, and all others slide."""
        for id in (1, 2, 3):
            fakes.change(vendor, id)

    vendor.before[call] = changed
    with open_shop(inbox, vendor, name="helpscout", page_size=5) as shop:
        shop.walk()
        assert set(shop.versions) == {str(id) for id in range(1, 24)}


@pytest.mark.parametrize("call", range(2, 7))
def test_none_is_passed_over_when_more_than_a_page_is_deleted_while_they_are_read(inbox: Inbox, call: int) -> None:
    vendor = fakes.shop(23)
    at_once(vendor)

    def deleted() -> None:
        for id in range(1, 8):
            del vendor.conversations[id]

    vendor.before[call] = deleted
    with open_shop(inbox, vendor, name="helpscout", page_size=5) as shop:
        shop.walk()
        assert set(shop.versions) >= {str(id) for id in range(8, 24)}


def test_a_list_that_never_stands_still_is_told_and_ends(shop: Shop) -> None:
    at_once(shop.vendor)
    turns = iter(range(10**6))

    def turned() -> None:
        place = next(turns)
        shop.vendor.changed = {id: AT_ONCE + timedelta(hours=(id + place) % 12) for id in shop.vendor.changed}
        shop.vendor.before[shop.vendor.calls + 1] = turned

    shop.vendor.before[1] = turned
    with pytest.raises(WalkStopped, match=r"page . from 2026-.* is another one at each reading"):
        shop.walk()


def test_an_empty_page_in_the_middle_is_not_the_end(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, empty_page_at=2), name="helpscout", page_size=5) as shop:
        assert shop.walk().new == 12


def test_a_conversation_that_comes_twice_is_there_once(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, twice=2), name="helpscout", page_size=5) as shop:
        assert (shop.walk().new, len(shop.versions)) == (12, 12)


def test_a_list_that_gives_the_same_page_again_stops_the_walk(inbox: Inbox) -> None:
    vendor = fakes.shop(12, stuck_at=2)
    at_once(vendor)
    with open_shop(inbox, vendor, name="helpscout", page_size=5) as shop:
        with pytest.raises(WalkStopped) as stopped:
            shop.walk()
        assert "its cursor does not move: page 2 from 2026-01-01T00:00:00Z is the one before it" in f"{stopped.value}"
        assert "5 tickets of this walk are kept" in str(stopped.value.hint)
        vendor.stuck_at = None
        assert shop.walk().new == 7


def test_more_and_more_empty_pages_stop_the_walk(shop: Shop) -> None:
    shop.vendor.conversations.clear()
    shop.vendor.stuck_at = 1
    with pytest.raises(WalkStopped, match=r"its cursor does not move: page 5 from .* is empty as 3 before it"):
        shop.walk()


def test_all_pages_of_the_threads_are_read_and_none_twice(shop: Shop) -> None:
    lines = [thread(ANNA, f"line {place}", type="customer", id=place + 1) for place in range(120)]
    shop.vendor.threads[1] = [*lines, lines[3]]
    shop.walk(only="1")
    assert [turn.text for turn in shop.inbox.reading().ticket.turns] == [f"line {place}" for place in range(120)]
    assert shop.fake.calls("/v3/conversations/1/threads") == 3
    assert {asked.headers["host"] for asked in shop.fake.asked} == {shop.fake.url.removeprefix("http://")}


def test_an_account_without_version_3_is_asked_for_version_2_from_then_on(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(3, old=True), name="helpscout") as shop:
        assert shop.walk().new == 3
        assert (shop.fake.calls("/v3/"), shop.fake.calls("/threads")) == (1, 4)


def test_a_merged_conversation_is_gone_and_the_one_it_went_into_is_not_taken_for_it(shop: Shop) -> None:
    shop.vendor.merged[5] = 6
    done = shop.walk()
    assert (done.new, done.gone) == (11, 1)
    assert "5" not in shop.versions
    assert shop.walk(only="5").same == 1


def test_deleted_ones_are_counted_and_drafts_and_spam_are_no_tickets(shop: Shop) -> None:
    shop.vendor.conversations[1]["state"] = "deleted"
    shop.vendor.conversations[2]["state"] = "draft"
    shop.vendor.conversations[3]["status"] = "spam"
    done = shop.walk()
    assert (done.new, done.gone, done.rejected) == (9, 1, 0)
    assert shop.fake.calls("/conversations/3/") == 0


def test_what_cannot_be_taken_in_is_named_and_the_rest_comes(shop: Shop) -> None:
    shop.vendor.conversations[1]["createdAt"] = "2031-01-01T00:00:00Z"
    shop.vendor.conversations[2]["subject"] = 7
    shop.vendor.conversations[3]["subject"] = ""
    shop.vendor.threads[3] = TALK[-1:]
    shop.vendor.threads[4] = [TALK[0] | {"body": ["secret words"]}]
    done = shop.walk()
    assert (done.new, done.rejected) == (8, 4)
    assert [why for _, why in put_aside(done)] == [
        "is dated 2031-01-01, which is not yet",
        "a conversation cannot be read: expected `str | null`, got `int` - at `$.subject`",
        "says nothing: no subject, no threads",
        "a thread cannot be read: expected `str | null`, got `array` - at `$.body`",
    ]


@pytest.mark.parametrize("id", ["abc", "../1", "٣", ""])
def test_what_is_no_id_is_told_before_any_call(shop: Shop, id: str) -> None:
    with pytest.raises(UsageError, match="is no Help Scout conversation's id"):
        shop.walk(only=id)
    assert shop.fake.calls("/conversations") == 0


def test_a_saved_reply_is_fetched_once_a_walk_and_another_text_is_another_revision(shop: Shop) -> None:
    for id in (3, 4):
        fakes.apply_macro(shop.vendor, id)
    shop.walk(only="3")
    before = shop.inbox.reading().ticket.macro
    assert before is not None
    assert (before.id, before.title, before.text) == ("900", "47: AI: returns", "Hello,\n\nSays no.\n\nSays no.")
    shop.walk()
    assert shop.fake.calls("/saved-replies/900") == 1 + 1 + 1  # the ticket alone; the walk; all of them, hourly
    shop.vendor.replies[85][0]["text"] = "Says yes."
    shop.walk(only="3")
    arrival = shop.inbox.vault.arrival("helpscout", "3")
    assert arrival is not None
    after = read(arrival.payload, Ingest()).ticket.macro
    assert after is not None
    assert after.revision != before.revision


def test_a_saved_reply_of_the_inbox_a_conversation_came_from_is_found(shop: Shop) -> None:
    fakes.apply_macro(shop.vendor, 3)
    shop.vendor.conversations[3]["mailboxId"] = 86
    shop.walk(only="3")
    macro = shop.inbox.reading().ticket.macro
    assert macro is not None
    assert macro.title == REPLY["name"]


def test_a_saved_reply_that_was_deleted_is_known_by_its_id(shop: Shop) -> None:
    fakes.apply_macro(shop.vendor, 3)
    shop.vendor.replies.clear()
    shop.walk(only="3")
    macro = shop.inbox.reading().ticket.macro
    assert macro is not None
    assert (macro.id, macro.text) == ("900", "")


def test_the_first_walk_brings_the_past_of_an_article_and_later_ones_what_is_published_since(shop: Shop) -> None:
    shop.vendor.revisions = [
        {"id": "r1", "articleId": "a1", "createdAt": "2025-01-01T00:00:00Z", "text": "<p>Free for 14 days.</p>"},
        {"id": "r2", "articleId": "a1", "createdAt": "2026-02-01T09:00:00Z", "text": "<p>The present one.</p>"},
        {"id": "r3", "articleId": "a1", "createdAt": "2026-03-01T00:00:00Z", "text": "<p>A draft.</p>"},
    ]
    shop.walk()
    with shop.inbox.desk.read() as db:
        old = articles.revision(db, "article", "a1", "2025-01-01T00:00:00Z")
        new = articles.latest(db, "article", "a1")
        assert articles.revision(db, "article", "a1", "2026-03-01T00:00:00Z") is None
    assert old is not None
    assert new is not None
    assert (old.text, new.text) == ("Free for 14 days.", "Return shipping is free for 30 days.")
    calls = shop.fake.calls("/revisions")
    shop.vendor.articles[0] |= {"text": "Free for 60 days.", "lastPublishedAt": "2026-11-20T00:00:00Z"}
    shop.walk(now=make.NOW + timedelta(hours=2))
    with shop.inbox.desk.read() as db:
        newest = articles.latest(db, "article", "a1")
    assert newest is not None
    assert newest.text == "Free for 60 days."
    assert shop.fake.calls("/revisions") == calls


def test_without_a_docs_key_only_saved_replies_are_kept(shop: Shop) -> None:
    table = {name: value for name, value in shop.sources["helpscout"].items() if name != "docs_key_env"}
    done = shop._replace(sources={"helpscout": table}).walk()
    assert (done.new, done.articles) == (12, 1)
    assert shop.fake.calls("/v1/") == 0


def test_a_docs_key_that_is_not_taken_is_told_with_what_to_do(shop: Shop) -> None:
    with pytest.raises(WalkStopped, match="answered 401 Unauthorized") as stopped:
        shop._replace(environ={**shop.environ, "HELPSCOUT_DOCS_KEY": "another"}).walk()
    assert "put a Docs API key into HELPSCOUT_DOCS_KEY" in str(stopped.value.hint)
    assert len(shop.versions) == 12


def test_a_token_that_runs_out_in_the_middle_is_fetched_again(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, lives=4), name="helpscout", page_size=5) as shop:
        assert shop.walk().new == 12
        assert shop.fake.calls("/oauth2/token") > 3


def test_a_token_that_is_refused_twice_is_told_with_what_to_check(shop: Shop) -> None:
    shop.fake.add(Fault("expired", path="conversations", times=10_000))
    with pytest.raises(WalkStopped, match="answered 401 Unauthorized") as stopped:
        shop.walk()
    assert "check client_id and HELPSCOUT_CLIENT_SECRET" in str(stopped.value.hint)
    assert shop.fake.calls("/oauth2/token") == 2


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"client_id": None}, "needs client_id"),
        ({"client_secret_env": "hs-the-secret-itself"}, "takes the name of a variable"),
        ({"docs_key_env": "hs-the-secret-itself"}, "takes the name of a variable"),
    ],
)
def test_a_wrong_table_says_what_is_missing_and_shows_no_secret(shop: Shop, table: dict[str, Any], told: str) -> None:
    given = {name: value for name, value in (shop.sources["helpscout"] | table).items() if value is not None}
    with pytest.raises(SettingsError, match=told) as wrong:
        shop._replace(sources={"helpscout": given}).walk()
    assert "hs-the-secret-itself" not in f"{wrong.value} {wrong.value.hint}"


def with_file(vendor: HelpScoutFake, **told: Any) -> None:
    """The customer's first words come with a file."""
    file = {"id": 77, "filename": "chat.txt", "mimeType": "text/plain", "size": 3, "state": "valid", "width": 1}
    links = {"_links": {"data": {"href": "https://elsewhere.test/data"}}}
    vendor.threads[1] = [TALK[0] | {"_embedded": {"attachments": [file | links | told]}}, *TALK[1:]]


def test_a_file_is_named_and_with_digest_or_keep_its_content_is_asked_for_once(shop: Shop) -> None:
    with_file(shop.vendor)
    shop.vendor.files["77"] = b"You: hi\nBot: Your refund is done.\nYou: no it is not\n"
    shop.walk(only="1")
    (listed,) = shop.inbox.reading().ticket.attachments
    assert (listed.name, listed.type, listed.size, listed.digest) == ("chat.txt", "text/plain", 3, None)
    assert shop.fake.calls("/attachments/") == 0
    shop.walk(only="1", told={"attachments": "keep"})
    assert shop.fake.calls("/v2/conversations/1/attachments/77/data") == 1
    arrival = shop.inbox.vault.arrival("helpscout", "1")
    assert arrival is not None
    told = read(arrival.payload, Ingest()).ticket
    assert str(told.attachments[0].digest).startswith("sha256:")
    assert [turn.text for turn in told.turns][:2] == ["hi", "Your refund is done."]
    parts = msgspec.json.decode(arrival.payload.content)
    assert parts["threads"][0]["_embedded"]["attachments"] == [
        {"id": 77, "filename": "chat.txt", "mimeType": "text/plain", "size": 3}
    ]


def test_a_file_that_cannot_be_had_is_named_and_its_ticket_comes(shop: Shop) -> None:
    with_file(shop.vendor)
    shop.vendor.files["77"] = b"x" * (2 << 20)
    done = shop.walk(only="1", told={"attachments": "digest"})
    assert (done.new, done.rejected) == (1, 1)
    assert [why for _, why in put_aside(done)] == ["attachment 77 is left out: it holds more than 1,048,576 bytes"]


def test_a_file_with_a_virus_is_named_and_left_where_it_is(shop: Shop) -> None:
    with_file(shop.vendor, state="virus")
    done = shop.walk(only="1", told={"attachments": "keep"})
    assert (done.new, done.rejected, shop.fake.calls("/attachments/")) == (1, 0, 0)


def test_what_moves_by_itself_is_not_kept(shop: Shop) -> None:
    shop.walk(only="1")
    arrival = shop.inbox.vault.arrival("helpscout", "1")
    assert arrival is not None
    told = msgspec.json.decode(arrival.payload.content)
    assert not {"customerWaitingSince", "folderId", "preview", "_links"} & told["conversation"].keys()
    assert told["conversation"]["assignee"] == DAN
    assert "openedAt" not in told["threads"][0]


def test_a_since_that_asks_for_more_of_the_past_begins_anew(shop: Shop) -> None:
    shop.walk()
    done = shop.walk(since=SINCE - timedelta(days=30))
    assert (done.new, done.changed, done.same) == (0, 0, 12)
    assert done.since == SINCE - timedelta(days=30)


def test_hundreds_that_were_changed_at_once_cost_about_two_calls_a_page(inbox: Inbox) -> None:
    vendor = fakes.shop(200)
    at_once(vendor)
    with open_shop(inbox, vendor, name="helpscout", page_size=5) as shop:
        assert shop.walk().new == 200
        assert shop.fake.calls("/v2/conversations") < 2 * 40 + 10


def test_calls_to_docs_are_counted_too(shop: Shop) -> None:
    assert shop.walk().calls == len(shop.fake.asked)


def test_an_unreadable_conversation_is_not_named_by_what_may_be_a_persons(shop: Shop) -> None:
    shop.vendor.conversations[1] |= {"id": "anna@shop.test", "subject": 7}
    done = shop.walk()
    assert [reject.file for reject in rejects(done)] == ["helpscout:?"]
