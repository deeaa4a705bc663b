"""What a person found when reading a masked ticket: a leak, a fact that was masked too, or nothing."""

from datetime import datetime
from typing import Literal

from casemill.domain.word import Word

LeakVerdict = Literal["leak", "over_masked", "fine"]


class Mark(Word):
    """A piece of a masked ticket that somebody calls personal, or a placeholder that hides none.

    `path` names the text as `texts_of` does (`subject`, `turns.3.text`), `start` and `end` are character offsets in it.
    The words themselves are not repeated: where they stand is enough to find them once, and nothing is left after.
    """

    path: str
    start: int
    end: int
    label: str


class LeakReview(Word, omit_defaults=True):
    """One person's verdict on one whole ticket that was drawn into the sample; only ever added.

    `marks` are what leaked, or which placeholders hide a fact; `language` is the ticket's, as the report slices it.
    """

    ticket: str
    version: int = 1
    verdict: LeakVerdict
    marks: tuple[Mark, ...] = ()
    language: str | None = None
    note: str | None = None
    by: str
    at: datetime
    ask: int | None = None
    id: int | None = None
