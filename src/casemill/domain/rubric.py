"""A rubric: the criteria by which a model or a person grades a reply, each with what it sees and what is known."""

from typing import Literal

from casemill.domain.word import Word

Scale = Literal["binary", "1-5"]
Part = Literal["expectation", "reply", "calls", "input", "context", "articles"]
Quotes = Literal["reply", "input", "none"]

PASS_AT = 3


class KnownReplies(Word, omit_defaults=True):
    """A good and a bad reply to one situation, on which a judge is tried in each run; never shown as an example.

    `bad` is bad by this criterion alone, and plainly so. `input`, `context` and `articles` are texts, needed where the
    criterion sees them.
    """

    expectation: str
    good: str
    bad: str
    input: str = ""
    calls: str = ""
    context: str = ""
    articles: str = ""


class Criterion(Word, omit_defaults=True):
    """One question about a reply. On the scale 1-5 a score of `pass_at` or more passes; `anchors` say what scores mean.

    `sees` are the parts that are shown to whoever grades. `quotes` says where a fail must show its words: in the reply,
    in the input (what was overlooked), or nowhere.
    """

    name: str
    asks: str
    guidance: str
    known: KnownReplies
    scale: Scale = "binary"
    pass_at: int = PASS_AT
    anchors: dict[str, str] = {}
    sees: tuple[Part, ...] = ("expectation", "reply")
    quotes: Quotes = "reply"


class Rubric(Word, omit_defaults=True):
    """One version of a rubric file; `intro` holds for every criterion."""

    name: str
    version: int
    criteria: tuple[Criterion, ...]
    intro: str = ""

    @property
    def label(self) -> str:
        """`support@2`, as a case names it."""
        return f"{self.name}@{self.version}"

    def criterion(self, name: str) -> Criterion | None:
        return next((each for each in self.criteria if each.name == name), None)
