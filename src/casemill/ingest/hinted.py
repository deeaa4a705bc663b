"""Tickets that webhooks named are fetched by API, one at a time, each held by one worker until it is in the vault."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from casemill.domain.progress import SILENT
from casemill.domain.word import Word
from casemill.errors import CasemillError, OutsideError, StoreError
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import Helpdesk, Walk
from casemill.ingest.storing import Tally
from casemill.ingest.walk import Fetch, find_desk, one_page, open_door
from casemill.ingest.webhooks import SETTLED
from casemill.settings import Ingest
from casemill.store.desk import Desk
from casemill.store.hooks import Look
from casemill.store.vault import Vault

HELD = timedelta(minutes=5)
FIRST_WAIT = timedelta(seconds=30)
MOST_WAIT = timedelta(hours=1)
IN_A_ROW = 3
REMEMBERED = timedelta(days=7)


def _at_once() -> bool:
    return True


class Shift(NamedTuple):
    """Who fetches, at most how many tickets, by which clock; `pause` keeps the pace between two of them, and ends the
    shift when it says False."""

    by: str
    clock: Callable[[], datetime]
    most: int
    pause: Callable[[], bool] = _at_once


class Looked(Word):
    """What became of the tickets that webhooks named. `later` of them could not be fetched (`why`: the last reason) and
    are tried again; of `gone` ones the helpdesk says that they are deleted; `erased` ones were erased here."""

    source: str
    seen: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    erased: int = 0
    gone: int = 0
    rejected: int = 0
    rejects_file: str | None = None
    later: int = 0
    why: str | None = None
    calls: int = 0


class _Trouble:
    """What could not be fetched, and how often in a row."""

    def __init__(self) -> None:
        self.later = 0
        self.in_a_row = 0
        self.why: str | None = None


def fetch_hinted(stores: tuple[Vault, Desk], fetch: Fetch, *, settings: Ingest, shift: Shift) -> Looked:
    """Fetches what is due of one source. A ticket leaves the list only when it is in the vault; one that cannot be had
    is tried again after 30 seconds, then after twice as long, up to an hour. Killed in the midst, what was held is due
    again five minutes later. SettingsError when the source's table is wrong; StoreError.
    """
    vault, now = stores[0], shift.clock()
    if not vault.looks_due(now=now).get(fetch.source):
        return Looked(source=fetch.source)
    vault.forget_deliveries(before=now - REMEMBERED)
    desk, options = find_desk(fetch.source, settings)
    tally, trouble = Tally(), _Trouble()
    with open_door(desk, options, fetch=fetch) as door, Rejects(fetch.rejects, fetch.source) as rejects:
        walk = Walk(door, fetch.source, None, now, settings, options, now, rejects, SILENT)
        for number in range(shift.most):
            if (number and not shift.pause()) or trouble.in_a_row == IN_A_ROW:
                break
            now = shift.clock()
            look = vault.claim_look(fetch.source, by=shift.by, now=now, until=now + HELD)
            if look is None:
                break
            _fetch_one((stores, desk, tally), walk._replace(now=now), look=look, shift=shift, trouble=trouble)
    return Looked(
        source=fetch.source,
        **tally.told(rejects),
        later=trouble.later,
        why=trouble.why,
        calls=door.calls,
    )


def _fetch_one(
    hands: tuple[tuple[Vault, Desk], Helpdesk, Tally], walk: Walk, *, look: Look, shift: Shift, trouble: _Trouble
) -> None:
    stores, desk, tally = hands
    try:
        page = one_page(desk, walk, ticket=look.ticket)
        tally.store(stores, page, now=shift.clock(), stream=walk.source, source=walk.source)
    except StoreError:
        raise
    except CasemillError as error:
        stores[0].postpone_look(look, due=shift.clock() + min(FIRST_WAIT * 2 ** min(look.tries, 10), MOST_WAIT))
        if not isinstance(error, OutsideError):
            raise
        trouble.later += 1
        trouble.in_a_row += 1
        trouble.why = f"{error}"
        return
    trouble.in_a_row = 0
    stores[0].finish_look(look, due=shift.clock() + SETTLED)
