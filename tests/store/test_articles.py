"""Articles and macros by revision."""

from datetime import timedelta
from typing import Any

import make
from casemill.domain.article import Article
from casemill.store import Desk, articles


def macro(id: str, title: str, **fields: Any) -> Article:
    return make.article(id, kind="macro", title=title, **fields)


def test_a_revision_is_kept_once_and_the_old_ones_stay(desk: Desk) -> None:
    with desk.write() as db:
        assert articles.put(db, make.article())
        assert not articles.put(db, make.article(text="another text under the same revision"))
        assert articles.put(db, make.article(revision="2", text="14 days."))
        assert articles.latest(db, "article", "KB-1042") == make.article(revision="2", text="14 days.")
        assert articles.revision(db, "article", "KB-1042", "1") == make.article()
        assert articles.revision(db, "article", "KB-1042", "3") is None
        assert articles.latest(db, "macro", "KB-1042") is None


def test_the_newest_by_date_is_the_latest_whenever_it_came(desk: Desk) -> None:
    new, old = make.NOW, make.NOW - timedelta(days=9)
    with desk.write() as db:
        articles.put(db, make.article(revision="new", updated_at=new))
        articles.put(db, make.article(revision="old", updated_at=old))
        articles.put(db, make.article(revision="undated"))
        assert articles.latest(db, "article", "KB-1042").revision == "new"  # type: ignore[union-attr]
        assert [one.revision for one in articles.all_latest(db, "article")] == ["new"]


def test_a_macro_is_found_by_its_id_or_the_number_its_title_begins_with(desk: Desk) -> None:
    with desk.write() as db:
        articles.put(db, macro("360001", "47: Refund is late"))
        articles.put(db, macro("360002", "470: Something else"))
        articles.put(db, macro("12", "No number"))
        assert articles.macro_numbered(db, "47").id == "360001"  # type: ignore[union-attr]
        assert articles.macro_numbered(db, "12").id == "12"  # type: ignore[union-attr]
        assert articles.macro_numbered(db, "4") is None
        assert articles.macro_numbered(db, "%") is None


def test_a_macro_that_lost_its_number_is_not_found_by_it(desk: Desk) -> None:
    with desk.write() as db:
        articles.put(db, macro("360001", "47: Refund is late", revision="1", updated_at=make.NOW))
        articles.put(db, macro("360001", "Refund", revision="2", updated_at=make.NOW + timedelta(days=1)))
        assert articles.macro_numbered(db, "47") is None


def test_all_latest_gives_each_once(desk: Desk) -> None:
    with desk.write() as db:
        for id in ("b", "a"):
            for revision in ("1", "2"):
                articles.put(db, make.article(id, revision=revision))
        assert [(one.id, one.revision) for one in articles.all_latest(db, "article")] == [("a", "2"), ("b", "2")]
