"""What left the vault before digests were keyed is keyed once: the desk in one transaction, case files by Changes."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from casemill.anonymize.marks_files import CaseFile
from casemill.domain.change import Change
from casemill.domain.word import digest_of
from casemill.errors import FileError
from casemill.store import changes, desk_digests, remask
from casemill.store.desk import Desk
from casemill.store.vault import Vault

BY = "casemill anonymize"
WHY = "The digest of what it came from is keyed now: nobody can tell by it what somebody wrote."


def rekey_desk(vault: Vault, desk: Desk) -> int:
    """Keys every plain digest on the desk, and takes the old rows out of its files unless somebody reads them just
    now; how many rows changed. Must come before anything is masked, or what is there would be laid there twice."""
    with desk.read() as db:
        if not desk_digests.is_due(db):
            return 0
    with desk.write() as db:
        rows = desk_digests.rewrite(db, vault.outside)
    remask.wipe(desk)
    return rows


def rekey_files(vault: Vault, desk: Desk, *, suite: Path, now: datetime) -> tuple[str, ...]:
    """A Change for each case file with a plain digest in its lineage; their paths. Where another Change waits for the
    file nothing is added: what waits is keyed already."""
    found = list(_with_plain(suite))
    if not found:
        return ()
    with desk.write() as db:
        waiting = changes.waiting(db)
        for path, case in found:
            if any(path == one.path or case == one.case for one in waiting):
                continue
            text = desk_digests.key_text((suite / path).read_text(encoding="utf-8"), vault.outside)
            digest = digest_of(text.encode())
            change = Change(kind="supersede", path=path, text=text, digest=digest, why=WHY, case=case, by=BY, at=now)
            changes.wait_again(db, changes.add(db, change))
    return tuple(path for path, _ in found)


def _with_plain(suite: Path) -> Iterator[CaseFile]:
    """The case files that hold one; what does not read is left as it is."""
    from casemill.suite import read_case

    for path in sorted([*suite.glob("cases/**/*.yaml"), *suite.glob("archive/**/*.yaml")]):
        content = path.read_bytes()
        if b"sha256:" not in content.replace(b"hmac-sha256:", b""):
            continue
        try:
            case = read_case(path)
        except FileError:
            continue
        plain = case.lineage is not None and (case.lineage.payload or "").startswith("sha256:")
        if plain and desk_digests.holds_plain(content.decode()):
            yield CaseFile(path.relative_to(suite).as_posix(), case.id)
