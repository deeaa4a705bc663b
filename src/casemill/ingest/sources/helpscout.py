"""Help Scout: conversations by its API, saved replies, and Docs."""

from casemill.ingest.by_api import ByApi, Parts
from casemill.ingest.desks.helpscout import Walker
from casemill.ingest.desks.helpscout_door import Options as HelpScoutOptions
from casemill.ingest.desks.helpscout_door import open_door
from casemill.ingest.desks.helpscout_hook import read_hook
from casemill.ingest.readers.helpscout import read_conversation


class HelpScout(ByApi):
    """Help Scout by its Inbox API, versions 2 and 3, and its Docs API."""

    default_name = "helpscout"
    Options = HelpScoutOptions
    parts = Parts(open_door, Walker, read_conversation, read_hook)
