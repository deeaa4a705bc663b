"""The Airbyte protocol: RECORD and STATE as source connectors write them, a JSON message a line."""

from typing import Any

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.ingest.dialect import NOISE, Heard, wrong
from casemill.ingest.readers.streamed import read_streamed
from casemill.settings import Ingest

_NONE = msgspec.Raw(b"")


class _Record(msgspec.Struct):
    stream: str
    data: msgspec.Raw


class _Trace(msgspec.Struct):
    type: str = ""


class _Message(msgspec.Struct):
    type: str
    record: _Record | None = None
    state: msgspec.Raw = _NONE
    trace: _Trace | None = None


class Airbyte:
    """Any source connector, run in its own container: `docker run … read … | casemill ingest airbyte`."""

    default_name = "airbyte"
    nothing = "[]"

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Message).decode

    def hear(self, line: bytes) -> Heard:
        message = self._decode(line)
        match message.type:
            case "RECORD" if message.record and message.record.stream:
                return Heard("record", message.record.stream, bytes(message.record.data))
            case "STATE" if isinstance(msgspec.json.decode(message.state or b"null"), dict):
                return Heard("state", data=bytes(message.state), shown=line)
            case "RECORD" | "STATE":
                return wrong(f"is a {message.type} that lacks its content")
            case "TRACE" if message.trace and message.trace.type == "ERROR":
                return wrong("is a TRACE of an ERROR: the connector failed; its own log says why")
            case "LOG" | "TRACE" | "CATALOG" | "SPEC" | "CONNECTION_STATUS" | "CONTROL" | "DESTINATION_CATALOG":
                return NOISE
        return wrong("is no Airbyte message: its type is not known")

    def added(self, before: str | None, state: bytes) -> str:
        """A list as connectors take it by `--state`: the last state of each stream, or the one global or old one."""
        told = msgspec.json.decode(state)
        kept = msgspec.json.decode(before) if before else []
        if told.get("type") != "STREAM":
            old = told.get("data") if told.get("type") in (None, "LEGACY") else None
            return msgspec.json.encode(old if isinstance(old, dict) else [told]).decode()
        others = [one for one in kept if _stream(one) not in (None, _stream(told))] if isinstance(kept, list) else []
        return msgspec.json.encode([*others, told]).decode()

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        return read_streamed(payload, settings)


def _stream(state: dict[str, Any]) -> Any:
    """Which stream a state is of; None for one of all."""
    stream = state.get("stream")
    return stream.get("stream_descriptor") if isinstance(stream, dict) else None
