"""Two helpdesks may number alike: macros and articles are kept under the helpdesk they stand in."""

from typing import Any

from alembic import command
from sqlalchemy import text

import make
from casemill.domain.article import Article
from casemill.store import Desk, articles
from casemill.store.database import Database, find_place
from casemill.store.schema import _config, bring_to_newest


def macro(source: str, **fields: Any) -> Article:
    return make.article("47", kind="macro", source=source, text=f"of {source}", **fields)


def test_macros_of_two_helpdesks_with_one_id_are_both_kept(desk: Desk) -> None:
    with desk.write() as db:
        assert articles.put(db, macro("zendesk"))
        assert articles.put(db, macro("freshdesk"))
        assert not articles.put(db, macro("zendesk"))
        for source in ("zendesk", "freshdesk"):
            assert articles.latest(db, "macro", "47", source=source) == macro(source)
            assert articles.revision(db, "macro", "47", "1", source=source) == macro(source)
            assert articles.macro_numbered(db, "47", source=source) == macro(source)
        assert [one.source for one in articles.all_latest(db, "macro")] == ["freshdesk", "zendesk"]


def test_another_helpdesks_macro_is_another_macro_and_one_of_no_helpdesk_is_everybodys(desk: Desk) -> None:
    with desk.write() as db:
        articles.put(db, macro("freshdesk", title="47: late"))
        for find in (articles.latest, articles.revision):
            given: Any = ("macro", "47") if find is articles.latest else ("macro", "47", "1")
            assert find(db, *given, source="zendesk") is None
        assert articles.macro_numbered(db, "47", source="zendesk") is None
        articles.put(db, macro(""))
        assert articles.latest(db, "macro", "47", source="zendesk") == macro("")


def test_ones_own_macro_comes_before_a_newer_one_of_no_helpdesk(desk: Desk) -> None:
    with desk.write() as db:
        articles.put(db, macro("zendesk"))
        articles.put(db, macro("", revision="2", updated_at=make.NOW))
        assert articles.latest(db, "macro", "47", source="zendesk") == macro("zendesk")
        assert articles.latest(db, "macro", "47") == macro("", revision="2", updated_at=make.NOW)


def test_an_article_may_be_cited_from_another_helpdesk_ones_own_first(desk: Desk) -> None:
    with desk.write() as db:
        articles.put(db, make.article(source="helpscout"))
        assert articles.latest(db, "article", "KB-1042", source="zendesk") == make.article(source="helpscout")
        articles.put(db, make.article(source="zendesk"))
        assert articles.latest(db, "article", "KB-1042", source="zendesk") == make.article(source="zendesk")


def test_what_was_kept_before_sources_were_told_stays(home: Any) -> None:
    old = macro("")
    with Database(find_place("desk", home.store.desk, root=home.root)) as store:
        with store.write() as db:
            command.downgrade(_config(db, "desk"), "0002")
            row = "INSERT INTO articles (kind, name, revision, title, body) VALUES ('macro', '47', '1', 't', :body)"
            db.execute(text(row), {"body": '{"id":"47","kind":"macro","revision":"1","title":"Returns","text":"of "}'})
        assert bring_to_newest(store)
        with store.write() as db:
            assert articles.latest(db, "macro", "47", source="zendesk") == old
            assert articles.put(db, macro("zendesk"))
            assert not articles.put(db, old)


def test_going_down_keeps_the_last_of_those_that_are_alike(home: Any) -> None:
    with Database(find_place("desk", home.store.desk, root=home.root)) as store:
        with store.write() as db:
            for source in ("zendesk", "freshdesk"):
                articles.put(db, macro(source))
            command.downgrade(_config(db, "desk"), "0002")
        bring_to_newest(store)
        with store.read() as db:
            assert [one.text for one in articles.all_latest(db, "macro")] == ["of freshdesk"]
