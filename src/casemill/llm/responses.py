"""The OpenAI-compatible responses form: chat messages put into it, and what came back, checked.

Nothing is stored on the other side unless `params` say `store = true`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from casemill.domain.reply import Reply, Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError
from casemill.llm.chat import Ask, Message, read_call, said


class _Part(msgspec.Struct):
    type: str = ""
    text: str = ""
    refusal: str = ""


class _Item(msgspec.Struct):
    """One item of the output: a message, a function call, or anything that is no part of a reply."""

    type: str
    content: Any = None
    name: str = ""
    arguments: Any = None
    output: Any = None


class _Usage(msgspec.Struct):
    input_tokens: int | None = 0
    output_tokens: int | None = 0


class _Incomplete(msgspec.Struct):
    reason: str | None = None


class _Error(msgspec.Struct):
    message: str | None = None


class _Response(msgspec.Struct):
    output: list[_Item]
    status: str | None = None
    usage: _Usage | None = None
    incomplete_details: _Incomplete | None = None
    error: _Error | None = None


_decoder = msgspec.json.Decoder(_Response)


def responses_body(ask: Ask, messages: Sequence[Message]) -> bytes:
    """The JSON of one call of `/responses` for messages and tools in the chat form."""
    body: dict[str, Any] = {"store": False, **ask.params, "model": ask.model}
    if messages and messages[0]["role"] == "system":
        body["instructions"] = messages[0]["content"]
        messages = messages[1:]
    body["input"] = [item for message in messages for item in _items(message)]
    if ask.tools:
        body["tools"] = [_tool(tool) for tool in ask.tools]
    return msgspec.json.encode(body)


def read_responses(body: bytes) -> Reply:
    """Text, tool calls and usage of a response; an OutsideError for anything else, and for one that failed."""
    try:
        response = _decoder.decode(body)
        if response.status == "failed":
            raise OutsideError(f"the model failed: {_why(response)}")
        text = "".join(_text(item) for item in response.output if item.type == "message")
        calls = tuple(_call(item) for item in response.output if item.type in ("function_call", "mcp_call"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise OutsideError(f"the answer is not a response: {error}") from None
    used = response.usage
    usage = Usage(input_tokens=used.input_tokens or 0, output_tokens=used.output_tokens or 0) if used else None
    ended = response.incomplete_details.reason if response.incomplete_details else response.status
    return said(Reply(text=text, calls=calls, usage=usage), ended=ended)


def _why(response: _Response) -> str:
    error = response.error
    return (error.message if error and error.message else "no reason is given")[:200]


def _text(item: _Item) -> str:
    parts = msgspec.convert(item.content or [], list[_Part])
    return "".join(part.text or part.refusal for part in parts)


def _call(item: _Item) -> ToolCall:
    arguments = msgspec.convert(item.arguments or {}, str | dict[str, Any])
    call = read_call(item.name, arguments)
    return ToolCall(name=call.name, arguments=call.arguments, result=item.output if type(item.output) is str else None)


def _items(message: Message) -> Iterator[Mapping[str, Any]]:
    """A chat message as input items: what was said, each call, a call's result."""
    if message["role"] == "tool":
        result = message["content"]
        yield {"type": "function_call_output", "call_id": message["tool_call_id"], "output": result}
        return
    if message["content"]:
        yield {"role": message["role"], "content": message["content"]}
    for call in message.get("tool_calls", ()):
        yield {"type": "function_call", "call_id": call["id"], **call["function"]}


def _tool(tool: Mapping[str, Any]) -> Mapping[str, Any]:
    """A tool of the chat form, flat as this form has it; any other stays."""
    function = tool.get("function")
    return {"type": "function", **function} if isinstance(function, dict) else tool
