"""Tickets that webhooks named are fetched from fakes of the helpdesks: once, in bounded shifts, and none is lost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

import make
from casemill.domain.erasure import Erased
from casemill.ingest import fetch_hinted
from casemill.ingest.hinted import HELD, IN_A_ROW, Looked, Shift
from casemill.ingest.walk import Fetch, Outward
from casemill.settings import Ingest
from casemill.store.erasures import Erasing
from casemill.store.hooks import Heard
from ingest.fakes.server import Fault
from ingest.inbox import Inbox
from ingest.walking import HASTY, Shop, fake_of, open_shop

DESKS = ("zendesk", "intercom", "freshdesk", "helpscout")
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=DESKS)
def shop(request: pytest.FixtureRequest, inbox: Inbox) -> Iterator[Shop]:
    name: str = request.param
    with open_shop(inbox, fake_of(name).shop(8), name=name) as shop:
        yield shop


@pytest.fixture
def zendesk(inbox: Inbox) -> Iterator[Shop]:
    with open_shop(inbox, fake_of("zendesk").shop(8)) as shop:
        yield shop


def hear(shop: Shop, *tickets: str, at: datetime = make.NOW) -> None:
    for ticket in tickets:
        shop.inbox.vault.hear(Heard(shop.name, ticket), now=at, due=at)


def fetch(shop: Shop, *, at: datetime = make.NOW, **given: Any) -> Looked:
    shift = Shift("me", lambda: at, 100)._replace(**given)
    told = Fetch(shop.name, shop.inbox.folder, outward=Outward(shop.environ, (), HASTY))
    stores = (shop.inbox.vault, shop.inbox.desk)
    return fetch_hinted(stores, told, settings=Ingest(sources=shop.sources), shift=shift)


def due(shop: Shop, at: datetime = make.NOW) -> int:
    return shop.inbox.vault.looks_due(now=at).get(shop.name, 0)


def test_what_was_named_is_in_the_vault_and_off_the_list(shop: Shop) -> None:
    hear(shop, "3", "5", "3")
    done = fetch(shop)
    assert (done.seen, done.new, done.later) == (2, 2, 0)
    assert shop.versions == {"3": 1, "5": 1}
    assert due(shop, make.NOW + 99 * MINUTE) == 0
    calls = len(shop.fake.asked)
    assert fetch(shop) == Looked(source=shop.name)
    assert len(shop.fake.asked) == calls, "with nothing due nobody is called"


def test_a_change_that_is_named_is_a_new_version_and_no_change_is_the_same(shop: Shop) -> None:
    hear(shop, "3", "4")
    fetch(shop)
    fake_of(shop.name).change(shop.vendor, 3)
    hear(shop, "3", "4")
    done = fetch(shop)
    assert (done.changed, done.same) == (1, 1)
    assert shop.versions == {"3": 2, "4": 1}


def test_a_ticket_that_is_gone_is_counted_and_off_the_list(shop: Shop) -> None:
    fake_of(shop.name).delete(shop.vendor, 3)
    hear(shop, "3")
    done = fetch(shop)
    assert (done.seen, done.gone) == (0, 1)
    assert due(shop, make.NOW + 99 * MINUTE) == 0


def test_a_shift_is_bounded_and_keeps_its_pace(zendesk: Shop) -> None:
    hear(zendesk, "1", "2", "3", "4", "5")
    assert fetch(zendesk, most=2).seen == 2
    paused: list[int] = []

    def pause() -> bool:
        paused.append(1)
        return len(paused) < 2

    assert fetch(zendesk, pause=pause).seen == 2, "a pause that says stop ends the shift"
    assert due(zendesk) == 1


def test_a_ticket_that_cannot_be_had_is_tried_again_and_stops_no_other(zendesk: Shop) -> None:
    zendesk.fake.faults = [Fault("failing", path="/tickets/2", times=10_000)]
    hear(zendesk, "1", "2", "3")
    done = fetch(zendesk)
    assert (done.seen, done.later) == (2, 1)
    assert done.why is not None
    assert "zd-" not in done.why
    waits = []
    at = make.NOW
    for _ in range(9):
        step = next(seconds for seconds in range(1, 9999) if due(zendesk, at + timedelta(seconds=seconds)))
        waits.append(step)
        at += timedelta(seconds=step)
        assert fetch(zendesk, at=at).later == 1
    assert waits == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    zendesk.fake.faults = []
    assert fetch(zendesk, at=at + timedelta(hours=1)).new == 1
    assert zendesk.versions == {"1": 1, "2": 1, "3": 1}


def test_a_helpdesk_that_is_down_is_left_alone_after_three_and_nothing_is_lost(zendesk: Shop) -> None:
    zendesk.fake.faults = [Fault("failing", times=10_000)]
    hear(zendesk, *"12345678")
    assert fetch(zendesk).later == IN_A_ROW
    zendesk.fake.faults = []
    fetch(zendesk)
    fetch(zendesk, at=make.NOW + MINUTE)
    assert sorted(zendesk.versions) == list("12345678")


def test_what_a_killed_fetch_held_is_fetched_when_its_time_is_over(zendesk: Shop) -> None:
    hear(zendesk, "1", "2")
    look = zendesk.inbox.vault.claim_look("zendesk", by="killed", now=make.NOW, until=make.NOW + HELD)
    assert look is not None
    assert fetch(zendesk).seen == 1
    assert fetch(zendesk, at=make.NOW + HELD).seen == 1
    assert zendesk.versions == {"1": 1, "2": 1}


def test_a_webhook_during_the_fetch_brings_the_ticket_once_more(zendesk: Shop) -> None:
    hear(zendesk, "1")
    clock = iter([make.NOW, make.NOW])

    def tick() -> datetime:
        at = next(clock, None)
        if at is None:
            hear(zendesk, "1")
        return make.NOW

    assert fetch(zendesk, clock=tick, most=1).seen == 1
    assert due(zendesk, make.NOW + MINUTE) == 1


def test_a_ticket_that_was_erased_is_counted_and_not_taken_in_again(shop: Shop) -> None:
    erased = Erasing(Erased(ticket=f"{shop.name}:3", by="dpo@shop.test", why="request 17"), ())
    shop.inbox.vault.erase([erased], now=make.NOW)
    hear(shop, "3", "5")
    done = fetch(shop)
    assert (done.seen, done.new, done.erased) == (2, 1, 1)
    assert shop.versions == {"5": 1}
