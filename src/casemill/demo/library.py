"""The knowledge base as the bot sees it: articles by revision, found by the words they share with a question."""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

WORD = re.compile(r"[\w-]{2,}")
LANGUAGES = {"In short": "en", "Кратко": "ru", "Қысқаша": "kk"}


class Revision(NamedTuple):
    """One revision of an article: its short answers by language and the stems it is found by."""

    id: str
    revision: int
    title: str
    short: dict[str, str]
    stems: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.id}@{self.revision}"


class Found(NamedTuple):
    """The article that fits best, and how well: stems no other article has count double."""

    article: Revision
    score: int


@cache
def all_revisions() -> tuple[Revision, ...]:
    """Every revision ever published, oldest first."""
    folder = files("casemill.demo") / "shop" / "articles"
    read = (_read(entry.read_text(encoding="utf-8")) for entry in folder.iterdir() if entry.name.endswith(".md"))
    return tuple(sorted(read, key=lambda article: (article.id, article.revision)))


@cache
def newest_revisions() -> tuple[Revision, ...]:
    return tuple({article.id: article for article in all_revisions()}.values())


def look_up(question: str, articles: tuple[Revision, ...]) -> Found | None:
    """The best article for a question; of equals the one that stands first. None when no word is shared."""
    asked = _stems(question)
    found = [Found(article, _score(asked & article.stems)) for article in articles]
    best = max(found, key=lambda one: one.score)
    return best if best.score else None


def short_answer(article: Revision, *, language: str, plan: str | None) -> str:
    """The article's short answer; of the lines for a plan, those of `plan`, or all when it is not known."""
    lines = article.short[language].splitlines()
    kept = [line for line in lines if not line.startswith(("Basic:", "Plus:"))]
    by_plan = [line for line in lines if line not in kept and (plan is None or line.startswith(f"{plan}:"))]
    return " ".join([*kept, *(line.split(": ", 1)[1] for line in by_plan)])


def _score(shared: frozenset[str]) -> int:
    return sum(2 if _owners()[stem] == 1 else 1 for stem in shared)


@cache
def _owners() -> dict[str, int]:
    """How many articles a stem stands in, revisions of one article counted once."""
    count: dict[str, int] = {}
    for stems in {article.id: article.stems for article in all_revisions()}.values():
        for stem in stems:
            count[stem] = count.get(stem, 0) + 1
    return count


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in WORD.findall(text.lower()))


def _read(text: str) -> Revision:
    head, *sections = re.split(r"^## ", text, flags=re.MULTILINE)
    fields = dict(re.findall(r"^(\w+): (.+)$", head, flags=re.MULTILINE))
    bodies = {name: body.strip() for name, body in (section.split("\n", 1) for section in sections)}
    return Revision(
        fields["id"],
        int(fields["revision"]),
        fields["title"].strip('"'),
        {language: bodies[name] for name, language in LANGUAGES.items()},
        _stems(bodies["Words"]),
    )
