"""What holds for every source."""

import json
from pathlib import Path

import pytest

import make
from casemill.domain.arrival import Payload
from casemill.errors import FileError, UsageError
from casemill.ingest import ingest_file, read
from casemill.ingest.pull import Intake
from casemill.ingest.sources import SOURCES
from casemill.settings import Ingest
from casemill.store import Desk, Vault
from ingest.helpdesk import TALK, export, ticket
from ingest.inbox import Inbox, chat, lines, put_aside, rejects, table

INCIDENT = "incident_id: 1\ninput: a\nactual_output: b\n"
TEXTS = {
    "jsonl": ("rows.jsonl", lines(chat(1), chat(2))),
    "csv": ("rows.csv", "id,text\n1,money back\n2,bot is rude\n"),
    "incident": ("rows.yaml", f"---\n{INCIDENT}---\n{INCIDENT.replace('1', '2')}"),
    "zendesk": ("tickets.json", json.dumps({"tickets": [ticket(1), ticket(2)], "end_of_stream": True})),
}
FILES: dict[str, tuple[str, str | bytes]] = {
    **TEXTS,
    "parquet": ("rows.parquet", table([{"id": "1", "text": "money back"}, {"id": "2", "text": "bot is rude"}])),
}


def test_every_source_of_files_on_the_shelf_is_tested_here() -> None:
    assert {name for name in SOURCES.table if hasattr(SOURCES.get(name), "pages")} == set(FILES)


@pytest.mark.parametrize("form", FILES)
def test_the_form_is_guessed_and_the_same_file_twice_is_the_same(inbox: Inbox, form: str) -> None:
    path = inbox.write(*FILES[form])
    first, again = inbox.take(path), inbox.take(path)
    assert (first.form, first.seen, first.new, first.rejected) == (form, 2, 2, 0)
    assert (again.seen, again.new, again.changed, again.same) == (2, 0, 0, 2)
    for reading in inbox.readings():
        assert reading.ticket.turns
        assert reading.ticket.digest.startswith("sha256:")


def test_both_databases_take_the_same(vault: Vault, desk: Desk, tmp_path: Path) -> None:
    intake = Intake(path=export(tmp_path / "z", [ticket()], comments={1: TALK}), rejects=tmp_path)
    done = [ingest_file((vault, desk), intake, settings=Ingest(), now=make.NOW) for _ in range(2)]
    assert [(told.new, told.same, told.articles) for told in done] == [(1, 0, 1), (0, 1, 1)]


@pytest.mark.parametrize("form", FILES)
def test_a_source_of_ones_own_name_keeps_its_tickets_apart(inbox: Inbox, form: str) -> None:
    path = inbox.write(*FILES[form])
    assert inbox.take(path).new == inbox.take(path, source="eu-1").new == 2
    assert inbox.readings()[-1].ticket.source == "eu-1"


def test_a_name_that_would_break_a_key_is_refused(inbox: Inbox) -> None:
    with pytest.raises(UsageError, match="no name for a source"):
        inbox.put("rows.jsonl", lines(chat()), source="a:b")


def test_rejects_name_file_line_and_reason_and_nothing_of_the_content(inbox: Inbox) -> None:
    done = inbox.put("rows.jsonl", lines(chat(1), "secret words", {"id": "secret"}) + "secret {\n")
    assert done.rejected == 3
    assert done.rejects_file is not None
    assert Path(done.rejects_file).name == "rows-1.jsonl"
    assert "secret" not in Path(done.rejects_file).read_text()
    assert {reject.file for reject in rejects(done)} == {str(inbox.folder / "rows.jsonl")}


def test_the_same_rejects_twice_are_one_file_and_other_rejects_another(inbox: Inbox) -> None:
    bad = lines(chat(1)) + "{\n"
    assert inbox.put("rows.jsonl", bad).rejects_file == inbox.put("rows.jsonl", bad).rejects_file
    more = inbox.put("rows.jsonl", bad + "{{\n").rejects_file
    assert more is not None
    assert Path(more).name == "rows-2.jsonl"
    assert len(list((inbox.folder / "rejects").iterdir())) == 2


