"""Spans in the vault: each once, sealed, found by their keys, and tickets wake when what they look for comes."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

import make
from casemill.errors import StoreError
from casemill.store import Vault, traces
from casemill.store.traces import Key, Offer, SpanRow, TracesStored, Wish
from casemill.store.vault_tables import spans, trace_wishes
from store.killing import killed

TALK = ("zendesk", "48213")
NAMED = Wish(Key("id", "t1"))


def row(trace: str = "t1", span: str = "s1", content: bytes = b"{}", *keys: Key) -> SpanRow:
    return SpanRow(trace, span, content, make.NOW, keys)


def test_a_span_is_kept_once_and_one_that_changed_takes_its_place(vault: Vault) -> None:
    page = [row(), row(span="s2"), row(span="s2", content=b"{1}"), row()]
    assert vault.put_spans(page, now=make.NOW) == TracesStored(new=2, changed=1, same=1)
    assert vault.put_spans(page[2:], now=make.NOW) == TracesStored(same=2)
    assert vault.spans_of(["t1", "t2"]) == {"t1": (b"{}", b"{1}")}
    assert vault.traces() == (1, 2)


def test_the_cursor_goes_with_the_page_or_not_at_all(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.put_spans([row()], now=make.NOW, cursor=("langfuse", "1"))
    vault.put_spans([], now=make.NOW, cursor=("langfuse", "2"))
    assert vault.cursor("langfuse") == "2"

    def full(*_: Any, **__: Any) -> None:
        raise StoreError("full")

    monkeypatch.setattr(traces, "_add_keys", full)
    with pytest.raises(StoreError):
        vault.put_spans([row("t2")], now=make.NOW, cursor=("langfuse", "3"))
    assert (vault.cursor("langfuse"), vault.traces()) == ("2", (1, 1))


def test_a_trace_is_offered_by_each_of_its_keys_and_a_user_only_within_the_time(vault: Vault) -> None:
    keys = (Key("conversation", "48213"), Key("user", "u77"))
    vault.put_spans([row("t1", "s1", b"{}", *keys)], now=make.NOW)

    def offered(*wishes: Wish) -> list[Offer]:
        return list(vault.trace_offers({TALK: wishes}).get(TALK, ()))

    assert offered(NAMED) == [Offer(Key("id", "t1"), "t1", make.NOW)]
    assert [one.trace for one in offered(Wish(keys[0]), Wish(Key("id", "t9")))] == ["t1"]
    hour = timedelta(hours=1)
    assert offered(Wish(keys[1], make.NOW - hour, make.NOW + hour))
    assert not offered(Wish(keys[1], make.NOW + hour, make.NOW + 2 * hour))
    assert not offered(Wish(Key("conversation", "u77")))


def test_what_comes_wakes_the_newest_version_of_the_tickets_that_look_for_it(vault: Vault) -> None:
    vault.put_page([make.payload(), make.payload(content=b"changed"), make.payload("7")], now=make.NOW)
    vault.mark_masked(vault.waiting())
    vault.trace_offers({TALK: [NAMED], ("zendesk", "7"): [Wish(Key("id", "t2"))]})
    assert vault.put_spans([row()], now=make.NOW).tickets == 1
    assert [(one.payload.external_id, one.version, one.again) for one in vault.waiting()] == [("48213", 2, 1)]
    assert vault.put_spans([row()], now=make.NOW).tickets == 0


def test_a_ticket_looks_for_what_it_said_last(vault: Vault) -> None:
    vault.put_page([make.payload()], now=make.NOW)
    vault.mark_masked(vault.waiting())
    vault.trace_offers({TALK: [NAMED]})
    vault.trace_offers({TALK: [Wish(Key("id", "t2"))]})
    assert vault.put_spans([row()], now=make.NOW).tickets == 0
    assert vault.put_spans([row("t2")], now=make.NOW).tickets == 1


def test_what_was_woken_while_it_was_masked_is_not_marked_as_masked(vault: Vault) -> None:
    vault.put_page([make.payload()], now=make.NOW)
    vault.trace_offers({TALK: [NAMED]})
    seen = vault.waiting()
    vault.put_spans([row()], now=make.NOW)
    vault.mark_masked(seen)
    assert vault.counts() == {"arrived": 1}
    vault.mark_masked(vault.waiting())
    assert vault.counts() == {"masked": 1}


def test_nobody_misses_the_other_where_a_ticket_and_its_trace_come_at_once(vault: Vault) -> None:
    """Either the ticket is offered the trace, or the trace wakes the ticket."""
    for number in range(20):
        id, trace = f"{number}", f"t{number}"
        vault.put_page([make.payload(id)], now=make.NOW)
        seen = [one for one in vault.waiting() if one.payload.external_id == id]
        got: list[int] = []

        def put(trace: str = trace, got: list[int] = got) -> None:
            got.append(vault.put_spans([row(trace)], now=make.NOW).tickets)

        putting = threading.Thread(target=put)
        putting.start()
        offered = vault.trace_offers({("zendesk", id): [Wish(Key("id", trace))]})
        putting.join()
        vault.mark_masked(seen)
        assert bool(offered) or got == [1]


def test_a_span_opens_only_in_its_own_row(vault: Vault) -> None:
    vault.put_spans([row(), row("t2")], now=make.NOW)
    with vault._database.write() as db:
        stolen = db.execute(select(spans.c.content).where(spans.c.trace == "t1")).scalar_one()
        db.execute(update(spans).where(spans.c.trace == "t2").values(content=stolen))
    with pytest.raises(StoreError, match="altered or belongs to another row"):
        vault.spans_of(["t2"])


def test_what_tickets_look_for_is_kept_as_digests(vault: Vault) -> None:
    vault.trace_offers({TALK: [Wish(Key("user", "anna.k@example.com"))]})
    with vault._database.read() as db:
        (kept,) = db.execute(select(trace_wishes)).all()
    assert "anna" not in str(kept)
    assert len(kept.lookup) == 64


def test_of_a_trace_without_end_as_many_spans_are_given_as_can_be_read(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "MOST_SPANS", 3)
    vault.put_spans([row(span=f"s{number}") for number in range(9)], now=make.NOW)
    assert len(vault.spans_of(["t1"])["t1"]) == 3


SENDING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import make
from casemill.settings import Store
from casemill.store import open_vault
from casemill.store.traces import Key, SpanRow
vault = open_vault(Store(vault=sys.argv[3]), root=Path(sys.argv[2]))
for page in range(int(vault.cursor("langfuse") or 0), 30):
    rows = [SpanRow(f"t{page}", f"s{n}", b"x" * 1400, make.NOW, (Key("user", f"u{n}"),)) for n in range(150)]
    vault.put_spans(rows, now=make.NOW, cursor=("langfuse", str(page + 1)))
    print(page, flush=True)
"""


def test_a_kill_in_the_middle_of_a_page_loses_and_doubles_nothing(vault: Vault, home: Any) -> None:
    for _ in killed(SENDING, home.root, url=home.store.vault):
        page = int(vault.cursor("langfuse") or 0)
        assert vault.traces() == (page, 150 * page)
    assert vault.traces() == (30, 30 * 150)
