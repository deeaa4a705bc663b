"""What an erasure did and what it could not reach: ids and counts, never anybody's words."""

from datetime import datetime
from typing import Literal

from casemill.domain.word import Word

ErasureState = Literal["due", "emptied", "done"]
Keeps = Literal["nothing", "cases", "tickets"]


class Erased(Word, omit_defaults=True):
    """One ticket that was erased, and how much of it there was.

    `versions` are payloads, `people` whom and what it names, `values` all their forms, `spans` those of its traces,
    `known` the digests that are nobody's any more, `rows` of the desk; `cases` are the ids of the cases made from it.
    """

    ticket: str
    versions: int = 0
    people: int = 0
    values: int = 0
    spans: int = 0
    known: int = 0
    rows: int = 0
    cases: tuple[str, ...] = ()
    keeps: Keeps = "cases"
    by: str = ""
    at: datetime | None = None
    why: str = ""


class Certificate(Word, omit_defaults=True):
    """What was erased, by whom, when and why. `files` were rewritten or deleted, `changes` wait to be pulled into the
    suite, `left` is for a person to see to, `still` tells what others hold; `whole` says that nothing of it can be read
    in the databases' files any more; `seal` is the last line of the vault's audit."""

    tickets: tuple[Erased, ...]
    files: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    still: tuple[str, ...] = ()
    whole: bool = True
    seal: str = ""
