"""Ingest's one door outward: pages are walked through it, one call after another.

Tried again: 408, 425, 429, every 5xx but 501, connections that break, answers that drip, are cut short or cannot be
read. A wait that the server names is kept, and capped. A call goes to the configured host alone, and a redirect to
another one is refused: the credentials travel with every call. Only the content of an attachment may lie elsewhere; it
is fetched without credentials, from public addresses. Nothing here shows a credential or a text of a ticket.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

import msgspec

from casemill import __version__
from casemill.errors import OutsideError, UsageError
from casemill.ingest.address import is_loopback, joined, parts_of, pinned
from casemill.ingest.body import TooMuch, read_body
from casemill.ingest.patience import USUAL as USUAL
from casemill.ingest.patience import Again, Pace, Patience
from casemill.ingest.patience import Limits as Limits
from casemill.ingest.spoken import origin_of, said_in, spelled, wait_from

if TYPE_CHECKING:
    import httpx2

    from casemill.ingest.auth import Auth

log = logging.getLogger(__name__)

Got = TypeVar("Got")
Params = Mapping[str, str | int] | None
MOST_REDIRECTS = 3
_AGAIN = frozenset({408, 425, 429, *range(500, 600)}) - {501}


class Refused(OutsideError):
    """The host answers, but not with what was asked for: `status` is its HTTP status, 0 when there was none."""

    def __init__(self, message: str, *, status: int = 0, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class Answer(NamedTuple):
    """A 2xx answer: status, headers (lower-case names) and the body, unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Call(NamedTuple):
    """One call as it is made. `signed`: the credentials go with it."""

    method: str
    url: str
    params: Params = None
    content: bytes | None = None
    kind: str | None = None
    signed: bool = True
    most: int = 0


