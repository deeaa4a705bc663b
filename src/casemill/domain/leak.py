"""What a person found when reading a masked ticket: a leak, a fact that was masked too, or nothing."""

from datetime import datetime
from typing import Literal

from casemill.domain.word import Word

LeakVerdict = Literal["leak", "over_masked", "fine", "note", "undo"]
MarkState = Literal["waiting", "done", "withdrawn"]


class Mark(Word, omit_defaults=True):
    """A piece of a masked ticket that somebody calls personal, or, with `hides_none`, a placeholder that hides nobody.

    `path` names the text as `texts_of` does (`subject`, `turns.3.text`), `start` and `end` are character offsets in it.
    The words themselves are not repeated: where they stand is enough to find them once, and nothing is left after.
    """

    path: str
    start: int
    end: int
    label: str
    hides_none: bool = False


class LeakReview(Word, omit_defaults=True):
    """One person's verdict on one whole ticket that was drawn into the sample; only ever added.

    `marks` are what leaked, and which placeholders hide a fact; `language` is the ticket's, as the report slices it;
    `read` the digest of its texts as they were read; `chance` that of the ticket to be drawn, None when it was not
    drawn at random; `undoes` the id of the verdict taken back.
    """

    ticket: str
    version: int = 1
    verdict: LeakVerdict
    marks: tuple[Mark, ...] = ()
    language: str | None = None
    note: str | None = None
    by: str
    at: datetime
    read: str | None = None
    chance: float | None = None
    undoes: int | None = None
    ask: int | None = None
    id: int | None = None
