"""Rules that people write in TOML: read strictly, each refusal with its line."""

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from casemill.errors import FileError
from casemill.suite.text_file import read_text

AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class Listed(NamedTuple):
    """A table that people write as often as they need it, [[name]]: what one is called, and the keys it may have."""

    name: str
    called: str
    keys: tuple[str, ...]


def read_listed(path: Path, kind: Listed) -> tuple[list[dict[str, Any]], str]:
    """The tables of a file that holds nothing else, and its text; none where there is no file."""
    if not path.exists():
        return [], ""
    tables, text = read_toml(path)
    refuse_unknown(tables, (kind.name,), path=path, text=text, at=None)
    return listed_in(tables, kind, path=path, text=text), text


def listed_in(tables: dict[str, Any], kind: Listed, *, path: Path, text: str) -> list[dict[str, Any]]:
    """The tables of that kind, every key known; a FileError with its line for anything else."""
    listed = tables.get(kind.name, [])
    if not isinstance(listed, list) or not all(isinstance(table, dict) for table in listed):
        told = f"{kind.called} is a table of its own: [[{kind.name}]]"
        raise FileError(path, told, line=line_of(text, kind.name))
    for number, table in enumerate(listed):
        refuse_unknown(table, kind.keys, path=path, text=text, at=number)
    return listed


def read_toml(path: Path) -> tuple[dict[str, Any], str]:
    """The tables of a TOML file and its text; a FileError with the line where it is not TOML."""
    text = read_text(path)
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        found = AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else None
        said = AT_LINE.sub("", str(error))
        raise FileError(path, f"is not TOML: {said[:1].lower()}{said[1:]}", line=line) from None


def line_of(text: str, key: str, *, table: int | None = None) -> int | None:
    """The line of a key or a table: at the top of the file, or in the file's `table`-th [[…]] table (from 0).

    A key that is not there gives the line of its table. A plain scan: tomllib tells no lines.
    """
    tables, here = -1, None
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith("["):
            tables += 1
            if tables == table or (table is None and here is None and bare.strip("[] ") == key):
                here = number
        elif (tables == table or (table is None and tables == -1)) and bare.split("=")[0].strip().strip("\"'") == key:
            return number
    return here


def refuse_unknown(table: dict[str, Any], known: tuple[str, ...], *, path: Path, text: str, at: int | None) -> None:
    """A FileError for the first key that nobody reads, with the nearest right name."""
    for key in table:
        if key not in known:
            close = get_close_matches(key, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"
            raise FileError(path, f"there is no key {key!r}", line=line_of(text, key, table=at), hint=hint)
