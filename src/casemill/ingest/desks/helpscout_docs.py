"""Help Scout Docs: the published articles of all collections, and their earlier revisions."""

from collections.abc import Iterator
from typing import Any

import msgspec

from casemill.domain.article import Article
from casemill.ingest.http import Door, Refused
from casemill.ingest.readers.helpscout_words import seen
from casemill.ingest.values import moment, plain

_SIZE = 100


class _Rows(msgspec.Struct):
    items: list[dict[str, Any]] | None = None
    page: int = 1
    pages: int = 1


class Docs:
    """One reading of the knowledge base; `past` brings the revisions before the present one too, each a call."""

    def __init__(self, door: Door, *, past: bool) -> None:
        self.door = door
        self.past = past

    def articles(self) -> Iterator[Article]:
        """Oldest revision first; an account without Docs, or without the right, has none."""
        try:
            for collection in self._rows("/v1/collections", "collections"):
                path = f"/v1/collections/{collection.get('id')}/articles"
                for row in self._rows(path, "articles", status="published"):
                    yield from self._article(str(row["id"])) if row.get("id") else ()
        except Refused as error:
            if error.status not in (403, 404):
                raise

    def _article(self, id: str) -> Iterator[Article]:
        told = self._one(f"/v1/articles/{id}", "article")
        if not told or told.get("status") == "notpublished":
            return
        edited = told.get("lastPublishedAt") or told.get("updatedAt")
        present = _made(id, told, text=told.get("text"), at=edited)
        if self.past:
            yield from self._earlier(told, before=present)
        yield present

    def _earlier(self, told: dict[str, Any], *, before: Article) -> Iterator[Article]:
        """What was saved after the last publication is a draft; what reads as the present one is the present one."""
        path = f"/v1/articles/{before.id}/revisions"
        for row in sorted(self._rows(path, "revisions"), key=lambda row: str(row.get("createdAt") or "")):
            at = moment(row.get("createdAt"))
            if at is None or (before.updated_at is not None and at >= before.updated_at):
                continue
            revision = self._one(f"/v1/revisions/{row.get('id')}", "revision")
            made = _made(before.id, told, text=revision.get("text"), at=row.get("createdAt"))
            if made.text != before.text:
                yield made

    def _one(self, path: str, name: str) -> dict[str, Any]:
        """One object; empty when it was deleted meanwhile."""
        try:
            return self.door.load(path, kind=dict[str, dict[str, Any]]).get(name) or {}
        except Refused as error:
            if error.status == 404:
                return {}
            raise

    def _rows(self, path: str, name: str, **params: str) -> Iterator[dict[str, Any]]:
        """All of a list; its end is the number of its last page."""
        number = 1
        while True:
            place: dict[str, str | int] = {**params, "page": number, "pageSize": _SIZE}
            found = self.door.load(path, place, kind=dict[str, _Rows]).get(name) or _Rows()
            yield from found.items or ()
            if number >= found.pages:
                return
            number += 1


def _made(id: str, told: dict[str, Any], *, text: Any, at: Any) -> Article:
    return Article(
        kind="article",
        id=id,
        revision=str(at or ""),
        title=plain(told.get("name")),
        text=seen(str(text or "")),
        updated_at=moment(at),
    )
