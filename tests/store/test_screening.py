"""Arrivals are screened once, by whoever holds them, and a Notice stands or falls with what it tells of."""

from datetime import timedelta

import make
from casemill.domain.notice import Flag
from casemill.store import Vault
from casemill.store.screening import Lease, Screened

DIRE = (Flag(danger="distress", path="turns.0.text"),)
OWNER = "safety@shop.test"


def lease(vault: Vault, by: str, *, minutes_on: float = 0, limit: int = 10) -> list[int]:
    now = make.NOW + timedelta(minutes=minutes_on)
    return [arrival.id for arrival in vault.lease(Lease(by, now, 10, limit))]


def settle(vault: Vault, *ids: int, by: str | None = None, flags: tuple[Flag, ...] = DIRE) -> int:
    return vault.settle(Screened(dict.fromkeys(ids, flags), OWNER, make.NOW, by=by))


def put(vault: Vault, *payloads: str, content: bytes = b"{}") -> None:
    vault.put_page([make.payload(name, content=content) for name in payloads], now=make.NOW)


def test_what_one_worker_holds_no_other_is_given_until_the_time_is_up(vault: Vault) -> None:
    put(vault, "1", "2", "3")
    first = lease(vault, "a", limit=2)
    assert len(first) == 2
    assert lease(vault, "b") == [3]
    assert lease(vault, "b", minutes_on=11) == [*first, 3]
    assert lease(vault, "a", minutes_on=12) == []


def test_an_arrival_is_settled_once_and_only_by_its_holder(vault: Vault) -> None:
    put(vault, "1")
    (one,) = lease(vault, "a")
    assert settle(vault, one, by="b") == 0
    assert vault.notices(limit=9) == ({}, ())
    assert settle(vault, one, by="a") == 1
    assert settle(vault, one, by="a", flags=()) == 0
    assert vault.flags_of([one]) == {one: DIRE}
    assert vault.counts() == {"screened": 1}
    assert lease(vault, "a", minutes_on=99) == []


def test_who_is_about_to_mask_settles_also_what_another_worker_holds(vault: Vault) -> None:
    put(vault, "1")
    (one,) = lease(vault, "a")
    assert settle(vault, one) == 1
    assert settle(vault, one, by="a", flags=()) == 0
    assert vault.flags_of([one]) == {one: DIRE}


def test_a_notice_names_ticket_danger_and_owner_and_nothing_that_was_said(vault: Vault) -> None:
    put(vault, "48213", content=b'{"form": "jsonl", "text": "secret words"}')
    settle(vault, *lease(vault, "a"), by="a")
    counts, (notice,) = vault.notices(limit=9)
    assert counts == {"distress": 1}
    assert (notice.ticket, notice.version, notice.danger, notice.texts) == ("zendesk:48213", 1, "distress", 1)
    assert (notice.whom, notice.state, notice.at) == (OWNER, "waiting", make.NOW)
    assert "secret" not in repr(notice)


def test_a_calm_arrival_is_told_to_nobody(vault: Vault) -> None:
    put(vault, "1", "2")
    settle(vault, *lease(vault, "a"), by="a", flags=())
    assert vault.notices(limit=9) == ({}, ())
    assert [arrival.flags for arrival in vault.waiting()] == [(), ()]


def test_a_new_version_tells_again_only_when_more_of_its_texts_hold_danger(vault: Vault) -> None:
    put(vault, "1", content=b"{}")
    settle(vault, *lease(vault, "a"), by="a")
    put(vault, "1", content=b'{"more": 1}')
    settle(vault, *lease(vault, "a"), by="a")
    assert vault.notices(limit=9)[0] == {"distress": 1}
    put(vault, "1", content=b'{"more": 2}')
    settle(vault, *lease(vault, "a"), by="a", flags=(*DIRE, Flag(danger="distress", path="turns.2.text")))
    assert vault.notices(limit=9)[0] == {"distress": 2}


def test_the_newest_notices_come_first_and_no_more_than_wanted(vault: Vault) -> None:
    put(vault, "1", "2", "3")
    settle(vault, *lease(vault, "a"), by="a")
    counts, newest = vault.notices(limit=2)
    assert counts == {"distress": 3}
    assert [notice.ticket for notice in newest] == ["zendesk:3", "zendesk:2"]
