"""Every piece of text that a ticket can hold is masked, keyed, refused by its form, or the company's own word."""

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

import make
from anonymize.commands import READER, Shop
from anonymize.test_fields import full
from casemill.anonymize.fields import gather, put_back
from casemill.domain.arrival import Identity
from casemill.domain.ticket import Attachment, Ticket, Traced, Turn
from casemill.domain.word import changed
from casemill.personal.fields import mask_fields
from casemill.personal.masking import Masker
from casemill.settings import Store
from casemill.store import open_desk, tickets
from casemill.store.desk_digests import key_ticket
from casemill.store.seal import keyed_digest

# What is done about each; a new field stands here or fails the test.
DECIDED = {
    # named in the settings, or told by our own code
    **dict.fromkeys(("source", "masking.layers", "masking.unsure", "flags.path"), "ours"),
    # the way back: refused where it names a person of the ticket
    "external_id": "refused",
    **dict.fromkeys(("digest", "person", "traced.digest", "attachments.digest"), "keyed"),
    **dict.fromkeys(("subject", "turns.text", "turns.by", "turns.call.arguments", "turns.call.result"), "masked"),
    **dict.fromkeys(("channel", "status", "tags", "csat_comment", "expected", "resolution", "link"), "masked"),
    **dict.fromkeys(("mode", "severity", "root_cause", "plan", "events.text", "attachments.name"), "masked"),
    **dict.fromkeys(("turns.call.name", "trace", "model", "macro.id", "macro.title", "macro.text"), "masked"),
    **dict.fromkeys(("macro.revision", "attachments.type", "traced.ids", "traced.models"), "masked"),
    **dict.fromkeys(("traced.prompts", "traced.missing"), "masked"),
}
SAID = "Zhanna Petrova, zhanna.petrova@realmail.test"
ZHANNA = Identity(role="customer", names=("Zhanna Petrova",))


