"""Which form a piece of a trace file is in, the spans in it, and what each says."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from casemill.ingest.spans import langfuse, otlp, plain
from casemill.ingest.spans.words import MOST_SPAN, BadSpan, Held, Span

KNOWN = "OTLP JSON, OpenInference spans, Langfuse observations, or {trace_id, messages}"
_FAULTS = (msgspec.DecodeError, UnicodeError, RecursionError)


class _Form(msgspec.Struct):
    form: str


class _Alone(msgspec.Struct):
    form: str
    span: msgspec.Raw


_READERS: dict[str, Callable[[Mapping[str, Any]], Span]] = {
    langfuse.FORM: langfuse.read,
    "flat": plain.read_flat,
    "talk": plain.read_talk,
}


def spans_in(data: bytes) -> Iterator[Held | BadSpan]:
    """Every span of one JSON object, in any form; what is unfit comes as the error that says why."""
    try:
        found = list(_containers(data))
    except _FAULTS as error:
        yield BadSpan(_reason(error))
        return
    except BadSpan as error:
        yield error
        return
    for content in found:
        try:
            if len(content) > MOST_SPAN:
                raise BadSpan(f"is over {MOST_SPAN // 1_000_000} MB")
            yield Held(read_span(content), content)
        except BadSpan as error:
            yield error


def read_span(content: bytes) -> Span:
    """The span in a container of the vault; BadSpan when it cannot be read."""
    try:
        form = msgspec.json.decode(content, type=_Form).form
        if form == otlp.FORM:
            return otlp.read(content)
        told = msgspec.json.decode(msgspec.json.decode(content, type=_Alone).span)
        if form not in _READERS or not isinstance(told, dict):
            raise BadSpan("is in a form that this casemill does not know")
        return _READERS[form](told)
    except _FAULTS as error:
        raise BadSpan(_reason(error)) from None


def _containers(data: bytes) -> Iterator[bytes]:
    told = msgspec.json.decode(data)
    if not isinstance(told, dict):
        raise BadSpan("is no JSON object")
    if "resourceSpans" in told:
        yield from otlp.containers(data)
    elif any(name in told for name in ("resourceLogs", "resourceMetrics")):
        raise BadSpan("holds logs or metrics, no spans")
    elif isinstance(told.get("data"), list):
        yield from (_alone(langfuse.FORM, item) for item in told["data"])
    elif isinstance(told.get("observations"), list):
        yield from (_alone(langfuse.FORM, item) for item in langfuse.parts(told))
    else:
        yield msgspec.json.encode(_Alone(_form(told), msgspec.Raw(data)))


def _alone(form: str, item: Any) -> bytes:
    return msgspec.json.encode(_Alone(form, msgspec.Raw(msgspec.json.encode(item))))


def _form(told: Mapping[str, Any]) -> str:
    traced = any(name in told for name in ("trace_id", "traceId", "context"))
    if traced and isinstance(told.get("messages"), list):
        return "talk"
    if traced and isinstance(told.get("attributes"), dict | list):
        return "flat"
    if told.get("id") and any(name in told for name in ("type", "startTime", "start_time", "timestamp", "input")):
        return langfuse.FORM
    raise BadSpan(f"is no trace that casemill knows: {KNOWN}")


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "is nested too deep to be read"
    if isinstance(error, UnicodeError):
        return "is not UTF-8 text"
    return f"cannot be read: {str(error).lower()[:120]}"
