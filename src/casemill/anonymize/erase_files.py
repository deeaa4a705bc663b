"""What an erased ticket left in files: case files get a Change, caches and rejects go, all others are named."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from casemill.anonymize.marks_files import BY_HAND, CaseFile, FileChange, Found, masked_file
from casemill.anonymize.replacing import Replacing
from casemill.disk import write_whole
from casemill.domain.erasure import Keeps
from casemill.domain.wording import counted
from casemill.errors import FileError

SEARCHED = ("rejects",)
MADE_ANEW = ("cache",)
GONE = "[erased]"


def blanked(text: str, *, path: str, replacing: Replacing, keeps: Keeps) -> str:
    """A case file masked and without its lineage; where nothing is to be kept, without everything that was said. A
    FileError when it cannot be read or edited."""
    from casemill.suite.edit import edit_case

    masked = edit_case(masked_file(text, path=path, replacing=replacing), {"lineage": None}, path=path)
    return _emptied(masked, path) if keeps == "nothing" else masked


def _emptied(text: str, path: str) -> str:
    from casemill.domain.case import Case, Input, Said
    from casemill.suite import case_text, parse_case

    case = parse_case(text, path)
    return case_text(
        Case(
            id=case.id,
            failure_mode=case.failure_mode,
            severity=case.severity,
            status="retired",
            why="Erased.",
            input=Input(turns=(Said(customer=GONE),)),
        )
    )


def changes_of(
    suite: Path, files: Iterable[CaseFile], *, replacing: Replacing, keeps: Keeps
) -> Iterator[FileChange | Found]:
    """The case files as they should be; where nothing is kept, they move to the archive."""
    for path, case in files:
        text = (suite / path).read_text(encoding="utf-8")
        try:
            wanted = blanked(text, path=path, replacing=replacing, keeps=keeps)
        except FileError:
            yield Found(f"{suite.name}/{path}", BY_HAND)
            continue
        place = f"archive/{path.partition('/')[2]}" if keeps == "nothing" and path.startswith("cases/") else path
        if wanted != text or place != path:
            yield FileChange(place, case, wanted)


def tidy(private: Path, *, replacing: Replacing) -> Iterator[str]:
    """Deletes what is made anew, takes the values out of the rejects; names what it changed."""
    for folder in MADE_ANEW:
        for path in _files(private / folder):
            path.unlink(missing_ok=True)
            yield _named(private, path)
    for folder in SEARCHED:
        for path in _files(private / folder):
            text = path.read_bytes().decode("utf-8", "surrogateescape")
            if replacing.holds(text):
                write_whole(path, replacing.apply(text).encode("utf-8", "surrogateescape"), private=True)
                yield _named(private, path)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def _named(private: Path, path: Path) -> str:
    return f"{private.name}/{path.relative_to(private).as_posix()}"


def still_held(suite: Path, private: Path, *, cases: Iterable[str]) -> Iterator[str]:
    """What Git's history, releases and run files go on holding about some cases, in words."""
    ids = sorted(set(cases))
    if not ids:
        return
    commits = _commits(suite, ids)
    if commits:
        told = f"{commits[0]} … {commits[-1]}" if len(commits) > 1 else commits[0]
        yield (
            f"Git's history: {counted(len(commits), 'commit')} ({told}) with the case files as they were, lineage and "
            "all; so has every clone (git filter-repo rewrites history)"
        )
    locks = [path.stem for path in sorted((suite / "releases").glob("*.lock")) if _names(path, ids)]
    if locks:
        yield f"releases {', '.join(locks)}: the cases' ids and digests, no text of theirs"
    runs = [path for path in _files(private / "runs") if _names(path, ids)]
    if runs:
        shown = ", ".join(_named(private, path) for path in runs[:10]) + (" …" if len(runs) > 10 else "")
        yield f"{counted(len(runs), 'run file')}: what the AI answered to the masked cases: {shown}"
    graded = ", ".join(f"{suite.name}/judges/{path.name}" for path in _files(suite / "judges") if _names(path, ids))
    if graded:
        yield f"replies of the AI to the masked cases, as people graded them to calibrate a judge: {graded}"


def _names(path: Path, ids: Iterable[str]) -> bool:
    content = path.read_bytes()
    return any(case.encode() in content for case in ids)


def _commits(suite: Path, ids: Iterable[str]) -> list[str]:
    """The commits that touched the cases' files, newest first; none where there is no Git."""
    globs = [f":(glob){folder}/**/{case}.yaml" for case in ids for folder in ("cases", "archive")]
    try:
        asked = subprocess.run(
            ["git", "log", "--all", "--format=%h", "--", *globs], cwd=suite, capture_output=True, text=True
        )
    except OSError:
        return []
    return asked.stdout.split() if asked.returncode == 0 else []
