"""A helpdesk that is walked by its API: what is its own, and the doors that all of them have in common."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, Protocol

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.domain.article import Article
from casemill.ingest.http import Door, Limits
from casemill.ingest.source import FieldOffer, Hint, Page, Walk
from casemill.settings import Ingest


class Walks(Protocol):
    """One walk through a helpdesk, which learns its macros, fields and people as it goes."""

    def __init__(self, walk: Walk) -> None: ...

    def pages(self) -> Iterator[Page]: ...

    def one(self, id: str) -> Payload | None: ...

    def fields(self) -> tuple[FieldOffer, ...]: ...

    def knowledge(self) -> Iterator[Article]:
        """The knowledge base; nothing where the settings do not want it."""
        ...


class Parts(NamedTuple):
    """What is a helpdesk's own: its door, its walk, and how its payloads and its webhooks are read."""

    open_door: Callable[..., Door]
    walker: type[Walks]
    read: Callable[[Payload, Ingest], Reading]
    read_hook: Callable[..., Hint | None]


class ByApi:
    """A `Helpdesk` made of its parts; which settings its table takes is `Options`."""

    default_name: ClassVar[str]
    Options: ClassVar[type[msgspec.Struct]]
    parts: ClassVar[Parts]

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        return self.parts.read(payload, settings)

    def door(self, options: Any, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...] = ()) -> Door:
        return self.parts.open_door(options, environ, limits=limits, allow=allow)

    def walk(self, walk: Walk) -> Iterator[Page]:
        return self.parts.walker(walk).pages()

    def one(self, walk: Walk, external_id: str) -> Payload | None:
        return self.parts.walker(walk).one(external_id)

    def fields(self, walk: Walk) -> tuple[FieldOffer, ...]:
        return self.parts.walker(walk).fields()

    def articles(self, walk: Walk) -> Iterator[Article]:
        return self.parts.walker(walk).knowledge()

    def hook(self, headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> Hint | None:
        return self.parts.read_hook(headers, body, secret=secret, now=now)
