"""A span's attributes, by OpenTelemetry's GenAI conventions (new and old), OpenInference, OpenLLMetry and Langfuse."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from casemill.ingest.spans.messages import messages_of, result_text, unfolded
from casemill.ingest.spans.words import Kind, Message, Span, Tool, decoded, first, named, prompt_of, text_of

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("llm", "chat", "generate_content", "text_completion", "generation", "completion"), "model"),
    **dict.fromkeys(("tool", "execute_tool", "function"), "tool"),
}
_TOLD_KIND = (
    *("openinference.span.kind", "gen_ai.operation.name", "traceloop.span.kind"),
    *("langfuse.observation.type", "llm.request.type"),
)
_MODEL = (
    *("gen_ai.response.model", "gen_ai.request.model", "llm.response.model_name", "llm.model_name"),
    *("llm.request.model_name", "langfuse.observation.model.name"),
)
_CONVERSATION = (
    *("gen_ai.conversation.id", "session.id", "langfuse.session.id"),
    "traceloop.association.properties.session_id",
)
_USER = ("user.id", "enduser.id", "langfuse.user.id", "traceloop.association.properties.user_id")
_PROMPT = ("gen_ai.prompt.name", "langfuse.observation.prompt.name", "llm.prompt_template.name", "prompt.name")
_VERSION = (
    *("gen_ai.prompt.version", "langfuse.observation.prompt.version", "llm.prompt_template.version"),
    "prompt.version",
)
_SAID = {"gen_ai.system.message", "gen_ai.user.message", "gen_ai.assistant.message", "gen_ai.tool.message"}
_NUMBERED = re.compile(r"([a-z_.]+?)\.(\d{1,5})\.(.+)")

Events = Sequence[tuple[str, Mapping[str, Any]]]


def span_of(bare: Span, attributes: Mapping[str, Any], *, events: Events = ()) -> Span:
    """A span with what its attributes and events tell."""
    told = dict(attributes)
    for name, own in events:
        if name == "gen_ai.client.inference.operation.details":
            told |= own
    kind = _kind(told)
    return bare._replace(
        kind=kind,
        model=named(first(told, *_MODEL)),
        prompt=prompt_of(first(told, *_PROMPT), first(told, *_VERSION)),
        conversation=text_of(first(told, *_CONVERSATION)),
        user=text_of(first(told, *_USER)),
        input=_input(told, events) if kind != "tool" else (),
        output=_output(told, events) if kind != "tool" else (),
        tool=_tool(told) if kind == "tool" else None,
    )


def _kind(told: Mapping[str, Any]) -> Kind:
    for name in _TOLD_KIND:
        if (kind := _KINDS.get(str(told.get(name) or "").casefold())) is not None:
            return kind
    if told.get("gen_ai.tool.name") or told.get("tool.name"):
        return "tool"
    return "model" if any(told.get(name) for name in _MODEL) and not _is_around(told) else "other"


def _is_around(told: Mapping[str, Any]) -> bool:
    """Whether a span says that it is a step around others: an agent, a chain, a retrieval, an embedding."""
    return any(told.get(name) for name in _TOLD_KIND)


def _input(told: Mapping[str, Any], events: Events) -> tuple[Message, ...]:
    if (given := decoded(told.get("gen_ai.input.messages"))) is not None:
        return unfolded(given, role="user") if isinstance(given, list) else messages_of(given, role="user")
    for prefix in ("llm.input_messages", "gen_ai.prompt"):
        if found := _numbered(told, prefix):
            return found
    if said := tuple(_said(name, own) for name, own in events if name in _SAID):
        return said
    return messages_of(first(told, "input.value", "langfuse.observation.input", "gen_ai.prompt"), role="user")


def _output(told: Mapping[str, Any], events: Events) -> tuple[Message, ...]:
    if (given := decoded(told.get("gen_ai.output.messages"))) is not None:
        return unfolded(given, role="assistant") if isinstance(given, list) else messages_of(given, role="assistant")
    for prefix in ("llm.output_messages", "gen_ai.completion"):
        if found := _numbered(told, prefix):
            return found
    choices = [own for name, own in events if name == "gen_ai.choice"]
    if choices:
        message = decoded(choices[0].get("message", choices[0]))
        return messages_of(message, role="assistant")
    told_out = first(told, "output.value", "langfuse.observation.output", "gen_ai.completion")
    return messages_of(told_out, role="assistant")


def _said(name: str, own: Mapping[str, Any]) -> Message:
    """An event of the conventions up to 1.36."""
    role = name.split(".")[1]
    calls = decoded(own.get("tool_calls"))
    message: Message = {"role": own.get("role") or role, "content": own.get("content") or ""}
    message["tool_calls"] = calls if isinstance(calls, list) else []
    return message | ({"tool_call_id": own["id"]} if role == "tool" and own.get("id") else {})


def _numbered(told: Mapping[str, Any], prefix: str) -> tuple[Message, ...]:
    """`llm.input_messages.0.message.role` and its like as messages."""
    found = _unfold(told, prefix)
    return tuple(_flat(own) for own in found)


def _unfold(told: Mapping[str, Any], prefix: str) -> list[dict[str, Any]]:
    """`prefix.<i>.rest` as a list of `{rest: value}`, by number."""
    items: dict[int, dict[str, Any]] = defaultdict(dict)
    for key, value in told.items():
        if key.startswith(prefix) and (match := _NUMBERED.fullmatch(key)) and match[1] == prefix:
            items[int(match[2])][match[3]] = value
    return [items[number] for number in sorted(items)]


def _flat(own: Mapping[str, Any]) -> Message:
    """One message from its flat keys, with or without `message.` before them."""
    told = {key.removeprefix("message."): value for key, value in own.items()}
    contents = [item.get("message_content.text") for item in _unfold(told, "contents")]
    texts = [text for text in contents if isinstance(text, str)]
    return {
        "role": told.get("role") or "assistant",
        "content": told.get("content") or "\n".join(texts),
        "tool_calls": [_flat_call(item) for item in _unfold(told, "tool_calls")],
        **({"tool_call_id": told["tool_call_id"]} if told.get("tool_call_id") else {}),
    }


def _flat_call(own: Mapping[str, Any]) -> dict[str, Any]:
    told = {key.removeprefix("tool_call."): value for key, value in own.items()}
    return {
        "id": told.get("id"),
        "name": first(told, "function.name", "name"),
        "arguments": first(told, "function.arguments", "arguments"),
    }


def _tool(told: Mapping[str, Any]) -> Tool | None:
    name = first(told, "gen_ai.tool.name", "tool.name", "traceloop.entity.name")
    if not isinstance(name, str):
        return None
    given = ("gen_ai.tool.call.arguments", "tool.parameters", "input.value", "traceloop.entity.input")
    back = first(told, "gen_ai.tool.call.result", "output.value", "traceloop.entity.output")
    return Tool(
        name=name,
        arguments=decoded(first(told, *given)),
        result=result_text(back) if back is not None else None,
        id=text_of(first(told, "gen_ai.tool.call.id", "tool_call.id")),
    )