def test_a_folder_of_mixed_files_is_taken_each_in_its_form(inbox: Inbox) -> None:
    for form in ("jsonl", "csv", "incident"):
        name, content = TEXTS[form]
        inbox.write(f"mix/{name}", content.replace('"id": 1', '"id": "j1"').replace('"id": 2', '"id": "j2"'))
    inbox.write("mix/notes.txt", "not for us")
    inbox.write("mix/.hidden.csv", "id\n1\n")
    done = inbox.take(inbox.folder / "mix")
    assert (done.form, done.new, done.rejected) == ("csv, jsonl, incident", 6, 0)


def test_a_file_of_a_folder_that_tells_nothing_is_put_aside(inbox: Inbox) -> None:
    inbox.write("mix/a.csv", "x,y\n1,2\n")
    inbox.write("mix/a2.csv", "1,anna@shop.test\n1,2\n")
    inbox.write("mix/b.csv", "id,text\n1,money back\n")
    done = inbox.take(inbox.folder / "mix")
    assert (done.new, done.rejected) == (1, 2)
    assert "no column tells" in put_aside(done)[0][1]
    assert put_aside(done)[1][1].startswith("the first row is no header")


def test_an_empty_folder_is_nothing_to_do(inbox: Inbox) -> None:
    (inbox.folder / "inbox").mkdir()
    assert inbox.take(inbox.folder / "inbox").seen == 0


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"PK\x03\x04rest", "zip or Excel"),
        ("a.bin", b"just words", "cannot tell"),
        ("a.pdf", b"%PDF-1", "PDF"),
    ],
)
def test_what_we_cannot_read_is_refused_in_plain_words(inbox: Inbox, name: str, content: bytes, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        inbox.put(name, content)


def test_a_path_where_nothing_is_is_told(inbox: Inbox) -> None:
    with pytest.raises(UsageError, match="there is no"):
        inbox.take(inbox.folder / "none")


def test_pages_are_bounded_and_progress_counts_every_byte(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemill.ingest.source.PAGE_ROWS", 10)
    told: list[int] = []

    class Bar:
        def start(self, total: int | None) -> None:
            told.append(-(total or 0))

        def step(self, done: int = 1) -> None:
            told.append(done)

    path = inbox.write("rows.jsonl", lines(*(chat(number) for number in range(35))))
    intake = Intake(path=path, rejects=inbox.folder)
    assert ingest_file((inbox.vault, inbox.desk), intake, settings=Ingest(), now=make.NOW, progress=Bar()).new == 35
    assert sum(told) == 0


@pytest.mark.parametrize(
    "content", [b"", b"{}", b'{"form": "none"}', b'{"form": "jsonl"}', b'{"form": "zendesk", "ticket": 1}']
)
def test_a_payload_that_cannot_be_read_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(FileError, match="x:1: cannot be read"):
        read(Payload(source="x", external_id="1", content=content), Ingest())


def test_a_tool_call_nested_too_deep_to_be_walked_cannot_be_read() -> None:
    nested: dict[str, object] = {}
    for _ in range(400):
        nested = {"a": nested}
    talk = {"id": "1", "messages": [{"role": "tool", "call": {"name": "t", "arguments": nested}}]}
    content = json.dumps({"form": "jsonl", "columns": {"id": "id", "messages": "messages"}, "rows": [talk]}).encode()
    payload = Payload(source="file", external_id="1", content=content)
    with pytest.raises(FileError, match="nested too deep"):
        read(payload, Ingest())


@pytest.mark.parametrize("form", ["singer", "intercom"])
def test_a_form_that_is_not_read_from_files_says_how_it_is(inbox: Inbox, form: str) -> None:
    with pytest.raises(UsageError, match=f"{form} is not read from files"):
        inbox.put("rows.jsonl", lines(chat(1)), form=form)
