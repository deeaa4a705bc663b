"""Company texts that resolve tickets: knowledge-base articles and macros, by revision."""

from datetime import datetime
from typing import Literal

from casemill.domain.word import Word


class Article(Word, omit_defaults=True):
    """One revision of an article or macro. Articles hold no personal data; they are the company's own words.

    `source` is the helpdesk it stands in, whose own id `id` is; empty for a text of the company that stands in none.
    """

    kind: Literal["article", "macro"]
    id: str
    revision: str
    title: str = ""
    text: str = ""
    updated_at: datetime | None = None
    source: str = ""
