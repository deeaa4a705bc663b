"""Tables become tickets."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemill.errors import UsageError
from casemill.ingest.sources.tabular import column_names, sniff
from casemill.settings import Ingest
from ingest.inbox import Inbox, packed, put_aside, said

TABLE = 'ID,Subject,Message,Bot answer,Resolution\n1,refund,"where is\nmy ""money""",done,bot lied\n2,late,hello?,,\n'


def test_rows_become_tickets_and_embedded_newlines_stay(inbox: Inbox) -> None:
    done = inbox.put("t.csv", TABLE)
    assert (done.form, done.new, done.rejected) == ("csv", 2, 0)
    assert done.mapping == {
        "id": "ID",
        "subject": "Subject",
        "text": "Message",
        "answer": "Bot answer",
        "resolution": "Resolution",
    }
    first, second = inbox.readings()
    assert said(first.ticket.turns) == [
        ("customer", 'where is\nmy "money"'),
        ("assistant", "done"),
        ("note", "bot lied"),
    ]
    assert first.ticket.resolution == "bot lied"
    assert said(second.ticket.turns) == [("customer", "hello?")]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_found(inbox: Inbox, delimiter: str) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(csv.reader(io.StringIO(TABLE)))
    inbox.put("t.csv", text.getvalue())
    assert len(inbox.readings()[0].ticket.turns) == 3


def test_a_russian_excel_table_is_read(inbox: Inbox) -> None:
    text = "Номер;Текст обращения;Ответ бота;Дата\r\n5;Где деньги, бот?;Всё готово;01.05.2026 10:00\r\n"
    done = inbox.put("выгрузка.csv", text.encode("cp1251"))
    assert done.mapping == {"id": "Номер", "text": "Текст обращения", "answer": "Ответ бота", "created_at": "Дата"}
    ticket = inbox.reading().ticket
    assert said(ticket.turns) == [("customer", "Где деньги, бот?"), ("assistant", "Всё готово")]
    assert ticket.created_at is not None


def test_rows_of_one_id_with_a_role_column_are_one_conversation(inbox: Inbox) -> None:
    rows = "id,role,text\n1,customer,hi there\n1,bot,hello\n1,agent,me too\n2,customer,money\n1,customer,again\n"
    done = inbox.put("t.csv", rows)
    assert done.new == 2
    assert said(inbox.readings()[0].ticket.turns) == [
        ("customer", "hi there"),
        ("assistant", "hello"),
        ("agent", "me too"),
    ]
    assert put_aside(done) == [(6, "has the id of line 2, with other content and no later update time")]


def test_the_settings_columns_are_used_and_shown(inbox: Inbox) -> None:
    mapped = Ingest(columns={"text": "Verbatim", "name": "Who"})
    done = inbox.put("t.csv", "No,Verbatim,Who\n1,money back,Anna Li\n", settings=mapped)
    assert done.mapping is not None
    assert done.mapping["text"] == "Verbatim"
    assert inbox.reading(mapped).people[0].names == ("Anna Li",)


def test_a_wrong_column_in_the_settings_is_told(inbox: Inbox) -> None:
    with pytest.raises(UsageError, match="no column 'Words'"):
        inbox.put("t.csv", TABLE, settings=Ingest(columns={"text": "Words"}))


