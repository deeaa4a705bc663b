"""The filter beside masking: what leaves is what masking gives, dressed and checked as was wished."""

import io
import json
from typing import Any

from casemill.domain.arrival import Identity
from casemill.personal.filtering import Record, Wish, filter_records, filter_stream
from casemill.personal.masking import Terms
from casemill.personal.records import BLOCK, Bad, mask_records, mask_stream

ANNA = Identity(role="customer", names=("Anna Karimova",))
PLAIN, DRESSED, CHECKED = Wish(), Wish(seed="s"), Wish(check=True)


def records(*rows: Any, wish: Wish, terms: Terms = Terms()) -> list[Any]:  # noqa: B008
    lines = [row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows]
    return [
        json.loads(result.content) if isinstance(result, Record) else result
        for result in filter_records(lines, [ANNA], terms=terms, wish=wish)
    ]


def test_a_stream_that_wishes_nothing_is_the_masked_stream() -> None:
    text = "".join(f"order {100_000 + number} by Anna\r\n" for number in range(4000)).encode() + b"\xff end"
    assert len(text) > BLOCK
    blocks = list(filter_stream(io.BytesIO(text), [ANNA], wish=PLAIN))
    assert b"".join(block.content for block in blocks) == b"".join(mask_stream(io.BytesIO(text), [ANNA]))
    assert all("structured" in block.layers for block in blocks)


def test_records_that_wish_nothing_are_the_masked_records() -> None:
    lines = [b'{"text": "Anna, order 548921"}', b"7", b'{"messages": [{"content": "Anna"}]}']
    results = [r.content if isinstance(r, Record) else r for r in filter_records(lines, [ANNA], wish=PLAIN)]
    assert results == list(mask_records(lines, [ANNA]))


def test_a_surrogate_holds_through_all_blocks() -> None:
    text = "Anna Karimova, order 548921\n" * 4000
    lines = b"".join(b.content for b in filter_stream(io.BytesIO(text.encode()), [ANNA], wish=DRESSED)).splitlines()
    assert len(lines) == 4000
    assert len(set(lines)) == 1
    assert b"Anna" not in lines[0]


def test_lost_facts_carry_the_line_they_stood_in_through_all_blocks() -> None:
    text = "hello there\n" * 8000 + "until 2026-11-03\n"
    terms = Terms(always=("DEAL:2026-11-03",))
    blocks = list(filter_stream(io.BytesIO(text.encode()), [], terms=terms, wish=CHECKED))
    assert len(blocks) > 1
    assert [(line, fact.text) for block in blocks for line, fact in block.lost] == [(8001, "2026-11-03")]


def test_names_beside_the_texts_have_the_surrogates_of_the_texts() -> None:
    turn = {
        "role": "user",
        "content": "I am Anna, order 548921",
        "name": "Anna Karimova",
        "tool_calls": [{"arguments": '{"customer": "Anna Karimova", "order": 548921}'}],
    }
    [record] = records({"id": "t1", "messages": [turn]}, wish=DRESSED)
    [after] = record["messages"]
    given_name, order = (span["surrogate"] for span in after["spans"])
    assert after["content"] == f"I am {given_name}, order {order}"
    assert after["name"].split()[0] == given_name
    assert (record["id"], after["role"]) == ("t1", "user")
    written = json.dumps(record)
    assert "Karimova" not in written
    assert "548921" not in written
    assert given_name in after["tool_calls"][0]["arguments"]


def test_numbers_stay_numbers_and_keys_keep_their_order() -> None:
    [record] = records({"order_id": 548921, "text": "hi", "count": 3, "flag": True, "none": None}, wish=DRESSED)
    assert isinstance(record["order_id"], int)
    assert record["order_id"] != 548921
    assert (record["count"], record["flag"], record["none"]) == (3, True, None)


def test_lost_facts_stand_beside_the_text_that_lost_them() -> None:
    terms = Terms(always=("DEAL:2026-11-03",))
    row = {"messages": [{"role": "user", "content": "hi"}, {"role": "agent", "content": "until 2026-11-03"}, "odd"]}
    [record] = records(row, wish=CHECKED, terms=terms)
    assert record["messages"][0]["lost"] == []
    [fact] = record["messages"][1]["lost"]
    assert (fact["kind"], fact["start"], fact["end"]) == ("date", 6, 16)


def test_bad_lines_are_told_by_their_number_between_good_ones() -> None:
    results = records({"text": "a"}, b"", b"{", {"text": "b"}, b"7", wish=DRESSED)
    assert [result.line if isinstance(result, Bad) else result["text"] for result in results] == ["a", 3, "b", 5]


def test_records_are_masked_each_by_itself_and_dressed_each_by_itself() -> None:
    first, second = records({"text": "Anna, order 548921"}, {"text": "Anna, order 548921"}, wish=DRESSED)
    assert first == second


def test_what_the_customer_wrote_as_a_placeholder_stays_in_every_field() -> None:
    [record] = records({"text": "Anna", "note": "[NAME_1] of Anna Karimova"}, wish=DRESSED)
    assert record["note"].startswith("[NAME_1] of ")
    assert "Anna" not in record["note"]


def test_records_of_other_ids_have_other_people() -> None:
    rows = [{"id": number, "text": "Anna, order 548921", "known": ["Anna"]} for number in range(8)]
    assert len({record["text"] for record in records(*rows, wish=DRESSED)}) > 4


def test_nobody_who_is_known_plays_a_part_in_a_record() -> None:
    row = {"text": "Anna, order 548921", "known": ["Anna"]}
    [record] = records(row, wish=DRESSED)
    played = record["spans"][0]["surrogate"]
    [other] = records(row | {"known": ["Anna", {"names": [f"{played} Karimova"]}]}, wish=DRESSED)
    assert played not in other["text"]


def test_lines_that_are_not_utf_8_are_named() -> None:
    text = b"Anna\n" + "Анна\n".encode("cp1251") + "Анна\n".encode()
    [block] = filter_stream(io.BytesIO(text), [ANNA], wish=PLAIN)
    assert block.unread == (2,)
    wide = list(filter_stream(io.BytesIO("Anna Karimova\n".encode("utf-16-le")), [ANNA], wish=PLAIN))
    assert wide[0].unread[:1] == (1,)


def test_a_mark_at_the_beginning_of_the_file_is_no_part_of_the_first_record() -> None:
    [record] = records(b'\xef\xbb\xbf{"text": "Anna"}', wish=DRESSED)
    assert "Anna" not in record["text"]


def test_records_say_which_layers_ran() -> None:
    [record] = filter_records(
        [b'{"text": "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82", "layers": 5}'], [], wish=CHECKED
    )
    assert isinstance(record, Record)
    assert "tagger:cyrillic" in record.layers


def test_the_parts_of_a_content_are_dressed() -> None:
    parts = [{"type": "text", "text": "it is Anna, until 5 May"}, "Anna Karimova"]
    [record] = records({"messages": [{"role": "user", "content": parts}]}, wish=Wish(seed="s", check=True))
    part, name = record["messages"][0]["content"]
    assert part["text"] == f"it is {part['spans'][0]['surrogate']}, until 5 May"
    assert part["lost"] == []
    assert name.startswith(part["spans"][0]["surrogate"])
