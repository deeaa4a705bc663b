"""The whole suite in one go: every case file, read once and remembered by the digest of its bytes."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.word import canonical, digest_of
from casemill.errors import FileError
from casemill.suite.cache import Remembered
from casemill.suite.files import case_path, parse_case
from casemill.suite.taxonomy import read_taxonomy
from casemill.suite.text_file import as_text

NO_TAXONOMY = Taxonomy(version=0, modes=())


class Suite(NamedTuple):
    """The working suite. `problems` are the files that cannot be read, or stand in the wrong place; the rest is whole.

    `cases` are sorted by id, in every status; `paths` are of those cases; `digest` covers the active ones.
    """

    folder: Path
    cases: tuple[Case, ...]
    paths: dict[str, Path]
    problems: tuple[FileError, ...]
    taxonomy: Taxonomy
    digest: str

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
    cases: dict[str, Case] = {}
    paths: dict[str, Path] = {}
    problems: list[FileError] = []
    for path in case_files(folder):
        try:
            case = _read(path, remembered)
        except FileError as error:
            problems.append(error)
            continue
        if case.id in cases:
            problems.append(FileError(path, f"the id {case.id!r} is also that of {paths[case.id]}"))
            continue
        cases[case.id], paths[case.id] = case, path
        problems += _misplaced(case, path, folder=folder)
    remembered.keep()
    taxonomy = NO_TAXONOMY
    try:
        taxonomy = read_taxonomy(folder)
    except FileError as error:
        problems.append(error)
    ordered = tuple(cases[id] for id in sorted(cases))
    return Suite(folder, ordered, paths, tuple(problems), taxonomy, cases_digest(_active(ordered)))


def cases_digest(cases: Iterable[tuple[str, str]]) -> str:
    """The digest of a set of cases, from pairs of id and case digest in any order."""
    return digest_of(canonical(sorted(cases)))


def _active(cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    return ((case.id, case.digest) for case in cases if case.status == "active")


def case_files(folder: Path) -> Iterator[Path]:
    """The case files of a suite folder, sorted by path; files whose names begin with a dot are left alone."""
    for place, folders, names in os.walk(folder / "cases"):
        folders.sort()
        yield from (Path(place, name) for name in sorted(names) if name.endswith((".yaml", ".yml")) and name[:1] != ".")


def _read(path: Path, remembered: Remembered) -> Case:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from None
    digest = hashlib.sha256(content).digest()
    case = remembered.get(digest)
    if case is None:
        case = parse_case(as_text(content, path), path)
        remembered.put(digest, case)
    return case


def _misplaced(case: Case, path: Path, *, folder: Path) -> Iterator[FileError]:
    wanted = case_path(case)
    if path != folder / wanted:
        key = "id" if path.stem != case.id or path.suffix != ".yaml" else "failure_mode"
        yield FileError(path, f"by its {key} this file belongs at {wanted}", line=_line_of(path, key))


def _line_of(path: Path, key: str) -> int | None:
    from casemill.suite.explain import line_of
    from casemill.suite.text_file import read_text

    return line_of(read_text(path), (key,))
