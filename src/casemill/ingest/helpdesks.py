"""Which sources of the table are helpdesks that can be walked; known without opening a store."""

from casemill.ingest.sources import SOURCES
from casemill.settings import Ingest


def is_helpdesk(name: str) -> bool:
    """Whether a source of the table can be walked by an API."""
    return name in SOURCES.names() and hasattr(SOURCES.get(name), "walk")


def helpdesks() -> tuple[str, ...]:
    """The sources that can be walked by an API."""
    return tuple(name for name in SOURCES.names() if is_helpdesk(name))


def kind_of(source: str, settings: Ingest) -> str:
    """Which helpdesk a named table is of: its `kind`, else its own name."""
    return str(settings.sources.get(source, {}).get("kind", source))
