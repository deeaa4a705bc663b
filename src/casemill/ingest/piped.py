"""Messages on standard input go to the vault, each page with the states that were heard before its end."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from casemill.domain.progress import SILENT, Progress
from casemill.ingest.dialect import Container, Dialect
from casemill.ingest.hearing import Hearing, Pipe, Stand
from casemill.ingest.pull import Ingested
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import Page
from casemill.ingest.sources import SOURCES
from casemill.ingest.storing import Tally
from casemill.store.desk import Desk
from casemill.store.vault import Vault


class Told(NamedTuple):
    """Where what is put aside is named, and who hears each state once everything before it is stored."""

    rejects: Path
    state: Callable[[bytes], None] | None = None


class IngestedPipe(Ingested):
    """Also: `passed_over`, records of streams that the map does not name, and the `state` as it is kept now."""

    passed_over: dict[str, int] = {}
    state: str | None = None


def ingest_pipe(
    stores: tuple[Vault, Desk], pipe: Pipe, *, told: Told, now: datetime, progress: Progress = SILENT
) -> IngestedPipe:
    """Takes in everything to the end of the pipe; wherever it is cut off, what was told last is what is kept.

    A ticket whose parts come in several streams, or at several times, is put together with what is in the vault.
    """
    vault = stores[0]
    progress.start(None)
    tally = Tally()
    state = vault.cursor(pipe.stream)
    with Rejects(told.rejects, pipe.name) as rejects:
        hearing = Hearing(pipe, Stand(now, rejects, progress, lambda ids: _newest(vault, pipe, ids=ids)))
        for held in hearing.held():
            for heard in held.states:
                state = hearing.dialect.added(state, heard.data)
            page = Page(held.payloads, cursor=state if held.states else None)
            tally.store(stores, page, now=now, stream=pipe.stream, source=pipe.name)
            if told.state:
                for heard in held.states:
                    told.state(heard.shown)
    return IngestedPipe(
        form=pipe.dialect,
        source=pipe.name,
        **tally.told(rejects),
        passed_over=dict(hearing.passed_over),
        state=state,
    )


def kept_state(vault: Vault, pipe: Pipe) -> str:
    """The state as it is kept, in the form that connectors take; that of a beginning when there is none."""
    dialect: Dialect = SOURCES.get(pipe.dialect)()
    return vault.cursor(pipe.stream) or dialect.nothing


def _newest(vault: Vault, pipe: Pipe, *, ids: Sequence[str]) -> dict[str, Container]:
    """The parts of tickets that are there; what another form wrote under the name is no part of them."""
    found: dict[str, Container] = {}
    for arrival in vault.versions((pipe.name, id) for id in ids):
        try:
            container = msgspec.json.decode(arrival.payload.content, type=Container)
        except msgspec.DecodeError:
            continue
        if container.form == pipe.dialect:
            found[arrival.payload.external_id] = container
    return found
