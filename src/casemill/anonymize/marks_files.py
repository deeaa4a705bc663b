"""Files that hold what a reviewer called personal: case files as they should be, all others by name and line."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from casemill.anonymize.leaks_texts import BESIDE, COMPANY, KEPT_SECRET, SQLITE
from casemill.anonymize.replacing import Replacing
from casemill.errors import FileError
from casemill.store.remask import change_strings

CASES = frozenset({"cases", "archive"})
BY_HAND = "edit it by hand"
# What a person does about a copy, by the folder it lies in.
REMEDIES = {
    "runs": "delete the run file, or run again: casemill run",
    "cache": "delete it, it is made anew",
    "releases": "edit the line by hand; the lock beside it holds no text",
}


class FileChange(NamedTuple):
    """A case file as it should be: its path inside the suite, its case, its whole text."""

    path: str
    case: str
    text: str


class Found(NamedTuple):
    """A place in a file that a person has to see to, and how."""

    where: str
    remedy: str

    @property
    def told(self) -> str:
        return f"{self.where}: {self.remedy}"


class CaseFile(NamedTuple):
    """Where a case's file is: inside the suite, its case."""

    path: str
    case: str


def cases_by_ticket(suite: Path) -> dict[str, list[CaseFile]]:
    """The case files of each ticket, in the working suite and in the archive; what does not read is nobody's."""
    from casemill.suite import read_case

    found: dict[str, list[CaseFile]] = defaultdict(list)
    for path in sorted([*suite.glob("cases/**/*.yaml"), *suite.glob("archive/**/*.yaml")]):
        try:
            case = read_case(path)
        except FileError:
            continue
        if case.lineage is not None:
            found[case.lineage.key].append(CaseFile(path.relative_to(suite).as_posix(), case.id))
    return found


def changes_of(suite: Path, files: Iterable[CaseFile], *, replacing: Replacing) -> Iterator[FileChange | Found]:
    """Those of the case files that hold a value, as they should be."""
    for path, case in files:
        text = (suite / path).read_text(encoding="utf-8")
        try:
            masked = masked_file(text, path=path, replacing=replacing)
        except FileError as error:
            yield Found(f"{suite.name}/{path}:{error.line or _line(text, replacing)}", BY_HAND)
            continue
        if masked != text:
            yield FileChange(path, case, masked)


def masked_file(text: str, *, path: Path | str, replacing: Replacing) -> str:
    """A case file with the values replaced, key by key, so that it stays a file that reads, comments and all.

    FileError when a value stands where it cannot be replaced by itself.
    """
    from casemill.suite import edit_case
    from casemill.suite.strict import load

    plain: Any = load(text, path)
    if isinstance(plain, dict):
        wanted = change_strings(plain, replacing.apply)
        if wanted != plain:
            text = edit_case(text, _differing(plain, wanted), path=path)
    return _without_comments(text, path=path, replacing=replacing) if replacing.holds(text) else text


def _differing(plain: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """The keys that change, the inner ones where both are mappings."""
    found: dict[str, Any] = {}
    for key, value in wanted.items():
        before = plain.get(key)
        if isinstance(value, dict) and isinstance(before, dict) and value.keys() == before.keys():
            found |= {f"{key}.{inner}": value[inner] for inner in value if value[inner] != before[inner]}
        elif value != before:
            found[key] = value
    return found


def _without_comments(text: str, *, path: Path | str, replacing: Replacing) -> str:
    from casemill.suite.strict import load

    lines = text.split("\n")
    for place, line in enumerate(lines):
        head, sign, comment = line.partition("#")
        if sign and replacing.holds(comment):
            lines[place] = head + sign + replacing.apply(comment)
    masked = "\n".join(lines)
    if load(masked, path) != load(text, path):
        raise FileError(path, "a value stands where it cannot be replaced by itself", line=_line(text, replacing))
    return masked


def _line(text: str, replacing: Replacing) -> int | None:
    return next((number for number, line in enumerate(text.split("\n"), 1) if replacing.holds(line)), None)


class Search(NamedTuple):
    """What is looked for: the values of one ticket, its key and its cases."""

    replacing: Replacing
    key: str
    cases: frozenset[str]

    def is_about(self, line: str) -> bool:
        return self.key in line or any(case in line for case in self.cases)


def files_that_hold(suite: Path, private: Path, *, searches: Sequence[Search]) -> Iterator[Found]:
    """Every file that holds a value, in the suite and in `.casemill`, but cases and the company's own words. In a run
    file only the lines of the ticket's own cases count: what others say is not about it."""
    for folder in (suite, private):
        for path in sorted(file for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else ():
            parts = path.relative_to(folder).parts
            if (folder == suite and parts[0] in CASES | COMPANY) or parts[0].startswith("."):
                continue
            if path.name in KEPT_SECRET or path.name.endswith(BESIDE):
                continue
            remedy = REMEDIES.get(parts[0], BY_HAND)
            for line in _lines_that_hold(path, searches):
                yield Found(f"{folder.name}/{'/'.join(parts)}{line}", remedy)


def _lines_that_hold(path: Path, searches: Sequence[Search]) -> Iterator[str]:
    content = path.read_bytes()
    if content.startswith(SQLITE):
        return
    text = content.decode("utf-8", "replace")
    if "\0" in text or path.suffix == ".msgpack":
        if any(search.replacing.holds(text) for search in searches):
            yield ""
        return
    for number, line in enumerate(text.split("\n"), 1):
        about = (search for search in searches if path.suffix != ".jsonl" or search.is_about(line))
        if any(search.replacing.holds(line) for search in about):
            yield f":{number}"
