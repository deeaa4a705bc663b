"""A request's body, read no further than it may be long and no longer than it may take."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

BODY_SECONDS = 20.0
# What was not read is not waited for: the connection ends with the answer.
_LAST = {"connection": "close"}


async def read_body(request: Request, *, most: int) -> bytes:
    """The body; 413 when it is, or says that it is, longer than `most` bytes, 408 when it does not come."""
    said = request.headers.get("content-length", "0")
    if not (said.isascii() and said.isdecimal()):
        raise HTTPException(400, "the content length is no number", _LAST)
    if int(said) > most:
        raise _too_long(most)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise _too_long(most)
    except TimeoutError:
        raise HTTPException(408, "the body does not come", _LAST) from None
    except ClientDisconnect:
        raise HTTPException(400, "the body was cut off", _LAST) from None
    return bytes(body)


def _too_long(most: int) -> HTTPException:
    return HTTPException(413, f"the body is over {most:,} bytes", _LAST)
