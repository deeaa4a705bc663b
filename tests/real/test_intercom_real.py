"""Intercom's own examples of its objects are read without loss; nothing of them is kept here."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from casemill.domain.arrival import Payload
from casemill.ingest import read
from casemill.ingest.desks.intercom_parts import Around, Macros, container, macro_article, still
from casemill.ingest.macros import macro_of
from casemill.ingest.readers.intercom_words import Conversation, Handling
from casemill.ingest.values import plain
from casemill.settings import Ingest

SAMPLES = Path(__file__).parents[2] / ".." / "shared" / "samples" / "intercom"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the vendor's examples are not beside this checkout"),
]


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_bytes())


@pytest.mark.parametrize("name", ["conversation_get", "schema_example_conversation"])
def test_every_word_of_an_example_comes_with_its_ticket(name: str) -> None:
    data = (SAMPLES / f"{name}.json").read_bytes()
    told = msgspec.json.decode(data, type=Conversation)
    handling = [json.dumps(row).encode() for row in sample("conversation_handling_events")["handling_events"]]
    content = container(told, still(data), around=Around(handling, [], {}, {}, Macros([])))
    reading = read(Payload(source="intercom", external_id=str(told.id), content=content), Ingest())
    given = sample(name)
    parts = given["conversation_parts"]["conversation_parts"]
    bodies = [plain(one["body"]) for one in (given["source"], *parts) if one["body"]]
    assert [turn.text for turn in reading.ticket.turns] == bodies
    assert {tag["name"] for tag in given["tags"]["tags"]} <= set(reading.ticket.tags)
    names = {one["author"]["name"] for one in (given["source"], *parts)}
    assert names <= {known for who in reading.people for known in who.names}
    kinds = [event.kind for event in reading.ticket.events]
    assert [kind for kind in kinds if kind in ("paused", "resumed")] == ["paused", "resumed"]
    assert reading.requester == given["contacts"]["contacts"][0]["id"]


def test_the_examples_macros_have_a_text_a_title_and_a_revision() -> None:
    rows = [sample("macro_get_support_macro")]
    for name in ("macros_list_complex_placeholders", "macros_list_pagination_with_cursor"):
        rows += sample(name)["data"]
    for row in rows:
        macro = macro_of(macro_article(row))
        assert (macro.id, macro.title, macro.revision) == (row["id"], row["name"], row["updated_at"])
        assert macro.text == row["body_text"].strip()


def test_teammates_pauses_are_read_as_they_are_documented() -> None:
    rows = [msgspec.convert(row, Handling) for row in sample("conversation_handling_events")["handling_events"]]
    assert [(row.type, row.reason) for row in rows] == [("paused", "Paused"), ("resumed", None)]
