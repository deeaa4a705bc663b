"""Singer and Airbyte messages become tickets, their states cursors."""

import io
import json
from typing import Any

import pytest

import make
from casemill.errors import FileError, UsageError
from casemill.ingest.hearing import Pipe
from casemill.ingest.piped import IngestedPipe, Told, ingest_pipe, kept_state
from casemill.ingest.stream_map import StreamMap, read_map
from casemill.settings import Ingest
from ingest.inbox import Inbox, lines, put_aside, said

TICKETS = {"id": "id", "subject": "subject", "text": "description", "requester": "requester_id"}
COMMENTS = {"id": "ticket_id", "role": "author_id", "text": "body", "created_at": "at", "public": "public"}
ALONE = StreamMap({"tickets": TICKETS})
JOINED = StreamMap({"tickets": TICKETS, "comments": COMMENTS, "ratings": {"id": "ticket_id", "csat": "score"}})


def record(stream: str, **fields: Any) -> dict[str, Any]:
    return {"type": "RECORD", "stream": stream, "record": fields, "time_extracted": "2026-05-01T00:00:00Z"}


def comment(number: int, author: int, body: str, **fields: Any) -> dict[str, Any]:
    told = {"ticket_id": 1, "author_id": author, "body": body, "at": f"2026-05-01T10:{number:02}:00Z", **fields}
    return record("comments", id=number, **told)


def state(value: Any) -> dict[str, Any]:
    return {"type": "STATE", "value": value}


def hear(inbox: Inbox, text: str | bytes, map: StreamMap = ALONE, dialect: str = "singer") -> IngestedPipe:
    return told(inbox, text, map, dialect)[0]


def told(
    inbox: Inbox, text: str | bytes, map: StreamMap = ALONE, dialect: str = "singer"
) -> tuple[IngestedPipe, list[bytes]]:
    states: list[bytes] = []
    pipe = Pipe(dialect, io.BytesIO(text if isinstance(text, bytes) else text.encode()), map)
    rejects = Told(inbox.folder / "rejects", states.append)
    return ingest_pipe((inbox.vault, inbox.desk), pipe, told=rejects, now=make.NOW), states


def test_a_record_is_a_ticket_and_the_state_is_kept_and_told(inbox: Inbox) -> None:
    first = record("tickets", id=1, subject="Refund", description="where is my money")
    done, states = told(
        inbox, lines({"type": "SCHEMA", "stream": "tickets"}, first, state({"at": 1}), state({"at": 2}))
    )
    assert (done.form, done.source, done.new, done.rejected) == ("singer", "singer", 1, 0)
    assert [json.loads(one) for one in states] == [{"at": 1}, {"at": 2}]
    assert json.loads(done.state or "") == {"at": 2}
    ticket = inbox.reading().ticket
    assert (ticket.key, ticket.subject, said(ticket.turns)) == (
        "singer:1",
        "Refund",
        [("customer", "where is my money")],
    )


def test_the_second_time_nothing_is_new(inbox: Inbox) -> None:
    text = lines(record("tickets", id=1, description="help"), comment(1, 9, "help me"), state(1))
    assert hear(inbox, text, JOINED).new == 1
    done = hear(inbox, text.replace("2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z"), JOINED)
    assert (done.new, done.changed, done.same) == (0, 0, 1)


def test_streams_with_one_id_are_one_ticket_and_messages_stand_by_their_time(inbox: Inbox) -> None:
    hear(
        inbox,
        lines(
            comment(3, 5, "I refunded it by hand.", public=False),
            comment(2, 7, "Your refund is done."),
            comment(1, 9, "where is my money"),
            record("ratings", id=70, ticket_id=1, score="bad"),
            record("tickets", id=1, subject="Refund", description="where is my money", requester_id=9),
        ),
        JOINED,
    )
    ticket = inbox.reading(Ingest(bots=("7",), columns={"text": "Body"})).ticket
    assert said(ticket.turns) == [
        ("customer", "where is my money"),
        ("assistant", "Your refund is done."),
        ("note", "I refunded it by hand."),
    ]
    assert (ticket.subject, ticket.csat) == ("Refund", "bad")


def test_a_message_that_comes_later_is_added_and_one_that_changed_is_replaced(inbox: Inbox) -> None:
    hear(inbox, lines(record("tickets", id=1, requester_id=9), comment(1, 9, "where"), comment(2, 7, "no")), JOINED)
    done = hear(inbox, lines(comment(2, 7, "now"), comment(3, 9, "thanks")), JOINED)
    assert (done.new, done.changed) == (0, 1)
    newest = inbox.readings()[-1].ticket
    assert [turn.text for turn in newest.turns] == ["where", "now", "thanks"]
    assert newest.turns[0].role == "customer"


