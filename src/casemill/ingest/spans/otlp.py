"""OpenTelemetry's own JSON: an envelope of spans as exporters and collectors write it, and one span of it."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from casemill.ingest.spans.attributes import span_of
from casemill.ingest.spans.words import BadSpan, Span, plain_id, since_1970, trace_id

FORM = "otlp"
_VALUES = ("stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue")


class _Scope(msgspec.Struct):
    spans: list[msgspec.Raw] = []


class _Resource(msgspec.Struct, rename="camel"):
    resource: msgspec.Raw = msgspec.Raw(b"{}")
    scope_spans: list[_Scope] = []
    instrumentation_library_spans: list[_Scope] = []


class Envelope(msgspec.Struct, rename="camel"):
    """`{"resourceSpans": […]}`."""

    resource_spans: list[_Resource]


class _Container(msgspec.Struct):
    form: str
    resource: msgspec.Raw
    span: msgspec.Raw


def containers(data: bytes) -> Iterator[bytes]:
    """One container a span; a msgspec error when the envelope is none."""
    for resource in msgspec.json.decode(data, type=Envelope).resource_spans:
        for scope in (*resource.scope_spans, *resource.instrumentation_library_spans):
            for span in scope.spans:
                yield msgspec.json.encode(_Container(FORM, resource.resource, span))


def read(container: bytes) -> Span:
    """The span in a container."""
    held = msgspec.json.decode(container, type=_Container)
    told = msgspec.json.decode(held.span)
    resource = msgspec.json.decode(held.resource)
    if not isinstance(told, dict):
        raise BadSpan("is no JSON object")
    around = listed(resource.get("attributes")) if isinstance(resource, dict) else {}
    given = told.get("events")
    events = [
        (str(event.get("name") or ""), listed(event.get("attributes")))
        for event in (given if isinstance(given, list) else ())
        if isinstance(event, dict)
    ]
    bare = Span(
        trace=trace_id(told.get("traceId")),
        span=plain_id(told.get("spanId")) or "",
        kind="other",
        parent=plain_id(told.get("parentSpanId")),
        at=since_1970(told.get("startTimeUnixNano")),
        until=since_1970(told.get("endTimeUnixNano")),
    )
    if not bare.span:
        raise BadSpan("has no span id")
    return span_of(bare, around | listed(told.get("attributes")), events=events)


def listed(attributes: Any) -> dict[str, Any]:
    """`[{"key": …, "value": {"stringValue": …}}]` as a plain object."""
    if isinstance(attributes, Mapping):
        return dict(attributes)
    items = attributes if isinstance(attributes, list) else []
    return {str(item["key"]): value_of(item.get("value")) for item in items if isinstance(item, dict) and "key" in item}


def value_of(value: Any) -> Any:
    """What an attribute's value says; None for bytes and for what is no value."""
    if not isinstance(value, dict):
        return None
    kind = next((kind for kind in _VALUES if kind in value), None)
    inner = value[kind] if kind else None
    if kind == "intValue":
        try:
            return int(str(inner))
        except (ValueError, TypeError):
            return None
    if kind == "arrayValue":
        values = inner.get("values") if isinstance(inner, dict) else None
        return [value_of(item) for item in values] if isinstance(values, list) else []
    if kind == "kvlistValue":
        return listed(inner.get("values")) if isinstance(inner, dict) else {}
    return inner
