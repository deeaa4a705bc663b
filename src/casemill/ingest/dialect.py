"""What a dialect of streamed messages is: how one line of it is heard, and how its states add up."""

from typing import Literal, NamedTuple, Protocol

import msgspec

Kind = Literal["record", "state", "schema", "noise", "wrong"]


class Heard(NamedTuple):
    """One line: a `record` of a `stream`, a `state`, a `schema` with its `keys`, what does not matter, what is wrong.

    `data` is the record or the state as it stood, `shown` what a state is told by once it is stored.
    """

    kind: Kind
    stream: str = ""
    data: bytes = b""
    keys: tuple[str, ...] = ()
    shown: bytes = b""
    why: str = ""


NOISE = Heard("noise")


def wrong(why: str) -> Heard:
    return Heard("wrong", why=why)


class Dialect(Protocol):
    """A source that speaks in lines."""

    default_name: str
    nothing: str
    """The state before anything was stored."""

    def hear(self, line: bytes) -> Heard:
        """What a line says; msgspec.DecodeError, UnicodeDecodeError or RecursionError when it is no JSON."""
        ...

    def added(self, before: str | None, state: bytes) -> str:
        """The whole state behind one more."""
        ...


class Part(msgspec.Struct):
    """One record of a ticket as it stood; a later one of the same stream and key takes its place."""

    stream: str
    key: str
    data: msgspec.Raw


class Container(msgspec.Struct):
    """All records that came of a ticket, and how their streams were mapped when they came."""

    form: str
    streams: dict[str, dict[str, str]]
    parts: list[Part]
