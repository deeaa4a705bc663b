"""Every text of a ticket, under a path of its own."""

import make
from casemill.domain.ticket import Attachment, Macro, ToolCall, Turn, text_at, texts_digest, texts_of
from casemill.domain.word import changed


def full() -> dict[str, str]:
    ticket = make.ticket(
        turns=(
            Turn(role="customer", text="hi", by="[NAME_1]"),
            Turn(role="tool", call=ToolCall(name="find", arguments={"z": "ö", "a": [1]}, result="found [NAME_2]")),
            Turn(role="note"),
        ),
        tags=("refund", "vip"),
        macro=Macro(id="47", title="Late", text="Sorry."),
        attachments=(Attachment(name="[NAME_1].pdf", digest="sha256:1"),),
        expected="Says so.",
        root_cause="none",
        csat_comment="bad",
        plan="Plus",
        person="secret",
        trace="trc_1",
    )
    return dict(texts_of(ticket))


def test_every_text_has_a_path_and_ids_are_no_texts() -> None:
    texts = full()
    assert list(texts) == [
        "subject",
        "turns.0.by",
        "turns.0.text",
        "turns.1.call.arguments",
        "turns.1.call.result",
        "expected",
        "resolution",
        "root_cause",
        "csat_comment",
        "plan",
        "macro.title",
        "macro.text",
        "tags.0",
        "tags.1",
        "attachments.0.name",
    ]
    assert "secret" not in texts.values()


def test_arguments_are_one_text_canonical_json() -> None:
    assert full()["turns.1.call.arguments"] == '{"a":[1],"z":"ö"}'


def test_a_text_is_found_by_its_path_and_a_wrong_path_finds_none() -> None:
    ticket = make.ticket()
    assert all(text_at(ticket, path) == text for path, text in texts_of(ticket))
    assert [text_at(ticket, path) for path in ("", "turns.99.text", "person", "turns.0.call.result")] == [None] * 4


def test_the_digest_changes_with_a_text_and_with_nothing_else() -> None:
    ticket = make.ticket()
    same = changed(ticket, version=7, digest="sha256:other", person="x")
    assert texts_digest(same) == texts_digest(ticket)
    assert texts_digest(changed(ticket, tags=("new",))) != texts_digest(ticket)
    assert texts_digest(changed(ticket, subject="", expected=ticket.subject)) != texts_digest(ticket)
