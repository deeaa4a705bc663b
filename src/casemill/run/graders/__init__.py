"""What checks a reply: the table of graders, and the verbs that build and use them.

A grader is a frozen word whose fields are its YAML arguments and which looks: `look(reply, case) -> Grade`. Third
parties add theirs with an entry point in the group `casemill.graders`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, cast, get_origin

import msgspec

from casemill.domain.case import Assertion, Case
from casemill.domain.grade import Grade, passed
from casemill.domain.reply import Reply
from casemill.domain.word import Word
from casemill.errors import FileError, UsageError
from casemill.plugins import Shelf

_OURS = {
    "contains": "Contains",
    "not_contains": "NotContains",
    "starts_with": "StartsWith",
    "regex": "Regex",
    "equals": "Equals",
    "similarity": "Similarity",
    "number": "Number",
    "json_schema": "JsonSchema",
    "json_path": "JsonPath",
    "word_count": "WordCount",
    "language_is": "LanguageIs",
    "tool_called": "ToolCalled",
    "tool_not_called": "ToolNotCalled",
    "tool_sequence": "ToolSequence",
    "slot_kept": "SlotKept",
    "no_pii": "NoPii",
    "no_promise": "NoPromise",
    "asks_for": "AsksFor",
    "asks_only_for": "AsksOnlyFor",
    "cites": "Cites",
    "intent_in": "IntentIn",
    "confidence_between": "ConfidenceBetween",
    "no_draft_below": "NoDraftBelow",
    "escalates": "Escalates",
    "latency": "Latency",
    "cost": "Cost",
    "python": "Python",
    "checks": "Checks",
    "judge": "Judge",
}
NOT_PREPARED = " was not read: the grader was not prepared"
GRADERS = Shelf("graders", {name: f"casemill.run.graders.{name}:{kind}" for name, kind in _OURS.items()})


class Surroundings(NamedTuple):
    """What a grader finds around it: the project folder, the suite's folder (`evals`), the time the run began."""

    root: Path
    suite: Path
    now: datetime


class Grader(Word):
    """The base of every grader.

    `looks` is false for one that has to ask a model and so cannot look; `bare` names the argument that one word alone
    stands for, as in `checks: support_draft`; `listed` the one that a list alone stands for, where that is another.
    """

    looks: ClassVar[bool] = True
    bare: ClassVar[str] = ""
    listed: ClassVar[str] = ""

    def prepared(self, around: Surroundings) -> "Grader":  # noqa: ARG002 - for graders that need files
        """The grader with what it needs of the files around it, read once before the first look; a UsageError when
        that is missing or wrong."""
        return self

    def yardsticks(self, around: Surroundings) -> tuple[str, ...]:  # noqa: ARG002 - for graders that need files
        """The files that it grades by, as paths from the suite's folder, for the run to tell their digests.

        A name that ends in `/` is a folder, `*` the newest version; `articles/*` are the articles that a case names.
        """
        return ()

    def parts(self, around: Surroundings | None) -> "tuple[Part, ...] | None":  # noqa: ARG002 - for presets
        """The graders that a preset stands for; None for a grader that looks by itself."""
        return None

    def look(self, reply: Reply, case: Case) -> Grade:
        """Pass, fail or error, with a reason a person can act on."""
        raise NotImplementedError


class Part(NamedTuple):
    """One grader of a preset: its name there, its assertion, and whether it looks only at a reply with a draft."""

    name: str
    assertion: Assertion
    only_drafts: bool = False


class OnlyDrafts(Grader):
    """Looks with another grader, where the reply shows a draft; a reply without one passes."""

    grader: Any

    def prepared(self, around: Surroundings) -> Grader:
        return OnlyDrafts(grader=self.grader.prepared(around))

    def look(self, reply: Reply, case: Case) -> Grade:
        from casemill.run.drafts import drafts

        return cast(Grade, self.grader.look(reply, case)) if drafts(reply) else passed("shows no draft")


def build(assertion: Assertion) -> Grader:
    """The grader an assertion names, with its arguments; a UsageError names the grader and what is wrong."""
    kind = GRADERS.get(assertion.grader)
    try:
        return cast(Grader, msgspec.convert(_arguments(assertion, kind), kind))
    except msgspec.ValidationError as error:
        raise UsageError(f"grader {assertion.grader}: {error}", hint=f"it takes: {arguments_of(kind)}") from None


