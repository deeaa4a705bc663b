"""The OpenAI-compatible chat form: what is sent, and what came back, checked."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from casemill.domain.reply import Reply, Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import OutsideError

Message = Mapping[str, Any]
ENDED_WELL = frozenset({"stop", "completed", "tool_calls", "function_call", "end_turn", "tool_use", "stop_sequence"})


class Ask(NamedTuple):
    """Model, tools and further parameters (temperature, seed, …) that every call carries."""

    model: str
    tools: tuple[dict[str, Any], ...] = ()
    params: Mapping[str, Any] = {}


class _Function(msgspec.Struct):
    name: str
    arguments: str | dict[str, Any] = "{}"


class _Call(msgspec.Struct):
    function: _Function


class _Part(msgspec.Struct):
    text: str = ""


class _Message(msgspec.Struct):
    content: str | list[_Part] | None = None
    refusal: str | None = None
    tool_calls: list[_Call] | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = 0
    completion_tokens: int | None = 0


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


_decoder = msgspec.json.Decoder(_Completion)
_arguments = msgspec.json.Decoder(dict[str, Any])


def chat_body(ask: Ask, messages: Sequence[Message]) -> bytes:
    """The JSON of one call of `/chat/completions`."""
    tools = {"tools": ask.tools} if ask.tools else {}
    return msgspec.json.encode({**ask.params, "model": ask.model, "messages": messages, **tools})


def read_chat(body: bytes) -> Reply:
    """Text, tool calls and usage of a completion; an OutsideError for anything else."""
    try:
        completion = _decoder.decode(body)
        choice = completion.choices[0]
        message = choice.message
        calls = tuple(read_call(call.function.name, call.function.arguments) for call in message.tool_calls or ())
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise OutsideError(f"the answer is not a chat completion: {error}") from None
    except IndexError:
        raise OutsideError("the answer is a chat completion without a choice") from None
    used = completion.usage
    usage = Usage(input_tokens=used.prompt_tokens or 0, output_tokens=used.completion_tokens or 0) if used else None
    return said(Reply(text=_text(message), calls=calls, usage=usage), ended=choice.finish_reason)


def said(reply: Reply, *, ended: str | None) -> Reply:
    """The reply as it came; an OutsideError for one without a word that was cut off or held back, with the reason
    that the other side gave for its end (`length`, `content_filter`, `refusal`)."""
    if reply.text.strip() or reply.calls or ended is None or ended in ENDED_WELL:
        return reply
    raise OutsideError(f"the model said nothing: it was ended by {ended[:60]}")


def read_call(name: str, arguments: str | dict[str, Any]) -> ToolCall:
    """A tool call whose arguments came as an object or as its JSON text; a DecodeError when they are neither."""
    return ToolCall(
        name=name, arguments=arguments if isinstance(arguments, dict) else _arguments.decode(arguments or "{}")
    )


def _text(message: _Message) -> str:
    if isinstance(message.content, list):
        return "".join(part.text for part in message.content)
    return message.content or message.refusal or ""
