"""The filter: text in blocks, JSON records, and the command."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from casemill.cli.main import casemill
from casemill.domain.arrival import Identity
from casemill.personal.masking import Terms
from casemill.personal.records import BLOCK, Bad, mask_records, mask_stream

ANNA = Identity(role="customer", names=("Anna Karimova",))


def records(*lines: Any, known: tuple[Identity, ...] = ()) -> list[Any]:
    raw = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    return [result if isinstance(result, Bad) else json.loads(result) for result in mask_records(raw, known)]


def test_a_text_has_one_numbering_over_all_its_blocks() -> None:
    line = "order 548921 by Anna, order {}\r\n"
    text = "".join(line.format(100_000 + number) for number in range(4000)).encode()
    assert len(text) > BLOCK
    masked = b"".join(mask_stream(io.BytesIO(text), [ANNA])).decode().splitlines(keepends=True)
    assert masked[0] == "order [ORDER_1] by [NAME_1], order [ORDER_2]\r\n"
    assert masked[-1] == "order [ORDER_1] by [NAME_1], order [ORDER_4001]\r\n"


def test_a_terminal_is_answered_line_by_line() -> None:
    source = io.BytesIO(b"order 548921\norder 548922\n")
    following = mask_stream(source, [], live=True)
    assert next(following) == b"order [ORDER_1]\n"
    assert source.tell() == len(b"order 548921\n")


def test_of_a_line_that_is_no_text_its_end_alone_is_left() -> None:
    source = io.BytesIO(b"\xff\xfe order 548921 \x80\norder 548921\n")
    assert b"".join(mask_stream(source, [])) == b"\norder [ORDER_1]\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"text": "a", "known": "Anna"}', "`known` that is no list"),
        (b'{"text": "a", "known": ["Anna", {"name": "Anna"}]}', "entry 2 is no text and no object of names"),
        (b'{"text": "a", "known": [{"names": "Anna"}]}', "each a list of texts"),
        (b'{"text": "a", "known": [5]}', "entry 1 is no text"),
        (b'{"text": 1e999}', "no number of JSON"),
        (b'{"text": NaN}', "no number of JSON"),
        (b'{"text": "\\ud83d"}', "half a sign"),
        (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deep"),
        (b"[1]", "a record is a JSON object"),
        (b'{"text": "\xc0\xed"}', "not UTF-8"),
        (b"{Anna}", "is not JSON"),
    ],
    ids=str,
)
def test_a_line_that_cannot_be_read_is_told_with_the_reason_and_none_of_its_words(line: bytes, why: str) -> None:
    [result] = mask_records([line], [])
    assert isinstance(result, Bad)
    assert why in result.why
    assert "Anna" not in result.why.replace("Anna Karimova", "")


def test_nobody_is_known_where_known_is_null() -> None:
    [record] = records({"text": "order 548921", "known": None})
    assert record["text"] == "order [ORDER_1]"


def test_a_record_comes_back_with_spans_and_without_the_known() -> None:
    [record] = records(
        {"id": "t548921", "text": "Anna, order 548921", "known": ["Anna Karimova"], "meta": {"order_id": 548921}}
    )
    assert record == {
        "id": "t548921",
        "text": "[NAME_1], order [ORDER_1]",
        "meta": {"order_id": "[ORDER_1]"},
        "spans": [
            {"start": 0, "end": 4, "type": "NAME", "placeholder": "[NAME_1]"},
            {"start": 12, "end": 18, "type": "ORDER", "placeholder": "[ORDER_1]"},
        ],
    }


def test_messages_share_one_numbering_and_carry_their_own_spans() -> None:
    messages = [
        {"role": "user", "content": "order 548921", "name": "Anna"},
        {"role": "assistant", "content": None, "tool_calls": [{"arguments": '{"note": "Anna\\nKarimova 548921"}'}]},
        {"role": "tool", "content": "548921 is late"},
    ]
    [record] = records({"id": 7, "messages": messages}, known=(ANNA,))
    assert [message.get("content") for message in record["messages"]] == ["order [ORDER_1]", None, "[ORDER_1] is late"]
    assert record["messages"][0]["name"] == "[NAME_1]"
    assert record["messages"][1]["tool_calls"] == [{"arguments": '{"note": "[NAME_1]\\n[NAME_1] [ORDER_1]"}'}]
    assert record["messages"][2]["spans"] == [{"start": 0, "end": 6, "type": "ORDER", "placeholder": "[ORDER_1]"}]


def test_every_record_has_a_numbering_of_its_own() -> None:
    first, second = records({"text": "order 548921"}, {"text": "order 548922"})
    assert first["text"] == second["text"] == "order [ORDER_1]"


def test_the_known_may_be_whole_identities() -> None:
    [record] = records({"text": "Anna, annak77", "known": [{"names": ["Anna"], "usernames": ["annak77"]}]})
    assert record["text"] == "[NAME_1], [USERNAME_1]"


@pytest.mark.parametrize(
    "line", [b"nope", b"[1]", b'{"text": "x", "known": 5}', b'"a"', b"\xff", b'{"known": [{"nmaes": []}]}']
)
def test_a_line_that_is_no_record_is_named_and_the_rest_goes_on(line: bytes) -> None:
    bad, good = records(line, {"text": "order 548921"})
    assert bad.line == 1
    assert good["text"] == "order [ORDER_1]"


def test_terms_hold_in_records() -> None:
    [result] = mask_records([b'{"text": "Acme and plus@x.kz"}'], [], terms=Terms(keep=["plus@x.kz"], always=["Acme"]))
    assert isinstance(result, bytes)
    assert json.loads(result)["text"] == "[ORG_1] and plus@x.kz"


def test_the_command_masks_a_file_and_needs_no_project(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("Anna K. wrote from anna@shop.test\n", encoding="utf-8")
    done = CliRunner().invoke(casemill, ["mask", str(chat), "--known", "Anna Karimova", "--keep", "anna@shop.test"])
    assert (done.exit_code, done.output) == (0, "[NAME_1] wrote from anna@shop.test\n")


def test_the_command_puts_bad_records_aside_with_exit_4() -> None:
    done = CliRunner().invoke(casemill, ["mask", "--jsonl"], input='{"text": "order 548921"}\n{secret}\n')
    assert done.exit_code == 4
    assert "line 2 is not JSON; withheld" in done.stderr
    assert "secret" not in done.output
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["text"] == "order [ORDER_1]"
    assert second == {"line": 2, "error": "is not JSON"}


def test_the_commands_help_needs_neither_numpy_nor_a_database() -> None:
    script = (
        "import sys; from casemill.cli.main import casemill; casemill.main(['mask', '--help'], standalone_mode=False); "
        "print([name for name in ('numpy', 'sklearn', 'sqlalchemy') if name in sys.modules], file=sys.stderr)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert told.stderr.strip() == b"[]"


def test_many_records_are_masked_as_each_alone_and_in_their_order() -> None:
    rows = [{"id": number, "text": f"{name} asks about order {548_000 + number}"} for number, name in enumerate("abc")]
    rows.insert(1, {"id": 9, "text": "My name is Anna Karimova"})
    lines = [json.dumps(row).encode() for row in rows]
    live = list(mask_records(lines, [], live=True))
    assert list(mask_records(lines, [])) == live
    assert [json.loads(line)["id"] for line in live if isinstance(line, bytes)] == [0, 9, 1, 2]


def test_json_in_a_plain_text_tells_who_is_in_the_rest_of_it() -> None:
    source = io.BytesIO(b'{"first_name": "Mira", "last_name": "Orlovski"}\nmira orlovski called\n')
    assert b"".join(mask_stream(source, [])).splitlines()[1] == b"[NAME_1] called"


def test_wherever_a_record_names_somebody_it_is_masked() -> None:
    turn = {"role": "Anna Karimova", "text": "I am Anna Karimova"}
    [record] = records(
        {"messages": ["Anna Karimova", turn], "content": "it is Anna", "Anna Karimova": 1}, known=(ANNA,)
    )
    assert record["messages"] == ["[NAME_1]", {"role": "[NAME_1]", "text": "I am [NAME_1]"}]
    assert (record["content"], record["[NAME_1]"]) == ("it is [NAME_1]", 1)


@pytest.mark.parametrize("role", ["user", "Assistant", "tool", "agent", "customer", "end-user", "note"])
def test_a_role_stays(role: str) -> None:
    [record] = records({"messages": [{"role": role, "content": "Anna"}]}, known=(ANNA,))
    assert record["messages"][0]["role"] == role


def test_the_parts_of_a_content_have_spans_of_their_own() -> None:
    parts = [{"type": "text", "text": "it is Anna"}, {"type": "image", "detail": "low"}]
    [record] = records({"messages": [{"role": "user", "content": parts}]}, known=(ANNA,))
    assert record["messages"][0]["content"] == [
        {
            "type": "text",
            "text": "it is [NAME_1]",
            "spans": [{"start": 6, "end": 10, "type": "NAME", "placeholder": "[NAME_1]"}],
        },
        parts[1],
    ]


@pytest.mark.parametrize(
    ("given", "masked"),
    [
        ('{"phone":77011234567}', '{"phone":"[PHONE_1]"}'),
        ('{"order_id": 548921, "n": 2}', '{"order_id": "[ORDER_1]", "n": 2}'),
        ('{"amount":  12990}', '{"amount":  12990}'),
    ],
)
def test_arguments_of_a_tool_still_read_as_json(given: str, masked: str) -> None:
    [record] = records({"messages": [{"role": "assistant", "tool_calls": [{"arguments": given}]}]})
    assert record["messages"][0]["tool_calls"][0]["arguments"] == masked
