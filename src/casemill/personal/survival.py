"""Whether the facts lived through masking: read again here, by words and numbers, and looked for in what was written.

Nothing is shared with `keep`, whose mistakes would otherwise go unseen. Dates, times, amounts, percentages, durations,
deadlines, statuses, error codes and article ids, in English, Russian and Kazakh.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from casemill.domain.word import Word
from casemill.personal.masking import Masked, MaskedSpan
from casemill.personal.survival_words import (
    ARTICLES,
    BETWEEN,
    CURRENCIES,
    DAYS,
    DURATIONS,
    ERRORS,
    KAZAKH_DURATIONS,
    KAZAKH_ENDINGS,
    KAZAKH_MONTHS,
    LARGE,
    LAWS,
    LAWS_BEHIND,
    MONEY,
    MONTHS,
    ORDINALS,
    PERCENT,
    QUALITIES,
    SAID_STATUS,
    SIGNS,
    SPELLED,
    STATUSES,
    STREETS,
    WHOLE_DURATIONS,
    YEAR_AFTER,
    YEAR_BEFORE,
)

_PIECE = re.compile(
    r"(?P<number>[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![0-9])|[0-9]+(?:[.,:/'-][0-9]+)*)"
    r"|(?P<word>[^\W\d_]+(?:_[^\W_]+)*)|(?P<sign>[%$€£₸₽¥₴₹])"
)
_OWN_FORM = frozenset({"NAME", "ADDRESS", "PLACE", "ORG"})
_CONTEXT = 4
_TIGHT = frozenset({"", " ", "\u00a0", "\u202f", "-", "\n"})
_DOTTED = _TIGHT | {". ", "."}
_ABOUT_LAW = frozenset({" ", "-", ". ", ".", " № ", " №"})
_MOST_ARTICLES = 4


class Lost(Word):
    """A fact of the original that the masked text no longer tells, by its place in the original."""

    kind: str
    start: int
    end: int
    text: str
    placeholder: str | None = None


class Fact(NamedTuple):
    """A fact and its place."""

    kind: str
    start: int
    end: int


class _Piece(NamedTuple):
    """A number, a word (lower-case) or a sign of money; `tight` when nothing stands between it and the one before."""

    kind: str
    text: str
    start: int
    end: int
    gap: str


_NONE = _Piece("", "", -1, -1, "\n")


def lost_facts(original: str, masked: Masked) -> tuple[Lost, ...]:
    """Every fact of the original that is missing or altered in the masked text, in order.

    A date of birth may go; so may what is only part of a longer number, address or link that had to go.
    """
    read = _Places(masked)
    return tuple(
        Lost(kind=fact.kind, start=fact.start, end=fact.end, text=original[fact.start : fact.end], placeholder=by)
        for fact in facts_of(original)
        if (by := read.lost(fact, original)) is not None
    )


def lost_in_ticket(originals: Sequence[str], masked: Sequence[Masked]) -> tuple[tuple[int, Lost], ...]:
    """The facts that a ticket lost: (which text, what)."""
    return tuple(
        (number, lost)
        for number, (original, result) in enumerate(zip(originals, masked, strict=True))
        for lost in lost_facts(original, result)
    )


def facts_of(text: str) -> Iterator[Fact]:
    """The facts of a text, in order; a later one never begins inside an earlier one."""
    pieces = [_NONE] * _CONTEXT + list(_pieces(text)) + [_NONE] * _CONTEXT
    taken = 0
    for place in range(_CONTEXT, len(pieces) - _CONTEXT):
        around = pieces[place - _CONTEXT : place + _CONTEXT + 1]
        fact = _number(around) if around[_CONTEXT].kind == "number" else _word(around, text)
        if fact and fact.start >= taken:
            yield fact
            taken = fact.end


class _Places:
    """Where each piece of the original stands in the masked text."""

    def __init__(self, masked: Masked) -> None:
        self._text = masked.text
        self._spans = sorted(masked.spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]
        self._shifts = [0]
        for span in self._spans:
            self._shifts.append(self._shifts[-1] + len(span.placeholder) - (span.end - span.start))

    def lost(self, fact: Fact, original: str) -> str | None:
        """The placeholder that took the fact, or "" where the text is another; None when the fact is there."""
        before = bisect_right(self._starts, fact.start)
        touching = [span for span in self._spans[max(0, before - 1) :][:3] if _touch(span, fact)]
        if touching:
            return None if any(_excused(span, fact) for span in touching) else touching[0].placeholder
        start = fact.start + self._shifts[before]
        there = self._text[start : start + fact.end - fact.start]
        return None if there == original[fact.start : fact.end] else ""


def _touch(span: MaskedSpan, fact: Fact) -> bool:
    return span.start < fact.end and fact.start < span.end


def _excused(span: MaskedSpan, fact: Fact) -> bool:
    """A birth date goes; `2026` inside the number of an order is no year."""
    if span.label == "DOB":
        return fact.kind == "date"
    inside = span.start <= fact.start and fact.end <= span.end and span.end - span.start > fact.end - fact.start
    return inside and span.label not in _OWN_FORM


def _pieces(text: str) -> Iterator[_Piece]:
    end = 0
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or ""
        yield _Piece(kind, match[0].lower(), match.start(), match.end(), text[end : match.start()])
        end = match.end()


def _number(around: Sequence[_Piece]) -> Fact | None:
    """What the number in the middle tells, with what stands beside it."""
    this = around[_CONTEXT]
    for kind, find in (("date", _date), ("time", _time), ("code", _code), ("measure", _measure)):
        if found := find(around):
            start, end, called = found
            return Fact(called or kind, start, end)
    if len(this.text) == 4 and this.text[:2] in ("19", "20") and _is_year(around):
        return Fact("date", this.start, this.end)
    return None


_Found = tuple[int, int, str] | None


def _date(around: Sequence[_Piece]) -> _Found:
    """2026-11-03, 3.11.26; 3 March 2026, March 3rd, 3-е марта."""
    this = around[_CONTEXT]
    before, after = _shown(around, back=True), _shown(around)
    if _is_date(this.text):
        return this.start, this.end, ""
    if not (this.text.isdigit() and 1 <= int(this.text[:3]) <= 31 and len(this.text) <= 2):
        return None
    if after[0].text in ORDINALS:
        after = after[1:]
    if after[0].text in ("of", "-"):
        after = after[1:]
    if _is_month(after[0]) and after[1].text not in STREETS:
        year = after[1]
        return this.start, year.end if _looks_a_year(year) else after[0].end, ""
    if _is_month(before[0]) and len(before[0].text) > 2:
        year = after[0]
        return before[0].start, year.end if _looks_a_year(year) else this.end, ""
    return None


def _time(around: Sequence[_Piece]) -> _Found:
    """12:30, 9:05 pm, 5 p.m."""
    this, after = around[_CONTEXT], around[_CONTEXT + 1]
    parts = this.text.split(":")
    behind = around[_CONTEXT + 2]
    half = after if after.text in ("am", "pm") and after.gap in _TIGHT else None
    if after.text in ("a", "p") and (behind.text, behind.gap) == ("m", ".") and after.gap in _TIGHT:
        half = behind
    clock = len(parts) in (2, 3) and all(len(part) <= 2 and part.isdigit() for part in parts)
    if clock and int(parts[0]) < 25 and int(parts[1]) < 60:
        return this.start, half.end if half else this.end, ""
    if half and this.text.isdigit() and int(this.text[:3]) <= 12:
        return this.start, half.end, ""
    return None


def _code(around: Sequence[_Piece]) -> _Found:
    """KB-1042, HTTP 503, error 4012, ошибка 17; Article 112, статья 25, 25-бап."""
    this, before, after = around[_CONTEXT], around[_CONTEXT - 1], around[_CONTEXT + 1]
    if this.text[:1].isdigit() and len(this.text.split(".")[0]) <= _MOST_ARTICLES:
        if before.text in LAWS and this.gap in _ABOUT_LAW:
            return before.start, this.end, "article id"
        if after.text.startswith(LAWS_BEHIND) and after.gap in _ABOUT_LAW:
            return this.start, after.end, "article id"
    if not this.text.replace("-", "").isdigit() or len(this.text) > 9:
        return None
    if before.text in ARTICLES and this.gap in ("", "-", " ", "_", "#"):
        return before.start, this.end, "article id" if before.text in ("kb", "faq", "doc", "art") else "error code"
    said = around[_CONTEXT - 2] if before.text in ("code", "код", "коды", "no", "is") else before
    if said.text.startswith(ERRORS) and len(this.gap) <= 3 and "\n" not in this.gap:
        return this.start, this.end, "error code"
    return None


def _measure(around: Sequence[_Piece]) -> _Found:
    """$49.99, 49,99 €, 12 000 тенге; 20 %; 5-7 business days, 2h."""
    this, before = around[_CONTEXT], around[_CONTEXT - 1]
    unit = _unit(around[_CONTEXT + 1 :])
    if (before.text in SIGNS or before.text in CURRENCIES) and this.gap in _TIGHT:
        return before.start, this.end, "amount"
    if unit is _NONE:
        return None
    if unit.text in SIGNS or unit.text in CURRENCIES or unit.text.startswith(MONEY):
        return this.start, unit.end, "amount"
    if unit.text == "%" or unit.text.startswith(PERCENT):
        return this.start, unit.end, "percentage"
    if _is_duration(unit.text):
        return this.start, unit.end, "duration"
    return None


def _unit(behind: Sequence[_Piece], *, skipped: Collection[str] = LARGE | QUALITIES) -> _Piece:
    """The first piece behind a number that may be its unit; nothing where it does not go on with the number."""
    before = _NONE
    for piece in behind:
        if piece.gap not in (_DOTTED if before.text in LARGE else _TIGHT):
            return _NONE
        if piece.text not in skipped:
            return piece
        before = piece
    return _NONE


def _is_duration(word: str) -> bool:
    return word in DURATIONS or _is_ended(word, KAZAKH_DURATIONS)


def _is_ended(word: str, stems: Collection[str]) -> bool:
    """Whether a word is one of these with a Kazakh ending: `күнінен`, `маусымға`."""
    return any(word.startswith(stem) and word[len(stem) :] in KAZAKH_ENDINGS for stem in stems)


def _spelled(around: Sequence[_Piece]) -> Fact | None:
    """Two weeks, три рабочих дня, екі апта; half an hour."""
    this = around[_CONTEXT]
    unit = _unit(around[_CONTEXT + 1 :], skipped=QUALITIES | BETWEEN | SPELLED)
    return Fact("duration", this.start, unit.end) if unit is not _NONE and _is_duration(unit.text) else None


def _word(around: Sequence[_Piece], text: str) -> Fact | None:
    """A day that somebody is held to, a status, a code in capitals."""
    this = around[_CONTEXT]
    if this.text in SPELLED:
        return _spelled(around)
    if this.text in WHOLE_DURATIONS:
        return Fact("duration", this.start, this.end)
    if this.text in DAYS:
        return Fact("deadline", this.start, this.end)
    if this.text in STATUSES:
        return Fact("status", this.start, this.end)
    said = around[_CONTEXT - 2] if around[_CONTEXT - 1].text in ("is", "was", "now") else around[_CONTEXT - 1]
    if said.text in SAID_STATUS and this.kind == "word" and this.gap.strip(" ").strip("\"'*`") in (":", "=", ":="):
        return Fact("status", this.start, this.end)
    if this.text.startswith("err") and "_" in this.text and text[this.start : this.end].isupper():
        return Fact("error code", this.start, this.end)
    return None


def _shown(around: Sequence[_Piece], *, back: bool = False) -> list[_Piece]:
    """The pieces that go on with the middle one: nothing but a space, a dot, a comma or a dash between."""
    row = list(reversed(around[: _CONTEXT + 1])) if back else list(around[_CONTEXT:])
    near: list[_Piece] = []
    for one, other in pairwise(row):
        gap = one.gap if back else other.gap
        if len(gap) > 3 or gap.strip(" \u00a0\u202f.,-–") or other is _NONE:
            break
        near.append(other)
    return near + [_NONE] * (len(row) - len(near))


def _is_month(piece: _Piece) -> bool:
    return piece.kind == "word" and (piece.text in MONTHS or _is_ended(piece.text, KAZAKH_MONTHS))


def _looks_a_year(piece: _Piece) -> bool:
    return len(piece.text) == 4 and piece.text[:2] in ("19", "20") and piece.text.isdigit()


def _is_year(around: Sequence[_Piece]) -> bool:
    before, after = around[_CONTEXT - 1], around[_CONTEXT + 1]
    joined = around[_CONTEXT].gap
    return (joined == " " and (before.text in YEAR_BEFORE or _is_month(before))) or (
        after.gap == " " and after.text.startswith(YEAR_AFTER)
    )


def _is_date(text: str) -> bool:
    """Three parts that make a day; two only as 03/11."""
    for separator in "-./":
        parts = text.split(separator)
        if len(parts) == 3 and all(map(str.isdigit, parts)):
            return _is_day([int(part[:5]) for part in parts], year_first=len(parts[0]) == 4)
        if len(parts) == 2 and separator == "/" and all(part.isdigit() and len(part) <= 2 for part in parts):
            small, large = sorted(map(int, parts))
            return 1 <= small <= 12 and large <= 31 and "0" in text
    return False


def _is_day(numbers: Sequence[int], *, year_first: bool) -> bool:
    year, small, large = (numbers[0], *sorted(numbers[1:])) if year_first else (numbers[2], *sorted(numbers[:2]))
    return (year < 100 or 1900 <= year < 2100) and 1 <= small <= 12 and 1 <= large <= 31
