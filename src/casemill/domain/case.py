"""A case: the shortest input that shows a failure, what should happen, and what must hold."""

import base64
import hashlib
import re
from typing import Any, Literal

import msgspec

from casemill.domain.failure import Severity
from casemill.domain.grade import Grade
from casemill.domain.ticket import Role, ToolCall
from casemill.domain.word import Word, canonical, digest_of

Stratum = Literal["routine", "edge", "adversarial", "safety"]
Golden = Literal["happy", "edge", "unacceptable", "safety", "regression"]
Status = Literal["active", "quarantined", "retired"]
Outcome = Literal["answer", "clarify", "action", "handoff", "refuse", "escalate"]

# What stands beside a grader in a case file: its arguments by name, or one word or a list for them.
Told = dict[str, Any] | str | tuple[Any, ...]
AssertItem = dict[str, Told]

CASE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*-[a-z2-7]{6}")


class Said(Word, omit_defaults=True):
    """One turn of a case's input: a one-key mapping from role to what was said, `{customer: "…"}`."""

    customer: str | None = None
    assistant: str | None = None
    agent: str | None = None
    tool: ToolCall | None = None

    @property
    def role(self) -> Role:
        return next(role for role in ("customer", "assistant", "agent", "tool") if getattr(self, role) is not None)

    @property
    def text(self) -> str:
        """What was said; for a tool turn the result it gave."""
        if self.tool is not None:
            return self.tool.result or ""
        return self.customer or self.assistant or self.agent or ""

    def __post_init__(self) -> None:
        if (self.customer is None) + (self.assistant is None) + (self.agent is None) + (self.tool is None) != 3:
            raise ValueError("a turn has exactly one of customer, assistant, agent, tool")


class Input(Word, omit_defaults=True):
    """What is sent to the AI under test: turns, the last of them the customer's, and context as plain JSON.

    The assistant's earlier turns are frozen: sent as they stand. With `live` the target answers each of them anew.
    """

    turns: tuple[Said, ...]
    context: dict[str, Any] = {}
    live: bool = False


class Expect(Word, omit_defaults=True):
    """What should happen. `good` is a reference reply only when it is truly good; `bad` the recorded failure."""

    outcome: Outcome | None = None
    behavior: str = ""
    good: str | None = None
    bad: str | None = None
    bad_calls: tuple[ToolCall, ...] = ()
    good_calls: tuple[ToolCall, ...] = ()


class Card(Word, omit_defaults=True):
    """Labels for slicing results."""

    intent: str | None = None
    risk: tuple[str, ...] = ()
    language: str | None = None
    urgency: str | None = None
    policy: str | None = None
    scheme: str | None = None
    labelers: int | None = None


class Lineage(Word, omit_defaults=True):
    """The way back: where the case came from."""

    source: str
    ticket: str
    failure: int = 1
    payload: str | None = None
    trace: str | None = None
    proposal: int | None = None
    review: int | None = None
    macro: str | None = None
    articles: tuple[str, ...] = ()
    link: str | None = None
    root_cause: str | None = None

    @property
    def key(self) -> str:
        return f"{self.source}:{self.ticket}"


class Since(Word):
    """A mark on a case: since which day, and why."""

    since: str
    because: str


class Dates(Word, omit_defaults=True):
    """Days as text, YYYY-MM-DD."""

    created: str
    review_by: str | None = None


class Assertion(Word, omit_defaults=True):
    """What must hold: a grader's name and its arguments, or one word or a list for them, as in
    `checks: support_draft` and `not_contains: [refunded]`."""

    grader: str
    arguments: dict[str, Any] = {}
    word: str | None = None
    listed: tuple[Any, ...] | None = None

    @classmethod
    def of(cls, grader: str, told: Told) -> "Assertion":
        """As a case file says it."""
        if isinstance(told, str):
            return cls(grader=grader, word=told)
        return cls(grader=grader, arguments=told) if isinstance(told, dict) else cls(grader=grader, listed=tuple(told))

    @property
    def item(self) -> AssertItem:
        """As it stands in a case file: `{contains: {any: […]}}`, `{checks: "support_draft"}`."""
        if self.word is not None:
            return {self.grader: self.word}
        return {self.grader: self.arguments if self.listed is None else self.listed}


class Case(Word, omit_defaults=True):
    """One case file. The order of the fields is the order of the keys in the file."""

    id: str
    failure_mode: str
    severity: Severity
    stratum: Stratum = "routine"
    golden: Golden | None = None
    status: Status = "active"
    quarantine: Since | None = None
    stale: Since | None = None
    why: str = ""
    input: Input
    expect: Expect = msgspec.field(default_factory=Expect)
    assert_: tuple[AssertItem, ...] = msgspec.field(default=(), name="assert")
    card: Card | None = None
    features: tuple[str, ...] = ()
    lineage: Lineage | None = None
    dates: Dates | None = None

    @property
    def assertions(self) -> tuple[Assertion, ...]:
        return tuple(Assertion.of(grader, told) for item in self.assert_ for grader, told in item.items())

    @property
    def digest(self) -> str:
        """Covers what a verdict depends on: input, expect, assert, severity, failure_mode."""
        return digest_of(canonical([self.input, self.expect, self.assert_, self.severity, self.failure_mode]))


class Check(Word, omit_defaults=True):
    """One assertion tried before admission: what it says of the recorded bad reply and of the good one.

    `good` is None when there is no good reply to try it on; `looks` is true for a deterministic grader.
    """

    assertion: Assertion
    looks: bool
    bad: Grade | None = None
    good: Grade | None = None


class Draft(Word, omit_defaults=True):
    """What the normalizer proposes: a case, its checks, and what still keeps it from being active."""

    ticket: str
    version: int
    failure: int
    case: Case
    checks: tuple[Check, ...] = ()
    missing: tuple[str, ...] = ()
    id: int | None = None


def case_id(slug: str, *, source: str, ticket: str, failure: int) -> str:
    """A slug and six base32 letters of sha256(source, ticket, failure number); it never changes."""
    letters = base64.b32encode(hashlib.sha256(canonical([source, ticket, failure])).digest())[:6].decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-") or "case"
    return f"{words}-{letters}"
