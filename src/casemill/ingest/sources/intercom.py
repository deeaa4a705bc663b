"""Intercom: conversations by the API, with their parts, attributes and macros."""

from casemill.ingest.by_api import ByApi, Parts
from casemill.ingest.desks.intercom import Walker
from casemill.ingest.desks.intercom_door import Options as IntercomOptions
from casemill.ingest.desks.intercom_door import open_door
from casemill.ingest.desks.intercom_hook import read_hook
from casemill.ingest.readers.intercom import read_conversation


class Intercom(ByApi):
    """Conversations that changed, as the search tells them; who speaks, Intercom says itself."""

    default_name = "intercom"
    Options = IntercomOptions
    parts = Parts(open_door, Walker, read_conversation, read_hook)
