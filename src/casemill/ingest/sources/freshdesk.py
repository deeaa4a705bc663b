"""Freshdesk: its API."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.article import Article
from casemill.ingest.desks.freshdesk import Walker
from casemill.ingest.desks.freshdesk_door import Options as FreshdeskOptions
from casemill.ingest.desks.freshdesk_door import open_door
from casemill.ingest.desks.freshdesk_hook import read_hook
from casemill.ingest.http import Door, Limits
from casemill.ingest.readers.freshdesk import read_ticket
from casemill.ingest.source import FieldOffer, Hint, Page, Walk
from casemill.settings import Ingest


class Freshdesk:
    """Tickets with their conversations, ratings, canned responses and solutions."""

    default_name = "freshdesk"
    Options: type[msgspec.Struct] = FreshdeskOptions

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        return read_ticket(payload, settings)

    def door(
        self, options: FreshdeskOptions, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...] = ()
    ) -> Door:
        return open_door(options, environ, limits=limits, allow=allow)

    def walk(self, walk: Walk) -> Iterator[Page]:
        return Walker(walk).pages()

    def one(self, walk: Walk, external_id: str) -> Payload | None:
        return Walker(walk).one(external_id)

    def fields(self, walk: Walk) -> tuple[FieldOffer, ...]:
        return Walker(walk).fields()

    def articles(self, walk: Walk) -> Iterator[Article]:
        return Walker(walk).knowledge() if walk.options.knowledge_base else iter(())

    def hook(self, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:
        return read_hook(headers, body, secret=secret, now=now)
