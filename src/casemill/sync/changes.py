"""Changes go down: waiting rows become files of the suite, and one commit a batch when that is wanted."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath

from casemill.disk import write_whole
from casemill.domain.case import CASE_ID
from casemill.domain.change import Change, ChangeKind
from casemill.domain.word import Word, digest_of
from casemill.errors import StoreError
from casemill.store import changes
from casemill.store.desk import Desk
from casemill.sync.git import Checkout

TOLD = 100
_DID: dict[ChangeKind, str] = {
    "add": "Add",
    "supersede": "Supersede",
    "retire": "Retire",
    "mark_stale": "Mark stale",
    "taxonomy": "Set the taxonomy",
    "label_scheme": "Set the label scheme",
    "erase_lineage": "Erase the lineage of",
}


class Pulled(Word):
    """Paths inside the suite that were written or moved away, and how many Changes were there already."""

    written: tuple[str, ...] = ()
    same: int = 0


def pull_changes(desk: Desk, suite: Path, *, now: datetime, commit: bool = False, branch: str | None = None) -> Pulled:
    """Writes every waiting Change into the suite's folder, then marks it; killed between, the next pull ends the same.

    A Change with a case takes the place of that case's file wherever it stood (`cases/`, `archive/`). With `commit`
    the batch becomes one commit of just these paths; with `branch` on that branch, made when there is none.
    UsageError when Git is wanted and the suite is not in a repository; StoreError when a Change leads outside.
    """
    with desk.read() as db:
        waiting = changes.waiting(db)
    for change in waiting:
        _refuse_outside(suite, change)
    if not waiting:
        return Pulled()
    checkout = Checkout(suite) if commit else None
    if checkout and branch:
        checkout.switch(branch)
    touched = [_write(suite, change) for change in waiting]
    if checkout:
        checkout.commit({change.path for change in waiting}, moved=_cases(waiting), message=_message(waiting))
    with desk.write() as db:
        for change in waiting:
            assert change.id is not None
            changes.mark_written(db, change.id, now)
    written = dict.fromkeys(path for paths in touched for path in paths)
    return Pulled(written=tuple(written), same=sum(not paths for paths in touched))


def _refuse_outside(suite: Path, change: Change) -> None:
    """A path must stay in the folder, links followed, and touch nothing hidden: `.git/hooks` is inside, too."""
    path = PurePosixPath(change.path)
    plain = bool(path.parts) and not path.is_absolute() and "\\" not in change.path and "\0" not in change.path
    hidden = any(part.startswith(".") for part in path.parts)
    if not plain or hidden or not (suite / path).resolve().is_relative_to(suite.resolve()):
        raise StoreError(
            f"Change {change.id} leads out of the suite's folder; nothing was written",
            hint="somebody or something altered the desk: look at where this Change came from",
        )
    if digest_of(change.text.encode()) != change.digest:
        raise StoreError(
            f"Change {change.id} is not what was said yes to: its text and its digest differ; nothing was written",
            hint="somebody or something altered the desk: look at where this Change came from",
        )


def _write(suite: Path, change: Change) -> list[str]:
    """The paths that were not yet as the Change wants them."""
    touched = []
    target = suite / change.path
    content = change.text.encode()
    if not target.is_file() or target.read_bytes() != content:
        write_whole(target, content)
        touched.append(change.path)
    for twin in _twins(suite, change):
        twin.unlink(missing_ok=True)
        touched.append(twin.relative_to(suite).as_posix())
    return touched


def _twins(suite: Path, change: Change) -> list[Path]:
    """Where else the case has a file: before its mode changed, before it was retired or brought back."""
    if change.case is None or not CASE_ID.fullmatch(change.case):
        return []
    name = f"{change.case}.yaml"
    found = sorted([*suite.glob(f"cases/*/{name}"), *suite.glob(f"archive/**/{name}")])
    return [path for path in found if path != suite / change.path]


def _cases(waiting: Sequence[Change]) -> set[str]:
    return {change.case for change in waiting if change.case is not None}


def _message(waiting: Sequence[Change]) -> str:
    """What a colleague reads in `git log`: what was done to which case, why, and who said yes."""
    lines = [f"{_DID[change.kind]} {change.case or change.path}" for change in waiting]
    if len(waiting) == 1:
        subject = lines[0]
    else:
        subject = f"Take {len(waiting)} changes from the desk"
    reasons = [
        f"- {line}: {change.why or 'no reason given'} ({change.by})"
        for line, change in zip(lines, waiting, strict=True)
    ]
    more = [f"- and {len(reasons) - TOLD} more"] if len(reasons) > TOLD else []
    return "\n".join([subject, "", *reasons[:TOLD], *more])
