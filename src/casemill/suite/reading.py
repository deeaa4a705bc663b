"""The whole suite in one go: every case file, read once and remembered by the digest of its bytes."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.word import canonical, digest_of
from casemill.errors import FileError
from casemill.suite.cache import Parsed, Remembered
from casemill.suite.files import case_path, parse_case
from casemill.suite.taxonomy import read_taxonomy
from casemill.suite.text_file import as_text

NO_TAXONOMY = Taxonomy(version=0, modes=())


class Paths(Mapping[str, Path]):
    """The file of each case by its id; `texts` are the same as they would be typed."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def __getitem__(self, id: str) -> Path:
        return Path(self.texts[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class Suite(NamedTuple):
    """The working suite. `problems` are the files that cannot be read, or stand in the wrong place; the rest is whole.

    `cases` are sorted by id, in every status; `paths` and `digests` are of those cases.
    """

    folder: Path
    cases: tuple[Case, ...]
    paths: Paths
    problems: tuple[FileError, ...]
    taxonomy: Taxonomy
    digests: Mapping[str, str]

    @property
    def digest(self) -> str:
        """Covers the active cases."""
        return cases_digest((case.id, self.digests[case.id]) for case in self.active)

    @property
    def active(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.status == "active")

    def case(self, id: str) -> Case | None:
        return next((case for case in self.cases if case.id == id), None)


def read_suite(folder: Path, *, cache: Path | None = None) -> Suite:
    """Every case under `folder`/cases; a bad file does not stop the rest, it becomes a problem.

    `cache` is a folder (`.casemill/cache`) that may be deleted at any time; without it every file is parsed.
    """
    remembered = Remembered(cache)
    cases: dict[str, Parsed] = {}
    paths: dict[str, str] = {}
    problems: list[FileError] = []
    inside = str(folder / "-")[:-1]
    for path in _case_files(folder):
        try:
            parsed = _read(path, remembered)
        except FileError as error:
            problems.append(error)
            continue
        case = parsed.case
        if case.id in cases:
            problems.append(FileError(path, f"the id {case.id!r} is also that of {paths[case.id]}"))
            continue
        cases[case.id], paths[case.id] = parsed, path
        if path != inside + case_path(case):
            problems.append(_misplaced(case, Path(path)))
    remembered.keep()
    taxonomy = NO_TAXONOMY
    try:
        taxonomy = read_taxonomy(folder)
    except FileError as error:
        problems.append(error)
    ordered = tuple(cases[id].case for id in sorted(cases))
    digests = {id: parsed.digest for id, parsed in cases.items()}
    return Suite(folder, ordered, Paths(paths), tuple(problems), taxonomy, digests)


def cases_digest(cases: Iterable[tuple[str, str]]) -> str:
    """The digest of a set of cases, from pairs of id and case digest in any order."""
    return digest_of(canonical(sorted(cases)))


def case_files(folder: Path) -> Iterator[Path]:
    """The case files of a suite folder, sorted by path; files whose names begin with a dot are left alone."""
    return map(Path, _case_files(folder))


def _case_files(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder / "cases"):
        folders.sort()
        yield from (f"{place}/{name}" for name in sorted(names) if name.endswith((".yaml", ".yml")) and name[:1] != ".")


def _read(path: str, remembered: Remembered) -> Parsed:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - ten thousand times; a Path costs as much as the read
            content = file.read()
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from None
    digest = hashlib.sha256(content).digest()
    parsed = remembered.get(digest)
    if parsed is None:
        case = parse_case(as_text(content, Path(path)), Path(path))
        parsed = Parsed(case, case.digest)
        remembered.put(digest, parsed)
    return parsed


def _misplaced(case: Case, path: Path) -> FileError:
    key = "id" if path.stem != case.id or path.suffix != ".yaml" else "failure_mode"
    return FileError(path, f"by its {key} this file belongs at {case_path(case)}", line=_line_of(path, key))


def _line_of(path: Path, key: str) -> int | None:
    from casemill.suite.explain import line_of
    from casemill.suite.text_file import read_text

    return line_of(read_text(path), (key,))
