"""`signoffs.toml`: which role said yes to which run. What was signed is told by a digest of what the run said."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from casemill.disk import append_whole
from casemill.domain.gate import GatePolicy, SignOff
from casemill.domain.run import Run
from casemill.domain.word import canonical, digest_of
from casemill.errors import FileError, UsageError
from casemill.gate.override import toml_text
from casemill.suite.toml_file import Listed, line_of, read_listed

FILE = "signoffs.toml"
NEEDED = ("run", "role", "who", "on", "digest")
KEYS = (*NEEDED, "note")
TABLES = Listed("sign_off", "a sign-off", KEYS)


def digest_of_run(run: Run) -> str:
    """Covers what a person signs: target, release, every verdict on every content, and by which files it was graded."""
    said = sorted((verdict.case, verdict.digest, verdict.result) for verdict in run.verdicts)
    by = [run.head.yardsticks] if run.head.yardsticks else []
    return digest_of(canonical([run.head.id, run.head.target, run.head.target_digest, run.head.release, said, *by]))


def read_sign_offs(folder: Path) -> tuple[SignOff, ...]:
    """Every sign-off of a suite folder; none where there is no file. A FileError names the line."""
    path = folder / FILE
    listed, text = read_listed(path, TABLES)
    for number, table in enumerate(listed):
        for key in NEEDED:
            if not (isinstance(value := table.get(key), str) and value.strip()):
                raise FileError(path, f"a sign-off needs {key!r}, a text", line=line_of(text, key, table=number))
    return tuple(SignOff(**table) for table in listed)


def missing_sign_offs(run: Run, policy: GatePolicy, *, given: Iterable[SignOff]) -> Iterator[str]:
    """For each role that must still sign: its name, and why what stands there does not count."""
    if not policy.sign_off:
        return
    digest = digest_of_run(run)
    here = [sign for sign in given if sign.run == run.head.id]
    for wanted in policy.sign_off:
        by_role = [sign for sign in here if sign.role == wanted.role]
        if any(sign.digest == digest and sign.who in (wanted.who or (sign.who,)) for sign in by_role):
            continue
        yield wanted.role + (f" ({_why_not(by_role[-1], digest)})" if by_role else "")


def _why_not(sign: SignOff, digest: str) -> str:
    return f"{sign.who} may not sign for it" if sign.digest == digest else "signed when the run said something else"


def add_sign_off(folder: Path, sign: SignOff, *, policy: GatePolicy) -> bool:
    """Writes one more sign-off at the end of the file; False when it stands there already.

    A UsageError for a role that the policy does not ask for, or somebody who may not give it.
    """
    wanted = next((each for each in policy.sign_off if each.role == sign.role), None)
    if wanted is None:
        roles = ", ".join(each.role for each in policy.sign_off)
        hint = f"it asks for: {roles}" if roles else 'add to policy.toml: [[sign_off]] and role = "pm"'
        raise UsageError(f"policy.toml asks for no sign-off of {sign.role!r}", hint=hint)
    if wanted.who and sign.who not in wanted.who:
        raise UsageError(f"{sign.who} may not sign as {sign.role}", hint=f"these may: {', '.join(wanted.who)}")
    if any(_same(sign, other) for other in read_sign_offs(folder)):
        return False
    told: dict[str, Any] = {key: getattr(sign, key) for key in KEYS}
    lines = [f"{key} = {toml_text(value)}" for key, value in told.items() if value]
    append_whole(folder / FILE, "\n".join(["", "[[sign_off]]", *lines, ""]))
    return True


def _same(one: SignOff, other: SignOff) -> bool:
    return (one.run, one.role, one.who, one.digest) == (other.run, other.role, other.who, other.digest)
