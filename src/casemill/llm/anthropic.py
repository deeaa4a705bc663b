"""The form of Anthropic's messages: chat messages put into it, and what came back, checked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from casemill.domain.reply import Reply, Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError
from casemill.llm.chat import Ask, Message, said

MOST_TOKENS = 4096
# The form wants the customer's side to begin; a talk that begins with a greeting is told so.
GREETED = "(the assistant speaks first)"
CALLS = ("tool_use", "server_tool_use", "mcp_tool_use")


class _Block(msgspec.Struct):
    type: str
    text: str = ""
    name: str = ""
    input: dict[str, Any] | None = None


class _Usage(msgspec.Struct):
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    cache_creation_input_tokens: int | None = 0
    cache_read_input_tokens: int | None = 0


class _Message(msgspec.Struct):
    content: list[_Block]
    stop_reason: str | None = None
    usage: _Usage | None = None


_decoder = msgspec.json.Decoder(_Message)
_arguments = msgspec.json.Decoder(dict[str, Any])


def anthropic_body(ask: Ask, messages: Sequence[Message]) -> bytes:
    """The JSON of one call of `/messages` for messages and tools in the chat form; `max_tokens`, which the form
    wants, is `MOST_TOKENS` unless the parameters name it."""
    system = "\n\n".join(message["content"] for message in messages if message["role"] == "system")
    body: dict[str, Any] = {"max_tokens": MOST_TOKENS, **ask.params, "model": ask.model}
    if system:
        body["system"] = system
    body["messages"] = _joined(message for message in messages if message["role"] != "system")
    if ask.tools:
        body["tools"] = [_tool(tool) for tool in ask.tools]
    return msgspec.json.encode(body)


def read_anthropic(body: bytes) -> Reply:
    """Text, tool calls and usage of a message; an OutsideError for anything else. What was read from or written to a
    prompt cache counts as input."""
    try:
        message = _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise OutsideError(f"the answer is not a message: {error}") from None
    text = "".join(block.text for block in message.content if block.type == "text")
    calls = tuple(
        ToolCall(name=block.name, arguments=block.input or {}) for block in message.content if block.type in CALLS
    )
    return said(Reply(text=text, calls=calls, usage=_usage(message.usage)), ended=message.stop_reason)


def _usage(used: _Usage | None) -> Usage | None:
    if used is None:
        return None
    read = (used.input_tokens, used.cache_creation_input_tokens, used.cache_read_input_tokens)
    return Usage(input_tokens=sum(tokens or 0 for tokens in read), output_tokens=used.output_tokens or 0)


def _joined(messages: Iterator[Message]) -> list[dict[str, Any]]:
    """One message a side in turn, each a list of blocks: what one side says in a row is one message."""
    joined: list[dict[str, Any]] = []
    for message in messages:
        role = "assistant" if message["role"] == "assistant" else "user"
        if not (blocks := list(_blocks(message))):
            continue
        if not joined and role == "assistant":
            joined.append({"role": "user", "content": [_text(GREETED)]})
        if joined and joined[-1]["role"] == role:
            joined[-1]["content"] += blocks
        else:
            joined.append({"role": role, "content": blocks})
    return joined


def _blocks(message: Message) -> Iterator[dict[str, Any]]:
    """A chat message as blocks; an empty text, which the form refuses, is none."""
    if message["role"] == "tool":
        yield {"type": "tool_result", "tool_use_id": message["tool_call_id"], "content": message["content"]}
        return
    if (message["content"] or "").strip():
        yield _text(message["content"])
    for call in message.get("tool_calls", ()):
        function = call["function"]
        arguments = _arguments.decode(function["arguments"])
        yield {"type": "tool_use", "id": call["id"], "name": function["name"], "input": arguments}


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def _tool(tool: Mapping[str, Any]) -> Mapping[str, Any]:
    """A tool of the chat form as this form has it; any other stays."""
    function = tool.get("function")
    if not isinstance(function, dict):
        return tool
    told = {key: function[key] for key in ("name", "description") if key in function}
    return {**told, "input_schema": function.get("parameters", {"type": "object", "properties": {}})}
