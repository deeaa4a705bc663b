"""Cases that were parsed before, by the digest of their file's bytes. Safe to delete, never wrong: only slower."""

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from casemill import __version__
from casemill.disk import write_whole
from casemill.domain.case import Case
from casemill.errors import OutsideError

NAME = "cases.msgpack"
# Another reader of case files may read the same bytes as something else: raise this when reading changes.
FORM = 2


class Parsed(NamedTuple):
    """A case and its own digest, which is not quick to tell either."""

    case: Case
    digest: str


class _Kept(msgspec.Struct, array_like=True):
    form: int
    version: str
    cases: dict[bytes, Parsed]


_decoder = msgspec.msgpack.Decoder(_Kept)


class Remembered:
    """What `folder` remembers, and what is met now; `keep` writes it back when the two differ."""

    def __init__(self, folder: Path | None) -> None:
        self.path = folder / NAME if folder else None
        self.known = _kept(self.path) if self.path else {}
        self.met: dict[bytes, Parsed] = {}

    def get(self, digest: bytes) -> Parsed | None:
        parsed = self.known.get(digest)
        if parsed is not None:
            self.met[digest] = parsed
        return parsed

    def put(self, digest: bytes, parsed: Parsed) -> None:
        self.met[digest] = parsed

    def keep(self) -> None:
        """Remember what was met; a folder that cannot be written costs speed, nothing else."""
        if self.path is None or self.met.keys() == self.known.keys():
            return
        body = msgspec.msgpack.encode(_Kept(form=FORM, version=__version__, cases=self.met))
        try:
            write_whole(self.path, hashlib.sha256(body).digest() + body)
        except OutsideError:
            return


def _kept(path: Path) -> dict[bytes, Parsed]:
    try:
        content = path.read_bytes()
        if hashlib.sha256(content[32:]).digest() != content[:32]:
            return {}
        kept = _decoder.decode(content[32:])
    except (OSError, msgspec.DecodeError):
        return {}
    return kept.cases if (kept.form, kept.version) == (FORM, __version__) else {}