def test_the_key_of_the_schema_tells_which_message_is_the_same(inbox: Inbox) -> None:
    schema = {"type": "SCHEMA", "stream": "comments", "schema": {}, "key_properties": ["ticket_id", "at"]}
    one = comment(1, 9, "first")
    again = comment(1, 9, "second")
    again["record"]["id"] = 4711
    hear(inbox, lines(schema, one, again), JOINED)
    assert [turn.text for turn in inbox.reading().ticket.turns] == ["second"]


HOSTILE = [
    ("oops\n", "is not JSON: "),
    ("[1]\n", "is JSON, but no message of that form"),
    ('{"type": "RECORD", "stream": "tickets"}\n', "is a RECORD that lacks its content"),
    ('{"type": "RECORD", "stream": "tickets", "record": [1]}\n', "is a record that is no JSON object"),
    ('{"type": "RECORD", "stream": "tickets", "record": {"description": "x"}}\n', "tickets: has no id: 'id' is empty"),
    ('{"type": "RECORD", "stream": "tickets", "record": {"id": "a@b.example", "description": "x"}}\n', "personal data"),
    ('{"type": "RECORD", "stream": "tickets", "record": {"id": 2}}\n', "tickets: says nothing"),
    ('{"type": "BATCH", "stream": "tickets", "manifest": ["file:///etc/passwd"]}\n', "is a BATCH, which names files"),
    ('{"type": "EXEC"}\n', "is no Singer message"),
    ('{"type": "STATE"}\n', "is a STATE that lacks its content"),
    (b'{"type": "RECORD", "stream": "tickets", "record": {"id": 2, "description": "\xff"}}\n', "UTF-8"),
    ('{"type": "STATE", "value": ' + "[" * 5000 + "]" * 5000 + "}\n", "is nested too deep"),
    ('{"type": "RECORD", "stream": "tickets", "record": ' + '{"a":' * 5000 + "1" + "}" * 5000 + "}\n", "too deep"),
]


@pytest.mark.parametrize(("bad", "why"), HOSTILE)
def test_a_hostile_line_is_one_clear_error_and_its_neighbours_come_in(inbox: Inbox, bad: str | bytes, why: str) -> None:
    good = [lines(record("tickets", id=id, description="help")).encode() for id in (1, 3)]
    done = hear(inbox, good[0] + (bad if isinstance(bad, bytes) else bad.encode()) + good[1])
    ((line, reason),) = put_aside(done)
    assert line == 2
    assert why in reason
    assert "b.example" not in reason
    assert (done.new, done.rejected) == (2, 1)


