"""The doors to a Help Scout account: its inboxes by OAuth, and its Docs, another host with a key of its own."""

from base64 import b64encode
from collections.abc import Mapping

import msgspec

from casemill.errors import SettingsError
from casemill.ingest.auth import Client, ClientCredentials, Fixed, secret_from
from casemill.ingest.http import Door, Limits


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`client_id` of an app, its secret in the variable `client_secret_env`; `mailboxes` are the inboxes to read (none:
    all that the app's owner sees). Help Scout counts calls over all apps of an account, `calls_a_minute` are ours.

    With `docs_key_env`, the variable that holds a Docs API key, the knowledge base is read too.
    """

    client_id: str | None = None
    client_secret_env: str = "HELPSCOUT_CLIENT_SECRET"  # noqa: S105 - a variable's name
    url: str = "https://api.helpscout.net"
    mailboxes: tuple[int, ...] = ()
    calls_a_minute: int = 150
    docs_key_env: str | None = None
    docs_url: str = "https://docsapi.helpscout.net"
    docs_calls_a_minute: int = 150


class HelpScoutDoor(Door):
    """The inboxes; `docs` is the other door, None where no key is named."""

    docs: Door | None = None

    def close(self) -> None:
        super().close()
        if self.docs is not None:
            self.docs.close()
            self.calls, self.docs.calls = self.calls + self.docs.calls, 0


def open_door(options: Options, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...]) -> Door:
    """The door to an account; a SettingsError that names what is missing."""
    if not options.client_id:
        raise SettingsError("needs client_id", hint="Help Scout → Your Profile → My Apps → Create App")
    secret = secret_from(environ, options.client_secret_env)
    fields: dict[str, str | int] = {"grant_type": "client_credentials"}
    fields |= {"client_id": options.client_id, "client_secret": secret}
    remedy = f"check client_id and {options.client_secret_env}: they are the App ID and App Secret of an app in My Apps"
    auth = ClientCredentials(Client("/v2/oauth2/token", fields, secret, form=True), remedy=remedy)
    pace = (("/", options.calls_a_minute),)
    door = HelpScoutDoor(options.url, auth=auth, limits=limits._replace(pace=pace), allow=allow)
    if options.docs_key_env:
        door.docs = _open_docs(options, environ, limits=limits, allow=allow)
    return door


def _open_docs(options: Options, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...]) -> Door:
    name = options.docs_key_env or ""
    key = secret_from(environ, name)
    remedy = f"put a Docs API key into {name}: Your Profile → Authentication → API Keys"
    coded = b64encode(f"{key}:X".encode()).decode()
    auth = Fixed({"Authorization": f"Basic {coded}"}, secrets=(key, coded), remedy=remedy)
    pace = (("/", options.docs_calls_a_minute),)
    return Door(options.docs_url, auth=auth, limits=limits._replace(pace=pace), allow=allow)
