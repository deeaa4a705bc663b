"""Freshdesk: its API."""

from casemill.ingest.by_api import ByApi, Parts
from casemill.ingest.desks.freshdesk import Walker
from casemill.ingest.desks.freshdesk_door import Options as FreshdeskOptions
from casemill.ingest.desks.freshdesk_door import open_door
from casemill.ingest.desks.freshdesk_hook import read_hook
from casemill.ingest.readers.freshdesk import read_ticket


class Freshdesk(ByApi):
    """Tickets with their conversations, ratings, canned responses and solutions."""

    default_name = "freshdesk"
    Options = FreshdeskOptions
    parts = Parts(open_door, Walker, read_ticket, read_hook)
