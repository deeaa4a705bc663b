"""Reads what a target gave back as a Reply: JSON of the Reply's fields, or plain text; and makes it fit to be kept."""

import codecs
import re
from typing import TYPE_CHECKING, Any

import msgspec

from casemill.domain.reply import Reply, Usage
from casemill.domain.ticket import ToolCall
from casemill.domain.word import changed
from casemill.errors import TargetError
from casemill.llm.chat import read_call
from casemill.run.plain import plain

if TYPE_CHECKING:
    from casemill.settings import Price

MOST_KEPT = 1_000_000
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_USAGE = ("input_tokens", "output_tokens")

_replies = msgspec.json.Decoder(Reply)


def reply_of(value: Any) -> Reply:
    """A Reply from a Reply, a text, or a dict of its fields; a TargetError for anything else.

    `input_tokens` and `output_tokens` may stand beside the other fields instead of under `usage`.
    """
    if isinstance(value, Reply):
        return value
    if isinstance(value, str):
        return Reply(text=value)
    if not isinstance(value, dict):
        raise TargetError(f"the answer is {type(value).__name__}, neither a text nor an object with a reply's fields")
    fields = {name: part for name, part in value.items() if name not in _USAGE}
    if tokens := {name: value[name] for name in _USAGE if value.get(name) is not None}:
        fields["usage"] = tokens
    try:
        calls = tuple(call_of(call) for call in value.get("calls") or ())
        return msgspec.convert({**fields, "calls": calls}, Reply)
    except msgspec.ValidationError as error:
        raise TargetError(f"the answer is not a reply: {error}") from None


def answered(reply: Reply) -> Reply:
    """The reply as it came; a TargetError for one without text, calls, citations and intent. A draft that was held
    back, or a talk given to a person, is an answer without a word."""
    held_back = reply.escalated is True or reply.draft_shown is False
    if not (reply.text.strip() or reply.calls or reply.citations or reply.intent or held_back):
        raise TargetError("the target answered nothing")
    return reply


def readable(reply: Reply) -> Reply:
    """The reply as a person would read it and a run file can hold it: terminal codes and control characters are gone
    from its texts, line ends are line feeds. A TargetError for one that is longer than `MOST_KEPT` bytes of JSON;
    whatever is no Reply at all raises what msgspec says of it."""
    try:
        raw = msgspec.json.encode(reply)
    except UnicodeEncodeError:
        raise TargetError("the answer holds half a character (a surrogate alone), which no file can hold") from None
    if len(raw) > MOST_KEPT:
        raise TargetError(f"the answer is {len(raw):,} bytes long, more than {MOST_KEPT:,}")
    reply = _replies.decode(raw)
    text = plain(reply.text)
    if text is reply.text and not (reply.calls or reply.citations or reply.intent):
        return reply
    calls = tuple(
        changed(call, name=plain(call.name), result=None if call.result is None else plain(call.result))
        for call in reply.calls
    )
    intent = None if reply.intent is None else plain(reply.intent)
    citations = tuple(plain(citation) for citation in reply.citations)
    return changed(reply, text=text, calls=calls, citations=citations, intent=intent)


def cost_of(usage: Usage, price: "Price") -> float:
    """US dollars for the tokens of a call."""
    return (usage.input_tokens * price.input + usage.output_tokens * price.output) / 1_000_000


def reply_of_bytes(raw: bytes, *, charset: str | None = None) -> Reply:
    """A Reply from output: a JSON object of its fields, else the whole output as text; a TargetError for bytes that
    are no text in UTF-8 or in the charset that their sender names, and for a web page."""
    text = decoded(raw, charset=charset)
    if text.lstrip()[:1] == "{":
        return reply_of(json_of(text, "the answer begins like JSON but is not"))
    if _PAGE.match(text):
        raise TargetError("the answer is a web page, not a reply")
    return Reply(text=text.removesuffix("\n"))


def json_of(text: str, wrong: str) -> Any:
    """The value of a JSON text; a TargetError that says `wrong` and why, also for one that is nested without end."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise TargetError(f"{wrong}: {error}") from None
    except RecursionError:
        raise TargetError(f"{wrong}: it is nested too deep to be read") from None


def decoded(raw: bytes, *, charset: str | None = None) -> str:
    """Bytes as text: UTF-8, with or without its mark, else the charset that the sender names; a TargetError where
    neither reads them."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if charset is None or _is_utf_8(charset):
            raise TargetError(f"the answer is not UTF-8 text (byte {error.start + 1:,})") from None
    try:
        return raw.decode(charset)
    except (UnicodeDecodeError, LookupError):
        raise TargetError(f"the answer is neither UTF-8 nor the {charset[:40]} text that it says it is") from None


def _is_utf_8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except LookupError:
        return False


def call_of(value: Any) -> ToolCall:
    """A tool call in our form, `{name, arguments}`, in OpenAI's, `{function: {name, arguments: "…"}}`, or in
    Anthropic's, `{name, input}`."""
    if isinstance(value, ToolCall):
        return value
    try:
        if isinstance(value, dict) and isinstance(function := value.get("function", value), dict):
            given = function.get("arguments") or function.get("input") or {}
            if not isinstance(given, str | dict):
                raise KeyError("arguments")
            call = read_call(str(function["name"]), given)
            return ToolCall(name=call.name, arguments=call.arguments, result=value.get("result"))
    except (KeyError, msgspec.DecodeError):
        pass
    raise TargetError("a tool call is not {name, arguments}")
