"""The company's own texts, every revision, each under the helpdesk it stands in."""

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from casemill.domain.article import Article
from casemill.store.database import Db
from casemill.store.desk_tables import ArticleKind, articles
from casemill.store.rows import insert_new, pack, unpack


def put(db: Db, article: Article) -> bool:
    """Keeps a revision; False when it is there already."""
    columns = {name: getattr(article, name) for name in ("source", "kind", "revision", "title", "updated_at")}
    values = columns | {"name": article.id, "body": pack(article)}
    unique = (articles.c.source, articles.c.kind, articles.c.name, articles.c.revision)
    return insert_new(db, articles, values=values, unique=unique) is not None


def latest(db: Db, kind: ArticleKind, id: str, *, source: str | None = None) -> Article | None:  # noqa: PLR0917 - db is what self is to a method
    """The newest revision by the day it was updated; where none is told, by when it came.

    With a `source`, its own before all others: two helpdesks number alike. A macro of another helpdesk is another macro
    and not given; an article may be cited from anywhere.
    """
    return _first(db, and_(_of(kind, source), articles.c.name == id), source=source)


def revision(db: Db, kind: ArticleKind, id: str, revision: str, *, source: str | None = None) -> Article | None:  # noqa: PLR0917 - db is what self is to a method
    """One revision; `source` as in `latest`."""
    which = and_(_of(kind, source), articles.c.name == id, articles.c.revision == revision)
    return _first(db, which, source=source)


def macro_numbered(db: Db, number: str, *, source: str | None = None) -> Article | None:
    """The macro people call by a number: its id is the number, else its newest title begins with `NUMBER:`."""
    if by_id := latest(db, "macro", number, source=source):
        return by_id
    titled = and_(_of("macro", source), articles.c.title.startswith(f"{number}:", autoescape=True))
    names = db.execute(select(articles.c.name).where(titled).distinct().order_by(articles.c.name)).scalars()
    newest = (latest(db, "macro", name, source=source) for name in names)
    return next((macro for macro in newest if macro and macro.title.startswith(f"{number}:")), None)


def all_latest(db: Db, kind: ArticleKind) -> tuple[Article, ...]:
    """The newest revision of each article or macro of each source, by id."""
    each = (articles.c.source, articles.c.name)
    place = func.row_number().over(partition_by=each, order_by=_NEWEST_FIRST).label("place")
    ranked = select(*each, articles.c.body, place).where(articles.c.kind == kind).subquery()
    order = (ranked.c.name, ranked.c.source)
    found = db.execute(select(ranked.c.body).where(ranked.c.place == 1).order_by(*order)).scalars()
    return tuple(unpack(body, Article) for body in found)


def titles(db: Db) -> tuple[str, ...]:
    """What macros and articles are or were called, each once."""
    return tuple(db.execute(select(articles.c.title).distinct().order_by(articles.c.title)).scalars())


_NEWEST_FIRST = (articles.c.updated_at.is_(None), articles.c.updated_at.desc(), articles.c.id.desc())


def _of(kind: ArticleKind, source: str | None) -> ColumnElement[bool]:
    """Those of a kind that a source may mean: its own macros and those of none, and every article."""
    mine = articles.c.kind == kind
    if source is None or kind == "article":
        return mine
    return and_(mine, or_(articles.c.source == source, articles.c.source == ""))


def _first(db: Db, which: ColumnElement[bool], *, source: str | None) -> Article | None:
    nearest = case((articles.c.source == source, 0), (articles.c.source == "", 1), else_=2)
    order = _NEWEST_FIRST if source is None else (nearest, *_NEWEST_FIRST)
    body = db.execute(select(articles.c.body).where(which).order_by(*order).limit(1)).scalar_one_or_none()
    return unpack(body, Article) if body is not None else None
