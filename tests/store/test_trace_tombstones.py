"""Spans of an erased ticket that come after it are left out and counted; nobody else's are."""

from pathlib import Path

import pytest
from sqlalchemy import select

import make
from anonymize.erasing import OTHER, TALK, erase, filled
from casemill.store import Desk, Vault
from casemill.store.traces import Key, SpanRow, TracesStored, Wish
from casemill.store.vault_tables import erased_traces


@pytest.fixture
def emptied(vault: Vault, desk: Desk, tmp_path: Path) -> Vault:
    """A vault out of which a ticket was erased: t1 was its own, t2 another's as well, t3 is another's."""
    project = filled(vault, desk, tmp_path)
    vault.trace_offers({TALK: [Wish(Key("id", trace)) for trace in ("t1", "t2", "late")]})
    erase(project)
    return vault


def put(vault: Vault, *rows: SpanRow) -> TracesStored:
    return vault.put_spans(rows, now=make.NOW)


def row(trace: str, *keys: Key, span: str = "new", content: bytes = b"{}") -> SpanRow:
    return SpanRow(trace, span, content, make.NOW, keys)


@pytest.mark.parametrize("trace", ["t1", "late"])
def test_a_later_span_of_an_erased_trace_or_of_one_that_the_ticket_named_is_left_out(
    emptied: Vault, trace: str
) -> None:
    assert put(emptied, row(trace), row(trace, span="s9")) == TracesStored(erased=2)
    assert emptied.spans_of([trace]) == {}


@pytest.mark.parametrize("trace", ["t2", "t3", "t4"])
def test_a_trace_that_another_ticket_names_and_a_strangers_come_in_as_ever(emptied: Vault, trace: str) -> None:
    stored = put(emptied, row(trace))
    assert (stored.new, stored.erased) == (1, 0)


@pytest.mark.parametrize("conversation", ["T-9", "file:T-9"])
def test_a_trace_that_names_the_erased_conversation_is_left_out_for_good(emptied: Vault, conversation: str) -> None:
    assert put(emptied, row("t5", Key("conversation", conversation))) == TracesStored(erased=1)
    assert put(emptied, row("t5", span="child")) == TracesStored(erased=1)


def test_of_a_trace_that_tells_its_conversation_last_nothing_stays(emptied: Vault) -> None:
    assert put(emptied, row("t5", span="child")) == TracesStored(new=1)
    assert put(emptied, row("t5", Key("conversation", "T-9"), span="root"), row("t6")) == TracesStored(new=1, erased=1)
    assert set(emptied.spans_of(["t5", "t6"])) == {"t6"}


@pytest.mark.parametrize(
    "key",
    [Key("conversation", "file:T-90"), Key("conversation", "zendesk:T-9"), Key("user", "T-9"), Key("words", "T-9")],
)
def test_what_only_looks_like_the_conversation_is_not_it(emptied: Vault, key: Key) -> None:
    assert put(emptied, row("t5", key)) == TracesStored(new=1)


def test_a_trace_of_an_erased_conversation_that_another_ticket_looks_for_is_kept(emptied: Vault) -> None:
    emptied.trace_offers({OTHER: [Wish(Key("conversation", "T-9"))]})
    assert put(emptied, row("t5", Key("conversation", "T-9"))).erased == 0
    emptied.trace_offers({OTHER: [Wish(Key("id", "t1"))]})
    assert put(emptied, row("t1")).erased == 0


def test_a_trace_found_by_the_user_alone_keeps_nobody_elses_from_being_left_out(emptied: Vault) -> None:
    emptied.trace_offers({OTHER: [Wish(Key("user", "u1"))]})
    assert put(emptied, row("t1", Key("user", "u1"))) == TracesStored(erased=1)


def test_what_is_kept_of_an_erased_trace_is_a_digest(emptied: Vault) -> None:
    with emptied._database.read() as db:
        kept = db.execute(select(erased_traces)).scalars().all()
    assert kept
    assert all(len(lookup) == 64 for lookup in kept)


def test_the_cursor_moves_past_spans_that_are_left_out(emptied: Vault) -> None:
    emptied.put_spans([row("t1")], now=make.NOW, cursor=("langfuse", "7"))
    assert emptied.cursor("langfuse") == "7"
