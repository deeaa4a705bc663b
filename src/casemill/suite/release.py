"""Freezing: the active cases become a numbered, digested release, with what changed told in words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import msgspec
import orjson

from casemill.disk import write_whole
from casemill.domain.release import Release, ReleasedCase
from casemill.domain.word import changed, digest_of
from casemill.domain.yardstick import moved
from casemill.errors import FileError, UsageError
from casemill.suite.accepted import NAME
from casemill.suite.finding import Finding
from casemill.suite.linting import NO_CHECKS, Checks, lint
from casemill.suite.reading import Suite, cases_digest, read_suite
from casemill.suite.text_file import read_text

MOST_TOLD, MOST_PASTED = 20, 3


class Frozen(NamedTuple):
    """What freezing did: the release that stands, its lock, the ids that came, went, or were superseded, and the files
    by which cases are graded that came, went, or say something else.

    `new` is false when nothing had changed since the release that stands.
    """

    release: Release
    path: Path
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    yardsticks: tuple[str, ...] = ()
    new: bool = True


def read_release(folder: Path, number: int | None = None) -> Release | None:
    """One release of a suite folder, the newest without a number; None when there is none yet."""
    numbers = _numbers(folder)
    if number is None:
        return _read_lock(folder, numbers[-1]) if numbers else None
    if number not in numbers:
        known = f"there are: {', '.join(map(str, numbers))}" if numbers else "make the first one: casemill suite freeze"
        raise UsageError(f"there is no release {number} in {folder / 'releases'}", hint=known)
    return _read_lock(folder, number)


def read_releases(folder: Path) -> tuple[Release, ...]:
    """Every release, oldest first."""
    return tuple(_read_lock(folder, number) for number in _numbers(folder))


def lock_path(folder: Path, number: int) -> Path:
    return folder / "releases" / f"{number}.lock"


def freeze(folder: Path, *, by: str, now: datetime, note: str = "", checks: Checks = NO_CHECKS) -> Frozen:
    """Write the next release; nothing is written when nothing changed. A UsageError when lint has errors.

    The words are written before the lock, and the lock whole: killed anywhere, the release is there or it is not.
    """
    suite = read_suite(folder)
    _refuse_unknown(checks.supersede, suite)
    if errors := [finding for finding in lint(folder, now=now, checks=checks, suite=suite) if finding.level == "error"]:
        raise _refusal(errors, folder)
    last = read_release(folder)
    release = _release(suite, last, by=by, now=now)
    if checks.yardsticks is not None:
        release = changed(release, yardsticks=checks.yardsticks(suite.active))
    if not release.cases:
        raise UsageError(f"{folder} has no active case to freeze", hint="admit drafts: casemill admit")
    if last and _sameness(last) == _sameness(release):
        return Frozen(last, lock_path(folder, last.number), new=False)
    frozen = _compared(last, release, path=lock_path(folder, release.number))
    write_whole(frozen.path.with_suffix(".md"), _told(frozen, last, note=note))
    write_whole(frozen.path, _lock_text(release))
    return frozen


def _refusal(errors: list[Finding], folder: Path) -> UsageError:
    """The first findings, then the lines that would accept what looks personal, for whoever can answer for it."""
    few = "\n".join(finding.text for finding in errors[:MOST_TOLD])
    hint = "see all of them: casemill suite lint"
    if personal := [finding for finding in errors if finding.paste]:
        lines = "\n\n".join(finding.paste or "" for finding in personal[:MOST_PASTED])
        hint = f"{personal[0].hint}:\n\n{lines}\n\n  that goes into {folder / NAME}; {hint}"
    return UsageError(f"the suite has errors and is not frozen\n{few}", hint=hint)


def _refuse_unknown(supersede: Iterable[str], suite: Suite) -> None:
    """A slip in an id must not look as if something had been said yes to."""
    known = [case.id for case in suite.cases]
    for id in supersede:
        if id != "*" and id not in known:
            close = get_close_matches(id, known, n=1)
            hint = f"did you mean {close[0]!r}?" if close else "see them: casemill suite list"
            raise UsageError(f"there is no case {id!r} to supersede", hint=hint)


def _release(suite: Suite, last: Release | None, *, by: str, now: datetime) -> Release:
    cases = tuple(
        ReleasedCase(id=case.id, digest=case.digest, failure_mode=case.failure_mode, severity=case.severity)
        for case in suite.active
    )
    policy = suite.folder / "policy.toml"
    return Release(
        number=last.number + 1 if last else 1,
        created=now.date().isoformat(),
        by=by,
        digest=cases_digest((case.id, case.digest) for case in cases),
        taxonomy=suite.taxonomy.version or None,
        policy=digest_of(policy.read_bytes()) if policy.is_file() else None,
        cases=cases,
    )


def _sameness(release: Release) -> tuple[object, ...]:
    return release.digest, release.taxonomy, release.policy, release.yardsticks or {}


def _compared(last: Release | None, release: Release, *, path: Path) -> Frozen:
    before = {case.id: case.digest for case in last.cases} if last else {}
    after = {case.id: case.digest for case in release.cases}
    return Frozen(
        release,
        path,
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(id for id in after.keys() & before.keys() if after[id] != before[id])),
        yardsticks=_regraded(last, release),
    )


def _regraded(last: Release | None, release: Release) -> tuple[str, ...]:
    if last is None or last.yardsticks is None or release.yardsticks is None:
        return ()
    return tuple(sorted(moved(last.yardsticks, release.yardsticks)))


def _numbers(folder: Path) -> list[int]:
    return sorted(int(path.stem) for path in (folder / "releases").glob("*.lock") if path.stem.isdecimal())


def _read_lock(folder: Path, number: int) -> Release:
    path = lock_path(folder, number)
    text = read_text(path)
    try:
        release = msgspec.json.decode(text, type=Release)
    except msgspec.DecodeError as error:
        raise FileError(
            path, f"is not a lock: {error}", hint="a lock is never edited; take it from Git again"
        ) from None
    if release.digest != cases_digest((case.id, case.digest) for case in release.cases) or release.number != number:
        raise FileError(path, "was edited: its digest is not that of its cases", hint="take it from Git again")
    return release


def _lock_text(release: Release) -> bytes:
    return orjson.dumps(msgspec.to_builtins(release), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _told(frozen: Frozen, last: Release | None, *, note: str) -> str:
    """`releases/N.md`: what changed since the last release, in words."""
    release = frozen.release
    severities = _counts(case.severity for case in release.cases)
    lines = [f"# Release {release.number}", ""]
    lines += [f"{_cases(len(release.cases))} ({severities}), frozen on {release.created} by {release.by}.", ""]
    lines += [note.strip(), ""] if note.strip() else []
    since = f"Since release {last.number}" if last else "The first release"
    counts = f"{len(frozen.added)} added, {len(frozen.removed)} removed, {len(frozen.changed)} superseded"
    lines += [f"{since}: {counts}.{_rules_changed(last, release)}", ""]
    if frozen.yardsticks:
        lines += ["Graded by other files: " + ", ".join(f"`{name}`" for name in frozen.yardsticks) + ".", ""]
    for title, ids, of in (
        ("Added", frozen.added, release),
        ("Removed", frozen.removed, last),
        ("Superseded", frozen.changed, release),
    ):
        lines += _section(title, ids, of=of)
    return "\n".join(lines).rstrip() + "\n"


def _rules_changed(last: Release | None, release: Release) -> str:
    if last is None:
        return ""
    said = " The gate's policy changed." if last.policy != release.policy else ""
    if last.yardsticks is None and release.yardsticks:
        said += " The files by which cases are graded are pinned from now on."
    if last.taxonomy != release.taxonomy:
        said += f" The taxonomy is now version {release.taxonomy}."
    return said


def _section(title: str, ids: tuple[str, ...], *, of: Release | None) -> Iterator[str]:
    if not ids or of is None:
        return
    cases = [case for case in of.cases if case.id in set(ids)]
    yield f"## {title}: {_cases(len(cases))} ({_counts(case.severity for case in cases)})"
    yield ""
    for mode in sorted({case.failure_mode for case in cases}):
        here = sorted((case.severity, case.id) for case in cases if case.failure_mode == mode)
        yield f"- {mode}: {len(here)}"
        yield from (f"  - {severity} `{id}`" for severity, id in here)
    yield ""


def _counts(names: Iterable[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(Counter(names).items()))


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count:,} cases"
