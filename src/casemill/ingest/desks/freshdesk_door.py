"""The door to a Freshdesk account: which settings it takes, how it signs, which pace its plan allows."""

from base64 import b64encode
from collections.abc import Mapping

import msgspec

from casemill.errors import SettingsError
from casemill.ingest.auth import Fixed, secret_from
from casemill.ingest.http import Door, Limits


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`url` of the account, and the variable `token_env` with an agent's API key.

    `calls_a_minute` is for what a ticket costs; its views count several times against a plan. `activities` also brings
    the account's daily activity export, which tells who had a ticket when.
    """

    url: str
    token_env: str = "FRESHDESK_API_KEY"  # noqa: S105 - a variable's name
    per_page: int = 100
    calls_a_minute: int = 80
    ratings: bool = True
    knowledge_base: bool = True
    activities: bool = False


def open_door(options: Options, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...]) -> Door:
    """The door to an account; a SettingsError that names what is missing."""
    if not 1 <= options.per_page <= 100:
        raise SettingsError("per_page is 1 to 100")
    key = secret_from(environ, options.token_env)
    coded = b64encode(f"{key}:X".encode()).decode()
    remedy = f"check {options.token_env}: Freshdesk → Profile settings → API key, of an agent who sees all tickets"
    auth = Fixed({"Authorization": f"Basic {coded}"}, secrets=(key, coded), remedy=remedy)
    pace = (("/api/v2/", options.calls_a_minute),)
    return Door(options.url, auth=auth, limits=limits._replace(pace=pace), allow=allow)
