"""What the desk asks the suite to become."""

from datetime import datetime
from typing import Literal

from casemill.domain.word import Word

ChangeKind = Literal["add", "supersede", "retire", "mark_stale", "taxonomy", "label_scheme", "erase_lineage"]
ChangeState = Literal["waiting", "written"]


class Change(Word, omit_defaults=True):
    """A whole file for the suite: its path inside the suite folder, its text, its digest, and who said yes."""

    kind: ChangeKind
    path: str
    text: str
    digest: str
    why: str = ""
    case: str | None = None
    by: str
    at: datetime
    state: ChangeState = "waiting"
    id: int | None = None
