"""Traces from files to the ticket that they explain: early or late, whole or in parts, hostile or huge."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import make
from anonymize.intake import on_desk, take_in
from casemill.anonymize import mask_waiting
from casemill.domain.ticket import Ticket, texts_of
from casemill.errors import UsageError
from casemill.ingest import ingest_traces, traces
from casemill.ingest.rejects import read_rejects
from casemill.ingest.spans.forms import KNOWN
from casemill.ingest.traces import IngestedTraces
from casemill.settings import Settings
from casemill.store import Desk, Vault, tickets
from ingest.inbox import lines, said
from ingest.tracing import ASKED, FOUND, REPLIED, TRACE, chat, envelope, span, talk

ROW: dict[str, Any] = {
    "id": "T-1",
    "trace": TRACE,
    "requester": {"id": "u77", "name": "Anna Karimova", "email": "anna.k@example.com"},
    "created_at": "2026-11-01T12:00:00Z",
    "messages": [{"role": "customer", "content": "Your bot lied. Anna Karimova", "name": "Anna Karimova"}],
}
PASTED = {
    **ROW,
    "trace": None,
    "messages": [
        {"role": "customer", "content": ASKED},
        {"role": "assistant", "content": REPLIED},
        *ROW["messages"],
    ],
}
JOINED = [
    ("customer", ASKED),
    ("tool", 'get_order → {"status":"lost","name":"[NAME_1]"}'),
    ("assistant", REPLIED),
    ("customer", "Your bot lied. [NAME_1]"),
]


class Shop:
    """A vault and a desk that tickets and traces come to."""

    def __init__(self, vault: Vault, desk: Desk, folder: Path) -> None:
        self.vault, self.desk, self.folder = vault, desk, folder

    def trace(self, *content: Any, name: str = "traces.jsonl") -> IngestedTraces:
        path = self.folder / name
        raw = [one if isinstance(one, bytes) else json.dumps(one).encode() for one in content]
        path.write_bytes(b"\n".join(raw))
        return ingest_traces(self.vault, [path], rejects=self.folder / "rejects", now=make.NOW)

    def ticket(self, row: dict[str, Any] = ROW) -> Ticket:
        take_in((self.vault, self.desk), self.folder, row)
        return on_desk(self.desk)

    def masked(self) -> Ticket:
        mask_waiting(self.vault, self.desk, settings=Settings(), now=make.NOW)
        return on_desk(self.desk)


@pytest.fixture
def shop(vault: Vault, desk: Desk, tmp_path: Path) -> Shop:
    return Shop(vault, desk, tmp_path)


def put_aside(done: IngestedTraces) -> list[tuple[int | None, str]]:
    return [(one.line, one.why) for one in read_rejects(Path(done.rejects_file))] if done.rejects_file else []


def test_a_trace_that_is_there_is_masked_with_its_ticket(shop: Shop) -> None:
    assert shop.trace(envelope(*chat())) == IngestedTraces(files=1, new=3, traces=1)
    ticket = shop.ticket()
    assert said(ticket.turns) == JOINED
    assert (ticket.version, ticket.trace, ticket.model) == (1, TRACE, "gpt-9")
    assert ticket.traced
    assert (ticket.traced.by, ticket.traced.prompts, ticket.traced.missing) == ("id", ("support@7",), ())
    assert not [text for _, text in texts_of(ticket) if "Karimova" in text]


def test_a_trace_that_comes_later_joins_its_ticket_as_a_new_version(shop: Shop) -> None:
    before = shop.ticket()
    assert before.traced
    assert before.traced.missing == (f"the trace {TRACE} that the ticket names has not come",)
    assert shop.trace(envelope(*chat())).tickets == 1
    after = shop.masked()
    assert said(after.turns) == JOINED
    assert (before.version, after.version) == (1, 2)
    assert shop.masked() == after


def test_a_later_trace_that_changes_no_turn_makes_no_version_and_keeps_the_state(shop: Shop) -> None:
    row = {**PASTED, "messages": PASTED["messages"][:2]}
    before = shop.ticket(row)
    with shop.desk.write() as db:
        assert tickets.move(db, before.key, version=1, frm=("masked",), to="proposed")
    messages = [{"role": "user", "content": ASKED}, {"role": "assistant", "content": REPLIED}]
    assert shop.trace(talk(messages=messages)).tickets == 1
    after = shop.masked()
    assert (after.version, after.turns, after.model) == (1, before.turns, "gpt-9")
    with shop.desk.read() as db:
        assert tickets.state_of(db, after.key) == "proposed"


@pytest.mark.parametrize(
    ("own", "by"),
    [
        ({"conversation_id": "T-1"}, "conversation"),
        ({"conversation_id": "file:T-1"}, "conversation"),
        ({"user_id": "U77"}, "user"),
        ({"user_id": "anna.k@example.com"}, "user"),
        ({}, None),
    ],
)
def test_a_trace_is_found_by_conversation_or_weakly_by_user_and_time(
    shop: Shop, own: dict[str, str], by: str | None
) -> None:
    shop.ticket({**ROW, "trace": None})
    assert shop.trace(talk(**own)).tickets == (by is not None)
    ticket = shop.masked()
    assert (ticket.traced.by if ticket.traced else None) == by
    assert said(ticket.turns) == (JOINED if by else JOINED[-1:])


def test_a_trace_is_found_by_the_replies_themselves(shop: Shop) -> None:
    shop.trace(talk(), talk("b" * 32, messages=[{"role": "assistant", "content": f"{REPLIED} And the blue one?"}]))
    ticket = shop.ticket(PASTED)
    assert ticket.traced
    assert (ticket.traced.by, ticket.trace) == ("words", TRACE)
    assert said(ticket.turns) == JOINED


def test_a_users_trace_of_another_week_is_not_taken(shop: Shop) -> None:
    shop.ticket({**ROW, "trace": None})
    assert shop.trace(talk(user_id="u77", started_at="2026-10-20T10:00:00Z")).tickets == 0
    assert shop.masked().traced is None


def test_a_trace_in_several_batches_is_one_trace_and_the_same_batch_again_is_nothing(shop: Shop) -> None:
    shop.ticket()
    first, tool, last = chat()
    assert shop.trace(envelope(first)).tickets == 1
    assert said(shop.masked().turns)[:-1] == [("customer", ASKED), ("tool", "get_order → None")]
    assert shop.trace(envelope(tool, last), envelope(first)).same == 1
    assert said(shop.masked().turns) == JOINED
    assert shop.trace(envelope(last, tool), envelope(first)) == IngestedTraces(files=1, same=3, traces=1)


def test_a_span_that_changed_takes_the_place_of_the_first(shop: Shop) -> None:
    shop.trace(talk(messages=[]))
    assert shop.ticket().traced == shop.masked().traced
    assert shop.trace(talk()).changed == 1
    assert said(shop.masked().turns) == JOINED


def test_a_trace_that_comes_while_its_ticket_is_masked_is_not_lost(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    put = tickets.put

    def late(db: Any, ticket: Ticket) -> Any:
        if ticket.traced is None or ticket.traced.digest is None:
            shop.trace(talk(), name="late.jsonl")
        return put(db, ticket)

    with monkeypatch.context() as patch:
        patch.setattr(tickets, "put", late)
        if "postgresql" not in str(shop.vault._database.place.url):
            shop.ticket()
    if "postgresql" in str(shop.vault._database.place.url):
        pytest.skip("desk and vault share a database here; the lock is tried in the store's tests")
    assert "masked" not in shop.vault.counts()
    assert said(shop.masked().turns) == JOINED


def test_killed_between_desk_and_mark_it_ends_the_same(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.ticket()
    shop.trace(envelope(*chat()))

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Vault, "mark_masked", killed)
        with pytest.raises(KeyboardInterrupt):
            shop.masked()
    after = shop.masked()
    assert (after.version, said(after.turns)) == (2, JOINED)
    assert shop.vault.counts() == {"masked": 1}


def test_a_ticket_that_changes_later_keeps_its_trace(shop: Shop) -> None:
    shop.trace(envelope(*chat()))
    shop.ticket()
    more = [*ROW["messages"], {"role": "agent", "content": "We are sorry."}]
    ticket = shop.ticket({**ROW, "messages": more, "updated_at": "2026-11-02T12:00:00Z"})
    assert said(ticket.turns) == [*JOINED, ("agent", "We are sorry.")]


def test_what_is_no_trace_is_named_and_the_rest_goes_on(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "MOST_LINE", 3_000)
    huge = talk("c" * 32, messages=[{"role": "user", "content": "x" * 5_000}])
    done = shop.trace(b"{", b"", b"[" * 2_000, huge, {"a": 1}, {"traceId": TRACE, "attributes": {}}, talk())
    assert (done.new, done.rejected) == (1, 5)
    assert put_aside(done) == [
        (1, "cannot be read: input data was truncated"),
        (3, "is nested too deep to be read"),
        (4, "is over 0 MB"),
        (5, f"is no trace that casemill knows: {KNOWN}"),
        (6, "a span has no span id"),
    ]


def test_a_document_too_large_is_refused_whole_and_lines_are_not(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "MOST_DOCUMENT", 100)
    done = shop.trace(json.dumps([talk()], indent=1).encode(), name="trace.json")
    assert put_aside(done) == [(None, "is one document of over 0 MB; write JSON lines")]
    assert shop.trace(*[talk(f"{number:032x}") for number in range(20)]).new == 20


def test_packed_files_folders_and_documents_are_read(shop: Shop) -> None:
    folder = shop.folder / "out"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.jsonl.gz").write_bytes(gzip.compress(envelope(*chat()) + b"\n" + envelope(span(9))))
    (folder / "b.json").write_text(json.dumps([talk("b" * 32), talk("c" * 32)], indent=1))
    (folder / "notes.txt").write_text("no trace")
    done = ingest_traces(shop.vault, [folder], rejects=shop.folder / "rejects", now=make.NOW)
    assert (done.files, done.new, done.traces, done.rejected) == (2, 6, 3, 0)


def test_a_cut_file_keeps_what_came_before_the_cut(shop: Shop) -> None:
    whole = gzip.compress(lines(*[talk(f"{number:032x}") for number in range(50)]).encode())
    done = shop.trace(whole[: len(whole) // 2], name="traces.jsonl.gz")
    assert done.rejected == 1
    assert "cut short" in put_aside(done)[0][1]


def test_no_file_and_nothing_in_it_are_told(shop: Shop) -> None:
    with pytest.raises(UsageError, match="there is no"):
        ingest_traces(shop.vault, [shop.folder / "none.json"], rejects=shop.folder, now=make.NOW)
    (shop.folder / "empty").mkdir()
    with pytest.raises(UsageError, match="no trace files"):
        ingest_traces(shop.vault, [shop.folder / "empty"], rejects=shop.folder, now=make.NOW)
    assert put_aside(shop.trace(b"")) == [(None, "the file is empty")]


def test_nothing_of_a_trace_is_readable_in_the_vault_without_its_key(shop: Shop) -> None:
    shop.trace(talk(user_id="anna.k@example.com", conversation_id="T-1"))
    shop.ticket()
    file = shop.vault._database.place.file
    if file is None:
        pytest.skip("a file is looked into")
    raw = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert TRACE.encode() in raw
    for secret in ("Karimova", "anna.k@", "blue kettle", FOUND[:12]):
        assert secret.encode() not in raw
