"""A list of messages, as chat logs and model APIs write them, becomes turns."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from casemill.domain.ticket import Role, ToolCall
from casemill.ingest.conversation import Conversation
from casemill.ingest.speakers import is_machine
from casemill.ingest.tools import Result, arguments_of
from casemill.ingest.values import flag, moment, plain, role, short

_SYSTEM = frozenset({"system", "developer"})


def read_messages(messages: Iterable[Any], talk: Conversation) -> None:
    """Adds each message to the conversation; system prompts are no turns, a plain string is the customer's."""
    for message in messages:
        if isinstance(message, Mapping):
            _read(message, talk)
        elif text := plain(message):
            talk.say("customer", text)


def speakers(messages: Iterable[Any], talk: Conversation) -> Iterator[tuple[Role, str]]:
    """Who is named as a speaker, with the role."""
    for message in messages:
        if isinstance(message, Mapping) and (name := short(_name(message))):
            yield _role(message, talk), name


def _read(message: Mapping[str, Any], talk: Conversation) -> None:
    if str(message.get("role", "")).casefold() in _SYSTEM:
        return
    who = _role(message, talk)
    at = moment(_first(message, "created_at", "at", "timestamp", "time", "date"))
    body = _first(message, "content", "text", "body", "message", "html_body", "html")
    text = plain(body)
    if who == "tool":
        _read_tool(message, text, talk=talk)
        return
    if who == "note" or (flag(message.get("public")) is False and who != "customer"):
        talk.note(text, at=at, resolves=who != "assistant")
    else:
        talk.say(who, text, at=at, by=short(_name(message)) if who == "assistant" else None)
    for call in _calls(message, body):
        talk.call(_call(call), at=at, id=short(call.get("id")))
    for part in body if isinstance(body, list) else ():
        if isinstance(part, Mapping) and part.get("type") == "tool_result":
            talk.result(Result(plain(part.get("content")), short(part.get("tool_use_id"))))


def _read_tool(message: Mapping[str, Any], text: str, *, talk: Conversation) -> None:
    """A tool's own turn (with its call) or a tool's answer to a call before it."""
    call = message.get("call")
    if isinstance(call, Mapping):
        result = short(call.get("result"))
        talk.call(_call(call, result=result if result is not None else text or None))
    else:
        talk.result(Result(text, short(message.get("tool_call_id"))))


def _role(message: Mapping[str, Any], talk: Conversation) -> Role:
    """A word for the role first, then the name; a stranger is an agent, one named as a machine the assistant."""
    for key in ("role", "author_role", "author", "from", "sender", "speaker", "name"):
        if found := role(message.get(key), talk.cast):
            return found
    named = f"{message.get('role', '')} {_name(message) or ''}"
    return "assistant" if is_machine(named) else "agent"


def _name(message: Mapping[str, Any]) -> Any:
    author = message.get("author")
    return message.get("name") or (author.get("name") if isinstance(author, Mapping) else None)


def _first(message: Mapping[str, Any], *keys: str) -> Any:
    return next((message[key] for key in keys if message.get(key) not in (None, "")), None)


def _calls(message: Mapping[str, Any], body: Any) -> list[Mapping[str, Any]]:
    """`tool_calls` as OpenAI writes them, one `call`, or parts of type `tool_use`."""
    listed = message.get("tool_calls") or ()
    one = [message["call"]] if isinstance(message.get("call"), Mapping) else []
    parts = [part for part in body if isinstance(part, Mapping)] if isinstance(body, list) else []
    used = [part for part in parts if part.get("type") == "tool_use"]
    return [call for call in (*listed, *one, *used) if isinstance(call, Mapping)]


def _call(call: Mapping[str, Any], *, result: str | None = None) -> ToolCall:
    told = call.get("function")
    inner = told if isinstance(told, Mapping) else call
    arguments = arguments_of(inner.get("arguments", inner.get("input", inner.get("args"))))
    return ToolCall(
        name=plain(inner.get("name")) or "unnamed", arguments=arguments, result=result or short(call.get("result"))
    )
