"""Values found once are masked wherever they stand: other turns, notes, tool results, in other writings."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import beginnings, count_digits, digits_of, lower
from casemill.personal.folding import folded
from casemill.personal.keep import facts, occurrences
from casemill.personal.veil import cover

_RUN = re.compile(r"\+?\(?[0-9](?:[ ().\u00a0–/-]{0,3}[0-9]){6,}")
_JOINED = re.compile(r"\w")
_DIGIT = re.compile(r"[0-9]")
_DIGITS = re.compile(r"[0-9]+(?![^\W_])")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_FORM = re.compile(r"(?P<prefix>[^\W\d_]{1,6}[-_]?)(?P<digits>[0-9]{4,})")
_LIMIT = 1000
_FORMS = 50
_SHAPED = frozenset({"EMAIL", "URL", "IP", "NAME"})
# Numbers that a company writes in one form: where `order BQ-265487` was met, BQ-265488 is one too, without the word.
_FORMED = frozenset({"ORDER", "TICKET"})


class Values:
    """The values to look for. `learn` them as they are found, then `find` them in a text."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._runs: dict[int, dict[str, str]] = {}
        self._words: dict[str, str] = {}
        self._forms: dict[tuple[str, int], str] = {}

    def __bool__(self) -> bool:
        return bool(self._words or self._ids or self._runs)

    def learn(self, label: str, value: str, *, certain: bool = False) -> bool:
        """Take a value up; False when it was known, or is too short or too common to stand for something alone.

        `certain`: it comes from the payload, not from a text, so that its form does not matter.
        """
        value = folded(value)
        digits = count_digits(value)
        if label in _SHAPED and not certain:
            return False
        if label in ("PHONE", "CARD") and digits >= 7:
            key = digits_of(value)[-10:] if label == "PHONE" else digits_of(value)
            return _new(self._runs.setdefault(len(key), {}), key, label=label)
        if certain or not digits:
            return len(value) >= 3 and _new(self._words, lower(value), label=label)
        key = lower(value).lstrip("#")
        if label in _FORMED and len(self._forms) < _FORMS and (form := _FORM.fullmatch(key)):
            self._forms[form["prefix"], len(form["digits"])] = label
        alone = len(key) >= 4 and not _YEAR.fullmatch(key)
        return alone and _new(self._ids, key, label=label)

    def find(self, text: str, lowered: str) -> Iterator[Span]:
        """Occurrences in the text; they may overlap. A number inside a date or an amount is not one."""
        for word, label in self._words.items():
            if word in lowered:
                yield from (Span(start=start, end=end, label=label) for start, end in occurrences(word, lowered))
        if self._ids or self._runs:
            yield from self._numbers(text, lowered)

    def _numbers(self, text: str, lowered: str) -> Iterator[Span]:
        found = [*self._found_ids(lowered), *self._found_forms(lowered), *self._found_runs(text)]
        if found and (stay := facts(text)):
            veiled = cover(text, stay)
            found = [
                span
                for span in found
                if span.label == "DOB" or veiled[span.start : span.end] == text[span.start : span.end]
            ]
        yield from found

    def _found_ids(self, lowered: str) -> Iterator[Span]:
        for key, label in self._ids.items():
            if key in lowered:
                for start, end in occurrences(key, lowered):
                    hashed = lowered[start - 1 : start] == "#"
                    yield Span(start=start - hashed, end=end, label=label)

    def _found_forms(self, lowered: str) -> Iterator[Span]:
        for (prefix, size), label in self._forms.items():
            for start in beginnings(prefix, lowered):
                end = start + len(prefix) + size
                digits = _DIGITS.match(lowered, start + len(prefix))
                if digits and digits.end() == end and lowered[start - 1 : start] != "_" != lowered[end : end + 1]:
                    yield Span(start=start, end=end, label=label)

    def _found_runs(self, text: str) -> Iterator[Span]:
        for match in _RUN.finditer(text) if self._runs else ():
            offsets = [match.start() + digit.start() for digit in _DIGIT.finditer(match[0])]
            digits = digits_of(match[0])
            for size, keys in self._runs.items():
                for first in range(len(digits) - size + 1):
                    label = keys.get(digits[first : first + size])
                    if label is None:
                        continue
                    start = _with_code(text, offsets, first=first) if label == "PHONE" else offsets[first]
                    end = offsets[first + size - 1] + 1
                    if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                        yield Span(start=start, end=end, label=label)


def _with_code(text: str, offsets: list[int], *, first: int) -> int:
    """Where a known number begins with the sign and country code, or the trunk digit, that stand before it."""
    for size in range(1, min(3, first) + 1):
        start = offsets[first - size]
        before = text[start - 1 : start]
        if before == "+" and not _JOINED.match(text[start - 2 : start - 1]):
            return start - 1
        if size == 1 and text[start] in "0178" and not _JOINED.match(before):
            return start - (before == "(")
    opened = text[offsets[first] - 1 : offsets[first]] in ("+", "(")
    return offsets[first] - opened


def _new(table: dict[str, str], key: str, *, label: str) -> bool:
    """Whether the key was taken up; a full table takes no more, so that an endless text stays quick."""
    if key in table or len(table) >= _LIMIT:
        return False
    table[key] = label
    return True
