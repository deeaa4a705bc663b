"""Which column of a stranger's table is which field of a ticket: by name in English and Russian, then by values."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import msgspec

from casemill.errors import UsageError
from casemill.ingest.speakers import Cast, is_machine
from casemill.ingest.values import flag, moment, role

Row = Mapping[str, Any]

# The first name that a table has wins; the order of the fields decides who may take a column that two would like.
NAMES: dict[str, str] = {
    "id": "id|ticket id|conversation id|case id|incident id|ticket|case number|ticket number|ticket no|number|key|uuid"
    "|ид|id обращения|id тикета|номер|номер обращения|номер тикета|номер заявки|тикет|обращение №|№",
    "messages": "messages|turns|conversation|dialogue|dialog|history|thread|comments",
    "role": "role|author role|author type|sender type|speaker|author|sender|from|роль|автор|отправитель|кто",
    "transcript": "transcript|chat transcript|chat log|chat|conversation|dialogue|dialog|thread|history"
    "|переписка|чат|лог чата|диалог|история чата",
    "subject": "subject|title|topic|summary|тема|заголовок",
    "text": "text|message|body|customer message|user message|customer text|question|input|prompt|description|content"
    "|complaint|request|query|comment|issue|инструкция|текст|сообщение|текст обращения|вопрос|обращение|описание"
    "|жалоба|запрос|комментарий",
    "answer": "answer|bot answer|ai answer|bot reply|ai reply|bot response|ai response|reply|response|assistant"
    "|actual output|output|completion|ответ|ответ бота|ответ ассистента|ответ ии",
    "resolution": "resolution|resolution note|internal note|agent note|note|notes|solution|agent comment|решение"
    "|резолюция|заметка|внутренний комментарий|комментарий оператора|примечание",
    "expected": "expected|expected behavior|expected answer|expected output|expected response|correct answer"
    "|ideal answer|ожидаемое поведение|ожидаемый ответ|правильный ответ|ожидание",
    "created_at": "created at|created|date created|created date|opened at|date|timestamp|datetime|time|дата|создан"
    "|создано|дата создания|дата обращения|время",
    "updated_at": "updated at|updated|modified|modified at|last updated|обновлен|обновлено|дата изменения",
    "requester": "requester|requester id|customer id|user id|client id|contact|id клиента|ид клиента",
    "name": "name|customer name|requester name|client name|user name|full name|customer|client|имя|клиент|фио"
    "|имя клиента|фио клиента",
    "email": "email|customer email|requester email|user email|mail|e mail|почта|email клиента|эл почта",
    "phone": "phone|phone number|customer phone|mobile|tel|телефон|номер телефона",
    "csat": "csat|satisfaction|satisfaction rating|satisfaction score|rating|score|feedback|оценка",
    "csat_comment": "csat comment|satisfaction comment|rating comment|комментарий к оценке",
    "tags": "tags|labels|теги|метки",
    "status": "status|state|статус",
    "channel": "channel|via|канал",
    "trace": "trace|trace id|ai trace id|traceid|трейс",
    "model": "model|ai model|llm|модель",
    "link": "link|url|ticket url|ссылка",
    "ai_related": "ai related|about ai|is ai|про бота|про ии|ии",
    "plan": "plan|tier|subscription|тариф",
    "mode": "failure mode|mode|вид ошибки",
    "severity": "severity|критичность|важность",
    "root_cause": "root cause|причина|первопричина",
    "macro": "macro|macro id|макрос",
    "people": "people|participants|users",
    "draft": "draft|ai draft|bot draft|draft reply|draft text|draft answer|suggested reply|suggested answer"
    "|ai suggestion|черновик|черновик ответа|предложенный ответ",
    "sent": "sent|sent reply|sent text|sent answer|final|final reply|final text|final answer|agent reply|agent text"
    "|agent answer|rewritten|отправлено|отправленный ответ|ответ оператора|ответ агента",
    "outcome": "outcome|decision|verdict|draft outcome|draft status|исход|исход черновика",
    "why": "why|reason|reject reason|rejection reason|edit reason|причина отказа|причина правки",
}
# What tells of a draft means nothing where there is none.
OF_A_DRAFT = ("sent", "outcome", "why")
FIELDS = tuple(NAMES)
TELLING = ("messages", "transcript", "text")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def guess(rows: Sequence[Row], given: Mapping[str, str]) -> dict[str, str]:
    """Field to column for a table whose first rows are `rows`; `given` is kept as it is.

    Raises UsageError when `given` names no field of a ticket or a telling column that is not there, or when no
    column tells what was said.
    """
    columns = list(dict.fromkeys(column for row in rows for column in row))
    found = _given(given, columns, rows=rows)
    by_name = {_normal(column): column for column in reversed(columns)}
    for field, names in NAMES.items():
        if field not in found and (column := _named(names, by_name, taken=found)) and _fits(field, column, rows=rows):
            found[field] = column
    _about_drafts(found, given)
    _by_values(found, columns, rows=rows)
    # Rows are messages only where they say who speaks, what, and in which ticket.
    if "role" in found and "role" not in given and ("messages" in found or not {"id", "text"} <= found.keys()):
        del found["role"]
    if not any(field in found for field in TELLING):
        raise UsageError(
            f"no column tells what the customer said; there are: {_listed(columns)}",
            hint='name it in casemill.toml: [ingest] columns = {text = "…"}',
        )
    return found


def _about_drafts(found: dict[str, str], given: Mapping[str, str]) -> None:
    """Beside a draft, an answer is what was sent; without one, what would tell of it is left alone."""
    if "draft" not in found:
        for field in set(OF_A_DRAFT) - given.keys():
            found.pop(field, None)
    elif "sent" not in found and "answer" in found and "answer" not in given and not is_machine(found["answer"]):
        found["sent"] = found.pop("answer")


def value(row: Row, column: str | None) -> Any:
    """A column's value in a row; `payload.text` walks into objects when there is no column of that very name."""
    if column is None:
        return None
    if column in row:
        return row[column]
    found: Any = row
    for step in column.split("."):
        if not isinstance(found, Mapping) or step not in found:
            return None
        found = found[step]
    return found


