"""The door to an Intercom workspace: which settings it takes, how it signs."""

import re
from collections.abc import Mapping

import msgspec

from casemill.errors import SettingsError
from casemill.ingest.auth import Fixed, secret_from
from casemill.ingest.http import Door, Limits

_VERSION = re.compile(r"\d\.\d{1,2}")


class Options(msgspec.Struct, forbid_unknown_fields=True):
    """`url` of the region; the access token stands in the variable `token_env`.

    `app_id` is the workspace's id, for links into the inbox; `inbox` the address agents open it at.
    """

    url: str = "https://api.intercom.io"
    token_env: str = "INTERCOM_TOKEN"  # noqa: S105 - a variable's name
    api_version: str = "2.16"
    per_page: int = 150
    app_id: str | None = None
    inbox: str = "https://app.intercom.com"
    handling_events: bool = True
    knowledge_base: bool = True

    def link(self, id: str) -> str | None:
        """The page an agent opens."""
        return f"{self.inbox.rstrip('/')}/a/inbox/{self.app_id}/inbox/conversation/{id}" if self.app_id else None


def open_door(options: Options, environ: Mapping[str, str], *, limits: Limits, allow: tuple[str, ...]) -> Door:
    """The door to a workspace; a SettingsError that names what is missing."""
    if not 1 <= options.per_page <= 150:
        raise SettingsError("per_page is 1 to 150")
    if not _VERSION.fullmatch(options.api_version):
        raise SettingsError("api_version is a number as 2.16")
    token = secret_from(environ, options.token_env)
    remedy = f"check {options.token_env} and the region of url; the app may read conversations, people and articles"
    headers = {"Authorization": f"Bearer {token}", "Intercom-Version": options.api_version}
    return Door(options.url, auth=Fixed(headers, secrets=(token,), remedy=remedy), limits=limits, allow=allow)
