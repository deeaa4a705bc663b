"""Which sources of the table are helpdesks that can be walked, and their tables; known without opening a store."""

from collections.abc import Iterator
from contextlib import contextmanager

from casemill.errors import SettingsError
from casemill.ingest.sources import SOURCES
from casemill.settings import FILE_NAME, Ingest


def is_helpdesk(name: str) -> bool:
    """Whether a source of the table can be walked by an API."""
    return name in SOURCES.names() and hasattr(SOURCES.get(name), "walk")


def helpdesks() -> tuple[str, ...]:
    """The sources that can be walked by an API."""
    return tuple(name for name in SOURCES.names() if is_helpdesk(name))


def kind_of(source: str, settings: Ingest) -> str:
    """Which helpdesk a named table is of: its `kind`, else its own name."""
    return str(settings.sources.get(source, {}).get("kind", source))


@contextmanager
def in_table(source: str) -> Iterator[None]:
    """What is wrong with settings is told with the table that they stand in."""
    try:
        yield
    except SettingsError as error:
        raise SettingsError(f"{FILE_NAME}: [ingest.sources.{source}]: {error}", hint=error.hint) from None