class Door:
    """Calls to one host. `base` is the address the settings name; paths are taken from there.

    `allow` holds the hosts that may be called (empty: the configured one, and public ones for attachments).
    """

    def __init__(self, base: str, *, auth: "Auth", limits: Limits = USUAL, allow: tuple[str, ...] = ()) -> None:
        self.base = base.rstrip("/")
        self.auth = auth
        self.limits = limits
        self.allow = frozenset(host.lower() for host in allow)
        self.calls = 0
        self.date: datetime | None = None
        self._pace = Pace(limits, self.host)
        self._client: httpx2.Client | None = None
        self._permit(self.base)

    @property
    def host(self) -> str:
        """Host and port, as messages show them."""
        return origin_of(self.base)[1]

    def get(self, path: str, params: Params = None) -> Answer:
        """A 2xx answer; Refused for any other, and when the host cannot be reached or breaks off again and again."""
        return self._patiently(lambda: self._api(_Call("GET", self._url(path), params)))

    def post(
        self, path: str, *, json: Any = None, form: Mapping[str, str] | None = None, signed: bool = True
    ) -> Answer:
        """The same for a POST of JSON or of a form; only for calls that change nothing, they are tried again."""
        call = _posted(self._url(path), json=json, form=form)._replace(signed=signed)
        return self._patiently(lambda: self._api(call))

    def load(self, path: str, params: Params = None, *, kind: type[Got], json: Any = None) -> Got:
        """The answer to a GET (a POST when there is `json`) as a type; what cannot be read as it is tried again."""
        return self.told(path, params, kind=kind, json=json)[0]

    def told(
        self, path: str, params: Params = None, *, kind: type[Got], json: Any = None
    ) -> tuple[Got, Mapping[str, str]]:
        """The same with the answer's headers, for a host that tells there whether more comes."""
        call = _Call("GET", self._url(path), params) if json is None else _posted(self._url(path), json=json)

        def attempt() -> tuple[Got, Mapping[str, str]]:
            answer = self._api(call)
            try:
                return msgspec.json.decode(answer.body, type=kind), answer.headers
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise Again(f"gave an answer that is not what its API says ({_where(error)})") from None

        return self._patiently(attempt)

    def fetch(self, url: str) -> Answer:
        """The content of an attachment; redirects are followed, each to a public address and without credentials.

        Refused for a private address, another scheme than https, and content over `limits.most_attachment`.
        """
        for _ in range(MOST_REDIRECTS + 1):
            call = _Call("GET", url, signed=self._is_home(url), most=self.limits.most_attachment)
            answer = self._patiently(partial(self._renewed, call))
            if not 300 <= answer.status < 400:
                return self._checked(answer, call)
            url = joined(url, answer.headers.get("location", ""))
        raise Refused(f"{origin_of(url)[1]} redirects more than {MOST_REDIRECTS} times")

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _url(self, path: str) -> str:
        return f"{self.base}/{path.lstrip('/')}"

    def _is_home(self, url: str) -> bool:
        return origin_of(url) == origin_of(self.base)

    def _permit(self, url: str) -> None:
        parts = parts_of(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query:
            shown = origin_of(url)[1] or "the address"
            raise UsageError(f"{shown} is not an address to call", hint="write it as https://shop.zendesk.com")
        if parts.scheme == "http" and not is_loopback(parts.hostname):
            raise UsageError(f"{parts.hostname} is called over https alone", hint="write its address as https://…")
        if self.allow and parts.hostname not in self.allow:
            raise UsageError(f"{parts.hostname} may not be called", hint="add it to [outward] allow in casemill.toml")

    def _patiently(self, attempt: Callable[[], Got]) -> Got:
        """An attempt's outcome, after as many as the limits allow."""
        import stamina

        patience = Patience(self.limits, self.host)
        try:
            for one in stamina.retry_context(on=patience.judge, **patience.waits):
                with one:
                    return attempt()
        except Again as error:
            raise Refused(f"{self.host} {error.why}{patience.told}", status=error.status, hint=error.hint) from None
        raise AssertionError("stamina ends with an outcome or an error")

    def _api(self, call: _Call) -> Answer:
        """One attempt at the configured host: redirects that stay there are followed, a stale token is renewed once."""
        self._pace.keep(call.url.removeprefix(self.base))
        answer = self._renewed(call)
        for _ in range(MOST_REDIRECTS):
            if not 300 <= answer.status < 400 or call.method != "GET":
                break
            target = joined(call.url, answer.headers.get("location", ""))
            if not self._is_home(target):
                where = origin_of(target)[1] or "another address"
                raise Refused(f"{self.host} redirects to {where}, which is not followed", status=answer.status)
            call = call._replace(url=target, params=None)
            answer = self._once(call)
        return self._checked(answer, call)

    def _renewed(self, call: _Call) -> Answer:
        answer = self._once(call)
        if answer.status == 401 and call.signed and self.auth.renew(self):
            answer = self._once(call)
        return answer

    def _checked(self, answer: Answer, call: _Call) -> Answer:
        if answer.status < 300:
            return answer
        said = said_in(answer.body, self.auth.secrets)
        where = origin_of(call.url)[1]
        hint = self.auth.remedy if answer.status in (401, 403) and call.signed else None
        message = f"{where} answered {spelled(answer.status)}{said}"
        raise Refused(message, status=answer.status, hint=hint)

    def _once(self, call: _Call) -> Answer:
        """One answer of any status that is not to be tried again; Again for those that are."""
        import httpx2

        headers = {"User-Agent": f"casemill/{__version__}", "Accept": "application/json", "Accept-Encoding": "gzip"}
        if call.signed:
            headers |= self.auth.headers(self)
        if call.kind:
            headers["Content-Type"] = call.kind
        url, extensions = (call.url, {}) if self._is_home(call.url) else self._stranger(call.url, headers)
        self.calls += 1
        try:
            with self._open().stream(
                call.method, url, params=call.params, content=call.content, headers=headers, extensions=extensions
            ) as response:
                return self._taken(response, call)
        except httpx2.TimeoutException:
            raise Again(f"gave no answer within {self.limits.timeout:g} s") from None
        except httpx2.ConnectError as error:
            raise Again(f"cannot be reached: {_why(error)}") from None
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL):
            raise Refused(f"{origin_of(call.url)[1] or 'an address'} cannot be called") from None
        except httpx2.TransportError:
            raise Again("broke the connection off") from None

    def _stranger(self, url: str, headers: dict[str, str]) -> tuple[str, dict[str, Any]]:
        """The address of another host's file, with the host tied to the public address that was checked."""
        host = parts_of(url).hostname or ""
        if self.allow and host not in self.allow:
            raise Refused(f"{host} may not be called", hint="add it to [outward] allow in casemill.toml")
        place = pinned(url)
        if place.refused:
            raise Refused(f"{origin_of(url)[1] or 'an attachment'} is not called: {place.refused}")
        headers["Host"] = origin_of(url)[1]
        return place.url, {"sni_hostname": host}

    def _open(self) -> "httpx2.Client":
        if self._client is None:
            import httpx2
            import stamina.instrumentation

            stamina.instrumentation.set_on_retry_hooks(())  # we tell of waits ourselves, once each
            self._client = httpx2.Client(timeout=self.limits.timeout, follow_redirects=False)
        return self._client

    def _taken(self, response: "httpx2.Response", call: _Call) -> Answer:
        headers = dict(response.headers.items())
        self.date = _date(headers.get("date")) or self.date
        status = response.status_code
        try:
            body = read_body(response, self.limits, most=call.most)
        except TooMuch as error:
            raise Refused(f"{origin_of(call.url)[1]} {error}", status=status) from None
        sent = len(call.content or b"")
        log.info("%s: %d bytes there, %d and %d bytes back", origin_of(call.url)[1], sent, status, len(body))
        if status in _AGAIN:
            said = said_in(body, self.auth.secrets)
            raise Again(f"answered {spelled(status)}{said}", status=status, wait=wait_from(status, headers))
        return Answer(status, headers, body)


def _posted(url: str, *, json: Any = None, form: Mapping[str, str] | None = None) -> _Call:
    if form is None:
        return _Call("POST", url, content=msgspec.json.encode(json), kind="application/json")
    from urllib.parse import urlencode

    return _Call("POST", url, content=urlencode(form).encode(), kind="application/x-www-form-urlencoded")


def _date(text: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(text or "").astimezone(UTC)
    except (ValueError, TypeError):
        return None


def _why(error: Exception) -> str:
    """The system's own words for a connection that could not be made."""
    text = str(error)
    return text.partition("] ")[2] or text or "no connection"


def _where(error: Exception) -> str:
    """What is wrong with JSON, without any of it."""
    return "nested too deep" if isinstance(error, RecursionError) else str(error).lower()[:120]