def _arguments(assertion: Assertion, kind: type[Any]) -> dict[str, Any]:
    """The arguments as written; one word, or a list alone, is the argument that the grader says it stands for."""
    if assertion.listed is not None:
        return _of_list(assertion, assertion.listed, kind=kind)
    if assertion.word is None:
        return assertion.arguments
    bare = getattr(kind, "bare", "")
    if bare not in _names(kind):
        raise _too_little(assertion, kind, why="one word does not say enough")
    return {bare: [assertion.word] if bare in _lists(kind) else assertion.word}


def _of_list(assertion: Assertion, listed: tuple[Any, ...], *, kind: type[Any]) -> dict[str, Any]:
    lists, name = _lists(kind), list_argument(kind)
    if name is None:
        raise _too_little(assertion, kind, why="a list alone does not say enough")
    if not listed:
        raise _too_little(assertion, kind, why="the list is empty")
    if len(listed) > 1 and {"any", "all"} <= set(lists):
        hint = f"write {assertion.grader}: {{any: […]}} or {assertion.grader}: {{all: […]}}"
        raise UsageError(f"grader {assertion.grader}: a list of {len(listed)} may mean any of them or all", hint=hint)
    return {name: list(listed)}


def _too_little(assertion: Assertion, kind: type[Any], *, why: str) -> UsageError:
    hint = f"write its arguments out; it takes: {arguments_of(kind)}"
    return UsageError(f"grader {assertion.grader}: {why}", hint=hint)


def list_argument(kind: type[Any]) -> str | None:
    """The argument that a list alone stands for; None where it would stand for nothing."""
    named = getattr(kind, "listed", "") or getattr(kind, "bare", "")
    return named if named in _lists(kind) else None


def _lists(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(kind) if get_origin(field.type) is tuple)


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(kind))


def complaint(assertion: Assertion, around: Surroundings | None = None) -> str | None:
    """What is wrong with an assertion and what would be right, in one line; None when a grader would take it.

    Files that it needs are looked for only where `around` says where they would be.
    """
    try:
        tuple(_built(assertion, around))
    except (UsageError, FileError) as error:
        return f"{error} ({error.hint})" if error.hint else f"{error}"
    return None


def build_all(case: Case, around: Surroundings | None = None) -> tuple[tuple[str, Grader], ...]:
    """Every assertion's grader with its name, in order, a preset's spread out as `checks/no_pii`; a UsageError names
    the case too. With `around` each is prepared, and a preset of the suite's own is found."""
    built: list[tuple[str, Grader]] = []
    for assertion in case.assertions:
        try:
            built += _built(assertion, around)
        except UsageError as error:
            raise UsageError(f"case {case.id}: {error}", hint=error.hint) from None
    return tuple(built)


def _built(assertion: Assertion, around: Surroundings | None, *, inside: str = "") -> Iterator[tuple[str, Grader]]:
    grader = build(assertion)
    parts = grader.parts(around)
    if parts is None:
        yield inside or assertion.grader, grader if around is None else grader.prepared(around)
        return
    for part in parts:
        if inside:
            raise UsageError(f"grader {assertion.grader}: a preset cannot hold a preset")
        for name, one in _built(part.assertion, around, inside=f"{assertion.grader}/{part.name}"):
            if part.only_drafts and not one.looks:
                raise UsageError(f"grader {name} asks a model; in a preset it stands under always:")
            yield name, OnlyDrafts(grader=one) if part.only_drafts else one


def grade(case: Case, reply: Reply, *, around: Surroundings | None = None) -> tuple[Grade, ...]:
    """One grade for each grader of the case, in order; `judge` errors as long as no judge is configured."""
    from casemill.run.trials import look  # the one place that may catch whatever a grader raises

    return tuple(look(name, grader, reply=reply, case=case) for name, grader in build_all(case, around))


def worst(grades: Iterable[Grade]) -> Grade:
    """Of several grades the one that decides: the first fail, else the first error, else a pass."""
    ordered = sorted(grades, key=lambda one: ("fail", "error", "pass").index(one.result))
    return ordered[0] if ordered else passed()


def unprepared(what: str) -> Grade:
    """The error of a grader that was asked to look before it could read its files."""
    return Grade(result="error", reason=f"{what}{NOT_PREPARED}")


def was_unprepared(given: Grade) -> bool:
    """Whether a grade only says that its grader had not read its files."""
    return given.result == "error" and given.reason.endswith(NOT_PREPARED)


def arguments_of(kind: type[Any]) -> str:
    """`any, all, ignore_case`, for messages and the reference page."""
    return ", ".join(_names(kind)) or "no arguments"
