"""The table of sources: a new one is a file beside this and a line here."""

from casemill.plugins import Shelf

SOURCES = Shelf(
    "sources",
    {
        "zendesk": "casemill.ingest.sources.zendesk:Zendesk",
        "jsonl": "casemill.ingest.sources.jsonl:Jsonl",
        "csv": "casemill.ingest.sources.tabular:Tabular",
        "incident": "casemill.ingest.sources.incident:Incidents",
    },
)