def test_a_line_without_end_is_passed_over_unheld(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemill.ingest.hearing.LONGEST_LINE", 1000)
    good = lines(record("tickets", id=1, description="help"))
    done = hear(inbox, good + "x" * 5000 + "\n" + good.replace('"id": 1', '"id": 2'))
    assert [line for line, _ in put_aside(done)] == [2]
    assert done.new == 2


def test_streams_that_the_map_does_not_name_are_counted_and_passed_over(inbox: Inbox) -> None:
    done = hear(inbox, lines(record("users", id=1), record("users", id=2), record("tickets", id=1, description="a b")))
    assert (done.passed_over, done.new, done.rejected) == ({"users": 2}, 1, 0)


def test_states_are_told_only_when_what_came_before_them_is_stored(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casemill.ingest.hearing.PAGE_ROWS", 2)
    seen: list[tuple[int, Any]] = []

    def hear_state(one: bytes) -> None:
        seen.append((len(inbox.vault.waiting()), json.loads(one)))
        assert int(kept_state(inbox.vault, pipe)) >= int(one)

    messages = [part for id in range(1, 6) for part in (record("tickets", id=id, description="a"), state(id))]
    pipe = Pipe("singer", io.BytesIO(lines(*messages).encode()), ALONE)
    ingest_pipe((inbox.vault, inbox.desk), pipe, told=Told(inbox.folder, hear_state), now=make.NOW)
    assert seen == [(2, 1), (4, 2), (4, 3), (5, 4), (5, 5)]


def test_a_pipe_that_breaks_keeps_the_state_of_what_is_stored(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemill.ingest.hearing.PAGE_ROWS", 2)

    class Broken(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            if not line:
                raise KeyboardInterrupt
            return line

    messages = [part for id in range(1, 4) for part in (record("tickets", id=id, description="a"), state(id))]
    pipe = Pipe("singer", Broken(lines(*messages).encode()), ALONE)
    with pytest.raises(KeyboardInterrupt):
        ingest_pipe((inbox.vault, inbox.desk), pipe, told=Told(inbox.folder), now=make.NOW)
    assert (len(inbox.vault.waiting()), kept_state(inbox.vault, pipe)) == (2, "1")


def airbyte(name: str, **data: Any) -> dict[str, Any]:
    return {"type": "RECORD", "record": {"stream": name, "data": data, "emitted_at": 1767225600000, "namespace": None}}


def stream_state(name: str, at: int) -> dict[str, Any]:
    inner = {"stream_descriptor": {"name": name}, "stream_state": {"at": at}}
    return {"type": "STATE", "state": {"type": "STREAM", "stream": inner}}


def test_airbyte_keeps_the_last_state_of_each_stream_as_connectors_take_it(inbox: Inbox) -> None:
    log = {"type": "LOG", "log": {"level": "INFO", "message": "done"}}
    messages = [stream_state("tickets", 1), stream_state("comments", 5), stream_state("tickets", 2)]
    done, states = told(inbox, lines(airbyte("tickets", id=1, description="help"), log, *messages), ALONE, "airbyte")
    assert (done.source, done.new, done.rejected) == ("airbyte", 1, 0)
    assert [json.loads(one) for one in states] == messages
    assert json.loads(done.state or "") == [messages[1]["state"], messages[2]["state"]]


@pytest.mark.parametrize(
    ("told_state", "kept"),
    [
        (
            {"type": "GLOBAL", "global": {"shared_state": {"lsn": 1}}},
            [{"type": "GLOBAL", "global": {"shared_state": {"lsn": 1}}}],
        ),
        ({"data": {"tickets": 1}}, {"tickets": 1}),
        ({"type": "LEGACY", "data": {"tickets": 1}}, {"tickets": 1}),
    ],
)
def test_a_state_of_everything_takes_the_place_of_all(inbox: Inbox, told_state: Any, kept: Any) -> None:
    done = hear(inbox, lines(stream_state("x", 1), {"type": "STATE", "state": told_state}), ALONE, "airbyte")
    assert json.loads(done.state or "") == kept


def test_a_connector_that_failed_is_told_and_its_words_are_not(inbox: Inbox) -> None:
    trace = {"type": "TRACE", "trace": {"type": "ERROR", "error": {"message": "bad row anna@x.example"}}}
    ((_, why),) = put_aside(hear(inbox, lines(trace), ALONE, "airbyte"))
    assert why == "is a TRACE of an ERROR: the connector failed; its own log says why"


def test_before_anything_was_stored_the_state_is_that_of_a_beginning(inbox: Inbox) -> None:
    kept = [kept_state(inbox.vault, Pipe(name, io.BytesIO(), ALONE)) for name in ("singer", "airbyte")]
    assert kept == ["{}", "[]"]


def test_a_near_miss_comes_by_a_pipe_too(inbox: Inbox) -> None:
    map = StreamMap({"drafts": {"id": "id", "text": "question", "draft": "ai", "sent": "human"}})
    hear(inbox, lines(record("drafts", id=1, question="refund?", ai="Done!", human="It takes five days.")), map)
    assert [turn.role for turn in inbox.reading().ticket.turns] == ["customer", "assistant", "agent"]


MAPS = [
    ("x = [", "is not TOML"),
    ("", "names no stream"),
    ("colour = 1\n", "has no place for 'colour'"),
    ("[streams.t]\ntext = 'b'\n", r"\[streams.t\] does not say which column is the ticket's id"),
    ("[streams.t]\nid = 'b'\nsubjct = 's'\n", "a ticket has no field 'subjct'"),
    ("[streams.t]\nid = 'b'\nrole = 'r'\n", "does not say which column holds a message's words"),
    ("[streams.t]\nid = 'b'\nrole = 'r'\ntext = 't'\ncsat = 'c'\n", "a message has no field 'csat'"),
    ("[streams.t]\nid = 7\n", r"\[streams.t\] is no table"),
    ("[streams.t]\nid = 'b'\nsent = 'c'\n", "'sent' means nothing without a draft"),
    ("source = 1\n[streams.t]\nid = 'b'\n", "source is no text"),
]


@pytest.mark.parametrize(("text", "why"), MAPS)
def test_a_map_that_says_nothing_is_refused_with_its_reason(inbox: Inbox, text: str, why: str) -> None:
    with pytest.raises(FileError, match=why):
        read_map(inbox.write("map.toml", text))


def test_a_map_names_the_source(inbox: Inbox) -> None:
    map = read_map(inbox.write("map.toml", 'source = "desk"\n[streams.t]\nid = "b"\ntext = "t"\n'))
    assert (Pipe("singer", io.BytesIO(), map).name, map.joins) == ("desk", False)
    with pytest.raises(UsageError, match="is no name for a source"):
        _ = Pipe("singer", io.BytesIO(), map, "a b").name
