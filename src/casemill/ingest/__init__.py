"""Ingest: what helpdesks, tables and incident reports say goes to the vault, byte for byte."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.ingest.hinted import fetch_hinted as fetch_hinted
    from casemill.ingest.pull import ingest_file as ingest_file
    from casemill.ingest.pull import read as read
    from casemill.ingest.trace_hook import receive_traces as receive_traces
    from casemill.ingest.traces import ingest_traces as ingest_traces
    from casemill.ingest.traces import join_traces as join_traces
    from casemill.ingest.webhooks import receive_hook as receive_hook

_DOORS = {
    "fetch_hinted": "hinted",
    "ingest_file": "pull",
    "ingest_traces": "traces",
    "join_traces": "traces",
    "read": "pull",
    "receive_hook": "webhooks",
    "receive_traces": "trace_hook",
}
__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.ingest.{module}:{name}" for name, module in _DOORS.items()}
)
__all__ = list(_DOORS)
