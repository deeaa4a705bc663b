"""Many calls at once to an HTTP endpoint: retries that honour the server's wait, and limits on time and size.

Retried: 408, 425, 429, every 5xx but 501, and connections that cannot be made or break. Not retried: a call that
takes longer than `timeout` seconds, since the other side may still be working on it. A wait that the server names
(up to ten a call) costs no retry: many calls that share one rate limit all get their turn. One that is longer than a
minute is cut to a minute and does cost one. A wait of a second or more is told on standard error, each once.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from casemill import __version__
from casemill.domain.word import digest_of
from casemill.errors import OutsideError, UsageError

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession

log = logging.getLogger(__name__)

MOST_BYTES = 8 * 1024 * 1024
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0
TRIED_AGAIN = frozenset({408, 425, 429, *range(500, 600)}) - {501}
UNREACHABLE_IN_A_ROW = 10
NAMED_WAITS = 10


class Limits(NamedTuple):
    """How many calls fly at once, seconds one attempt may take, attempts after the first, bytes of an answer.

    `allow` holds the hosts that may be called; empty means any. `seed` fixes the jitter of the waits.
    """

    concurrency: int = 8
    timeout: float = 60.0
    retries: int = 3
    allow: tuple[str, ...] = ()
    most_bytes: int = MOST_BYTES
    seed: int = 0


class Request(NamedTuple):
    """What is sent. Header values are secrets: no message ever shows them."""

    url: str
    body: bytes | None
    headers: Mapping[str, str]
    method: str = "POST"


class Answer(NamedTuple):
    """The body of a 2xx answer, the milliseconds its attempt took, the charset and the kind that its header names, and
    its Link header."""

    body: bytes
    milliseconds: float
    charset: str | None = None
    kind: str = ""
    link: str = ""


class _Refused(NamedTuple):
    """Why an attempt gave no answer, whether another may, and the seconds the server asked for."""

    why: str
    again: bool = False
    after: float | None = None
    unreachable: bool = False


class Caller:
    """Sends requests over one pool of connections. Use it inside `open_caller`."""

    def __init__(self, session: "ClientSession", limits: Limits) -> None:
        self.session = session
        self.limits = limits
        self._jitter = random.Random(limits.seed)  # noqa: S311 - spreads waits, guards nothing
        self._permitted: dict[str, str | None] = {}
        self._held_until = 0.0
        self._told: set[tuple[str, int]] = set()
        self._unreachable = 0

    async def send(self, request: Request) -> Answer:
        """The answer to a request, after as many attempts as the limits allow.

        Raises OutsideError naming the host and what it did, UsageError for a host that may not be called.
        """
        self.permit(request.url)
        tries = named = 0
        while True:
            await self._hold()
            outcome = await self._attempt(request)
            if isinstance(outcome, Answer):
                self._unreachable = 0
                return outcome
            self._unreachable = self._unreachable + 1 if outcome.unreachable else 0
            tries += 1
            if outcome.after is not None and outcome.after <= LONGEST_WAIT and self.limits.retries:
                named = min(named + 1, NAMED_WAITS)
            if not outcome.again or tries > self._retries + named:
                told = f" ({tries} tries)" if tries > 1 else ""
                raise OutsideError(f"{host_of(request.url)} {outcome.why}{_asked(outcome.after)}{told}")
            await self._wait(outcome, tries - named, host=host_of(request.url))

    def permit(self, url: str) -> None:
        """A UsageError when the URL may not be called or is none; worth knowing before the first call."""
        if url not in self._permitted:
            self._permitted[url] = _proxy_for(url, self.limits.allow)

    @property
    def _retries(self) -> int:
        """None any more once nobody is at home: a dead target must not cost every case its waits."""
        return self.limits.retries if self._unreachable < UNREACHABLE_IN_A_ROW + self.limits.concurrency else 0

    async def _hold(self) -> None:
        """A wait that the server named holds for every call, not only for the one that was told."""
        while (left := self._held_until - asyncio.get_running_loop().time()) > 0:
            await asyncio.sleep(left + self._jitter.uniform(0, 0.05))

    async def _wait(self, outcome: _Refused, tries: int, *, host: str) -> None:
        if outcome.after is not None:
            seconds = min(outcome.after, LONGEST_WAIT)
            self._held_until = asyncio.get_running_loop().time() + seconds
            self._tell(host, outcome.after, waits=seconds)
            return
        longest = min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
        await asyncio.sleep(self._jitter.uniform(longest / 2, longest))

    def _tell(self, host: str, after: float, *, waits: float) -> None:
        """A sign of life: logging prints a warning on standard error where nobody set it up otherwise."""
        told = (host, round(after))
        if after >= 1 and told not in self._told:
            self._told.add(told)
            cut = f", of {after:.0f} s that it asked for" if after > waits else " because it asked for that"
            log.warning("waiting %.0f s for %s%s", waits, host, cut)

    async def _attempt(self, request: Request) -> "Answer | _Refused":
        import aiohttp

        started = asyncio.get_running_loop().time()
        try:
            async with self.session.request(
                request.method,
                request.url,
                data=request.body,
                headers=request.headers,
                allow_redirects=False,
                proxy=self._permitted[request.url],
            ) as response:
                outcome = await self._read(response, request, started=started)
        except TimeoutError:
            return _Refused(f"gave no answer within {self.limits.timeout:g} s")
        except aiohttp.ClientConnectorCertificateError:
            return _Refused("cannot be trusted: its certificate does not hold")
        except aiohttp.ClientSSLError:
            return _Refused("does not speak TLS as it should")
        except aiohttp.ClientConnectorError as error:
            why = error.os_error.strerror or "no connection"
            return _Refused(f"cannot be reached: {why}", again=True, unreachable=True)
        except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError):
            return _Refused("broke the connection off", again=True)
        except aiohttp.ClientError as error:
            return _Refused(f"does not speak HTTP as it should ({type(error).__name__})")
        return outcome

    async def _read(self, response: "ClientResponse", request: Request, *, started: float) -> "Answer | _Refused":
        status = response.status
        if 300 <= status < 400 and "Location" in response.headers:
            where = urlsplit(response.headers["Location"]).netloc or "another address"
            return _Refused(f"redirects to {where}, which is not followed")
        chunks = bytearray()
        async for chunk in response.content.iter_any():
            chunks += chunk
            if len(chunks) > self.limits.most_bytes:
                return _Refused(f"answers with more than {self.limits.most_bytes:,} bytes")
        if log.isEnabledFor(logging.INFO):
            sent = request.body or b""
            told = (host_of(request.url), len(sent), digest_of(sent), status, len(chunks))
            log.info("%s: %d bytes there (%s), %d and %d bytes back", *told)
        if status < 300:
            took = (asyncio.get_running_loop().time() - started) * 1000
            link = response.headers.get("Link", "")
            return Answer(bytes(chunks), took, response.charset, response.content_type, link)
        said = _covered(bytes(chunks), request.headers)
        after = _named_wait(response.headers)
        return _Refused(f"answered {_spelled(status)}{said}", again=status in TRIED_AGAIN, after=after)


@asynccontextmanager
async def open_caller(limits: Limits) -> AsyncIterator[Caller]:
    """A Caller with its connections; they are closed when the block ends."""
    import aiohttp

    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=limits.concurrency),
        timeout=aiohttp.ClientTimeout(total=limits.timeout),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"casemill/{__version__}"},
    ) as session:
        yield Caller(session, limits)


def host_of(url: str) -> str:
    """The host and port of a URL, which messages may show; path, query and user may hold secrets."""
    return urlsplit(url).netloc.rpartition("@")[2] or "?"


def _proxy_for(url: str, allow: tuple[str, ...]) -> str | None:
    """The proxy that the environment names for a URL, None for a straight call; a UsageError for a forbidden host."""
    from urllib.request import getproxies, proxy_bypass

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{host_of(url)} is not an http or https address")
    if allow and parts.hostname not in {host.lower() for host in allow}:
        raise UsageError(f"{parts.hostname} may not be called", hint="add it to [outward] allow in casemill.toml")
    return None if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme)


def _named_wait(headers: Mapping[str, str]) -> float | None:
    """The seconds that Retry-After names, as a number or as a date held against the server's own clock; some models'
    servers name milliseconds beside it, which are nearer."""
    for name, unit in (("Retry-After-Ms", 1000.0), ("Retry-After", 1.0)):
        value = headers.get(name, "").strip()
        if value.replace(".", "", 1).isdecimal():
            return float(value) / unit
    try:
        until, sent = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - sent).total_seconds())
    except (ValueError, TypeError):
        return None


def _asked(after: float | None) -> str:
    """What a server wants that nobody will wait for."""
    return f" and asks to wait {after:.0f} s" if after is not None and after > LONGEST_WAIT else ""


def _spelled(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _covered(body: bytes, headers: Mapping[str, str]) -> str:
    """The beginning of an error's body without anything that was sent in a header."""
    text = " ".join(body[:2000].decode(errors="replace").split())
    for value in headers.values():
        for secret in (value, value.rpartition(" ")[2]):
            if len(secret) >= 6:
                text = text.replace(secret, "(covered)")
    return f": {text[:200]}" if text else ""
