"""A shop's inbox: files are written into it, taken in, and read back from a real vault."""

import gzip
import io
import json
from pathlib import Path
from typing import Any, NamedTuple

import make
from casemill.domain.arrival import Reading
from casemill.domain.ticket import Turn
from casemill.ingest import ingest_file, read
from casemill.ingest.pull import Ingested, Intake
from casemill.ingest.rejects import Reject, read_rejects
from casemill.settings import Ingest
from casemill.store import Desk, Vault

DEFAULTS = Ingest()


class Inbox(NamedTuple):
    folder: Path
    vault: Vault
    desk: Desk

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def take(self, path: Path, *, settings: Ingest = DEFAULTS, **fields: Any) -> Ingested:
        intake = Intake(path=path, rejects=self.folder / "rejects", **fields)
        return ingest_file((self.vault, self.desk), intake, settings=settings, now=make.NOW)

    def put(self, name: str, content: str | bytes, **fields: Any) -> Ingested:
        return self.take(self.write(name, content), **fields)

    def readings(self, settings: Ingest = DEFAULTS) -> list[Reading]:
        return [read(arrival.payload, settings) for arrival in self.vault.waiting(limit=10_000)]

    def reading(self, settings: Ingest = DEFAULTS) -> Reading:
        (only,) = self.readings(settings)
        return only


def lines(*rows: Any) -> str:
    """JSON lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def chat(id: Any = "a1", **fields: Any) -> dict[str, Any]:
    """A conversation in casemill's own form."""
    messages = [{"role": "customer", "content": "where is my refund"}, {"role": "assistant", "content": "It is done."}]
    return {"id": id, "messages": messages, **fields}


def packed(text: str | bytes) -> bytes:
    return gzip.compress(text if isinstance(text, bytes) else text.encode())


def table(rows: list[dict[str, Any]], **options: Any) -> bytes:
    """A Parquet file."""
    import pyarrow
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), file, **options)
    return file.getvalue()


def put_aside(done: Ingested) -> list[tuple[int | None, str]]:
    """Line and reason of everything that was put aside."""
    return [(reject.line, reject.why) for reject in rejects(done)]


def rejects(done: Ingested) -> tuple[Reject, ...]:
    return read_rejects(Path(done.rejects_file)) if done.rejects_file else ()


def said(turns: tuple[Turn, ...]) -> list[tuple[str, str]]:
    """Role and words of each turn; of a tool turn its name and result."""
    return [(turn.role, f"{turn.call.name} → {turn.call.result}" if turn.call else turn.text) for turn in turns]
