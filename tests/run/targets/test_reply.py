"""What a target gave back is read strictly and made fit for files, terminals and reports."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.domain.reply import Reply, Usage
from casemill.domain.ticket import ToolCall
from casemill.errors import TargetError
from casemill.run.plain import plain
from casemill.run.reply import MOST_KEPT, call_of, cost_of, decoded, readable, reply_of, reply_of_bytes
from casemill.settings import Price


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("\x1b[31mNo\x1b[0m refund", "No refund"),
        ("\x9b1mNo\x9b0m", "No"),
        ("\x1b]0;owned\x07hi", "hi"),
        ("\x1b]8;;http://evil.test\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPq...\x1b\\x", "x"),
        ("\x1b(Bhi\x1b7\x1bc", "hi"),
        ("50 %\r100 %\r\ndone\x00\x07\x08", "50 %\n100 %\ndone"),
        ("abc\u202etxt.exe", "abctxt.exe"),
        ("tab\tand\nline, 👩‍👩‍👧 ё", "tab\tand\nline, 👩‍👩‍👧 ё"),
        ("\x1b", ""),
    ],
)
def test_a_reply_is_kept_as_a_person_would_read_it(said: str, read: str) -> None:
    assert plain(said) == read
    assert readable(Reply(text=said)).text == read


@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\x1b[]0;m\r\n\x07\x9b"))))
def test_no_control_character_but_tab_and_line_feed_is_left_in_any_text(text: str) -> None:
    kept = plain(text)
    assert not {character for character in kept if ord(character) < 32 or 127 <= ord(character) < 160} - {"\t", "\n"}
    assert plain(kept) == kept


def test_calls_citations_and_intent_are_made_readable_too_and_arguments_stay_as_they_are() -> None:
    call = ToolCall(name="find\x1b[1m", arguments={"id": "\x1b[1m7"}, result="\x1b[1mlost")
    reply = readable(Reply(text="x", calls=(call,), citations=("KB-1\x07",), intent="re\x00fund"))
    assert reply.calls == (ToolCall(name="find", arguments={"id": "\x1b[1m7"}, result="lost"),)
    assert (reply.citations, reply.intent) == (("KB-1",), "refund")


def test_a_reply_that_is_too_long_for_any_customer_is_an_error() -> None:
    readable(Reply(text="x" * (MOST_KEPT - 100)))
    with pytest.raises(TargetError, match=r"the answer is 5,000,011 bytes long, more than 1,000,000"):
        readable(Reply(text="x" * 5_000_000))


@pytest.mark.parametrize(
    ("raw", "charset", "text"),
    [
        ("Жақсы".encode(), None, "Жақсы"),
        ("\ufeffhi".encode(), None, "hi"),
        ("schön".encode("latin-1"), "iso-8859-1", "schön"),
        ("Привет".encode("cp1251"), "windows-1251", "Привет"),
        ("schön".encode(), "iso-8859-1", "schön"),
    ],
)
def test_text_is_read_as_utf_8_and_else_as_its_sender_says(raw: bytes, charset: str | None, text: str) -> None:
    assert decoded(raw, charset=charset) == text


@pytest.mark.parametrize(
    ("charset", "message"),
    [
        (None, r"not UTF-8 text \(byte 4\)"),
        ("utf-8", "not UTF-8 text"),
        ("UTF8", "not UTF-8 text"),
        ("klingon", "neither UTF-8 nor the klingon text"),
        ("hex", "neither UTF-8 nor the hex text"),
        ("ascii", "neither UTF-8 nor the ascii text"),
    ],
)
def test_text_that_nobody_can_read_is_an_error(charset: str | None, message: str) -> None:
    with pytest.raises(TargetError, match=message):
        decoded(b"caf\xe9", charset=charset)


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><p>Sign in", b"\n <html lang=en>", b'<?xml version="1.0"?><html>'])
def test_a_web_page_is_no_reply(page: bytes) -> None:
    with pytest.raises(TargetError, match="a web page"):
        reply_of_bytes(page)


def test_a_piece_of_markup_is_a_reply() -> None:
    assert reply_of_bytes(b"<p>No refund yet.</p>").text == "<p>No refund yet.</p>"


def test_json_behind_a_byte_order_mark_is_json() -> None:
    assert reply_of_bytes('\ufeff{"text": "hi"}'.encode()).text == "hi"


def test_tokens_may_stand_beside_the_other_fields() -> None:
    assert reply_of({"text": "x", "input_tokens": 3, "output_tokens": None}).usage == Usage(input_tokens=3)
    with pytest.raises(TargetError, match="input_tokens"):
        reply_of({"text": "x", "input_tokens": "many"})


@pytest.mark.parametrize(
    "call",
    [
        {"name": "find", "arguments": {"id": 7}},
        {"name": "find", "arguments": '{"id": 7}'},
        {"id": "1", "type": "function", "function": {"name": "find", "arguments": '{"id": 7}'}},
        {"type": "tool_use", "id": "1", "name": "find", "input": {"id": 7}},
    ],
)
def test_a_call_is_read_in_every_form(call: dict[str, object]) -> None:
    assert call_of(call) == ToolCall(name="find", arguments={"id": 7})


@pytest.mark.parametrize("call", [7, {}, {"name": "x", "arguments": [1]}, {"name": "x", "arguments": "{torn"}])
def test_what_is_no_call_is_told(call: object) -> None:
    with pytest.raises(TargetError, match="a tool call is not"):
        call_of(call)


def test_a_price_is_for_a_million_tokens() -> None:
    usage = Usage(input_tokens=2_000_000, output_tokens=500_000)
    assert cost_of(usage, Price(input=0.15, output=0.6)) == pytest.approx(0.6)


def test_what_is_no_reply_is_refused_before_anything_looks_at_it() -> None:
    for wrong in (None, Reply(text="x", intent=5)):  # type: ignore[arg-type]
        with pytest.raises(msgspec.ValidationError):
            readable(wrong)  # type: ignore[arg-type]


def test_half_a_character_is_told_as_what_it_is() -> None:
    with pytest.raises(TargetError, match="half a character"):
        readable(Reply(text="\ud83d"))
