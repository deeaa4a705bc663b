"""Help Scout: conversations by its API, saved replies, and Docs."""

from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.article import Article
from casemill.ingest.desks.helpscout import Walker
from casemill.ingest.desks.helpscout_door import Options as HelpScoutOptions
from casemill.ingest.desks.helpscout_door import open_door
from casemill.ingest.desks.helpscout_hook import read_hook
from casemill.ingest.http import Door, Limits
from casemill.ingest.readers.helpscout import read_conversation
from casemill.ingest.source import FieldOffer, Hint, Page, Walk
from casemill.settings import Ingest


class HelpScout:
    """Help Scout by its Inbox API, versions 2 and 3, and its Docs API."""

    default_name = "helpscout"
    Options: type[msgspec.Struct] = HelpScoutOptions

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        return read_conversation(payload, settings)

    def door(
        self, options: HelpScoutOptions, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...] = ()
    ) -> Door:
        return open_door(options, environ, limits=limits, allow=allow)

    def walk(self, walk: Walk) -> Iterator[Page]:
        return Walker(walk).pages()

    def one(self, walk: Walk, external_id: str) -> Payload | None:
        return Walker(walk).one(external_id)

    def fields(self, walk: Walk) -> tuple[FieldOffer, ...]:
        return Walker(walk).fields()

    def articles(self, walk: Walk) -> Iterator[Article]:
        return Walker(walk).knowledge()

    def hook(self, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:
        return read_hook(headers, body, secret=secret, now=now)