def as_list(found: Any) -> list[Any] | None:
    """A list, also one that a table holds as JSON text."""
    if isinstance(found, str) and found.lstrip().startswith("["):
        try:
            found = msgspec.json.decode(found)
        except (msgspec.DecodeError, RecursionError):
            return None
    return found if isinstance(found, list) else None


def _given(given: Mapping[str, str], columns: list[str], *, rows: Sequence[Row]) -> dict[str, str]:
    for field, column in given.items():
        if field not in NAMES:
            close = get_close_matches(field, FIELDS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"fields: {', '.join(FIELDS)}"
            raise UsageError(f"[ingest] columns: a ticket has no field {field!r}", hint=hint)
        if field in (*TELLING, "id") and all(value(row, column) is None for row in rows):
            raise UsageError(f"[ingest] columns: there is no column {column!r}", hint=f"there are: {_listed(columns)}")
    return dict(given)


def _named(names: str, by_name: Mapping[str, str], *, taken: Mapping[str, str]) -> str | None:
    used = set(taken.values())
    return next((by_name[name] for name in names.split("|") if name in by_name and by_name[name] not in used), None)


def _normal(column: str) -> str:
    words = re.sub(r"[\s_\-./:?()]+", " ", re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", column)).casefold().strip()
    return words.replace("behaviour", "behavior").replace("ё", "е")


def _fits(field: str, column: str, *, rows: Sequence[Row]) -> bool:
    """Whether the values can be what the name says: lists for messages, known words for roles."""
    values = [found for row in rows if (found := value(row, column)) not in (None, "")]
    if field in ("messages", "people"):
        return bool(values) and all(as_list(item) is not None for item in values)
    if field == "role":
        return bool(values) and sum(role(item, Cast()) is not None for item in values) >= 0.8 * len(values)
    if field in ("draft", "sent"):
        return bool(values) and all(_is_worded(item) for item in values)
    return not any(isinstance(item, list) for item in values) or field in ("tags", "text", "answer")


def _is_worded(item: Any) -> bool:
    """Words, not a flag, a moment or a count of drafts."""
    return isinstance(item, str | dict) and flag(item) is None and moment(item) is None


def _by_values(found: dict[str, str], columns: list[str], *, rows: Sequence[Row]) -> None:
    free = [column for column in columns if column not in found.values()]
    told = {column: [str(item) for row in rows if (item := value(row, column)) not in (None, "")] for column in free}
    for column, items in told.items():
        if items and "email" not in found and all(_EMAIL.fullmatch(item) for item in items):
            found["email"] = column
        elif len(items) > 1 and "created_at" not in found and all(moment(item) for item in items):
            found["created_at"] = column
    if not any(field in found for field in TELLING):
        prose = {column: sum(map(len, items)) / len(items) for column, items in told.items() if _is_prose(items)}
        if prose:
            found["text"] = max(prose, key=lambda column: prose[column])


def _is_prose(items: list[str]) -> bool:
    return bool(items) and sum(len(item.split()) >= 3 for item in items) * 2 > len(items)


def looks_like_data(name: str) -> bool:
    """Whether a column's name is rather a value: a file without a header would show a customer's words as names."""
    text = name.strip()
    return len(text) > 60 or "@" in text or "\n" in text or bool(re.fullmatch(r"[\d.,+() -]{3,}", text) or moment(text))


def _listed(columns: Sequence[str]) -> str:
    names = [column for column in columns if not looks_like_data(column)]
    shown = ", ".join(names[:20])
    return f"{shown}, …" if len(columns) > len(names[:20]) else shown or "none"
