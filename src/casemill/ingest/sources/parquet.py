"""A Parquet file: one row a ticket or a message, read group by group; needs the extra `casemill[parquet]`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from casemill.errors import UsageError
from casemill.ingest.json_rows import JsonRows
from casemill.ingest.records import Record
from casemill.ingest.source import Pull

BATCH_ROWS = 256
# Batches larger than this are taken row by row: a dictionary can make a small file's rows huge.
BATCH_BYTES = 16_000_000
BUFFER = 1 << 20


class Parquet(JsonRows):
    """Tables as data programs write them; rows are kept as JSON, moments as ISO 8601 in UTC."""

    form = "parquet"

    def records(self, path: Path, pull: Pull) -> Iterator[Record]:
        return _records(path, pull)


def _records(path: Path, pull: Pull) -> Iterator[Record]:
    """The rows, numbered from 1; one that holds what is no value is put aside, and so is the rest of a broken file."""
    arrow = _arrow()
    from pyarrow import ArrowException

    number, size = 0, path.stat().st_size
    try:
        with arrow.ParquetFile(path, buffer_size=BUFFER, pre_buffer=False) as file:
            pull.progress.step(0 if file.metadata.num_rows else size)
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                for at, values in enumerate(_rows(batch), number + 1):
                    yield from _record(at, values, pull=pull, path=path)
                number += batch.num_rows
                pull.progress.step(size * batch.num_rows // file.metadata.num_rows)
    except (OSError, ValueError, MemoryError, ArrowException) as error:
        # Broken, too large, or of a kind that is not read. The texts of errors may quote what stands in the file.
        what = f"cannot be read as Parquet behind row {number}" if number else "cannot be read as Parquet"
        pull.rejects.put_aside(path, f"{what}: {type(error).__name__}")
        return
    if number == 0:
        pull.rejects.put_aside(path, "there are no rows")


def _record(number: int, values: dict[str, Any] | None, *, pull: Pull, path: Path) -> Iterator[Record]:
    try:
        data = msgspec.json.encode(values)
    except (UnicodeEncodeError, RecursionError, TypeError, ValueError):
        values, data = None, b""
    if values is None:
        pull.rejects.put_aside(path, "holds a value that cannot be read", line=number)
    else:
        yield Record(number, data, msgspec.json.decode(data))


def _rows(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows as objects, None for one that cannot be made one; all at once where they are small."""
    if batch.nbytes <= BATCH_BYTES:
        try:
            yield from _plain(batch)
            return
        except (ValueError, OverflowError):
            pass  # One of them cannot; which one is found below.
    for at in range(batch.num_rows):
        try:
            yield from _plain(batch.slice(at, 1))
        except (ValueError, OverflowError):
            yield None


def _plain(batch: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _in_utc(batch).to_pylist()
    return found


def _in_utc(batch: Any) -> Any:
    """Moments to the microsecond in UTC, which is all that Python holds; their zones may be unknown here."""
    import pyarrow

    schema = pyarrow.schema([field.with_type(_type(field.type)) for field in batch.schema])
    return batch if schema.equals(batch.schema) else batch.cast(schema, safe=False)


def _type(type: Any) -> Any:
    import pyarrow
    from pyarrow import types

    if types.is_timestamp(type):
        return pyarrow.timestamp("us", "UTC" if type.tz else None)
    if types.is_list(type):
        return pyarrow.list_(_type(type.value_type))
    if types.is_struct(type):
        return pyarrow.struct([field.with_type(_type(field.type)) for field in type])
    return type


def _arrow() -> Any:
    try:
        from pyarrow import parquet
    except ImportError:
        raise UsageError(
            "Parquet is read by pyarrow, which is not installed", hint="pip install 'casemill[parquet]'"
        ) from None
    return parquet
