"""Every text of every table is handed on, page by page, whatever tables there are."""

from collections import Counter

import pytest

import make
from casemill.store import Desk, articles, desk_texts, drafts, leaks, tickets
from casemill.store.desk_tables import desk as tables


@pytest.fixture
def filled(desk: Desk) -> Desk:
    with desk.write() as db:
        for number in range(3):
            tickets.put(db, make.ticket(f"{number}"))
        tickets.put(db, make.ticket("0", version=2, digest="sha256:other"))
        drafts.put(db, make.draft("zendesk:0"))
        articles.put(db, make.article())
    return desk


def test_all_rows_of_all_tables_are_handed_on(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_texts, "PAGE", 2)
    with filled.read() as db:
        rows = [row for page in desk_texts.pages(db) for row in page]
        assert len(rows) == desk_texts.count(db)
    assert Counter(row.table for row in rows) == {"tickets": 4, "drafts": 1, "articles": 1}
    assert [row.ticket for row in rows if row.table == "drafts"] == ["zendesk:0"]
    assert {row.ticket for row in rows if row.table == "tickets"} == {"zendesk:0", "zendesk:1", "zendesk:2"}
    assert all("body" in row.texts for row in rows)


@pytest.mark.parametrize("table", tables.sorted_tables, ids=lambda table: table.name)
def test_every_table_can_be_paged_and_has_texts(table: object) -> None:
    assert "id" in table.columns  # type: ignore[attr-defined]
    assert desk_texts.text_columns(table)  # type: ignore[arg-type]


def test_keys_versions_and_cases_of_tickets(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_texts, "PAGE", 2)
    with filled.read() as db:
        assert list(desk_texts.ticket_keys(db)) == [["zendesk:0", "zendesk:1"], ["zendesk:2"]]
        assert [ticket.version for ticket in desk_texts.versions_of(db, "zendesk:0")] == [1, 2]
        assert desk_texts.tickets_of_cases(db) == {make.case().id: "zendesk:0"}


def test_who_set_a_mark(filled: Desk) -> None:
    with filled.write() as db:
        leaks.add(db, make.leak_review("zendesk:0", verdict="leak", marks=(make.mark(),)))
        [waiting] = leaks.waiting_marks(db)
        assert desk_texts.marked_by(db, waiting.id) == "lead@shop.test"
        assert desk_texts.marked_by(db, 99) is None
