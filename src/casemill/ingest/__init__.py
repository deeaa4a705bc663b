"""Ingest: what helpdesks, tables and incident reports say goes to the vault, byte for byte."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.ingest.pull import ingest_file as ingest_file
    from casemill.ingest.pull import read as read

__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {"ingest_file": "casemill.ingest.pull:ingest_file", "read": "casemill.ingest.pull:read"}
)
__all__ = ["ingest_file", "read"]
