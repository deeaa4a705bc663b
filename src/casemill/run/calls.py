"""Which of a reply's tool calls an assertion means."""

from typing import Any

from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.domain.word import canonical


def calls_like(reply: Reply, name: str, *, arguments: dict[str, Any]) -> tuple[ToolCall, ...]:
    """The calls of a tool that carry at least these arguments."""
    return tuple(call for call in reply.calls if call.name == name and holds(call.arguments, arguments))


def holds(value: Any, wanted: Any) -> bool:
    """Whether a JSON value has at least what is wanted: objects by subset, everything else by equality."""
    if isinstance(wanted, dict):
        return isinstance(value, dict) and all(key in value and holds(value[key], wanted[key]) for key in wanted)
    if isinstance(wanted, list | tuple):
        return (
            isinstance(value, list | tuple)
            and len(value) == len(wanted)
            and all(holds(one, other) for one, other in zip(value, wanted, strict=True))
        )
    # True is not 1 in JSON, though Python finds them equal; 1 and 1.0 are the same number.
    return bool(value == wanted) and isinstance(value, bool) == isinstance(wanted, bool)


def same(value: Any, other: Any) -> bool:
    """Whether two JSON values are equal: 1 is 1.0, true is not 1."""
    return holds(value, other) and holds(other, value)


def told(name: str, arguments: dict[str, Any]) -> str:
    """`issue_refund` or `issue_refund {"order":"[ORDER_1]"}`."""
    return f"{name} {canonical(arguments).decode()}" if arguments else name
