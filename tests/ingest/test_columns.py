"""Which column is which."""

from typing import Any

import pytest

from casemill.errors import UsageError
from casemill.ingest.columns import guess, value


def test_english_headers_are_known() -> None:
    row = {"Ticket ID": "1", "Subject": "x", "Customer Message": "help", "Bot Answer": "done", "Resolution Note": "n"}
    row |= {"Expected behaviour": "says no", "Created At": "2026-01-01", "CSAT": "bad", "Customer Email": "a@b.test"}
    assert guess([row], {}) == {
        "id": "Ticket ID",
        "subject": "Subject",
        "text": "Customer Message",
        "answer": "Bot Answer",
        "resolution": "Resolution Note",
        "expected": "Expected behaviour",
        "created_at": "Created At",
        "email": "Customer Email",
        "csat": "CSAT",
    }


def test_russian_headers_are_known() -> None:
    row = {"Номер": "1", "Тема": "x", "Текст обращения": "помогите", "Ответ бота": "готово", "Дата": "01.05.2026"}
    row |= {"Имя клиента": "Анна", "Телефон": "+7", "Ожидаемое поведение": "отказать", "Решение": "вернули"}
    found = guess([row], {})
    assert found == {
        "id": "Номер",
        "subject": "Тема",
        "text": "Текст обращения",
        "answer": "Ответ бота",
        "resolution": "Решение",
        "expected": "Ожидаемое поведение",
        "created_at": "Дата",
        "name": "Имя клиента",
        "phone": "Телефон",
    }


def test_headers_that_tell_nothing_are_told_by_their_values() -> None:
    rows = [{"a": f"a{n}@b.test", "b": f"2026-01-0{n}", "c": "the bot did not help me", "d": "x"} for n in range(1, 4)]
    assert guess(rows, {}) == {"email": "a", "created_at": "b", "text": "c"}


def test_what_the_settings_say_wins() -> None:
    row = {"text": "not this one", "verbatim": "this one", "id": "1"}
    assert guess([row], {"text": "verbatim"})["text"] == "verbatim"


def test_a_field_that_no_ticket_has_is_told_with_the_nearest_right_one() -> None:
    with pytest.raises(UsageError, match="no field 'subjekt'") as told:
        guess([{"text": "x"}], {"subjekt": "s"})
    assert told.value.hint == "did you mean 'subject'?"


def test_a_column_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no column 'Body'") as told:
        guess([{"Text": "x", "No": "1"}], {"text": "Body"})
    assert told.value.hint == "there are: Text, No"


def test_a_table_that_says_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="no column tells what the customer said; there are: a, b"):
        guess([{"a": "1", "b": "2"}], {})


def test_authors_that_are_names_are_no_roles() -> None:
    rows = [{"id": "1", "text": "hi there you", "author": "Olga"}, {"id": "2", "text": "hi", "author": "Ben"}]
    assert "role" not in guess(rows, {})
    assert guess([row | {"author": "customer"} for row in rows], {})["role"] == "author"


def test_a_path_walks_into_objects() -> None:
    row: dict[str, Any] = {"payload": {"text": "hi"}, "a.b": 1}
    assert [value(row, path) for path in ("payload.text", "a.b", "payload.none", None)] == ["hi", 1, None, None]


def test_keys_that_are_values_are_not_shown() -> None:
    with pytest.raises(UsageError) as told:
        guess([{"anna@shop.test": {}, "+7 701 000 00 01": {}, "kind": {}}], {})
    assert f"{told.value}" == "no column tells what the customer said; there are: kind, …"
