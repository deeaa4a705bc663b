"""Macros and knowledge-base articles of a helpdesk go to the desk, each revision once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from casemill.domain.article import Article
from casemill.domain.word import changed
from casemill.store import articles
from casemill.store.desk import Desk

EVERY = timedelta(hours=1)
BATCH = 200


def are_due(last: datetime | None, *, now: datetime) -> bool:
    """Whether all of them are to be listed again; at a helpdesk that is watched that is not every round."""
    return last is None or abs(now - last) >= EVERY


def store_articles(desk: Desk, found: Iterable[Article], *, source: str) -> int:
    """Keeps each revision that is not kept yet under the helpdesk it stands in, some in one transaction; how many there
    were, kept before or not."""
    rest = iter(found)
    count = 0
    while some := list(islice(rest, BATCH)):
        with desk.write() as db:
            for article in some:
                articles.put(db, changed(article, source=source))
        count += len(some)
    return count
