"""Pages go to their places: payloads and the cursor behind them to the vault, macros to the desk; and are counted."""

from collections import Counter
from datetime import datetime
from typing import Any

from casemill.ingest.articles import store_articles
from casemill.ingest.rejects import Rejects
from casemill.ingest.source import Page
from casemill.store.desk import Desk
from casemill.store.vault import Vault


class Tally:
    """What the pages came to: `counts` of new, changed, same and once erased payloads; articles, tickets gone,
    a table's mapping."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.articles = 0
        self.gone = 0
        self.mapping: dict[str, str] | None = None

    def store(self, stores: tuple[Vault, Desk], page: Page, *, now: datetime, stream: str, source: str) -> None:
        """A page's payloads and the cursor of its stream are one transaction; its articles are the source's."""
        vault, desk = stores
        if page.payloads or page.cursor:
            cursor = (stream, page.cursor) if page.cursor else None
            stored = vault.put_page(page.payloads, now=now, cursor=cursor)
            self.counts.update(new=stored.new, changed=stored.changed, same=stored.same, erased=stored.erased)
        if page.articles:
            self.articles += store_articles(desk, page.articles, source=source)
        self.gone += page.gone
        self.mapping = self.mapping or page.columns

    def told(self, rejects: Rejects) -> dict[str, Any]:
        """What every summary tells of tickets: counts, and the file of those that were put aside."""
        counted = {name: self.counts[name] for name in ("new", "changed", "same", "erased")}
        file = str(rejects.path) if rejects.path else None
        return {
            "seen": self.counts.total(),
            **counted,
            "gone": self.gone,
            "rejected": rejects.count,
            "rejects_file": file,
        }
