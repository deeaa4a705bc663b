"""The anonymizer as a filter: lines of text, or one JSON record a line."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

import msgspec

from casemill.domain.arrival import Identity
from casemill.personal.fields import Change, Field, change_value, mask_fields
from casemill.personal.masking import NO_TERMS, Masker, Terms, identity_of
from casemill.personal.told import told

BLOCK = 65_536


class Bad(NamedTuple):
    """A line that could not be read; what stood in it is not told."""

    line: int
    why: str


def mask_stream(
    source: BinaryIO, known: Sequence[Identity], *, terms: Terms = NO_TERMS, live: bool = False
) -> Iterator[bytes]:
    """The text with one numbering from beginning to end, in blocks of whole lines (`live`: line by line).

    Bytes that are not UTF-8 pass through. A number known only by the word beside it is looked for from its block on.
    """
    masker = Masker(known, terms=terms)
    while lines := source.readlines(1 if live else BLOCK):
        text = b"".join(lines).decode("utf-8", "surrogateescape")
        yield masker.mask([text])[0].text.encode("utf-8", "surrogateescape")


def mask_records(
    lines: Iterable[bytes], known: Sequence[Identity], *, terms: Terms = NO_TERMS
) -> Iterator[bytes | Bad]:
    """Each record masked by itself, as a line of JSON; a Bad for a line that is no record. Empty lines are left out."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = msgspec.json.decode(line)
            people = _people(record)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield Bad(number, "is no record" if isinstance(error, msgspec.ValidationError) else "is not JSON")
            continue
        listed = (*known, *people)
        found = told([record], listed)
        masker = Masker((*listed, *found.people), terms=terms, values=found.values)
        yield msgspec.json.encode(_masked(record, masker)) + b"\n"


def _people(record: Any) -> list[Identity]:
    """Who the record says is in it: names, addresses, numbers, or whole identities."""
    if not isinstance(record, dict):
        raise msgspec.ValidationError("not an object")
    entries = msgspec.convert(record.pop("known", []), list[str | dict[str, Any]])
    return [
        identity_of(entry) if isinstance(entry, str) else msgspec.convert({"role": "other"} | entry, Identity)
        for entry in entries
    ]


def _masked(record: dict[str, Any], masker: Masker) -> dict[str, Any]:
    """The record with every text masked but its `id`; `spans` stand beside `text` and beside each `content`."""
    messages = record.get("messages")
    turns = [turn for turn in messages if isinstance(turn, dict)] if isinstance(messages, list) else []
    shown = [(holder, key) for holder, key in ((record, "text"), *((turn, "content") for turn in turns))]
    shown = [(holder, key) for holder, key in shown if isinstance(holder.get(key), str)]
    rest: list[Field] = []

    def note(field: Field) -> str:
        rest.append(field)
        return field.text

    _others(record, turns, change=note)
    results = mask_fields(masker, [*(Field(holder[key]) for holder, key in shown), *rest])
    following = iter(results[len(shown) :])
    others = _others(record, turns, change=lambda _: next(following).text)
    for holder, masked in zip((record, *turns), others, strict=True):
        holder.update(masked)
    for (holder, key), result in zip(shown, results, strict=False):
        holder[key] = result.text
        holder["spans"] = msgspec.to_builtins(result.spans)
    return record


def _others(record: dict[str, Any], turns: Sequence[dict[str, Any]], *, change: Change) -> list[dict[str, Any]]:
    """Everything beside id, role and what is shown, changed: of the record, then of each turn."""
    aside = {"id", "role", "messages"} if turns else {"id", "role"}
    return [
        {
            key: change_value(value, change, about=key)
            for key, value in holder.items()
            if key not in aside and not (key in ("text", "content") and isinstance(value, str))
        }
        for holder in (record, *turns)
    ]
