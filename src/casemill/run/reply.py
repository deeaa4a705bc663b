"""Reads what a target gave back as a Reply: JSON of the Reply's fields, or plain text."""

from typing import Any

import msgspec

from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.errors import TargetError
from casemill.llm.chat import read_call


def reply_of(value: Any) -> Reply:
    """A Reply from a Reply, a text, or a dict of its fields; a TargetError for anything else."""
    if isinstance(value, Reply):
        return value
    if isinstance(value, str):
        return Reply(text=value)
    if not isinstance(value, dict):
        raise TargetError(f"the answer is {type(value).__name__}, neither a text nor an object with a reply's fields")
    try:
        calls = tuple(call_of(call) for call in value.get("calls") or ())
        return msgspec.convert({**value, "calls": calls}, Reply)
    except msgspec.ValidationError as error:
        raise TargetError(f"the answer is not a reply: {error}") from None


def answered(reply: Reply) -> Reply:
    """The reply as it came; a TargetError for one without text, calls, citations and intent. A draft that was held
    back, or a talk given to a person, is an answer without a word."""
    held_back = reply.escalated is True or reply.draft_shown is False
    if not (reply.text.strip() or reply.calls or reply.citations or reply.intent or held_back):
        raise TargetError("the target answered nothing")
    return reply


def reply_of_bytes(raw: bytes) -> Reply:
    """A Reply from output: a JSON object of its fields, else the whole output as text; a TargetError for what is not
    UTF-8."""
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise TargetError(f"the answer is not UTF-8 text (byte {error.start + 1:,})") from None
    if raw.lstrip()[:1] == b"{":
        try:
            return reply_of(msgspec.json.decode(raw))
        except msgspec.DecodeError as error:
            raise TargetError(f"the answer begins like JSON but is not: {error}") from None
    return Reply(text=text.removesuffix("\n"))


def call_of(value: Any) -> ToolCall:
    """A tool call in our form, `{name, arguments}`, or in OpenAI's, `{function: {name, arguments: "…"}}`."""
    if isinstance(value, ToolCall):
        return value
    try:
        if isinstance(value, dict) and isinstance(function := value.get("function", value), dict):
            call = read_call(str(function["name"]), function.get("arguments") or {})
            return ToolCall(name=call.name, arguments=call.arguments, result=value.get("result"))
    except (KeyError, msgspec.DecodeError):
        pass
    raise TargetError("a tool call is not {name, arguments}")
