"""What a target is told of a case: turns and context, never what is expected of it."""

from contextvars import ContextVar
from typing import Any

import msgspec

from casemill.domain.case import Case, Said

# The id of the talk that is under way in a task; whoever opens a target gives each talk its own.
TALK: ContextVar[str] = ContextVar("talk", default="")


def turns_of(case: Case) -> list[dict[str, Any]]:
    """`{role, text}` for each turn in order; a tool's turn is `{role, name, arguments, result}`."""
    return [_turn(said) for said in case.input.turns]


def last_text(case: Case) -> str:
    """What the customer said last, the thing to be answered."""
    return next((said.customer for said in reversed(case.input.turns) if said.customer is not None), "")


def told(case: Case) -> dict[str, Any]:
    """The whole of it as plain JSON: case id, the talk's id, last text, turns, context."""
    return {
        "case": {"id": case.id},
        "talk": TALK.get(),
        "input": last_text(case),
        "turns": turns_of(case),
        "context": case.input.context,
    }


def messages_of(case: Case) -> list[dict[str, Any]]:
    """The turns as OpenAI messages: customer → user, assistant and agent → assistant, tool → a call and its result."""
    messages: list[dict[str, Any]] = []
    for number, said in enumerate(case.input.turns, 1):
        if said.tool is not None:
            messages += _tool_messages(said, f"call_{number}")
        else:
            messages.append({"role": "user" if said.role == "customer" else "assistant", "content": said.text})
    return messages


def _turn(said: Said) -> dict[str, Any]:
    if said.tool is None:
        return {"role": said.role, "text": said.text}
    call = said.tool
    return {"role": "tool", "name": call.name, "arguments": call.arguments, "result": call.result}


def _tool_messages(said: Said, call_id: str) -> list[dict[str, Any]]:
    assert said.tool is not None
    arguments = msgspec.json.encode(said.tool.arguments).decode()
    function = {"name": said.tool.name, "arguments": arguments}
    return [
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": call_id, "type": "function", "function": function}],
        },
        {"role": "tool", "tool_call_id": call_id, "content": said.text},
    ]