def text_fields(kind: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The paths of all fields that hold text nobody has listed beforehand."""
    origin = get_origin(kind)
    if kind is str or kind is Any:
        yield ".".join(path)
    elif origin in (Union, types.UnionType, tuple, list):
        for inner in get_args(kind):
            yield from text_fields(inner, path)
    elif origin is dict:
        yield ".".join(path)
    elif isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        for name, inner in get_type_hints(kind).items():
            yield from text_fields(inner, (*path, name))


def values_at(value: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        for inner in value:
            yield from values_at(inner, path)
    elif path and value is not None:
        yield from values_at(getattr(value, path[0]), path[1:])
    elif value is not None:
        yield value


def test_it_is_decided_of_every_text_field_what_becomes_of_it() -> None:
    assert set(text_fields(Ticket)) == set(DECIDED)


@pytest.mark.parametrize("path", [path for path, done in DECIDED.items() if done == "masked"])
def test_what_is_to_be_masked_is_masked(path: str) -> None:
    ticket = full(SAID)
    before = [f"{value}" for value in values_at(ticket, path.split("."))]
    assert any("Zhanna" in value for value in before)
    masker = Masker([ZHANNA])
    masked = put_back(ticket, [field.text for field in mask_fields(masker, gather(ticket))])
    after = " ".join(f"{value}" for value in values_at(masked, path.split(".")))
    assert [word for word in ("Zhanna", "Petrova", "zhanna", "realmail") if word in after] == []
    assert "NAME_1" in after


def test_what_is_to_be_keyed_is_keyed() -> None:
    plain = "sha256:" + "0" * 64
    files, traced = (Attachment(name="a", digest=plain),), Traced(digest=plain)
    ticket = make.ticket(digest=plain, attachments=files, traced=traced)
    keyed = key_ticket(ticket, lambda kind, digest: keyed_digest(b"p" * 32, kind, digest=digest))
    for path in ("digest", "traced.digest", "attachments.digest"):
        assert all(value.startswith("hmac-sha256:") for value in values_at(keyed, path.split(".")))


MACHINES = {
    "trace": ("0af7651916cd43dd8448eb211c80319c", "12345678-1234-1234-1234-123456789012"),
    "model": ("gpt-4o-mini-2024-07-18", "claude-opus-4", "anthropic/claude-3.5-sonnet", "Gemini 1.5 Pro"),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in MACHINES.items() for text in texts])
def test_a_makers_own_words_and_numbers_stay(name: str, text: str) -> None:
    ticket = make.ticket(**{name: text})
    masker = Masker([ZHANNA])
    masked = put_back(ticket, [field.text for field in mask_fields(masker, gather(ticket))])
    assert getattr(masked, name) == text


def row(id: str = "1", **fields: Any) -> dict[str, Any]:
    call = {"name": "lookup_zhanna.petrova@x.test", "arguments": {"n": 1}, "result": "ok"}
    said = [{"role": "customer", "text": "it is late"}, {"role": "tool", "call": call}]
    told = {"id": id, "requester": {"name": "Zhanna Petrova", "phone": "+7 701 555 01 01"}, "messages": said}
    return told | {"trace": "trace-zhanna.petrova@realmail.test", "model": "gpt for Zhanna"} | fields


def test_trace_model_and_tools_of_an_export_are_masked_and_no_leak_is_found(project: Path) -> None:
    shop = Shop(project)
    shop.take_in(row())
    ticket = shop.ticket()
    [call] = [turn.call for turn in ticket.turns if turn.call]
    assert (ticket.trace, ticket.model, call.name) == ("[EMAIL_2]", "gpt for [NAME_1]", "[EMAIL_1]")
    assert "hanna" not in shop.desk_text()
    shop.run("leaks", "--no-sample")


def test_what_stands_in_them_from_before_is_found_and_masked_again(project: Path) -> None:
    shop = Shop(project)
    shop.take_in(row(trace=None, model=None))
    with open_desk(Store(), root=project) as desk, desk.write() as db:
        call = changed(make_call(shop.ticket()), name="lookup_zhanna.petrova@x.test")
        turns = (*shop.ticket().turns[:1], Turn(role="tool", call=call))
        old = {"trace": "trace-zhanna.petrova@realmail.test", "model": "gpt for Zhanna", "turns": turns}
        tickets.put(db, changed(shop.ticket(), version=2, digest="hmac-sha256:2", **old))
    told = shop.run("leaks", "--no-sample", code=1)
    assert [name for name in (", trace: ", ", model: ", "call.name: ") if name not in told] == []
    shop.run("anonymize", "--again", "file:1")
    assert "hanna" not in shop.desk_text()
    assert "petrova" not in shop.desk_text()
    shop.run("leaks", "--no-sample")


def make_call(ticket: Ticket) -> Any:
    return next(turn.call for turn in ticket.turns if turn.call)


@pytest.mark.parametrize("id", ["202 Anna Karimova", "chat-karimova-7", "anna.k_202", "c-77015550101", "akarimova9/1"])
def test_a_ticket_whose_id_names_a_person_of_it_stays_in_the_vault_and_is_told(project: Path, id: str) -> None:
    who = {"name": "Anna Karimova", "phone": "+7 701 555 01 01", "username": "akarimova9"}
    shop = Shop(project)
    told = shop.take_in(row(id, requester=who | {"email": "anna.k@mail.test"}), row("203", requester=who), code=4)
    assert "the id names a person of the ticket; give the record an id of its own" in told
    assert id not in told
    assert "1 stuck" in told
    assert "203" in shop.ticket("file:203").key
    assert "arimova" not in shop.desk_text()
    assert "arimova" not in shop.run("status")


@pytest.mark.parametrize("id", ["48213", "2026-11-21/4", "will-4", "support-bot-12", "annals-3", "548921"])
def test_an_id_that_only_looks_like_somebody_is_taken(project: Path, id: str) -> None:
    shop = Shop(project)
    who = {"name": "Anna Will", "phone": "5489", "username": "48213"}
    said = [{"role": "customer", "text": "order 548921"}]
    shop.take_in(row(id, requester=who, messages=said, trace=None, model=None))
    assert shop.ticket(f"file:{id}").external_id == id
    shop.run("leaks", "--no-sample")


def test_an_id_from_before_that_names_a_person_is_a_finding(project: Path) -> None:
    (project / "casemill.toml").write_text(f'[people]\nme = "{READER}"\n')
    shop = Shop(project)
    shop.take_in(row("anna-1"))
    assert shop.run("leaks", "--no-sample")
    shop.take_in(row("anna-1", subject="more", requester={"name": "Anna Karimova"}), code=4)
    told = shop.run("leaks", "--no-sample", code=1)
    assert "file:anna-1, id: NAME, a person of this ticket" in told
