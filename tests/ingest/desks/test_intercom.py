"""Intercom's own ways: a search by the time of change, its cursor, its lists, its limits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

import make
from casemill.errors import SettingsError, UsageError
from casemill.ingest.desks.intercom_door import Options, open_door
from casemill.ingest.walk import Fetch, Outward, WalkStopped, offered_fields
from casemill.settings import Ingest
from casemill.store import articles
from ingest.fakes import intercom as fakes
from ingest.fakes.intercom import AGENT, BEGAN, CUSTOMER, DAY, KNOWLEDGE, MACRO, TALK, IntercomFake, part
from ingest.fakes.server import Asked, Fault, Reply
from ingest.inbox import Inbox, put_aside
from ingest.walking import HASTY, SINCE, Shop, open_shop


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fakes.shop(12), name="intercom", per_page=5) as shop:
        yield shop


def searched(shop: Shop) -> list[Any]:
    """What the searches asked for, in order."""
    return [asked.json for asked in shop.fake.asked if asked.path == fakes.STREAM]


def since(asked: Any) -> int:
    value: int = asked["query"]["value"][0]["value"]
    return value


def test_an_empty_page_in_the_middle_is_not_the_end(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, empty_page_at=2), name="intercom", per_page=5) as shop:
        assert shop.walk().new == 12


def test_a_conversation_that_comes_twice_is_there_once(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, twice=2), name="intercom", per_page=5) as shop:
        done = shop.walk()
        assert (done.new, done.changed, done.same) == (12, 0, 1)


def test_a_cursor_that_does_not_move_is_an_error_that_names_it_and_ends(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, stuck_at=2), name="intercom", per_page=5) as shop:
        with pytest.raises(WalkStopped, match=r"intercom stopped behind cursor .*: its cursor does not move"):
            shop.walk()
        assert shop.fake.calls(fakes.STREAM) == 2
        shop.vendor.stuck_at = None
        assert shop.walk().new == 7


def test_more_without_a_place_where_it_goes_on_is_an_error_and_no_end(shop: Shop) -> None:
    page: Any = {"conversations": [], "pages": {"next": {"per_page": 5}}}
    shop.vendor._page = lambda keys, after: Reply(page)
    with pytest.raises(WalkStopped, match="there is more behind its start, and not where"):
        shop.walk()


def test_the_next_walk_begins_a_minute_before_the_last_change_and_brings_only_what_is_new(shop: Shop) -> None:
    shop.walk()
    before = shop.fake.calls("/handling_events")
    fakes.change(shop.vendor, 3)
    shop.vendor.changed["3"] = 1000
    assert (shop.walk().changed, shop.versions["3"]) == (1, 2)
    last = since(searched(shop)[-1])
    assert last == BEGAN + DAY - 60 - 25 * 3600
    shop.vendor.changed["4"] = 2000
    shop.walk()
    shop.walk()
    # Behind the last change by more than a minute: seen by the search, and not asked for.
    assert shop.fake.calls("/handling_events") - before == 12 + 2 + 1
    assert shop.versions == {str(id): 1 for id in range(1, 13)} | {"3": 2}


@pytest.mark.parametrize("hour", [0, 1, 13, 23])
def test_a_search_that_knows_days_alone_loses_nothing(inbox: Inbox, hour: int) -> None:
    clock = datetime(2026, 5, 2, hour, 0, 5, tzinfo=UTC)
    with open_shop(inbox, fakes.shop(12, by_day=True, clock=clock), name="intercom", per_page=5) as shop:
        assert shop.walk(since=clock - timedelta(seconds=70)).new == 12
        fakes.change(shop.vendor, 3)
        assert shop.walk().changed == 1


def test_what_was_changed_before_the_walk_is_not_brought(shop: Shop) -> None:
    shop.vendor.changed["1"] = -10_000
    changed = datetime.fromtimestamp(BEGAN + DAY, UTC)
    assert shop.walk(since=changed - timedelta(minutes=5)).new == 11


def test_a_time_of_change_from_the_future_moves_no_cursor(inbox: Inbox) -> None:
    clock = datetime(2026, 5, 2, tzinfo=UTC)
    with open_shop(inbox, fakes.shop(3, clock=clock), name="intercom") as shop:
        shop.vendor.changed["3"] = 3600 * 20
        assert shop.walk(now=clock).new == 3
        shop.walk(now=clock)
        assert since(searched(shop)[-1]) < clock.timestamp()


def test_a_conversation_dated_in_the_future_is_named_and_left_out(inbox: Inbox) -> None:
    clock = datetime(2026, 5, 2, tzinfo=UTC)
    with open_shop(inbox, fakes.shop(3, clock=clock), name="intercom") as shop:
        shop.vendor.changed["3"] = 3 * DAY
        done = shop.walk(now=clock)
        assert (done.new, put_aside(done)) == (2, [(None, "is dated 2026-05-05, which is not yet")])


def test_what_moves_by_itself_is_left_out_and_a_signed_address_too(shop: Shop) -> None:
    def signed(stamp: str) -> list[Any]:
        file = {"type": "upload", "name": "a.png", "content_type": "image/png", "filesize": 3}
        file |= {"url": f"https://downloads.intercomcdn.test/a.png?expires={stamp}"}
        picture = f'<p>look <img src="https://downloads.intercomcdn.test/b.png?expires={stamp}&amp;x=1"></p>'
        return [part(CUSTOMER, picture, minute=1, attachments=[file, None])]

    shop.vendor.parts["1"] = signed("1")
    shop.walk()
    shop.vendor.parts["1"] = signed("2")
    fakes.touch(shop.vendor, 1)
    assert (shop.walk().changed, shop.versions["1"]) == (0, 1)
    arrival = shop.inbox.vault.arrival("intercom", "1")
    assert arrival is not None
    stored = msgspec.json.decode(arrival.payload.content)["conversation"]
    assert not {"updated_at", "statistics", "read", "waiting_since"} & set(stored)
    assert "expires" not in f"{stored}"


def test_people_are_asked_for_once_a_walk_whatever_the_number_of_their_conversations(shop: Shop) -> None:
    shop.walk()
    assert (shop.fake.calls("/contacts/search"), shop.fake.calls("/admins")) == (1, 1)
    arrival = shop.inbox.vault.arrival("intercom", "1")
    assert arrival is not None
    (contact,) = msgspec.json.decode(arrival.payload.content)["contacts"]
    assert (contact["phone"], contact["name"]) == ("+7701", "Anna Petrova")


@pytest.mark.parametrize("status", [400, 403, 404])
def test_what_the_token_may_not_read_is_missed_and_the_conversations_come(shop: Shop, status: int) -> None:
    def closed(asked: Asked) -> Reply:
        name = asked.path.rpartition("/")[2]
        if name.isdecimal() or asked.path == fakes.STREAM:
            return IntercomFake.__call__(shop.vendor, asked)
        return Reply({"type": "error.list", "errors": [{"code": "api_plan_restricted"}]}, status)

    shop.fake.vendor = closed
    assert shop.walk().new == 12


def test_an_older_api_lists_the_attributes_elsewhere(shop: Shop) -> None:
    shop.vendor.attributes = None
    fetch = Fetch("intercom", shop.inbox.folder, outward=Outward(shop.environ, (), HASTY))
    found = offered_fields(fetch, settings=Ingest(sources=shop.sources), now=make.NOW)
    assert [(offer.title, offer.setting) for offer in found] == [
        ("AI-related", "ai_field"),
        ("Expected behaviour", "expected_field"),
    ]


def test_a_list_is_read_to_its_end_by_cursor_by_number_and_by_the_parameters_of_an_address(shop: Shop) -> None:
    lists: dict[str, list[Any]] = {
        "/macros": [{"starting_after": "x"}, {"starting_after": "y"}, None],
        "/articles": ["https://elsewhere.test/articles?page=2", {"page": 3}, None],
    }
    rows: dict[str, Any] = {"/macros": MACRO, "/articles": KNOWLEDGE}
    beside = shop.vendor._beside

    def listed(path: str, params: dict[str, str]) -> Reply:
        if path not in lists:
            told: Reply = beside(path, params)
            return told
        place = 3 - len(lists[path])
        row = rows[path] | {"id": f"{place}", "title": f"{path} {place}"}
        return Reply({"data": [row], "pages": {"next": lists[path].pop(0)}})

    shop.vendor._beside = listed
    assert shop.walk().articles == 6
    params = [asked.params for asked in shop.fake.asked if asked.path in lists]
    places = [{name: told[name] for name in ("starting_after", "page") if name in told} for told in params]
    assert places == [{}, {"starting_after": "x"}, {"starting_after": "y"}, {}, {"page": "2"}, {"page": "3"}]
    assert {asked.headers["host"] for asked in shop.fake.asked} == {shop.fake.url.removeprefix("http://")}


def test_a_list_whose_cursor_stands_still_stops_the_walk(shop: Shop) -> None:
    page: Any = {"data": [], "pages": {"next": {"starting_after": "x"}}}
    shop.vendor._beside = lambda path, params: Reply(page)
    with pytest.raises(WalkStopped, match="the cursor of /macros does not move"):
        shop.walk()


def test_drafts_are_no_articles_and_a_macros_revisions_are_all_kept(shop: Shop) -> None:
    shop.vendor.knowledge.append(KNOWLEDGE | {"id": "7", "state": "draft"})
    shop.walk()
    shop.vendor.macros[0] |= {"updated_at": "2026-05-01T00:00:00Z", "name": "47: AI: returns, new"}
    shop.walk()
    with shop.inbox.desk.read() as db:
        assert articles.latest(db, "article", "7") is None
        assert articles.revision(db, "macro", "900", "2026-03-01T09:00:00.000Z") is not None
        newest = articles.latest(db, "macro", "900")
    assert newest is not None
    assert newest.title == "47: AI: returns, new"


def test_of_more_than_five_hundred_parts_the_first_are_missing_and_that_is_told(shop: Shop) -> None:
    shop.vendor.parts["1"] = [part(AGENT, f"line {place}", minute=place) for place in range(612)]
    done = shop.walk()
    assert done.new == 12
    assert put_aside(done) == [(None, "has 612 parts; Intercom gives the last 500 alone")]


def test_what_says_nothing_is_named_and_left_out(shop: Shop) -> None:
    told = shop.vendor.conversations["1"]
    shop.vendor.conversations["1"] = told | {"title": None, "source": told["source"] | {"body": "<p> </p>"}}
    shop.vendor.parts["1"] = [part(AGENT, None, minute=1, type="assignment")]
    assert put_aside(shop.walk()) == [(None, "says nothing: no title, no message")]


@pytest.mark.parametrize("row", [{"id": None}, {"id": "x"}, {"id": []}, 7])
def test_a_row_that_is_no_conversation_is_put_aside_and_the_others_come(shop: Shop, row: Any) -> None:
    page = shop.vendor._page

    def spoiled(keys: list[list[int]], after: str | None) -> Reply:
        told = page(keys, after)
        return Reply(told.body | {"conversations": [row, *told.body["conversations"]]})

    shop.vendor._page = spoiled
    done = shop.walk()
    assert (done.new, done.rejected > 0) == (12, True)


def test_a_conversation_of_another_shape_is_put_aside_without_its_text(shop: Shop) -> None:
    shop.vendor.conversations["1"]["tags"] = None
    shop.vendor.conversations["2"]["custom_attributes"] = "Anna wrote this"
    done = shop.walk()
    ((_, why),) = put_aside(done)
    assert done.new == 11
    assert why.startswith("cannot be read: expected")
    assert "anna" not in why


def test_a_fault_of_the_server_is_waited_for_until_the_moment_it_names(shop: Shop) -> None:
    shop.fake.add(Fault("limited", at=2, path=fakes.STREAM, wait="0"))
    assert shop.walk().new == 12


def test_a_conversation_is_asked_for_by_its_number_alone(shop: Shop) -> None:
    for id in ("../me", "1/parts", "", "٣"):
        with pytest.raises(UsageError, match="is no Intercom conversation's number"):
            shop.walk(only=id)


def test_pauses_and_articles_that_nobody_wants_are_not_asked_for(inbox: Inbox) -> None:
    told = {"handling_events": False, "knowledge_base": False}
    with open_shop(inbox, fakes.shop(2), name="intercom", **told) as shop:
        assert shop.walk().new == 2
        assert (shop.fake.calls("/handling_events"), shop.fake.calls("/articles")) == (0, 0)


@pytest.mark.parametrize(("wrong", "said"), [({"per_page": 151}, "1 to 150"), ({"api_version": "new"}, "as 2.16")])
def test_a_setting_that_intercom_does_not_take_is_told(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        open_door(Options(**wrong), fakes.ENVIRON, limits=HASTY, allow=())


def test_the_public_host_is_the_usual_one_and_every_call_names_its_version(shop: Shop) -> None:
    assert open_door(Options(), fakes.ENVIRON, limits=HASTY, allow=()).host == "api.intercom.io"
    shop.walk(since=SINCE)
    assert {asked.headers["intercom-version"] for asked in shop.fake.asked} == {"2.16"}


def test_the_fake_keeps_intercoms_rules() -> None:
    fake = IntercomFake(conversations={"1": fakes.conversation(1)}, changed={"1": 0}, parts={"1": TALK})
    asked = Asked("GET", "/conversations/1", {}, {"authorization": f"Bearer {fakes.TOKEN}"}, b"")
    assert fake(asked).status == 400
    assert fake(asked._replace(headers={})).status == 401
    known = asked._replace(headers=asked.headers | {"intercom-version": "2.16"})
    assert fake(known).status == 200
    assert fake(known._replace(path="/conversations/2")).status == 404


def test_a_page_is_stored_in_parts_that_cost_little_to_fetch_again(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(60), name="intercom") as shop:
        shop.fake.add(Fault("busy", path="/conversations/56", times=10_000))
        with pytest.raises(WalkStopped, match="behind cursor"):
            shop.walk()
        assert (len(shop.versions), shop.fake.calls(fakes.STREAM)) == (50, 1)
        shop.fake.faults.clear()
        assert shop.walk().new == 10
