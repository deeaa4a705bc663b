"""What screening found on arrival, and the Notice that tells of it: ids and categories, never words."""

from datetime import datetime
from typing import Literal

from casemill.domain.word import Word

Danger = Literal["distress", "threat", "legal", "unscreened"]
NoticeState = Literal["waiting", "sent"]


class Flag(Word):
    """A text of a ticket that a person must see first: what kind of danger, and where (`turns.3.text`).

    `unscreened` is a ticket that could not be looked at; it counts as danger, and `path` is empty.
    """

    danger: Danger
    path: str = ""


class Notice(Word, omit_defaults=True):
    """That somebody must be told: of which ticket, which danger, at which address (None: nobody was named).

    `key` is the same however often the same thing is found; a receiver drops what it has by it. `texts` counts the
    texts with that danger.
    """

    id: int
    key: str
    ticket: str
    version: int = 1
    danger: Danger
    texts: int = 1
    whom: str | None = None
    state: NoticeState = "waiting"
    at: datetime
    sent_at: datetime | None = None
