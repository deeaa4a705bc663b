"""The table of sources: a new one is a file beside this and a line here."""

from casemill.plugins import Shelf

SOURCES = Shelf(
    "sources",
    {
        "zendesk": "casemill.ingest.sources.zendesk:Zendesk",
        "intercom": "casemill.ingest.sources.intercom:Intercom",
        "freshdesk": "casemill.ingest.sources.freshdesk:Freshdesk",
        "helpscout": "casemill.ingest.sources.helpscout:HelpScout",
        "jsonl": "casemill.ingest.sources.jsonl:Jsonl",
        "csv": "casemill.ingest.sources.tabular:Tabular",
        "parquet": "casemill.ingest.sources.parquet:Parquet",
        "singer": "casemill.ingest.sources.singer:Singer",
        "airbyte": "casemill.ingest.sources.airbyte:Airbyte",
        "incident": "casemill.ingest.sources.incident:Incidents",
    },
)
