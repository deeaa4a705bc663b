"""The texts inside plain JSON (tool arguments, results, records), each with the name it stands under."""

import re
from collections.abc import Callable, Sequence
from json import dumps
from typing import Any, NamedTuple

import msgspec

from casemill.personal.masking import Masked, MaskedSpan, Masker

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ID = re.compile(r"[^\s\\]{1,60}")


class Field(NamedTuple):
    """A text to be masked. `about` is the name of the argument it is the value of, which tells what it is; `company`
    marks the company's own words, in which only known values, addresses, phones and cards are masked."""

    text: str
    about: str = ""
    company: bool = False

    @property
    def lead(self) -> str:
        """What stands before the text while it is searched: `order_id: `."""
        return f"{_CAMEL.sub(' ', self.about)}: " if self.about and _ID.fullmatch(self.text) else ""


Change = Callable[[Field], str]


def mask_fields(masker: Masker, fields: Sequence[Field]) -> tuple[Masked, ...]:
    """The fields masked together; spans are places in the field's own text."""
    company = {place for place, field in enumerate(fields) if field.company}
    masked = masker.mask([field.lead + field.text for field in fields], only_known=company)
    return tuple(_behind(field, result) for field, result in zip(fields, masked, strict=True))


def change_text(text: str, change: Change) -> str:
    """A text; JSON with escapes in it (`\\nAnna`, `\\u0410`) is changed value by value, as it reads."""
    if "\\" in text and text.lstrip()[:1] in ("{", "["):
        try:
            value = msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError):
            return change(Field(text))
        return dumps(change_value(value, change), ensure_ascii=False)
    return change(Field(text)) if text else text


def change_value(value: Any, change: Change, *, about: str = "") -> Any:
    """Plain JSON with its strings changed, keys too, and those whole numbers that `change` takes for something."""
    if isinstance(value, dict):
        return {change_text(key, change): change_value(inner, change, about=key) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [change_value(inner, change, about=about) for inner in value]
    if isinstance(value, str):
        return change_text(value, change) if "\\" in value or not value else change(Field(value, about))
    if isinstance(value, int) and not isinstance(value, bool):
        text = change(Field(str(value), about))
        return value if text == str(value) else text
    return value


def _behind(field: Field, masked: Masked) -> Masked:
    """The field's own part of the masked text, without what was put before it."""
    start = len(field.lead)
    if not start:
        return masked
    pieces: list[str] = []
    spans: list[MaskedSpan] = []
    position = 0
    for span in masked.spans:
        if span.end > start:
            begin, end = max(0, span.start - start), span.end - start
            pieces += (field.text[position:begin], span.placeholder)
            spans.append(MaskedSpan(start=begin, end=end, label=span.label, placeholder=span.placeholder))
            position = end
    return Masked(text="".join((*pieces, field.text[position:])), spans=tuple(spans))
