"""What checks a reply: the table of graders, and the verbs that build and use them.

A grader is a frozen word whose fields are its YAML arguments and which looks: `look(reply, case) -> Grade`. Third
parties add theirs with an entry point in the group `casemill.graders`.
"""

from typing import Any, ClassVar, cast

import msgspec

from casemill.domain.case import Assertion, Case
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.word import Word
from casemill.errors import UsageError
from casemill.plugins import Shelf

GRADERS = Shelf(
    "graders",
    {
        "contains": "casemill.run.graders.contains:Contains",
        "not_contains": "casemill.run.graders.not_contains:NotContains",
        "regex": "casemill.run.graders.regex:Regex",
        "equals": "casemill.run.graders.equals:Equals",
        "json_schema": "casemill.run.graders.json_schema:JsonSchema",
        "word_count": "casemill.run.graders.word_count:WordCount",
        "tool_called": "casemill.run.graders.tool_called:ToolCalled",
        "tool_not_called": "casemill.run.graders.tool_not_called:ToolNotCalled",
        "no_pii": "casemill.run.graders.no_pii:NoPii",
        "judge": "casemill.run.graders.judge:Judge",
    },
)


class Grader(Word):
    """The base of every grader. `looks` is false for one that has to ask a model and so cannot look."""

    looks: ClassVar[bool] = True

    def look(self, reply: Reply, case: Case) -> Grade:
        """Pass, fail or error, with a reason a person can act on."""
        raise NotImplementedError


def build(assertion: Assertion) -> Grader:
    """The grader an assertion names, with its arguments; a UsageError names the grader and what is wrong."""
    kind = GRADERS.get(assertion.grader)
    try:
        return cast(Grader, msgspec.convert(assertion.arguments, kind))
    except msgspec.ValidationError as error:
        raise UsageError(f"grader {assertion.grader}: {error}", hint=f"it takes: {arguments_of(kind)}") from None


def complaint(assertion: Assertion) -> str | None:
    """What is wrong with an assertion and what would be right, in one line; None when a grader would take it."""
    try:
        build(assertion)
    except UsageError as error:
        return f"{error} ({error.hint})" if error.hint else f"{error}"
    return None


def build_all(case: Case) -> tuple[tuple[str, Grader], ...]:
    """Every assertion's grader with its name, in order; a UsageError names the case too."""
    built = []
    for assertion in case.assertions:
        try:
            built.append((assertion.grader, build(assertion)))
        except UsageError as error:
            raise UsageError(f"case {case.id}: {error}", hint=error.hint) from None
    return tuple(built)


def grade(case: Case, reply: Reply) -> tuple[Grade, ...]:
    """One grade for each assertion of the case, in order; `judge` errors as long as no judge is configured."""
    from casemill.run.trials import look  # the one place that may catch whatever a grader raises

    return tuple(look(name, grader, reply=reply, case=case) for name, grader in build_all(case))


def arguments_of(kind: type[Any]) -> str:
    """`any, all, ignore_case`, for messages and the reference page."""
    return ", ".join(field.encode_name for field in msgspec.structs.fields(kind)) or "no arguments"
