"""What `casemill serve` does with a helpdesk's webhook: believes or refuses it, and keeps which ticket to look at.

The route is `POST /hooks/SOURCE`; the web room gives headers (lower-case names) and the raw body, at most `MOST_BODY`
bytes of it, and sends back what `receive_hook` says. Fetching the ticket is another's work: `fetch_hinted`.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from casemill.errors import SettingsError, StoreError
from casemill.ingest.helpdesks import helpdesks, is_helpdesk, kind_of
from casemill.ingest.source import Helpdesk, Hint, HookRefused
from casemill.ingest.sources import SOURCES
from casemill.ingest.trace_hook import Posted, Response
from casemill.settings import FILE_NAME, Ingest
from casemill.store.hooks import Heard
from casemill.store.vault import Vault

MOST_BODY = 1_000_000
RETRY_SECONDS = 5
HOOK_SETTING = "hook_secret_env"
# In this moment the helpdesk's API catches up with its own webhook, and several webhooks of one deed become one look.
# What is signed in the same second as another counts as a replay: that second is over when the ticket is fetched.
SETTLED = timedelta(seconds=2)

log = logging.getLogger(__name__)


class Listener(NamedTuple):
    """A source whose webhooks are taken: its name, its helpdesk, the secret it shares."""

    source: str
    desk: Helpdesk
    secret: str


def listeners(settings: Ingest, environ: Mapping[str, str]) -> dict[str, Listener]:
    """The sources whose table names the variable of a webhook's secret, by name. SettingsError: it is not set."""
    found = {}
    for source, table in settings.sources.items():
        if HOOK_SETTING not in table:
            continue
        where, variable = f"{FILE_NAME}: [ingest.sources.{source}]", str(table[HOOK_SETTING])
        kind = kind_of(source, settings)
        if not is_helpdesk(kind):
            known = ", ".join(helpdesks())
            raise SettingsError(f"{where}: webhooks come from a helpdesk", hint=f"known: {known}")
        if not (secret := environ.get(variable, "").strip()):
            raise SettingsError(
                f"{where}: the variable {variable} is not set", hint="it holds the secret that webhooks are signed with"
            )
        found[source] = Listener(source, SOURCES.get(kind)(), secret)
    return found


def receive_hook(vault: Vault, listener: Listener, *, posted: Posted, now: datetime) -> Response:
    """Keeps which ticket a webhook named; 2xx only after that is durable. A delivery that came before changes nothing
    and is answered as the first was, since a helpdesk that missed the answer must not send it for ever."""
    if (refused := _unfit(posted)) is not None:
        return refused
    try:
        hint = listener.desk.hook(posted.headers, posted.body, secret=listener.secret, now=now)
    except HookRefused as error:
        log.warning("webhook of %s refused: %s", listener.source, error)
        return _answer(error.status, f"{error}")
    if hint is None:
        return _answer(200, "about no ticket")
    try:
        heard = Heard(listener.source, hint.ticket, _marks(hint))
        is_new = vault.hear(heard, now=now, due=now + SETTLED)
    except StoreError as error:
        log.error("webhook of %s not kept: %s", listener.source, error)
        told = _answer(503, "the vault cannot be written just now")
        return told._replace(headers={**told.headers, "retry-after": str(RETRY_SECONDS)})
    log.info("webhook of %s %s", listener.source, "taken" if is_new else "came before, passed over")
    return _answer(200, "taken" if is_new else "came before")


def _marks(hint: Hint) -> tuple[str, ...]:
    named = (("delivery", hint.delivery), ("signed", hint.signed))
    return tuple(f"{kind}:{value}" for kind, value in named if value)


def _unfit(posted: Posted) -> Response | None:
    """The answer to what cannot be a webhook, whoever sent it."""
    kind = posted.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return _answer(415, "webhooks are taken as application/json")
    if posted.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        return _answer(415, "webhooks are taken unpacked")
    if len(posted.body) > MOST_BODY:
        return _answer(413, f"the body is over {MOST_BODY // 1_000_000} MB")
    return None


def _answer(status: int, told: str) -> Response:
    return Response(status, msgspec.json.encode({"told": told}))
