"""Who we are to a helpdesk: fixed headers, or a token that is fetched and fetched again when it runs out.

Secrets come from environment variables that the settings name; they are never written, shown or logged.
"""

import re
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from casemill.errors import SettingsError
from casemill.ingest.http import Refused

if TYPE_CHECKING:
    from casemill.ingest.http import Door

SPARE_SECONDS = 60.0
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")


class Auth(Protocol):
    """Signs calls. `secrets` is everything that no message may show, `remedy` what to do when the host says no."""

    remedy: str

    @property
    def secrets(self) -> tuple[str, ...]: ...

    def headers(self, door: "Door") -> Mapping[str, str]:
        """The headers that sign a call."""
        ...

    def renew(self, door: "Door") -> bool:
        """After a 401: get a new token; False when there is none to get."""
        ...


class Fixed:
    """The same headers for every call: a token, or a name and a password."""

    def __init__(self, headers: Mapping[str, str], *, secrets: tuple[str, ...], remedy: str) -> None:
        self.remedy = remedy
        self._headers = dict(headers)
        self._secrets = secrets

    @property
    def secrets(self) -> tuple[str, ...]:
        return (*self._secrets, *(value.rpartition(" ")[2] for value in self._headers.values()))

    def headers(self, door: "Door") -> Mapping[str, str]:  # noqa: ARG002 - the protocol's parameter
        return self._headers

    def renew(self, door: "Door") -> bool:  # noqa: ARG002 - the protocol's parameter
        return False


def bearer(token: str, *, remedy: str) -> Fixed:
    """`Authorization: Bearer …`."""
    return Fixed({"Authorization": f"Bearer {token}"}, secrets=(token,), remedy=remedy)


def basic(user: str, password: str, *, remedy: str) -> Fixed:
    """`Authorization: Basic …`."""
    coded = b64encode(f"{user}:{password}".encode()).decode()
    return Fixed({"Authorization": f"Basic {coded}"}, secrets=(password, coded), remedy=remedy)


class Client(NamedTuple):
    """How a token is asked for: the path, the fields sent, as JSON or as a form, and which of them is the secret."""

    path: str
    fields: Mapping[str, str | int]
    secret: str
    form: bool = False


class _Token(msgspec.Struct):
    access_token: str
    expires_in: float | None = None


class ClientCredentials:
    """OAuth client credentials: a token is fetched when first needed, before it runs out, and once after a 401."""

    def __init__(self, client: Client, *, remedy: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.remedy = remedy
        self._client = client
        self._clock = clock
        self._token: str | None = None
        self._old: list[str] = []
        self._until = float("inf")

    @property
    def secrets(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self._client.secret, *self._old)))

    def headers(self, door: "Door") -> Mapping[str, str]:
        if self._token is None or self._clock() >= self._until:
            self._fetch(door)
        return {"Authorization": f"Bearer {self._token}"}

    def renew(self, door: "Door") -> bool:
        self._fetch(door)
        return True

    def _fetch(self, door: "Door") -> None:
        client = self._client
        form = {name: str(value) for name, value in client.fields.items()} if client.form else None
        try:
            answer = door.post(client.path, json=None if client.form else client.fields, form=form, signed=False)
            told = msgspec.json.decode(answer.body, type=_Token)
        except Refused as error:
            raise Refused(f"no token: {error}", status=error.status, hint=self.remedy) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Refused(f"{door.host} gives no token that can be read", hint=self.remedy) from None
        self._token = told.access_token
        self._old = [*self._old[-4:], told.access_token]
        spare = min(SPARE_SECONDS, (told.expires_in or 0) / 2)
        self._until = self._clock() + told.expires_in - spare if told.expires_in else float("inf")


def secret_from(environ: Mapping[str, str], variable: str) -> str:
    """A secret by the name of its variable; a SettingsError that names the variable when it is empty or missing.

    What is no variable's name may be the secret itself: it is not shown.
    """
    if not _VARIABLE.fullmatch(variable):
        hint = 'as client_secret_env = "ZENDESK_CLIENT_SECRET"; a secret does not belong into the file'
        raise SettingsError("a setting that ends in _env takes the name of a variable", hint=hint)
    value = environ.get(variable, "").strip()
    if not value:
        raise SettingsError(
            f"the variable {variable} is not set",
            hint=f"put the secret there, it is never written: export {variable}=…",
        )
    if not value.isascii() or not value.isprintable():
        raise SettingsError(f"the variable {variable} holds characters that no secret has")
    return value