def test_rows_of_another_width_are_named_by_the_line_they_begin_on(inbox: Inbox) -> None:
    done = inbox.put("t.csv", TABLE + "3,a,b\n4,a,b,c,d,e\n5,a,bb cc,d,e,,\n")
    assert done.new == 3
    assert put_aside(done) == [
        (5, "has 3 fields where the header has 5"),
        (6, "has 6 fields where the header has 5"),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_one_row(inbox: Inbox) -> None:
    rows = "".join(f'{number},"text {number}\nmore",x\n' for number in range(20))
    done = inbox.put("t.csv", f'id,text,answer\n{rows}77,"open,x\n80,one two,x\n81,three,x\n')
    assert (done.new, put_aside(done)) == (22, [(42, "opens a quotation mark that is never closed")])


def test_an_open_quotation_mark_on_a_plain_row_leaves_the_others(inbox: Inbox) -> None:
    done = inbox.put("t.csv", 'id,text,answer\n1,one two,x\n2,"open,x\n3,three four,x\n4,five six,x\n')
    assert (done.new, put_aside(done)) == (3, [(3, "opens a quotation mark that is never closed")])


def test_bytes_of_every_kind_are_taken(inbox: Inbox) -> None:
    kinds = (TABLE.encode(), TABLE.encode("utf-8-sig"), TABLE.encode("utf-16"), packed(TABLE))
    for number, content in enumerate((*kinds, TABLE.replace("hello", "hel\0lo").encode())):
        done = inbox.put(f"t{number}.csv", content)
        assert (done.seen, done.rejected) == (2, 0)
    assert inbox.put("crlf.csv", TABLE.replace("\n", "\r\n")).rejected == 0


def test_a_line_that_is_no_text_is_named(inbox: Inbox) -> None:
    done = inbox.put("t.csv", "id,text\n1,да нет\n".encode() + b"2,\xff\xff\n" + "3,да да\n".encode())
    assert (done.new, put_aside(done)) == (2, [(3, "is not UTF-8 text")])


def test_empty_tables_are_told(inbox: Inbox) -> None:
    assert put_aside(inbox.put("a.csv", "")) == [(None, "the file is empty")]
    assert put_aside(inbox.put("b.csv", "id,text\n")) == [(None, "there are no rows")]


def test_rows_without_words_or_id_and_from_the_future_are_named(inbox: Inbox) -> None:
    done = inbox.put(
        "t.csv", "id,text,date\n1,,2026-01-01\n,hi there,2026-01-01\n3,hi there,2031-01-01\n4,hi,2026-01-01\n"
    )
    assert put_aside(done) == [
        (2, "says nothing: 'text' is empty or missing"),
        (3, "has no id: 'id' is empty or missing"),
        (4, "is dated 2031-01-01, which is not yet"),
    ]


def test_a_field_of_five_megabytes_is_read(inbox: Inbox) -> None:
    big = "help me please, " * 330_000
    assert inbox.put("t.csv", f'id,text\n1,"{big}"\n').new == 1
    assert inbox.reading().ticket.turns[0].text == big.strip()


def test_headers_are_made_usable() -> None:
    assert column_names([" Text ", "", "Text", "Text"]) == ["Text", "column 2", "Text 2", "Text 3"]


def test_a_table_with_one_column_is_one_column() -> None:
    assert sniff(["text\n", "hello; you, there\n"]) == ","


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.lists(st.text(alphabet='ab",;\n\t \u2028\u0085é', min_size=1, max_size=20), min_size=1, max_size=8))
def test_what_a_writer_wrote_is_what_is_read(inbox: Inbox, words: list[str]) -> None:
    kept = [f"x{word}x" for word in words]
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(
        [["id", "text"], *([number, word] for number, word in enumerate(kept))]
    )
    before = {arrival.id for arrival in inbox.vault.waiting(limit=10_000)}
    done = inbox.put("t.csv", text.getvalue(), source=f"s{len(before)}")
    assert (done.seen, done.rejected) == (len(kept), 0)
    assert len(put_aside(done)) == 0


@pytest.mark.parametrize("first", ["7,anna@shop.test", "101,where is it", "2026-01-01,help", "a,+7 701 000 00 01"])
def test_a_table_without_a_header_is_refused_and_nothing_of_it_is_shown(inbox: Inbox, first: str) -> None:
    with pytest.raises(UsageError, match="the first row is no header") as told:
        inbox.put("t.csv", f"{first}\n8,b\n")
    assert not any(cell in f"{told.value}" for cell in first.split(",") if len(cell) > 3)


def test_messages_held_as_json_in_a_cell_are_read(inbox: Inbox) -> None:
    messages = '[{"role": "user", "content": "hi"}, {"role": "assistant", "content": "yes?"}]'
    quoted = messages.replace('"', '""')
    done = inbox.put("t.csv", f'id,messages\n1,"{quoted}"\n2,[]\n')
    assert put_aside(done) == [(3, "says nothing: 'messages' is empty or missing")]
    assert said(inbox.reading().ticket.turns) == [("customer", "hi"), ("assistant", "yes?")]
