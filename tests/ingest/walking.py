"""Walks through fakes: a fake's server, a real vault and desk, limits that wait for nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from types import ModuleType
from typing import Any, NamedTuple

import make
from casemill.ingest.http import Limits
from casemill.ingest.pull import Ingested
from casemill.ingest.walk import Fetch, Outward, ingest_helpdesk
from casemill.settings import Ingest
from ingest.fakes.server import FakeServer
from ingest.inbox import Inbox

HASTY = Limits(
    timeout=0.4,
    whole=0.4,
    attempts=4,
    first_wait=0.001,
    most_wait=0.005,
    jitter=0,
    longest_wait=0.01,
    most_bytes=32 << 20,
    most_unpacked=24 << 20,
    most_attachment=1 << 20,
)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


class Shop(NamedTuple):
    """A helpdesk's fake and where its tickets go. `told` are the settings of `[ingest]` beside the sources."""

    inbox: Inbox
    name: str
    vendor: Any
    fake: FakeServer
    sources: dict[str, dict[str, Any]]
    environ: Mapping[str, str]

    def walk(
        self, *, limits: Limits = HASTY, now: datetime = make.NOW, told: dict[str, Any] | None = None, **fetch: Any
    ) -> Ingested:
        outward = Outward(self.environ, (), limits)
        given = Fetch(self.name, self.inbox.folder, since=SINCE, outward=outward)._replace(**fetch)
        settings = Ingest(sources=self.sources, **(told or {}))
        return ingest_helpdesk((self.inbox.vault, self.inbox.desk), given, settings=settings, now=now)

    @property
    def versions(self) -> dict[str, int]:
        """How many versions of each ticket are in the vault."""
        found: dict[str, int] = {}
        for arrival in self.inbox.vault.waiting(limit=100_000):
            found[arrival.payload.external_id] = max(arrival.version, found.get(arrival.payload.external_id, 0))
        return found


def fake_of(name: str) -> ModuleType:
    """The fake of a helpdesk. All of them have: `shop`, `running`, `settings`, `hook`; what may happen to a ticket
    (`change`, `touch`, `delete`, `speak_long`, `fill`, `apply_macro`, `note`); ENVIRON, SECRETS, RENEWS, HAS_KNOWLEDGE;
    STREAM and ONE, parts of paths; SMALL, the options of a shop of several pages; FAULTY, ELEVEN: the long walk."""
    return import_module(f"ingest.fakes.{name}")


@contextmanager
def open_shop(inbox: Inbox, vendor: Any, *, name: str = "zendesk", **options: Any) -> Iterator[Shop]:
    fakes = fake_of(name)
    with fakes.running(vendor) as fake:
        yield Shop(inbox, name, vendor, fake, fakes.settings(fake, **options), fakes.ENVIRON)
