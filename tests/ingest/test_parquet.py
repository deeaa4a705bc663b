"""Parquet files become tickets, a few rows at a time."""

import io
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from casemill.errors import UsageError
from casemill.ingest.forms import guess_form
from ingest.inbox import Inbox, put_aside, said, table

WHEN = datetime(2026, 5, 1, 10, tzinfo=UTC)


def written(of: pyarrow.Table, **options: Any) -> bytes:
    file = io.BytesIO()
    parquet.write_table(of, file, **options)
    return file.getvalue()


def test_a_row_is_a_ticket_with_its_lists_moments_and_numbers(inbox: Inbox) -> None:
    messages = [{"role": "customer", "content": "where"}, {"role": "assistant", "content": "here"}]
    row = {"id": 7, "messages": messages, "created_at": WHEN, "csat": Decimal("1"), "tags": ["a", "b"]}
    done = inbox.put("rows.parquet", table([row]))
    assert (done.form, done.source, done.new) == ("parquet", "file", 1)
    ticket = inbox.reading().ticket
    assert (ticket.external_id, ticket.created_at, ticket.csat, ticket.tags) == ("7", WHEN, "bad", ("a", "b"))
    assert said(ticket.turns) == [("customer", "where"), ("assistant", "here")]


def test_it_is_known_by_its_first_bytes_and_by_its_name(inbox: Inbox) -> None:
    assert guess_form(inbox.write("export", table([{"id": 1, "text": "a"}]))) == "parquet"
    assert guess_form(inbox.write("empty.parquet", b"")) == "parquet"


def test_rows_of_one_id_are_one_conversation(inbox: Inbox) -> None:
    rows = [{"id": 1, "role": "customer", "text": "hi"}, {"id": 1, "role": "bot", "text": "hello"}]
    inbox.put("rows.parquet", table(rows))
    assert said(inbox.reading().ticket.turns) == [("customer", "hi"), ("assistant", "hello")]


def test_moments_to_the_nanosecond_in_any_zone_are_read(inbox: Inbox) -> None:
    zone = pyarrow.timestamp("ns", "America/Bogota")
    column = pyarrow.array([1777629600000000001], pyarrow.int64()).cast(zone)
    nested = pyarrow.array([[{"role": "customer", "content": "a", "at": 1777629600000000001}]]).cast(
        pyarrow.list_(
            pyarrow.struct({"role": pyarrow.string(), "content": pyarrow.string(), "at": pyarrow.timestamp("ns")})
        )
    )
    inbox.put("rows.parquet", written(pyarrow.table({"id": ["1"], "created_at": column, "messages": nested})))
    ticket = inbox.reading().ticket
    assert (ticket.created_at, ticket.turns[0].at) == (WHEN, WHEN)


def test_a_value_that_cannot_be_read_costs_its_own_row_alone(inbox: Inbox) -> None:
    days = pyarrow.array([0, 2**31 - 1, 0, 0], pyarrow.int32()).cast(pyarrow.date32())
    texts = pyarrow.array([b"fine", b"fine", b"\xff\xfe", b"fine too"]).cast(pyarrow.string(), safe=False)
    done = inbox.put("rows.parquet", written(pyarrow.table({"id": [1, 2, 3, 4], "text": texts, "day": days})))
    why = "holds a value that cannot be read"
    assert (done.new, put_aside(done)) == (2, [(2, why), (3, why)])


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 40 + b"PAR1", b"not at all"])
def test_what_is_no_parquet_is_told(inbox: Inbox, content: bytes) -> None:
    done = inbox.put("rows.parquet", content)
    ((line, why),) = put_aside(done)
    assert (done.new, line) == (0, None)
    assert why.startswith("cannot be read as Parquet: ")


def test_a_cut_or_damaged_file_is_told_and_none_of_its_words(inbox: Inbox) -> None:
    whole = table([{"id": str(n), "text": f"anna@x.example {n}"} for n in range(5000)], row_group_size=500)
    assert put_aside(inbox.put("cut.parquet", whole[: len(whole) // 2]))[0][1].startswith("cannot be read as Parquet")
    middle = len(whole) // 2
    done = inbox.put("damaged.parquet", whole[:middle] + b"\xff" * 400 + whole[middle + 400 :])
    for _, why in put_aside(done):
        assert "anna" not in why


def test_a_file_without_rows_is_told(inbox: Inbox) -> None:
    done = inbox.put("rows.parquet", written(pyarrow.table({"id": pyarrow.array([], pyarrow.string())})))
    assert put_aside(done) == [(None, "there are no rows")]


def test_without_pyarrow_the_error_says_how_to_get_it(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    path = inbox.write("rows.parquet", table([{"id": 1, "text": "a"}]))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match="which is not installed") as refused:
        inbox.take(path)
    assert refused.value.hint == "pip install 'casemill[parquet]'"


def test_the_same_file_twice_adds_nothing(inbox: Inbox) -> None:
    content = table([{"id": 1, "text": "a", "day": date(2026, 5, 1)}])
    assert inbox.put("rows.parquet", content).new == 1
    assert inbox.put("rows.parquet", content).same == 1


@pytest.mark.slow
def test_memory_stays_bounded_whatever_the_file_is_like(tmp_path: Path) -> None:
    path = tmp_path / "big.parquet"
    text = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * 20_000, pyarrow.int32()), ["long " * 40_000])
    parquet.write_table(pyarrow.table({"id": list(range(20_000)), "text": text}), path)
    code = (
        "import re, sys; from pathlib import Path; from casemill.ingest.sources.parquet import _records\n"
        "from casemill.ingest.source import Pull; from casemill.domain.progress import SILENT\n"
        "pull = Pull((), '', None, None, None, SILENT)\n"
        "n = sum(len(r.data) > 200_000 for r, _ in zip(_records(Path(sys.argv[1]), pull), range(2000)))\n"
        # its own peak: that of getrusage begins with what the parent had
        "print(n, int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    rows, megabytes = map(int, run.stdout.split())
    assert rows == 2000
    assert megabytes < 600  # read whole it were 4 GB
