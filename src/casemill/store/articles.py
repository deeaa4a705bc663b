"""The company's own texts, every revision."""

from sqlalchemy import ColumnElement, and_, func, select

from casemill.domain.article import Article
from casemill.store.database import Db
from casemill.store.desk_tables import ArticleKind, articles
from casemill.store.rows import insert_new, pack, unpack


def put(db: Db, article: Article) -> bool:
    """Keeps a revision; False when it is there already."""
    columns = {name: getattr(article, name) for name in ("kind", "revision", "title", "updated_at")}
    values = columns | {"name": article.id, "body": pack(article)}
    unique = (articles.c.kind, articles.c.name, articles.c.revision)
    return insert_new(db, articles, values=values, unique=unique) is not None


def latest(db: Db, kind: ArticleKind, id: str) -> Article | None:  # noqa: PLR0917 - db is what self is to a method
    """The newest revision by the day it was updated; where none is told, by when it came."""
    return _first(db, and_(articles.c.kind == kind, articles.c.name == id))


def revision(db: Db, kind: ArticleKind, id: str, revision: str) -> Article | None:  # noqa: PLR0917 - db is what self is to a method
    return _first(db, and_(articles.c.kind == kind, articles.c.name == id, articles.c.revision == revision))


def macro_numbered(db: Db, number: str) -> Article | None:
    """The macro people call by a number: its id is the number, else its newest title begins with `NUMBER:`."""
    if by_id := latest(db, "macro", number):
        return by_id
    titled = and_(articles.c.kind == "macro", articles.c.title.startswith(f"{number}:", autoescape=True))
    names = db.execute(select(articles.c.name).where(titled).distinct().order_by(articles.c.name)).scalars()
    newest = (latest(db, "macro", name) for name in names)
    return next((macro for macro in newest if macro and macro.title.startswith(f"{number}:")), None)


def all_latest(db: Db, kind: ArticleKind) -> tuple[Article, ...]:
    """The newest revision of each article or macro, by id."""
    place = func.row_number().over(partition_by=articles.c.name, order_by=_NEWEST_FIRST).label("place")
    ranked = select(articles.c.name, articles.c.body, place).where(articles.c.kind == kind).subquery()
    found = db.execute(select(ranked.c.body).where(ranked.c.place == 1).order_by(ranked.c.name)).scalars()
    return tuple(unpack(body, Article) for body in found)


_NEWEST_FIRST = (articles.c.updated_at.is_(None), articles.c.updated_at.desc(), articles.c.id.desc())


def _first(db: Db, which: ColumnElement[bool]) -> Article | None:
    newest = select(articles.c.body).where(which).order_by(*_NEWEST_FIRST).limit(1)
    body = db.execute(newest).scalar_one_or_none()
    return unpack(body, Article) if body is not None else None
