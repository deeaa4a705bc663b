"""The door to a Zendesk account: which settings it takes, how it signs, which pace Zendesk wants."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from casemill.errors import SettingsError
from casemill.ingest.auth import Auth, Client, ClientCredentials, basic, bearer, secret_from
from casemill.ingest.http import Door, Limits


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`url` of the account; `auth` is client credentials (`client_id`, and the secret in the variable
    `client_secret_env`), an access token, or a legacy API token (`email`), both in the variable `token_env`.

    `support_type_scope = "all"` also brings what AI agents closed alone; without it Zendesk exports what people had.
    """

    url: str
    auth: Literal["client_credentials", "access_token", "api_token"] = "client_credentials"
    client_id: str | None = None
    client_secret_env: str = "ZENDESK_CLIENT_SECRET"  # noqa: S105 - a variable's name
    token_env: str = "ZENDESK_TOKEN"  # noqa: S105 - a variable's name
    email: str | None = None
    scope: str = "read"
    per_page: int = 100
    export_calls_a_minute: int = 10
    log_calls_a_minute: int = 100
    support_type_scope: str | None = None
    knowledge_base: bool = True
    conversation_log: Literal["messaging", "always", "never"] = "messaging"


def open_door(options: Options, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...]) -> Door:
    """The door to an account; a SettingsError that names what is missing."""
    if not 1 <= options.per_page <= 1000:
        raise SettingsError("per_page is 1 to 1000")
    pace = (("/incremental/", options.export_calls_a_minute), ("/conversation_log", options.log_calls_a_minute))
    return Door(options.url, auth=_auth(options, environ), limits=limits._replace(pace=pace), allow=allow)


def _auth(options: Options, environ: Mapping[str, str]) -> Auth:
    if options.auth == "access_token":
        token = secret_from(environ, options.token_env)
        return bearer(token, remedy=f"make a new access token and put it into {options.token_env}")
    if options.auth == "api_token":
        if not options.email:
            raise SettingsError("auth = 'api_token' needs email", hint="the admin whose token it is")
        token = secret_from(environ, options.token_env)
        remedy = f"check email and {options.token_env}; API tokens end on 2027-04-30: make an OAuth client"
        return basic(f"{options.email}/token", token, remedy=remedy)
    if not options.client_id:
        raise SettingsError("needs client_id", hint="Admin Center → Apps and integrations → OAuth clients")
    secret = secret_from(environ, options.client_secret_env)
    fields: dict[str, str | int] = {"grant_type": "client_credentials", "client_id": options.client_id}
    fields |= {"client_secret": secret, "scope": options.scope, "expires_in": 86_400}
    remedy = (
        f"check client_id and {options.client_secret_env}; the client is confidential, has the scope read, and an admin"
    )
    return ClientCredentials(Client("/oauth/tokens", fields, secret), remedy=f"{remedy} made it")
