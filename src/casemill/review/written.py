"""A file that people or programs wrote: JSON Lines, or a YAML list, one record each, with the line it stands on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from casemill.errors import FileError

MOST_BYTES = 50_000_000


class Written(NamedTuple):
    """A record as plain values and its line, or what is wrong with that line."""

    number: int
    value: Any = None
    broken: str | None = None


def read_records(path: Path, *, of: str) -> tuple[tuple[Written, ...], datetime]:
    """Every record (`of` names them in a refusal) and when the file was last written; FileError when the whole cannot
    be read."""
    text, written = _text(path)
    records = _json_lines(text) if text.lstrip().startswith("{") else _yaml_items(text, path, of=of)
    return tuple(records), written


def _text(path: Path) -> tuple[str, datetime]:
    try:
        about = path.stat()
        if about.st_size > MOST_BYTES:
            raise FileError(path, f"is larger than {MOST_BYTES // 1_000_000} MB", hint="split it")
        return path.read_text(encoding="utf-8-sig"), datetime.fromtimestamp(about.st_mtime, UTC)
    except UnicodeDecodeError:
        raise FileError(path, "is not UTF-8 text", hint="save it as UTF-8") from None
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror}") from None


def _json_lines(text: str) -> Iterator[Written]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield Written(number, msgspec.json.decode(line))
        except msgspec.DecodeError as error:
            yield Written(number, broken=f"is not JSON: {error}")


def _yaml_items(text: str, path: Path, *, of: str) -> Iterator[Written]:
    from casemill.suite.strict import compose, load

    items = load(text, path)
    if items is None:
        return
    if not isinstance(items, list):
        raise FileError(path, f"holds no list of {of}", line=1, hint="begin each with a dash: - ticket: …")
    nodes = compose(text)
    assert nodes is not None
    for node, item in zip(nodes.value, items, strict=True):
        yield Written(node.start_mark.line + 1, item)
