"""Whatever a helpdesk says in the place of what it documents, one odd ticket stops no other."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from casemill.domain.word import changed
from casemill.errors import FileError
from casemill.ingest import read
from casemill.ingest.helpdesks import helpdesks
from casemill.ingest.macros import article_of
from casemill.settings import Ingest
from casemill.store import articles
from ingest.fakes.server import Reply
from ingest.helpdesk import comment
from ingest.inbox import Inbox, put_aside
from ingest.walking import Shop, fake_of, open_shop


@pytest.fixture(params=helpdesks())
def shop(request: pytest.FixtureRequest, inbox: Inbox) -> Iterator[Shop]:
    name = request.param
    with open_shop(inbox, fake_of(name).shop(3), name=name, **fake_of(name).SMALL) as shop:
        yield shop


HOSTILE: tuple[Any, ...] = (None, True, -1, 1e308, "", "x", "<b>", "2026-13-45", [], [None], [[]], {}, {"id": [1]})


def places_in(told: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in plain JSON."""
    if place:
        yield place
    for key, inner in told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ():
        yield from places_in(inner, (*place, key))


def with_value(told: Any, place: tuple[Any, ...], *, value: Any) -> Any:
    """The same JSON with another value at a place."""
    first, *rest = place
    inner = with_value(told[first], tuple(rest), value=value) if rest else value
    if isinstance(told, dict):
        return told | {first: inner}
    return [*told[:first], inner, *told[first + 1 :]]


def test_whatever_stands_in_any_place_of_a_payload_is_read_or_named(shop: Shop) -> None:
    fakes = fake_of(shop.name)
    fakes.fill(shop.vendor, 3, "Says that no refund was started.")
    fakes.apply_macro(shop.vendor, 3)
    fakes.change(shop.vendor, 3)
    shop.walk()
    arrival = shop.inbox.vault.arrival(shop.name, "3")
    assert arrival is not None
    told = msgspec.json.decode(arrival.payload.content)
    read_well = 0
    for place in places_in(told):
        for value in HOSTILE if place != ("form",) else ():
            content = msgspec.json.encode(with_value(told, place, value=value))
            try:
                read(changed(arrival.payload, content=content), Ingest())
                read_well += 1
            except FileError:
                continue
    assert read_well > 300


@pytest.mark.parametrize("settings", [{}, {"attachments": "keep"}])
@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("comments", {"id": 1, "author_id": {"id": 11}, "body": "hi"}),
        ("comments", {"id": 1, "author_id": 11, "body": 7}),
        ("comments", {"id": 1, "author_id": 11, "body": "hi", "attachments": "none"}),
        ("audits", {"id": 1, "events": True}),
        ("audits", {"id": 1, "events": [{"type": 7}]}),
        (
            "audits",
            {"id": 1, "author_id": [], "events": [{"type": "Change", "field_name": "assignee_id", "value": []}]},
        ),
    ],
)
def test_a_zendesk_ticket_with_an_odd_part_stops_no_other(
    inbox: Inbox, kind: str, told: dict[str, Any], settings: dict[str, Any]
) -> None:
    vendor = fake_of("zendesk").shop(3)
    getattr(vendor, kind)["2"] = [told]
    with open_shop(inbox, vendor) as shop:
        done = shop.walk(told=settings)
    taken = [arrival.payload for arrival in inbox.vault.waiting()]
    assert {payload.external_id for payload in taken} >= {"1", "3"}
    assert [why for _, why in put_aside(done) if not why.startswith("cannot be read: expected")] == []
    assert len(taken) + done.rejected == 3
    for payload in taken:
        read(payload, Ingest())


def test_rows_of_freshdesk_without_an_id_are_passed_over(inbox: Inbox) -> None:
    fakes = fake_of("freshdesk")
    vendor = fakes.shop(1)
    original = vendor._beside
    lists = ("canned_response_folders", "responses", "categories", "folders", "articles", "agents")

    def with_odd(parts: list[str], asked: Any) -> Reply:
        told: Reply = original(parts, asked)
        odd = {"name": "no id", "status": 2, "content": "x"}
        return told._replace(body=[odd, *told.body]) if parts[-1] in lists else told

    vendor._beside = with_odd
    with open_shop(inbox, vendor, name="freshdesk") as shop:
        assert shop.walk().new == 1
    with inbox.desk.read() as db:
        assert [one.id for one in articles.all_latest(db, "macro")] == ["900"]
        assert len(articles.all_latest(db, "article")) == 1


@pytest.mark.parametrize("actions", [7, True, {"field": "comment_value"}, [7, None]])
def test_a_macro_with_odd_actions_has_no_text(actions: Any) -> None:
    assert article_of({"id": 1, "title": "47: no", "actions": actions}).text == ""


def test_files_without_an_id_are_all_fetched(inbox: Inbox) -> None:
    vendor = fake_of("zendesk").shop(1)
    with open_shop(inbox, vendor) as shop:
        files = [{"file_name": f"{number}.txt", "content_url": f"{shop.fake.url}/api/v2/macros"} for number in range(3)]
        vendor.comments["1"] = [comment(11, "here they are", id=1, attachments=files)]
        shop.walk(told={"attachments": "digest"})
    (arrival,) = inbox.vault.waiting()
    kept = msgspec.json.decode(arrival.payload.content)["attachments"]
    assert [file["file_name"] for file in kept] == ["0.txt", "1.txt", "2.txt"]
