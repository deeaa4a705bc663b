"""What a draft may become in a person's hands: the same case, about the same failure, with nothing real in it."""

from collections.abc import Iterator
from typing import Any

import msgspec

from casemill.domain.case import Case
from casemill.errors import UsageError
from casemill.suite.files import case_path, case_text, parse_case


def refuse_what_may_not_be(case: Case, draft: Case) -> None:
    """A UsageError for a case that is another case, is no case file, says nothing, or holds a real value that the
    draft did not hold."""
    if case.id != draft.id:
        raise UsageError(f"the id of a case never changes; it is {draft.id}")
    if _origin(case) != _origin(draft):
        raise UsageError("lineage must keep source, ticket and failure: they are the way back to the ticket")
    if case.status == "retired":
        raise UsageError("a draft cannot be admitted as retired", hint="reject it instead")
    if not case.input.turns or case.input.turns[-1].customer is None:
        raise UsageError("input.turns must end with what the customer says")
    parse_case(case_text(case), case_path(case))
    _refuse_real(case, draft)


def _origin(case: Case) -> tuple[object, ...]:
    came = case.lineage
    return (came.source, came.ticket, came.failure) if came else ()


def _refuse_real(case: Case, draft: Case) -> None:
    from casemill.personal.find import scan

    masked = set(_texts(_free(draft)))
    for text in _texts(_free(case)):
        if text not in masked and (found := scan(text)):
            labels = ", ".join(sorted({span.label for span in found}))
            raise UsageError(
                f"what was written looks as if it holds a real {labels}",
                hint=f"put a placeholder in its place, such as [{found[0].label}_1]",
            )


def _free(case: Case) -> Any:
    """The parts of a case that people write freely."""
    return msgspec.to_builtins([case.why, case.input, case.expect, case.assert_])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
