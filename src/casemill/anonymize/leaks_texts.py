"""What left the vault, text by text: desk rows, suite files, run files, caches and logs, each with where it stands."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from casemill.store.desk_texts import DeskRow

SQLITE = b"SQLite format 3\0"
# What the project keeps beside the databases and is nobody's text: the keys themselves, Git's own.
KEPT_SECRET = frozenset({"vault.key", "person.pepper"})
COMPANY = frozenset({"articles", "taxonomy", "rubrics"})
REPLIED = "trials."
BESIDE = ("-wal", "-shm", "-journal")

# Where a word tells of its own provenance or of a colleague. What a payload brought along uses the same keys for
# something else: `by` of a turn is whoever wrote it.
_PROVENANCE = frozenset(
    {
        *("digest", "digests", "payload", "person", "source", "external_id", "key", "ticket", "slot", "talk"),
        *("suite_digest", "target_digest", "commit", "read", "proposer", "run", "duplicate_of"),
        *("by", "whom", "leased_by", "answered_by", "at"),
    }
)
# The suite's own words, made of the taxonomy's; under `case` a draft keeps the whole case.
_NAMED = frozenset({"case", "path", "failure_mode"})
_THEIRS = frozenset({"arguments", "context"})
_ESCAPES = re.compile(r"\\[nrt\"]|\\u[0-9a-fA-F]{4}")


class Written(NamedTuple):
    """A text that left the vault. `where` names it; with `lined` the line is told, too. `ticket` is whose it is, where
    that is known; `company` marks the company's own words, whose phones and addresses are the company's, `replied` what
    the AI under test said by itself; `told` what the ticket says, not what was made of it. An `id` is a ticket's or a
    trace's: chance gives many of them the form of a telephone, so that in it only known values are looked for."""

    where: str
    text: str
    ticket: str | None = None
    lined: bool = False
    company: bool = False
    replied: bool = False
    told: bool = False
    file: str | None = None
    id: bool = False


def row_texts(row: DeskRow, cases: Mapping[str, str]) -> Iterator[Written]:
    """The texts of a row, those inside its body each with its path."""
    ticket = row.ticket or cases.get(row.case or "")
    where = f"desk: {row.table} {row.id}" + (f", {ticket}" if ticket else "")
    for column, text in row.texts.items():
        if column == "body":
            for path, inner in json_texts(msgspec.json.decode(text)):
                replied = row.table == "verdicts" and path.startswith(REPLIED)
                company, told = row.table == "articles", row.table == "tickets"
                id = path.rpartition(".")[2] == "trace"
                yield Written(f"{where}, {path}", inner, ticket, company=company, replied=replied, told=told, id=id)
        elif row.table == "tickets" and column == "external_id":
            yield Written(f"{where}, id", text, ticket, id=True)
        elif column not in _PROVENANCE | _NAMED:
            yield Written(f"{where}, {column}", text, ticket, company=row.table == "articles")


def json_texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every string in plain JSON with its path, and JSON that was written into a string; long numbers, too."""
    if isinstance(value, dict):
        yield from _object_texts(value, path)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from json_texts(inner, (*path, str(place)))
    elif isinstance(value, str):
        yield ".".join(path), unescaped(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield ".".join(path), str(value)


def _object_texts(value: dict[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What stands under a key that somebody else chose is told without that key, for it may be a name itself."""
    theirs = not _THEIRS.isdisjoint(path)
    for key, inner in value.items():
        if theirs:
            yield ".".join(path), key
            yield from json_texts(inner, path)
        elif "turns" in path or not (key in _PROVENANCE or (key in _NAMED and isinstance(inner, str))):
            yield from json_texts(inner, (*path, key))


def unescaped(text: str) -> str:
    """JSON inside a text reads as what it says: `\\nAnna`, `\\u0410`."""
    if "\\" not in text:
        return text
    return _ESCAPES.sub(lambda found: chr(int(found[0][2:], 16)) if found[0][1] == "u" else " ", text)


def suite_texts(suite: Path, cases: Mapping[str, str]) -> Iterator[Written]:
    """Every file of the suite's folder; a case file belongs to the ticket of its case."""
    for path in sorted(file for file in suite.rglob("*") if file.is_file()):
        if any(part.startswith(".") for part in path.relative_to(suite).parts[:-1]):
            continue
        company = bool(COMPANY.intersection(path.relative_to(suite).parts[:-1]))
        yield from file_texts(path, shown=f"{suite.name}/{path.relative_to(suite)}", cases=cases, company=company)


def private_texts(private: Path, cases: Mapping[str, str]) -> Iterator[Written]:
    """Run files, caches, logs and the like; not the databases and the keys."""
    for path in sorted(file for file in private.rglob("*") if file.is_file()) if private.is_dir() else ():
        if path.name not in KEPT_SECRET and not path.name.endswith(BESIDE):
            yield from file_texts(path, shown=f"{private.name}/{path.relative_to(private)}", cases=cases)


def file_texts(path: Path, *, shown: str, cases: Mapping[str, str], company: bool = False) -> Iterator[Written]:
    """JSON Lines as what each line says, any other file whole, bytes that are no text left in as they come."""
    content = path.read_bytes()
    if content.startswith(SQLITE):
        return
    text = content.decode("utf-8", "replace")
    if path.suffix == ".jsonl":
        for number, line in enumerate(text.split("\n"), 1):
            yield from _line_texts(line, (shown, number), cases=cases)
        return
    told = unescaped(text.replace("\0", " "))
    yield Written(shown, told, cases.get(path.stem), lined="\0" not in text, company=company, file=shown)


def _line_texts(line: str, place: tuple[str, int], *, cases: Mapping[str, str]) -> Iterator[Written]:
    shown, number = place
    where = f"{shown}:{number}"
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError):
        yield Written(where, unescaped(line), file=shown)
        return
    case = value.get("case") if isinstance(value, dict) else None
    ticket = cases.get(case) if isinstance(case, str) else None
    for path, text in json_texts(value):
        yield Written(where, text, ticket, replied=case is not None and path.startswith(REPLIED), file=shown)
