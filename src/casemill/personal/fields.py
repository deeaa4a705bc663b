"""The texts inside plain JSON (tool arguments, results, records), each with the name it stands under."""

import re
from collections.abc import Callable, Sequence
from json import dumps
from typing import Any, NamedTuple

import msgspec

from casemill.personal.everyday import is_everyday
from casemill.personal.evidence import is_plainly_a_name
from casemill.personal.masked import Masked, MaskedSpan
from casemill.personal.masker import Masker
from casemill.personal.rounds import Steps, alone
from casemill.personal.told_keys import NAMED, normal

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COMPOUND = re.compile(r"[a-z]+(?:_[a-z]+|[A-Z][a-z]+)+")
_BARE = re.compile(r"[:,\[]\s{0,4}[0-9]{4}")
_ID = re.compile(r"[^\s\\]{1,60}")


class Field(NamedTuple):
    """A text to be masked. `about` is the name of the argument it is the value of, which tells what it is; `company`
    marks the company's own words, in which only known values, addresses, phones and cards are masked."""

    text: str
    about: str = ""
    company: bool = False

    @property
    def lead(self) -> str:
        """What stands before the text while it is searched: `order_id: `. Anything has a bare `name`."""
        if not self.about or not _ID.fullmatch(self.text) or normal(self.about) == NAMED:
            return ""
        return f"{_CAMEL.sub(' ', self.about)}: "


Change = Callable[[Field], str]


def mask_fields(masker: Masker, fields: Sequence[Field]) -> tuple[Masked, ...]:
    """The fields masked together; spans are places in the field's own text."""
    return alone(fields_steps(masker, fields))


def fields_steps(masker: Masker, fields: Sequence[Field]) -> "Steps[tuple[Masked, ...]]":
    """As `mask_fields`, stopping wherever texts are to be tagged."""
    company = {place for place, field in enumerate(fields) if field.company}
    leads = [field.lead for field in fields]
    texts = [lead + field.text for lead, field in zip(leads, fields, strict=True)]
    masked = yield from masker.steps(texts, only_known=company, leads=[len(lead) for lead in leads])
    return tuple(_behind(field, result) for field, result in zip(fields, masked, strict=True))


def change_text(text: str, change: Change) -> str:
    """A text; JSON with escapes (`\\nAnna`, `\\u0410`) or bare numbers is changed value by value, as it reads."""
    if _is_by_value(text):
        try:
            value = msgspec.json.decode(text)
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            return change(Field(text))
        masked = change_value(value, change)
        return text if masked == value else dumps(masked, ensure_ascii=False, separators=_separators(text))
    return change(Field(text)) if text else text


def _is_by_value(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[") and ("\\" in text or _BARE.search(text) is not None)


def _separators(text: str) -> tuple[str, str]:
    """As the JSON was written: with spaces, or without."""
    return (", ", ": ") if '": ' in text else (",", ":")


def change_value(value: Any, change: Change, *, about: str = "") -> Any:
    """Plain JSON with its strings changed, keys too, and those whole numbers that `change` takes for something."""
    if isinstance(value, dict):
        return {_change_key(key, change): change_value(inner, change, about=key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [change_value(inner, change, about=about) for inner in value]
    if isinstance(value, str):
        return change_text(value, change) if not value or _is_by_value(value) else change(Field(value, about))
    if isinstance(value, int) and not isinstance(value, bool):
        text = change(Field(str(value), about))
        return value if text == str(value) else text
    return value


def _change_key(key: str, change: Change) -> str:
    """What a program calls a value is its maker's word: `nonfree_baggages` names nobody, `anna_karimova` may."""
    if key and _COMPOUND.fullmatch(key):
        words = [word.lower() for word in _CAMEL.sub("_", key).split("_")]
        if any(map(is_everyday, words)) and not any(map(is_plainly_a_name, words)):
            return change(Field(key, company=True))
    return change_text(key, change)


def _behind(field: Field, masked: Masked) -> Masked:
    """The field's own part of the masked text, without what was put before it."""
    start = len(field.lead)
    if not start:
        return masked
    if not masked.spans:
        return Masked(text=field.text, layers=masked.layers)
    pieces: list[str] = []
    spans: list[MaskedSpan] = []
    position = 0
    for span in masked.spans:
        if span.end > start:
            begin, end = max(0, span.start - start), span.end - start
            pieces += (field.text[position:begin], span.placeholder)
            spans.append(MaskedSpan(start=begin, end=end, label=span.label, placeholder=span.placeholder))
            position = end
    return Masked(text="".join((*pieces, field.text[position:])), spans=tuple(spans), layers=masked.layers)
