"""How a value may be shown: what may hold a secret is covered."""

from typing import Any

import msgspec


def safe_value(name: str, value: Any) -> Any:
    """A value as it stands where it may be shown, and as `show_value` covers it where it may not."""
    shown = show_value(name, value)
    return value if shown == _plain(value) else shown


def show_value(name: str, value: Any) -> str:
    """A value as it may be shown: what may hold a secret (a URL with a password, a key or token) is covered."""
    text = _plain(value)
    if any(word in name.rsplit(".", 1)[-1] for word in ("token", "secret", "password", "key")) and (
        not name.endswith("_variable")
    ):
        return "(covered)"
    head, _, tail = text.partition("://")
    return f"{head}://(covered)@{tail.rsplit('@', 1)[1]}" if "@" in tail.split("/")[0] else text


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
