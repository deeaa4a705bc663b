"""Singer: SCHEMA, RECORD and STATE as taps write them, a JSON message a line."""

import msgspec

from casemill.domain.arrival import Payload, Reading
from casemill.ingest.dialect import NOISE, Heard, wrong
from casemill.ingest.readers.streamed import read_streamed
from casemill.settings import Ingest

_NONE = msgspec.Raw(b"")


class _Message(msgspec.Struct):
    type: str
    stream: str = ""
    record: msgspec.Raw = _NONE
    value: msgspec.Raw = _NONE
    key_properties: list[str] | None = None


class Singer:
    """Any tap, run in its own environment: `tap | casemill ingest singer`."""

    default_name = "singer"
    nothing = "{}"

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Message).decode

    def hear(self, line: bytes) -> Heard:
        message = self._decode(line)
        match message.type:
            case "RECORD" if message.stream and message.record:
                return Heard("record", message.stream, bytes(message.record))
            case "STATE" if message.value:
                return Heard("state", data=bytes(message.value), shown=bytes(message.value))
            case "SCHEMA" if message.stream:
                return Heard("schema", message.stream, keys=tuple(message.key_properties or ()))
            case "RECORD" | "STATE" | "SCHEMA":
                return wrong(f"is a {message.type} that lacks its content")
            case "BATCH":
                return wrong("is a BATCH, which names files; have the tap write RECORD messages")
            case "ACTIVATE_VERSION":
                return NOISE
        return wrong("is no Singer message: its type is not known")

    def added(self, before: str | None, state: bytes) -> str:  # noqa: ARG002 - the protocol's parameters
        return state.decode()

    def read(self, payload: Payload, settings: Ingest) -> Reading:
        return read_streamed(payload, settings)
