"""What webhooks named is fetched: once when everything due is done, and again and again beside `casemill serve`."""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from casemill.worker.work import Hands, Step, guarded

if TYPE_CHECKING:
    from casemill.ingest.hinted import Looked, Shift

LOOK_SECONDS = 2.0
MOST_IN_A_SHIFT = 100

log = logging.getLogger(__name__)


def look_once(hands: Hands, name: str, *, shift: "Shift") -> list[Step]:
    """Fetches what is due of one source; no step when nothing is."""
    from casemill.ingest.hinted import fetch_hinted
    from casemill.ingest.walk import Fetch, Outward

    fetch = Fetch(name, hands.root / ".casemill/rejects", outward=Outward(allow=hands.settings.outward.allow))
    done = fetch_hinted((hands.vault, hands.desk), fetch, settings=hands.settings.ingest, shift=shift)
    return [_step(done)] if done.seen or done.gone or done.later else []


def shift_from(now: datetime, *, most: int) -> "Shift":
    """A shift that begins now, without pauses."""
    from casemill.ingest.hinted import Shift

    began = time.monotonic()
    return Shift(_worker(), lambda: now + timedelta(seconds=time.monotonic() - began), most)


def _worker() -> str:
    """Who holds what is being fetched: no two are called the same."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def keep_looking(hands: Hands, name: str, *, clock: Callable[[], datetime], until: threading.Event) -> None:
    """Fetches what webhooks named of one source as it comes, at the pace of `[serve] tickets_a_minute`, until told to
    stop. What fails is logged without anything that a ticket says, and tried again."""
    from casemill.ingest.hinted import Shift

    seconds = 60 / hands.settings.serve.tickets_a_minute
    shift = Shift(_worker(), clock, MOST_IN_A_SHIFT, lambda: not until.wait(seconds))
    while not until.wait(max(LOOK_SECONDS, seconds)):
        for step in guarded(f"hooks {name}", lambda: look_once(hands, name, shift=shift)):
            if step.failed:
                log.error("%s: %s", step.name, step.failed)
            else:
                log.info("%s: %s%s", step.name, step.told, f" ({step.reasons[0]})" if step.reasons else "")


def _step(done: "Looked") -> Step:
    gone = f", {done.gone} deleted there" if done.gone else ""
    erased = f", {done.erased} erased once and left out" if done.erased else ""
    later = f", {done.later} tried again later" if done.later else ""
    return Step(
        name=f"hooks {done.source}",
        done=done.new + done.changed,
        put_aside=done.rejected,
        told=f"{done.new} new, {done.changed} changed, {done.same} the same{gone}{erased}{later}",
        reasons=(done.why,) if done.why else (),
    )
