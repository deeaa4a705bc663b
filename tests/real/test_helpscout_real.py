"""Help Scout's own examples of its objects are read without loss; nothing of them is kept here."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

import make
from casemill.domain.arrival import Payload
from casemill.ingest import read
from casemill.ingest.auth import _Token
from casemill.ingest.desks.helpscout_hal import _shape
from casemill.ingest.desks.helpscout_hook import read_hook
from casemill.ingest.desks.helpscout_parts import container
from casemill.settings import Ingest

SAMPLES = Path(__file__).parents[2] / ".." / "shared" / "samples"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not SAMPLES.is_dir(), reason="the vendor's examples are not beside this checkout"),
]


def sample(name: str) -> bytes:
    return (SAMPLES / "helpscout" / f"{name}.json").read_bytes()


def test_every_word_of_an_example_comes_with_its_ticket() -> None:
    (told,) = json.loads(sample("conversations_list"))["_embedded"]["conversations"]
    (thread,) = json.loads(sample("threads_list"))["_embedded"]["threads"]
    content = container(json.dumps(told).encode(), [json.dumps(thread).encode()], macros=[], files=[])
    reading = read(Payload(source="helpscout", external_id=str(told["id"]), content=content), Ingest())
    ticket = reading.ticket
    assert [(turn.role, turn.text) for turn in ticket.turns] == [("customer", thread["body"])]
    assert (ticket.subject, ticket.status, ticket.channel) == (told["subject"], told["status"], told["source"]["type"])
    assert ticket.tags == tuple(tag["tag"] for tag in told["tags"])
    assert ticket.macro is not None
    assert ticket.macro.id == str(thread["savedReplyId"])
    (field,) = told["customFields"]
    assert f"{field['name']}: {field['value']}" in [event.text for event in ticket.events]
    assert reading.requester == str(told["primaryCustomer"]["id"])
    mails = {mail for who in reading.people for mail in who.emails}
    assert {told["assignee"]["email"], told["createdBy"]["email"], thread["customer"]["email"], *told["cc"]} <= mails


def test_lists_with_and_without_rows_and_the_token_have_the_form_that_is_read() -> None:
    full: Any = msgspec.json.decode(sample("conversations_list"), type=_shape("conversations"))
    empty: Any = msgspec.json.decode(sample("conversations_list_empty"), type=_shape("conversations"))
    assert (len(full.embedded.rows), bool(full.links.get("next"))) == (1, True)
    assert (empty.embedded, bool(empty.links.get("next"))) == (None, False)
    assert msgspec.json.decode(sample("oauth_token"), type=_Token).expires_in == 172_800


def test_the_known_signature_holds() -> None:
    vectors = json.loads((SAMPLES / "webhooks" / "signature_vectors.json").read_bytes())
    (vector,) = (one for one in vectors if one["vendor"] == "helpscout")
    headers = {"x-helpscout-signature": vector["signature"]}
    assert read_hook(headers, vector["body"].encode(), secret=vector["secret"], now=make.NOW) is None
