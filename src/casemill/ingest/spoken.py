"""What a host says besides its answers: the wait it names, its error in words, without anything secret."""

import time
from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import msgspec

from casemill.ingest.address import parts_of

_WORDS = ("description", "message", "detail", "title", "error_description", "error", "errors", "code")
_PORTS = {"http": 80, "https": 443}
COVER = "(covered)"


def origin_of(url: str) -> tuple[str, str]:
    """Scheme, and host with its port when that is not the scheme's own; path, query and user may hold secrets."""
    parts = parts_of(url)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:
        port = None
    return parts.scheme, f"{shown}:{port}" if port and port != _PORTS.get(parts.scheme) else shown


def spelled(status: int) -> str:
    """`429 Too Many Requests`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def wait_from(status: int, headers: Mapping[str, str]) -> float | None:
    """The seconds that an answer asks to wait, in any vendor's way; None when it names none.

    `Retry-After` (seconds or a date, held against the server's own clock), `X-RateLimit-Retry-After` (seconds), and on
    429 `X-RateLimit-Reset` (seconds since 1970) or `ratelimit-reset` (seconds).
    """
    for name in ("retry-after", "x-ratelimit-retry-after"):
        if (value := headers.get(name)) is not None and (wait := _seconds(value, headers)) is not None:
            return wait
    if status != 429:
        return None
    for name in ("x-ratelimit-reset", "ratelimit-reset"):
        if (found := _number(headers.get(name))) is not None:
            return max(0.0, found - _now(headers)) if found > 1e8 else found
    return None


def _seconds(value: str, headers: Mapping[str, str]) -> float | None:
    if (number := _number(value)) is not None:
        return number
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - _now(headers))
    except (ValueError, TypeError):
        return None


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _now(headers: Mapping[str, str]) -> float:
    """The server's own time where it tells it: clocks differ."""
    try:
        return parsedate_to_datetime(headers.get("date", "")).timestamp()
    except (ValueError, TypeError):
        return time.time()


def said_in(body: bytes, secrets: Iterable[str] = ()) -> str:
    """An error's own words, at most 200 characters, without the secrets, and the addresses and numbers of people, that
    it may repeat; nothing when it says none."""
    try:
        told = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    words = covered(" ".join(dict.fromkeys(_words(told, depth=3))), secrets)[:2_000]
    return f": {_impersonal(words)[:200]}" if words else ""


def _impersonal(text: str) -> str:
    from casemill.personal import scan

    for span in sorted(scan(text), key=lambda span: span.start, reverse=True):
        text = f"{text[: span.start]}{COVER}{text[span.end :]}"
    return text


def _words(told: Any, *, depth: int) -> Iterable[str]:
    if isinstance(told, str) and told.strip():
        yield " ".join(told.split())
    elif isinstance(told, Mapping) and depth:
        for name in _WORDS:
            yield from _words(told.get(name), depth=depth - 1)
    elif isinstance(told, list) and depth:
        for item in told[:3]:
            yield from _words(item, depth=depth - 1)


def covered(text: str, secrets: Iterable[str]) -> str:
    """A text without any of the secrets."""
    for secret in secrets:
        if len(secret) >= 4:
            text = text.replace(secret, COVER)
    return text
