"""The demo's folder: a project with the packaged shop in it."""

import re
from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from casemill.disk import write_whole
from casemill.domain.article import Article
from casemill.errors import UsageError
from casemill.settings import FILE_NAME, Settings, load, write_starter

MARK = "# A demo project: Borsuq"
COPIED = ("tickets.jsonl", "macros.json", "reviews.jsonl", "admissions.jsonl", "leaks.jsonl", "articles")


def lay_out(root: Path) -> Settings:
    """A project folder with the shop's tickets, articles and recorded decisions; what is there already stays.

    A UsageError when the folder holds something that is no demo.
    """
    from casemill.store import create_keys
    from casemill.suite import write_starter as write_suite

    _refuse_other(root)
    root.mkdir(parents=True, exist_ok=True)
    shop = files("casemill.demo") / "shop"
    _copy(shop / "casemill.toml", root / FILE_NAME)
    _copy(shop / "README.md", root / "README.md")
    for name in COPIED:
        _copy(shop / name, root / "shop" / name)
    write_starter(root)
    settings = load(root).settings
    write_suite(root / settings.suite.path)
    create_keys(root)
    return settings


def read_articles(folder: Path) -> list[Article]:
    """Every revision in the folder of Markdown files, older ones first."""
    read = [_article(path) for path in sorted(folder.glob("*.md"))]
    return sorted(read, key=lambda article: (article.id, int(article.revision)))


def _refuse_other(root: Path) -> None:
    if not root.exists():
        return
    if not root.is_dir():
        raise UsageError(f"{root} is a file", hint="name a new folder: casemill demo --at FOLDER")
    settings = root / FILE_NAME
    is_demo = settings.is_file() and settings.read_text(encoding="utf-8").startswith(MARK)
    # What a killed run left of the first file is no stranger's.
    others = [entry for entry in root.iterdir() if not entry.name.startswith(f".{FILE_NAME}.")]
    if others and not is_demo:
        raise UsageError(
            f"{root} holds something that is not the demo; nothing was written there",
            hint="name a new folder: casemill demo --at FOLDER",
        )


def _copy(source: Traversable, target: Path) -> None:
    if source.is_dir():
        for entry in source.iterdir():
            _copy(entry, target / entry.name)
    elif not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, source.read_bytes())


def _article(path: Path) -> Article:
    """The text without its head, and without the words that only the bot's search reads."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(re.findall(r"^(\w+): (.+)$", head, flags=re.MULTILINE))
    return Article(
        kind="article",
        id=fields["id"],
        revision=fields["revision"],
        title=fields["title"].strip('"'),
        text=body.split("\n## Words")[0].strip(),
        updated_at=datetime.fromisoformat(fields["updated"]).replace(tzinfo=UTC),
    )
