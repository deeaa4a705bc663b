"""Freshdesk's own ways: its list and where that ends, what a key may not see, what moves by itself."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

import make
from casemill.errors import SettingsError, UsageError
from casemill.ingest.desks import freshdesk
from casemill.ingest.walk import Fetch, Outward, WalkStopped, offered_fields
from casemill.settings import Ingest
from casemill.store import articles
from ingest.fakes import freshdesk as fakes
from ingest.fakes.freshdesk import AGENT, COLLEAGUE, part
from ingest.fakes.server import Fault
from ingest.inbox import Inbox, put_aside
from ingest.walking import HASTY, SINCE, Shop, open_shop


@pytest.fixture
def shop(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fakes.shop(12), name="freshdesk", per_page=5) as shop:
        yield shop


def stream(shop: Shop) -> list[dict[str, str]]:
    """The parameters of the calls to the list, in order."""
    return [asked.params for asked in shop.fake.asked if asked.path == "/api/v2/tickets"]


def whole(shop: Shop, count: int = 12) -> bool:
    return shop.versions == {str(id): 1 for id in range(1, count + 1)}


def at_once(shop: Shop) -> None:
    """Everything changed in one second."""
    for told in shop.vendor.tickets.values():
        told["updated_at"] = "2026-05-02T10:00:00Z"


def test_each_page_begins_anew_at_the_last_moment_of_the_page_before_it(shop: Shop) -> None:
    shop.walk()
    first, second, *_ = stream(shop)
    assert (first["updated_since"], first["page"]) == (f"{SINCE:%Y-%m-%dT%H:%M:%SZ}", "1")
    assert (second["updated_since"], second["page"]) == ("2026-05-01T10:14:59Z", "1")
    assert {asked.headers["host"] for asked in shop.fake.asked} == {shop.fake.url.removeprefix("http://")}


def test_a_ticket_that_changes_while_pages_are_turned_pushes_no_other_over_the_edge(shop: Shop) -> None:
    def moved() -> None:
        if shop.vendor.pages == 1:
            fakes.later(shop.vendor, 2)
            fakes.later(shop.vendor, 3)

    shop.vendor.between = moved
    assert shop.walk().new == 12
    assert whole(shop)


def test_the_next_walk_begins_a_minute_before_the_last_row(shop: Shop) -> None:
    shop.walk()
    calls = shop.fake.calls(fakes.STREAM)
    done = shop.walk()
    assert (done.new, done.changed, done.same) == (0, 0, 2)
    assert stream(shop)[calls]["updated_since"] == "2026-05-01T10:21:00Z"


def test_an_empty_page_in_the_middle_is_not_the_end(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, empty_page_at=2), name="freshdesk", per_page=5) as shop:
        assert shop.walk().new == 12


def test_a_ticket_that_comes_twice_is_looked_at_once(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, twice=1), name="freshdesk", per_page=5) as shop:
        at_once(shop)
        assert shop.walk().new == 12
        assert whole(shop)
        assert shop.vendor.looks == 12


@pytest.mark.parametrize("switch", [{"exclusive": True}, {"linked": False}])
def test_a_list_that_leaves_out_its_first_second_or_its_links_comes_whole(
    inbox: Inbox, switch: dict[str, bool]
) -> None:
    with open_shop(inbox, fakes.shop(12, **switch), name="freshdesk", per_page=3) as shop:
        for told in shop.vendor.tickets.values():
            told["updated_at"] = f"2026-05-02T10:00:{told['id'] // 2:02}Z"
        assert shop.walk().new == 12
        assert whole(shop)


def test_more_tickets_than_a_list_has_pages_for_come_whole(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(40, cap=2), name="freshdesk", per_page=5) as shop:
        assert shop.walk().new == 40
        assert whole(shop, 40)


def test_more_changes_in_a_second_than_a_page_holds_come_by_page_number(shop: Shop) -> None:
    at_once(shop)
    assert shop.walk().new == 12
    assert {asked["page"] for asked in stream(shop)} == {"1", "2", "3"}


def test_a_ticket_that_leaves_a_crowded_second_pushes_no_other_over_the_edge(shop: Shop) -> None:
    def moved() -> None:
        if shop.vendor.pages == 3:
            fakes.later(shop.vendor, 1)

    shop.vendor.between = moved
    at_once(shop)
    fakes.later(shop.vendor, 12)
    shop.walk()
    assert whole(shop)


def test_more_changes_in_a_second_than_a_list_has_pages_for_stop_the_walk(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshdesk, "MOST_PAGES", 2)
    shop.vendor.cap = 2
    at_once(shop)
    with pytest.raises(WalkStopped, match="page 2 is the last that Freshdesk gives") as stopped:
        shop.walk()
    assert "behind cursor 2026-05-02T10:00:00Z" in str(stopped.value)
    assert "--restart --since" in str(stopped.value.hint)
    assert len(shop.versions) == 10


def test_a_list_that_does_not_move_is_an_error_and_not_a_loop(inbox: Inbox) -> None:
    with open_shop(inbox, fakes.shop(12, stuck_at=2), name="freshdesk", per_page=5) as shop:
        with pytest.raises(WalkStopped, match="its cursor does not move: page 2 from 2026-05-01T10:14:59Z") as stopped:
            shop.walk()
        assert "5 tickets of this walk are kept" in str(stopped.value.hint)
        assert shop.fake.calls(fakes.STREAM) < 6
        shop.vendor.stuck_at = None
        assert shop.walk().new == 7


def test_a_wait_is_kept_as_freshdesk_names_it(shop: Shop) -> None:
    shop.fake.add(Fault("limited", at=2, path=fakes.ONE, wait="0.3"))
    began = time.monotonic()
    shop.walk(limits=HASTY._replace(longest_wait=1))
    assert time.monotonic() - began >= 0.3
    assert shop.fake.struck == ["limited"]


def test_conversations_that_do_not_fit_into_the_view_are_listed_page_by_page(shop: Shop) -> None:
    shop.vendor.parts["1"] = [part(AGENT, f"<div>line {place}</div>", minute=place) for place in range(250)]
    shop.vendor.parts["2"] = shop.vendor.parts["1"][:9]
    shop.walk(only="1")
    assert [turn.text for turn in shop.inbox.reading().ticket.turns[1:]] == [f"line {place}" for place in range(250)]
    assert shop.fake.calls("/tickets/1/conversations") == 3
    shop.walk(only="2")
    assert shop.fake.calls("/tickets/2/conversations") == 0


def test_a_key_without_rights_beside_tickets_still_brings_them_and_asks_for_ratings_once(shop: Shop) -> None:
    shop.vendor.barred = ("/agents", "/ticket_fields", "/canned", "/solutions", "/satisfaction_ratings", "/contacts")
    shop.vendor.parts["1"] = [part(COLLEAGUE, "<div>hello</div>", minute=1)]
    assert shop.walk().new == 12
    assert shop.fake.calls("/satisfaction_ratings") == 1
    assert shop.fake.calls("/contacts") == 3  # each account once


def test_ratings_that_nobody_wants_are_not_asked_for(shop: Shop) -> None:
    shop.sources["freshdesk"] |= {"ratings": False, "knowledge_base": False}
    shop.walk()
    assert shop.fake.calls("/satisfaction_ratings") + shop.fake.calls("/solutions") == 0


def test_somebody_who_is_no_agent_is_looked_up_once(shop: Shop) -> None:
    told = part(COLLEAGUE, "<div>I am copied, and I agree.</div>", minute=1)
    shop.vendor.parts |= {"1": [told], "2": [told]}
    shop.vendor.contacts[str(COLLEAGUE)] = {"id": COLLEAGUE, "name": "Mia Lang", "email": "mia@home.test"}
    shop.walk()
    assert shop.fake.calls(f"/contacts/{COLLEAGUE}") == 1
    reading = shop.inbox.readings()[0]
    assert [turn.role for turn in reading.ticket.turns] == ["customer", "customer"]
    assert "Mia Lang" in {name for who in reading.people for name in who.names}


def test_what_moves_by_itself_is_left_out(shop: Shop) -> None:
    file = {"id": 9, "name": "a.png", "content_type": "image/png", "size": 3, "created_at": "2026-05-01T10:00:00Z"}
    shop.vendor.tickets["1"]["attachments"] = [file]
    shop.vendor.parts["1"] = [part(AGENT, "<div>look</div>", minute=1, attachments=[file | {"id": 10}])]
    shop.walk()
    fakes.touch(shop.vendor, 1)
    done = shop.walk()
    assert (done.new, done.changed) == (0, 0)
    assert [one.name for one in shop.inbox.readings()[0].ticket.attachments] == ["a.png", "a.png"]


@pytest.mark.parametrize("how", ["digest", "keep"])
def test_files_are_fetched_where_the_settings_want_it(shop: Shop, how: str) -> None:
    chat = b"Customer: where is my order\nBot: It is lost.\nCustomer: what?\nBot: Sorry."
    shop.vendor.files["/files/9"] = chat
    file = {"id": 9, "name": "chat.txt", "content_type": "text/plain", "size": len(chat)}
    shop.vendor.tickets["1"]["attachments"] = [file, file | {"id": 404, "name": "gone.txt"}]
    done = shop.walk(only="1", told={"attachments": how})
    assert [why.partition(":")[0] for _, why in put_aside(done)] == ["attachment 404 is left out"]
    told = shop.inbox.reading().ticket
    assert (told.attachments[0].digest is not None, told.attachments[1].digest) == (True, None)
    assert ("It is lost." in {turn.text for turn in told.turns}) == (how == "keep")
    assert shop.walk(only="1", told={"attachments": how}).same == 1


def test_tickets_that_cannot_be_taken_in_are_named_and_the_rest_comes(shop: Shop) -> None:
    shop.vendor.tickets["1"] |= {"created_at": "2031-01-01T00:00:00Z"}
    shop.vendor.tickets["2"] |= {"subject": 7}
    shop.vendor.tickets["3"] |= {"subject": "", "description": "", "description_text": None}
    shop.vendor.parts["3"] = []
    done = shop.walk()
    assert (done.new, done.rejected) == (9, 3)
    assert [why for _, why in put_aside(done)] == [
        "is dated 2031-01-01, which is not yet",
        "cannot be read: expected `str | null`, got `int` - at `$.subject`",
        "says nothing: no subject, no description, no conversations",
    ]


def test_a_ticket_that_is_deleted_between_list_and_look_is_gone(shop: Shop) -> None:
    shop.vendor.between = lambda: fakes.delete(shop.vendor, 4)
    done = shop.walk()
    assert (done.new, done.gone) == (11, 1)


def test_a_ticket_that_is_not_found_any_more_is_gone(shop: Shop) -> None:
    shop.vendor.between = lambda: shop.vendor.tickets.pop("4", None)
    done = shop.walk()
    assert (done.new, done.gone) == (11, 1)


def test_an_archived_ticket_is_brought_by_its_number_though_no_list_has_it(shop: Shop) -> None:
    shop.vendor.archived = {"4"}
    shop.vendor.parts["4"] = [part(AGENT, f"<div>line {place}</div>", minute=place) for place in range(12)]
    assert shop.walk().new == 11
    assert shop.walk(only="4").new == 1
    assert shop.fake.calls("/tickets/archived/4/conversations") == 1
    told = next(one for one in shop.inbox.readings() if one.ticket.external_id == "4")
    assert len(told.ticket.turns) == 13


@pytest.mark.parametrize("id", ["INC-7", "١٢", "1/../../agents", ""])
def test_what_is_no_number_is_no_ticket(shop: Shop, id: str) -> None:
    with pytest.raises(UsageError, match="is no Freshdesk ticket's number"):
        shop.walk(only=id)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"token_env": "fd-the-key-itself"}, "takes the name of a variable"),
        ({"per_page": 101}, "per_page is 1 to 100"),
        ({"per_page": 0}, "per_page is 1 to 100"),
    ],
)
def test_a_wrong_table_says_what_is_wrong_and_shows_no_secret(shop: Shop, table: dict[str, Any], told: str) -> None:
    with pytest.raises(SettingsError, match=told) as wrong:
        shop._replace(sources={"freshdesk": shop.sources["freshdesk"] | table}).walk()
    assert "fd-the-key-itself" not in f"{wrong.value} {wrong.value.hint}"


def test_a_key_that_is_refused_is_told_with_what_to_check(shop: Shop) -> None:
    with pytest.raises(WalkStopped, match="answered 401 Unauthorized") as stopped:
        shop._replace(environ={"FRESHDESK_API_KEY": "wrong-key"}).walk()
    assert "check FRESHDESK_API_KEY" in str(stopped.value.hint)
    assert "wrong-key" not in f"{stopped.value} {stopped.value.hint}"


def test_canned_responses_are_kept_by_revision_and_looked_up_where_the_list_holds_no_words(shop: Shop) -> None:
    short = {"id": 901, "title": "48: Short", "folder_id": 9}
    original = shop.vendor._beside

    def listed(parts: list[str], asked: Any) -> Any:
        from ingest.fakes.server import Reply

        if parts[-1] == "responses":
            return Reply([{name: one[name] for name in ("id", "title")} for one in shop.vendor.canned])
        return original(parts, asked)

    shop.vendor._beside = listed
    shop.vendor.canned.append(short | {"content": "We look into it."})
    shop.walk()
    shop.vendor.canned[1]["content"] = "We look into it today."
    shop.walk()
    with shop.inbox.desk.read() as db:
        known = articles.revision(db, "macro", "900", "2026-03-01T09:00:00Z")
        newest = articles.latest(db, "macro", "901")
    assert known is not None
    assert known.text.endswith("We open a request for you today.")
    assert newest is not None
    assert (newest.text, newest.updated_at) == ("We look into it today.", None)
    assert newest.revision


def test_the_solutions_come_with_folders_inside_folders_and_without_drafts(shop: Shop) -> None:
    shop.vendor.articles += [fakes.ARTICLE | {"id": 1043}, fakes.ARTICLE | {"id": 1044, "status": 1}]
    shop.walk()
    shop.walk(now=make.NOW + timedelta(minutes=59))
    assert shop.fake.calls("/solutions/categories/3/folders") == 1
    with shop.inbox.desk.read() as db:
        assert [one.id for one in articles.all_latest(db, "article")] == ["1042", "1043"]


def test_the_fields_are_offered_by_the_key_that_tickets_use(shop: Shop) -> None:
    fetch = Fetch("freshdesk", shop.inbox.folder, outward=Outward(shop.environ, (), HASTY))
    found = {
        one.id: (one.title, one.setting)
        for one in offered_fields(fetch, settings=Ingest(sources=shop.sources), now=make.NOW)
    }
    assert found["cf_expected_behaviour"] == ("Expected behaviour", "expected_field")
    assert found["cf_shop"] == ("Shop", None)
