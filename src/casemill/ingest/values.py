"""Loose values of other people's files become ours: moments, flags, marks of satisfaction, lists, texts."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from casemill.domain.ticket import Csat, Role
from casemill.ingest.encoding import clean
from casemill.ingest.html import html_text, is_html
from casemill.ingest.speakers import Cast, speaker_of

_SINCE_1970 = re.compile(r"\d{9,13}")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ ,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_GOOD = frozenset(
    {"good", "great", "positive", "happy", "satisfied", "yes", "up", "like", "thumbs_up", "хорошо", "отлично"}
    | {"да", "👍"}
)
_BAD = frozenset(
    {"bad", "negative", "unhappy", "unsatisfied", "dissatisfied", "no", "down", "dislike", "thumbs_down", "плохо"}
    | {"ужасно", "нет", "👎"}
)
_YES = frozenset(["true", "yes", "y", "1", "on", "да", "x", "+", "✓"])
_NO = frozenset(["false", "no", "n", "0", "off", "нет", "-"])
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("ai", "model", "llm", "system ai"), "assistant"),
    **dict.fromkeys(("admin", "teammate", "team", "employee", "human_agent", "human-agent", "owner"), "agent"),
    **dict.fromkeys(("tool", "function", "tool_result", "tool_call", "инструмент"), "tool"),
    **dict.fromkeys(("note", "internal", "private", "internal_note", "internal note", "comment_private"), "note"),
    **dict.fromkeys(("заметка", "внутренний", "внутренний комментарий"), "note"),
    **dict.fromkeys(("end_user", "lead", "contact", "inbound", "incoming"), "customer"),
    **dict.fromkeys(("outbound", "outgoing"), "agent"),
}
SKEW = timedelta(days=1)


def moment(value: Any) -> datetime | None:
    """An aware UTC moment from ISO 8601, seconds or milliseconds since 1970, `21.11.2026 9:30` or an e-mail's date.

    None for what is unclear (`03/04/2026`) or no date at all. A moment without a zone is taken as UTC.
    """
    if isinstance(value, bool) or value is None:
        return None
    try:
        if isinstance(value, int | float) or (isinstance(value, str) and _SINCE_1970.fullmatch(value.strip())):
            return _since_1970(float(value))
        return _aware(_from_text(str(value).strip()))
    except (ValueError, OverflowError, OSError):
        return None


def _since_1970(seconds: float) -> datetime | None:
    if seconds < 1e8:
        return None
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)


def _from_text(text: str) -> datetime:
    if match := _DAY_FIRST.fullmatch(text):
        day, month = int(match[1]), int(match[2])
        if "/" in text and day <= 12 and month <= 12 and day != month:
            raise ValueError("day or month first: unclear")
        if "/" in text and month > 12:
            day, month = month, day
        hour, minute, second = (int(part or 0) for part in match.groups()[3:])
        return datetime(int(match[3]), month, day, hour, minute, second, tzinfo=UTC)
    try:
        return datetime.fromisoformat(text.removesuffix(" UTC"))
    except ValueError:
        return parsedate_to_datetime(text)


def _aware(found: datetime) -> datetime:
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def from_the_future(*moments: Any, now: datetime) -> datetime | None:
    """The first of the moments that lies more than a day after `now`: a wrong clock or a wrong column."""
    latest = now + SKEW
    return next((found for value in moments if value is not None and (found := moment(value)) and found > latest), None)


def flag(value: Any) -> bool | None:
    """Yes, no, or not told."""
    if isinstance(value, bool) or value is None:
        return value
    word = str(value).strip().casefold()
    return True if word in _YES else False if word in _NO else None


def csat(value: Any) -> Csat | None:
    """Good or bad; of a scale of five, 1 and 2 are bad, 4 and 5 good, 3 is neither."""
    if isinstance(value, Mapping):
        value = value.get("score", value.get("rating"))
    if isinstance(value, bool):
        return "good" if value else "bad"
    word = str(value if value is not None else "").strip().casefold().removesuffix("_with_comment")
    if word in _GOOD or word in _BAD:
        return "good" if word in _GOOD else "bad"
    try:
        number = float(word)
    except ValueError:
        return None
    return "bad" if number in (1, 2) else "good" if number in (4, 5) else None


def role(value: Any, cast: Cast) -> Role | None:
    """The role that a source's word names; None when it names none that we know, or the system prompt."""
    if isinstance(value, Mapping):
        value = value.get("role") or value.get("type") or value.get("name")
    word = str(value or "").strip()
    return _ROLES.get(word.casefold()) or speaker_of(word, cast)


def plain(value: Any) -> str:
    """A value as clean text: HTML as it was seen, a list of content parts joined, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(part for item in value if (part := _part(item))).strip()
    if isinstance(value, Mapping):
        return _part(value)
    text = str(value)
    return clean(html_text(text) if is_html(text) else text).strip()


def _part(item: Any) -> str:
    """The words of one part of a message; tool calls, thoughts and pictures have none."""
    if not isinstance(item, Mapping):
        return plain(item)
    if not str(item.get("type", "text")).casefold().endswith("text"):
        return ""
    return plain(item.get("text") or item.get("content") or item.get("value"))


def texts(value: Any) -> tuple[str, ...]:
    """Several short texts: a list, or one text with commas or semicolons."""
    items = value if isinstance(value, list) else re.split(r"[,;|]", str(value if value is not None else ""))
    return tuple(text for item in items if (text := plain(item)))


def short(value: Any) -> str | None:
    """A value as text, None when there is nothing in it."""
    return plain(value) or None
