"""An answer's body, read to its end or refused: limits on bytes, unpacked bytes and seconds."""

import time
import zlib
from typing import TYPE_CHECKING

from casemill.ingest.patience import Again, Limits

if TYPE_CHECKING:
    import httpx2


class TooMuch(Exception):
    """A body that is not taken in: too long, or packed in a way that is not asked for."""


def read_body(response: "httpx2.Response", limits: Limits, *, most: int = 0) -> bytes:
    """The body, unpacked when it is gzip. TooMuch over `most` bytes, packed or not (0: the limits' own, which allow
    more once it is unpacked); Again when it drips for longer than `limits.whole` seconds or is cut short."""
    allowed, room = most or limits.most_bytes, most or limits.most_unpacked
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise TooMuch(f"packs its answer as {packed[:20]!r}, which was not asked for")
    unpack = zlib.decompressobj(wbits=31) if "gzip" in packed else None
    until = time.monotonic() + limits.whole
    wire = 0
    body = bytearray()
    for chunk in response.iter_raw():
        wire += len(chunk)
        if wire > allowed:
            raise TooMuch(f"answers with more than {allowed:,} bytes")
        body += _unpacked(unpack, chunk, room=room - len(body)) if unpack else chunk
        if time.monotonic() > until:
            raise Again(f"had not ended its answer after {limits.whole:g} s")
    if unpack and wire and not unpack.eof:
        raise Again("cut its answer short")
    return bytes(body)


def _unpacked(unpack: "zlib._Decompress", chunk: bytes, *, room: int) -> bytes:
    """Never more than there is room for, however much the chunk would become."""
    try:
        data = unpack.decompress(chunk, room + 1)
    except zlib.error:
        raise Again("gave an answer that cannot be unpacked") from None
    if len(data) > room:
        raise TooMuch("gives an answer that unpacks to far more than it says")
    return data
