"""The reply cites articles that exist and stand."""

from typing import ClassVar

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.errors import UsageError
from casemill.run.articles import Articles, Cited, read_articles
from casemill.run.fold import cut
from casemill.run.graders import Grader, Surroundings, unprepared


class Cites(Grader, omit_defaults=True):
    """Passes when every article that the reply cites exists in the suite's `articles/` (`KB-1042@4.md`) and is the
    current revision: the highest there, and not marked `status: deprecated` in its head.

    Besides it must cite one of `any`, every one of `all`, none of `none`, and at least `min`. A name without a revision
    is any revision of it. Read are the reply's citations, and where it has none, the ids in its text; what must not be
    cited is looked for in both. With `current: false` an older revision will do; with `exist: false` no folder is
    needed.
    """

    bare: ClassVar[str] = "all"

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    min: int = 0
    exist: bool = True
    current: bool = True

    def __post_init__(self) -> None:
        if self.min < 0:
            raise ValueError("min is 0 or more")
        if not self.exist and not (self.any or self.all or self.none or self.min):
            raise ValueError("with exist: false, say what to cite: any, all, none or min")

    def prepared(self, around: Surroundings) -> Grader:
        articles = read_articles(around.suite / "articles")
        if self.exist and not articles.names:
            raise UsageError(
                f"grader cites: there is no article in {around.suite / 'articles'}",
                hint="put each there as ID@REVISION.md, as KB-1042@4.md; or write exist: false",
            )
        return _Knowing(
            any=self.any,
            all=self.all,
            none=self.none,
            min=self.min,
            exist=self.exist,
            current=self.current,
            articles=articles,
        )

    def yardsticks(self, around: Surroundings) -> tuple[str, ...]:  # noqa: ARG002 - the base's signature
        return ("articles/",)

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        return unprepared("the folder of articles")


class _Knowing(Cites, omit_defaults=True):
    """The same, with the articles at hand."""

    articles: Articles

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        listed = tuple(cited for citation in reply.citations for cited in self.articles.read(citation))
        written = self.articles.in_text(reply.text)
        cited = listed or written
        every = tuple(dict.fromkeys((*listed, *written)))
        if self.exist and (wrong := self._wrong(every)):
            return failed(wrong)
        if said := next((name for name in self.none if _among(name, every)), None):
            return failed(f"cites {said}")
        told = cut(", ".join("@".join(filter(None, one)) for one in cited), 200) or "nothing"
        if missing := [name for name in self.all if not _among(name, cited)]:
            return failed(f"does not cite {', '.join(missing)}; it cites {told}")
        if self.any and not any(_among(name, cited) for name in self.any):
            return failed(f"does not cite {' or '.join(self.any)}; it cites {told}")
        if len(set(cited)) < self.min:
            return failed(f"cites {len(set(cited))}, fewer than {self.min}")
        return passed(f"cites {told}")

    def _wrong(self, cited: tuple[Cited, ...]) -> str | None:
        wrong = (self.articles.wrong_with(one, older=not self.current) for one in cited)
        return next(filter(None, wrong), None)


def _among(wanted: str, cited: tuple[Cited, ...]) -> bool:
    name, _, revision = wanted.partition("@")
    return any(one.name.lower() == name.lower() and revision in ("", one.revision) for one in cited)
