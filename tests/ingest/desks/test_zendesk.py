"""Zendesk's own ways: its stream, its tokens, its faults."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

import make
from casemill.errors import SettingsError, UsageError
from casemill.ingest.desks.zendesk import EXPORT
from casemill.ingest.desks.zendesk_door import Options, open_door
from casemill.ingest.walk import WalkStopped
from casemill.store import articles
from ingest.fakes import zendesk as fakes
from ingest.fakes.server import Asked, Fault, Reply
from ingest.fakes.zendesk import ZendeskFake
from ingest.helpdesk import MACRO, USERS, comment, ticket
from ingest.inbox import Inbox, put_aside
from ingest.walking import HASTY, SINCE, Shop, open_shop


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fakes.shop(12), per_page=5) as shop:
        yield shop


def stream(shop: Shop) -> list[dict[str, str]]:
    """The parameters of the calls to the export, in order."""
    return [asked.params for asked in shop.fake.asked if fakes.STREAM in asked.path]


def test_an_empty_page_in_the_middle_is_not_the_end(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, empty_page_at=2), per_page=5) as shop:
        assert shop.walk().new == 12


def test_a_ticket_that_comes_twice_is_there_once(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, twice=2), per_page=5) as shop:
        done = shop.walk()
        assert (done.new, done.changed, len(shop.versions)) == (12, 0, 12)
        assert done.same > 0


def test_a_cursor_that_does_not_move_is_an_error_that_names_it_and_ends(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, stuck_at=3), per_page=5) as shop:
        with pytest.raises(WalkStopped) as stopped:
            shop.walk()
        told = "zendesk stopped behind cursor at:10: its cursor does not move: behind at:10 comes at:10 again"
        assert f"{stopped.value}".startswith(told)
        assert "10 tickets of this walk are kept" in str(stopped.value.hint)
        assert shop.fake.calls(fakes.STREAM) == 3
        shop.vendor.stuck_at = None
        assert shop.walk().new == 2


def test_only_the_first_call_of_all_has_a_start_and_the_next_walk_has_the_cursor(shop: Shop) -> None:
    shop.walk()
    shop.walk()
    first, *others = stream(shop)
    assert first["start_time"] == str(int(SINCE.timestamp()))
    assert "cursor" not in first
    assert [asked.get("cursor") for asked in others] == ["at:5", "at:10", "at:12"]
    assert not any("start_time" in asked for asked in others)


def test_the_start_is_at_least_a_minute_ago(shop: Shop) -> None:
    shop.walk(since=make.NOW)
    assert int(stream(shop)[0]["start_time"]) <= make.NOW.timestamp() - 60


def test_a_list_that_is_paged_by_number_alone_is_read_to_its_end(shop: Shop) -> None:
    lines = [comment(11, f"line {place}") for place in range(250)]
    original = shop.vendor._child

    def numbered(id: str, kind: str, *, asked: Asked) -> Reply:
        if kind != "comments":
            told: Reply = original(id, kind, asked=asked)
            return told
        page = int(asked.params.get("page", 1))
        more = "https://elsewhere.test/next" if page < 3 else None
        return Reply({"comments": lines[(page - 1) * 100 : page * 100], "next_page": more})

    shop.vendor._child = numbered
    shop.walk(only="1")
    assert [turn.text for turn in shop.inbox.reading().ticket.turns] == [f"line {place}" for place in range(250)]


def test_a_list_whose_cursor_stands_still_stops_the_walk_instead_of_going_round(shop: Shop) -> None:
    told = {"comments": [], "meta": {"has_more": True, "after_cursor": "x"}}
    original = shop.vendor._child
    shop.vendor._child = lambda id, kind, *, asked: (
        Reply(told) if kind == "comments" else original(id, kind, asked=asked)
    )
    with pytest.raises(WalkStopped, match="the cursor of /api/v2/tickets/1/comments does not move"):
        shop.walk()


@pytest.mark.parametrize("told", [{"comments": "none"}, {"comments": ["a"]}, {"comments": [], "meta": 7}, []])
def test_a_list_of_another_shape_is_told_as_the_hosts_fault_without_its_text(shop: Shop, told: Any) -> None:
    original = shop.vendor._child
    shop.vendor._child = lambda id, kind, *, asked: (
        Reply(told) if kind == "comments" else original(id, kind, asked=asked)
    )
    with pytest.raises(WalkStopped, match="gave an answer that is not what its API says"):
        shop.walk()


def test_the_next_address_is_made_from_the_cursor_and_never_from_the_servers_own(shop: Shop) -> None:
    shop.vendor.comments["1"] = [comment(11, f"line {place}") for place in range(250)]
    shop.walk(only="1")
    assert shop.fake.calls("/tickets/1/comments") == 3
    assert {asked.headers["host"] for asked in shop.fake.asked} == {shop.fake.url.removeprefix("http://")}


def test_a_since_that_asks_for_more_of_the_past_begins_anew_and_a_later_one_goes_on(shop: Shop) -> None:
    shop.walk()
    shop.walk(since=SINCE + timedelta(days=30))
    assert "cursor" in stream(shop)[-1]
    done = shop.walk(since=SINCE - timedelta(days=30))
    assert (done.new, done.changed, done.same) == (0, 0, 12)
    assert done.since == SINCE - timedelta(days=30)
    shop.walk(since=SINCE - timedelta(days=30))
    assert "cursor" in stream(shop)[-1]


def test_without_a_since_the_first_walk_brings_the_last_ninety_days(shop: Shop) -> None:
    done = shop.walk(since=None)
    assert done.since == make.NOW - timedelta(days=90)


def test_a_cursor_that_zendesk_no_longer_takes_says_how_to_begin_anew(shop: Shop) -> None:
    shop.walk()
    shop.fake.add(Fault("limited"))
    with shop.inbox.vault._database.write() as db:  # as an export of years ago would have left it
        from sqlalchemy import text

        db.execute(text("UPDATE cursors SET text = replace(text, 'at:12', 'gone')"))
    with pytest.raises(WalkStopped, match=r"behind cursor gone: .* answered 422") as stopped:
        shop.walk()
    assert "casemill ingest zendesk --restart --since 2026-01-01" in str(stopped.value.hint)
    assert shop.walk(restart=True).same == 12


def test_a_token_that_runs_out_in_the_middle_is_fetched_again(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, lives=7), per_page=5) as shop:
        assert shop.walk().new == 12
        assert shop.fake.calls("/oauth/tokens") > 3


def test_a_token_that_is_refused_twice_is_told_with_what_to_check(shop: Shop) -> None:
    shop.fake.add(Fault("expired", path="/api/v2/", times=10_000))
    with pytest.raises(WalkStopped, match="answered 401 Unauthorized") as stopped:
        shop.walk()
    assert "check client_id and ZENDESK_CLIENT_SECRET" in str(stopped.value.hint)
    assert shop.fake.calls("/oauth/tokens") == 2


def test_a_legacy_token_and_an_access_token_sign_too(inbox: Inbox) -> None:
    environ = {"ZENDESK_TOKEN": fakes.API_TOKEN}
    with open_shop(inbox, fakes.shop(2), auth="api_token", email=fakes.EMAIL) as shop:
        assert shop._replace(environ=environ).walk().new == 2
        assert shop.fake.calls("/oauth/tokens") == 0
        shop.sources["zendesk"] |= {"auth": "access_token"}
        shop.vendor.token = 7
        shop._replace(environ={"ZENDESK_TOKEN": "zd-access-token-0007"}).walk()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"client_id": None}, "needs client_id"),
        ({"auth": "api_token"}, "needs email"),
        ({"client_secret_env": "zd-the-secret-itself"}, "takes the name of a variable"),
        ({"per_page": 5000}, "per_page is 1 to 1000"),
    ],
)
def test_a_wrong_table_says_what_is_missing_and_shows_no_secret(shop: Shop, table: dict[str, Any], told: str) -> None:
    given = {name: value for name, value in (shop.sources["zendesk"] | table).items() if value is not None}
    with pytest.raises(SettingsError, match=told) as wrong:
        shop._replace(sources={"zendesk": given}).walk()
    assert "zd-the-secret-itself" not in f"{wrong.value} {wrong.value.hint}"


@pytest.mark.parametrize("url", ["http://shop.zendesk.com", "shop.zendesk.com", "https://me:pw@shop.test", "ftp://x"])
def test_an_address_that_would_give_the_credentials_away_is_refused(shop: Shop, url: str) -> None:
    with pytest.raises(UsageError) as wrong:
        shop._replace(sources={"zendesk": shop.sources["zendesk"] | {"url": url}}).walk()
    assert "pw" not in f"{wrong.value}"


def test_a_deleted_ticket_is_counted_and_its_parts_are_not_asked_for(shop: Shop) -> None:
    fakes.delete(shop.vendor, 5)
    done = shop.walk()
    assert (done.new, done.gone) == (11, 1)
    assert shop.fake.calls("/tickets/5/") == 0


def test_a_ticket_that_is_deleted_between_two_calls_is_gone(shop: Shop) -> None:
    told = shop.vendor.tickets[3] | {"id": 404}
    shop.vendor.tickets[3] = told
    original = shop.vendor._child
    missing = Reply({"error": "RecordNotFound"}, 404)
    shop.vendor._child = lambda id, kind, *, asked: missing if id == "404" else original(id, kind, asked=asked)
    done = shop.walk()
    assert (done.new, done.gone) == (11, 1)


def test_tickets_that_cannot_be_taken_in_are_named_and_the_rest_comes(shop: Shop) -> None:
    shop.vendor.tickets[0] |= {"created_at": "2031-01-01T00:00:00Z"}
    shop.vendor.tickets[1] |= {"subject": 7}
    shop.vendor.tickets[2] |= {"subject": "", "description": ""}
    shop.vendor.comments["3"] = []
    done = shop.walk()
    assert (done.new, done.rejected) == (9, 3)
    assert [why for _, why in put_aside(done)] == [
        "is dated 2031-01-01, which is not yet",
        "a ticket cannot be read: expected `str | null`, got `int` - at `$.subject`",
        "says nothing: no subject, no description, no comments",
    ]


def test_people_who_did_not_come_along_are_asked_for_once(shop: Shop) -> None:
    shop.vendor.users, everybody = USERS[:1], [*USERS]
    beside = shop.vendor._beside

    def looked_up(parts: list[str], asked: Any) -> Any:
        if parts == ["users", "show_many"]:
            ids = asked.params["ids"].split(",")
            return Reply({"users": [user for user in everybody if str(user["id"]) in ids]})
        return beside(parts, asked)

    shop.vendor._beside = looked_up
    shop.walk()
    assert shop.fake.calls("/users/show_many") == 1
    names = {name for reading in shop.inbox.readings() for who in reading.people for name in who.names}
    assert {"Dan Osei", "AI Assistant", "Copied Colleague"} <= names


def test_macros_are_kept_as_articles_with_their_revisions(shop: Shop) -> None:
    shop.walk()
    shop.vendor.macros = [MACRO | {"updated_at": "2026-05-01T00:00:00Z", "title": "47: AI: returns, new"}]
    shop.walk()
    with shop.inbox.desk.read() as db:
        assert articles.revision(db, "macro", "900", "2026-03-01T09:00:00Z") is not None
        newest = articles.latest(db, "macro", "900")
    assert newest is not None
    assert newest.title == "47: AI: returns, new"


def test_the_knowledge_base_is_listed_once_an_hour_and_a_vote_makes_no_revision(shop: Shop) -> None:
    shop.vendor.knowledge.append(fakes.KNOWLEDGE | {"id": 7, "draft": True})
    shop.walk()
    shop.walk(now=make.NOW + timedelta(minutes=59))
    assert shop.fake.calls("/help_center/") == 1
    shop.vendor.knowledge[0] |= {"vote_sum": 4, "updated_at": "2026-05-01T00:00:00Z"}
    shop.vendor.knowledge.append(fakes.KNOWLEDGE | {"edited_at": "2026-05-02T00:00:00Z", "body": "Not free any more."})
    shop.walk(now=make.NOW + timedelta(hours=1))
    assert shop.fake.calls("/help_center/") == 2
    with shop.inbox.desk.read() as db:
        assert articles.latest(db, "article", "7") is None
        old = articles.revision(db, "article", "1042", "2026-02-01T09:00:00Z")
        new = articles.latest(db, "article", "1042")
    assert old is not None
    assert new is not None
    assert (old.text, new.text) == ("Return shipping is free for 30 days.", "Not free any more.")


@pytest.mark.parametrize("status", [403, 404])
def test_an_account_without_a_help_centre_is_walked_all_the_same(shop: Shop, status: int) -> None:
    beside = shop.vendor._beside
    refused = Reply({"error": "Forbidden"}, status)
    shop.vendor._beside = lambda parts, asked: refused if parts[0] == "help_center" else beside(parts, asked)
    assert shop.walk().new == 12


def test_a_knowledge_base_that_nobody_wants_is_not_asked_for(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(2), knowledge_base=False) as shop:
        shop.walk()
        assert shop.fake.calls("/help_center/") == 0


def test_a_macro_that_was_applied_comes_with_its_ticket(shop: Shop) -> None:
    event = {"type": "AgentMacroReference", "macro_id": 900, "macro_title": "AI: returns"}
    shop.vendor.audits["1"] = [{"id": 5, "created_at": "2026-05-01T11:00:00Z", "author_id": 31, "events": [event]}]
    shop.walk(only="1")
    macro = shop.inbox.reading().ticket.macro
    assert macro is not None
    assert (macro.id, macro.revision, macro.text) == ("900", "2026-03-01T09:00:00Z", "Says no.")


def test_what_moves_by_itself_is_left_out(shop: Shop) -> None:
    file = {"id": 9, "file_name": "a.png", "content_type": "image/png", "size": 3, "content_url": "https://x.test/1"}
    shop.vendor.comments["1"] = [comment(11, "look", attachments=[file | {"malware_scan_result": "not_scanned"}])]
    shop.walk()
    shop.vendor.comments["1"][0]["attachments"] = [
        file | {"malware_scan_result": "clean", "content_url": "https://y/2"}
    ]
    fakes.touch(shop.vendor, 1)
    done = shop.walk()
    assert (done.changed, done.same) == (0, 1)
    stored = msgspec.json.decode(shop.inbox.vault.waiting(limit=1)[0].payload.content)
    assert "generated_timestamp" not in stored["ticket"]


def test_a_large_page_is_stored_in_parts_and_the_cursor_comes_last(shop: Shop) -> None:
    for id in (1, 2, 3):
        fakes.speak_long(shop.vendor, id, "long " * 2_000_000)
    shop.fake.add(Fault("busy", path="/tickets/4/comments", times=10_000))
    with pytest.raises(WalkStopped, match="at its beginning"):
        shop.walk(limits=HASTY._replace(timeout=20, whole=20))
    assert set(shop.versions) == {"1", "2"}
    shop.fake.faults.clear()
    done = shop.walk(limits=HASTY._replace(timeout=20, whole=20))
    assert (done.new, done.same, done.changed) == (10, 2, 0)


def test_a_ticket_is_asked_for_by_its_number_alone(shop: Shop) -> None:
    with pytest.raises(UsageError, match="is no Zendesk ticket's number"):
        shop.walk(only="../users/me")


def test_the_door_keeps_the_pace_that_zendesk_wants_of_its_export_and_its_log() -> None:
    options = Options(url="https://shop.test", client_id="c")
    door = open_door(options, fakes.ENVIRON, limits=HASTY, allow=())
    assert [most for part, most in door.limits.pace if part in f"{EXPORT}?cursor=x"] == [10]
    assert [most for part, most in door.limits.pace if part in "/api/v2/tickets/1/conversation_log"] == [100]
    assert not [most for part, most in door.limits.pace if part in "/api/v2/tickets/1/comments"]


def test_the_fake_keeps_zendesks_rules() -> None:
    fake = ZendeskFake(tickets=[ticket(1)], clock=datetime(2026, 6, 1, tzinfo=UTC))
    asked = Asked("GET", f"/api/v2{fakes.STREAM}", {"start_time": "1780272000"}, {}, b"")
    assert fake(asked).status == 401
    fake.token = 1
    signed = asked._replace(headers={"authorization": "Bearer zd-access-token-0001"})
    assert fake(signed).status == 422
    assert fake(signed._replace(params={})).status == 400
