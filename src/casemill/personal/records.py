"""The anonymizer as a filter: lines of text, or one JSON record a line."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

import msgspec

from casemill.domain.arrival import Identity
from casemill.personal.fields import Change, Field, change_value, fields_steps
from casemill.personal.lines import is_read, readable
from casemill.personal.masking import NO_TERMS, Masked, Masker, Terms, identity_of
from casemill.personal.rounds import AT_ONCE, Steps, in_batches
from casemill.personal.told import told
from casemill.personal.words import listed

BLOCK = 65_536
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_WHO = ("names", "emails", "phones", "usernames")


# What a message is spoken by; a role in other words is a text like any other: `Anna Karimova`.
ROLES = listed(
    "user assistant system tool function developer customer agent bot ai human note internal operator admin support "
    "client visitor requester end-user end_user teammate model"
)


class Done(NamedTuple):
    """A record as it leaves, as a line of JSON, and the layers that ran on one of its texts at least."""

    line: bytes
    layers: tuple[str, ...]


class Bad(NamedTuple):
    """A line that could not be read; what stood in it is not told, but for the `id` of a record."""

    line: int
    why: str
    id: str | int | None = None


def mask_stream(
    source: BinaryIO, known: Sequence[Identity], *, terms: Terms = NO_TERMS, live: bool = False
) -> Iterator[bytes]:
    """The text with one numbering from beginning to end, in blocks of whole lines (`live`: line by line).

    Of a line that is not UTF-8 its end alone is left. A number known only by the word beside it is looked for from its
    block on.
    """
    masker = Masker(known, terms=terms)
    while lines := source.readlines(1 if live else BLOCK):
        text, _ = readable(lines)
        masker.meet(told([*text.split("\n"), text], known))
        yield masker.mask([text])[0].text.encode()


def mask_records(
    lines: Iterable[bytes], known: Sequence[Identity], *, terms: Terms = NO_TERMS, live: bool = False
) -> Iterator[bytes | Bad]:
    """Each record masked by itself, as a line of JSON; a Bad for a line that is no record. Empty lines are left out.

    Many records are read at once, unless it is `live`; each is masked as it would be alone.
    """
    for result in read_records(lines, known, terms=terms, live=live):
        yield result if isinstance(result, Bad) else result.line


def read_records(
    lines: Iterable[bytes], known: Sequence[Identity], *, terms: Terms = NO_TERMS, live: bool = False
) -> Iterator[Done | Bad]:
    """As `mask_records`, each with the layers that ran."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    steps = ((AT_ONCE if live else len(line), _record(number, line, known, terms)) for number, line in numbered)
    yield from in_batches(steps)


def _record(  # noqa: PLR0917 - one line and what holds for all
    number: int, line: bytes, known: Sequence[Identity], terms: Terms
) -> "Steps[Done | Bad]":
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Bad(number, _why(line, error))
    if not isinstance(record, dict):
        return Bad(number, "is no record: a record is a JSON object")
    try:
        people = _people(record)
    except msgspec.ValidationError as error:
        given = record.get("id")
        return Bad(number, str(error), given if isinstance(given, str | int) else None)
    listed = (*known, *people)
    found = told([record], listed)
    masker = Masker(listed, terms=terms, told=found)
    layers = yield from _masked(record, masker)
    return Done(msgspec.json.encode(record) + b"\n", layers)


def _why(line: bytes, error: Exception) -> str:
    """Why a line cannot be read, without a word of it."""
    if not is_read(line):
        return "is not UTF-8: see --encoding"
    if isinstance(error, RecursionError):
        return "is nested too deep"
    try:
        json.loads(line)
    except RecursionError:
        return "is nested too deep"
    except ValueError:
        return "is not JSON"
    if _SURROGATE.search(line):
        return "holds half a sign: one \\ud800 to \\udfff without the other"
    return "holds what is no number of JSON, as NaN or 1e999"


def _people(record: dict[str, Any]) -> list[Identity]:
    """Who the record says is in it: names, addresses, numbers, or whole identities."""
    entries = record.pop("known", None)
    if not isinstance(entries, list | None):
        raise msgspec.ValidationError('has a `known` that is no list, as ["Anna Karimova"]')
    return [_person(place, entry) for place, entry in enumerate(entries or (), 1)]


def _person(place: int, entry: Any) -> Identity:
    if isinstance(entry, str):
        return identity_of(entry)
    wanted = f"has a `known` whose entry {place} is no text and no object of {', '.join(_WHO)}"
    if not isinstance(entry, dict) or not entry.keys() <= set(Identity.__struct_fields__):
        raise msgspec.ValidationError(wanted)
    try:
        return msgspec.convert({"role": "other"} | entry, Identity)
    except msgspec.ValidationError as error:
        raise msgspec.ValidationError(f"{wanted}, each a list of texts") from error


def _masked(record: dict[str, Any], masker: Masker) -> "Steps[tuple[str, ...]]":
    """Mask every text of the record in place, but its `id` and the roles; the layers that ran on one at least."""
    shown = shown_in(record)
    holders = holders_in(record)
    rest: list[Field] = []

    def note(field: Field) -> str:
        rest.append(field)
        return field.text

    _others(holders, change=note)
    results = yield from fields_steps(masker, [*(Field(holder[key]) for holder, key in shown), *rest])
    following = iter(results[len(shown) :])
    others = _others(holders, change=lambda _: next(following).text)
    for (holder, _), masked in zip(holders, others, strict=True):
        holder.clear()
        holder.update(masked)
    for (holder, key), result in zip(shown, results, strict=False):
        holder[key] = result.text
        holder["spans"] = _spans(result)
    return tuple(dict.fromkeys(layer for result in results for layer in result.layers))


def holders_in(record: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """The record, its messages, the parts of their contents; each with the key of the text that has spans."""
    turns = _objects(record.get("messages"))
    parts = [part for turn in turns for part in _objects(turn.get("content"))]
    return [(record, "text"), *((turn, "content") for turn in turns), *((part, "text") for part in parts)]


def shown_in(record: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """Those of them that have such a text."""
    return [(holder, key) for holder, key in holders_in(record) if isinstance(holder.get(key), str)]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [inner for inner in value if isinstance(inner, dict)] if isinstance(value, list) else []


def _spans(masked: Masked) -> list[dict[str, Any]]:
    """Places in the text as it was given."""
    return [
        {"start": span.start, "end": span.end, "type": span.label, "placeholder": span.placeholder}
        for span in masked.spans
    ]


def _others(holders: Sequence[tuple[dict[str, Any], str]], *, change: Change) -> list[dict[str, Any]]:
    """Each holder, everything changed but ids, roles, and what is shown or a holder itself."""
    mine = {id(holder) for holder, _ in holders}
    return [
        {
            _key(key, change): value
            if _stays(key, value, shown=shown)
            else [one if id(one) in mine else change_value(one, change, about=key) for one in value]
            if isinstance(value, list)
            else change_value(value, change, about=key)
            for key, value in holder.items()
        }
        for holder, shown in holders
    ]


def _stays(key: str, value: Any, *, shown: str) -> bool:
    if isinstance(value, str) and key == shown:
        return True
    return key == "id" or (key == "role" and isinstance(value, str) and value.lower() in ROLES)


def _key(key: str, change: Change) -> str:
    """A record's own keys are words of its format; one that cannot be is somebody's text."""
    return key if key.isidentifier() and key.isascii() else change(Field(key)) if key else key
