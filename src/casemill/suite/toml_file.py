"""Rules that people write in TOML: read strictly, each refusal with its line."""

import re
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from casemill.errors import FileError
from casemill.suite.text_file import read_text

AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


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
