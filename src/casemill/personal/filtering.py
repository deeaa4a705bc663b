"""What `casemill mask` does beside masking: surrogates instead of placeholders, lost facts, which layers ran."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

import msgspec

from casemill.domain.arrival import Identity
from casemill.personal.lines import readable, without_mark
from casemill.personal.masking import NO_TERMS, Masked, MaskedSpan, Masker, Terms
from casemill.personal.records import BLOCK, Bad, holders_in, read_records
from casemill.personal.surrogate import Cast
from casemill.personal.survival import Lost, lost_facts
from casemill.personal.told import told


class Wish(NamedTuple):
    """What is wanted beside masking: surrogates drawn by `seed`, a look for lost facts."""

    seed: str | None = None
    check: bool = False


class Block(NamedTuple):
    """Some whole lines of a stream: how they leave, the layers that ran, the facts lost with the line of each, the
    lines that were withheld: they are no UTF-8, and nothing of them is in the content but the end of the line."""

    content: bytes
    layers: tuple[str, ...]
    lost: tuple[tuple[int, Lost], ...] = ()
    unread: tuple[int, ...] = ()


class Record(NamedTuple):
    """A record as it leaves, the number of its line, the layers that ran where it says so, the facts it lost."""

    content: bytes
    line: int
    layers: tuple[str, ...] = ()
    lost: tuple[Lost, ...] = ()


def filter_stream(
    source: BinaryIO, known: Sequence[Identity], *, terms: Terms = NO_TERMS, wish: Wish, live: bool = False
) -> Iterator[Block]:
    """A text as `records.mask_stream` masks it, in blocks, with what is wished."""
    masker = Masker(known, terms=terms)
    cast = Cast(wish.seed, known=_values(known)) if wish.seed is not None else None
    line = 1
    while lines := source.readlines(1 if live else BLOCK):
        text, withheld = readable(lines)
        masker.meet(told([*text.split("\n"), text], known))
        masked = masker.mask([text])[0]
        written = cast.dress([text], [masked])[0].text if cast else masked.text
        lost = lost_facts(text, masked) if wish.check else ()
        placed = tuple((line + text.count("\n", 0, fact.start), fact) for fact in lost)
        yield Block(written.encode(), masked.layers, placed, tuple(line + number for number in withheld))
        line += len(lines)


def filter_records(
    lines: Iterable[bytes], known: Sequence[Identity], *, terms: Terms = NO_TERMS, wish: Wish, live: bool = False
) -> Iterator[Record | Bad]:
    """Records as `records.mask_records` masks them; `surrogate` in every span, `lost` beside `spans`, as is wished."""
    given: deque[tuple[int, bytes]] = deque()

    def noted() -> Iterator[bytes]:
        for number, line in enumerate(lines, 1):
            if number == 1:
                line = without_mark(line)
            if line.strip():
                given.append((number, line))
            yield line

    for result in read_records(noted(), known, terms=terms, live=live):
        number, line = given.popleft()
        if isinstance(result, Bad):
            yield result
            continue
        if wish.seed is None and not wish.check:
            yield Record(result.line, number, result.layers)
            continue
        before, record = msgspec.json.decode(line), msgspec.json.decode(result.line)
        lost = _finished(before, record, cast=_cast(before, known, seed=wish.seed), check=wish.check)
        yield Record(msgspec.json.encode(record) + b"\n", number, result.layers, lost)


def as_error(bad: Bad) -> bytes:
    """What stands for a line that was withheld, so that every line has one: its `id` where it has one, and why."""
    told = {"line": bad.line, "error": bad.why}
    return msgspec.json.encode(told if bad.id is None else {"id": bad.id, **told}) + b"\n"


def _cast(record: dict[str, Any], known: Sequence[Identity], *, seed: str | None) -> Cast | None:
    """Players for one record, others than for the next; none where no seed is given."""
    if seed is None:
        return None
    return Cast(f"{seed} {record.get('id', '')}".rstrip(), known=(*_values(known), *_strings(record.get("known"))))


def _values(people: Iterable[Identity]) -> list[str]:
    return [value for who in people for value in (*who.names, *who.emails, *who.phones, *who.usernames)]


def _strings(value: Any) -> Iterator[str]:
    """Every text in plain JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _finished(given: dict[str, Any], record: dict[str, Any], *, cast: Cast | None, check: bool) -> tuple[Lost, ...]:
    """The masked record, changed in place; the facts it lost."""
    holders = [
        (before, after, key) for (before, key), (after, _) in zip(holders_in(given), holders_in(record), strict=True)
    ]
    shown = [(before[key], after, key) for before, after, key in holders if isinstance(before.get(key), str)]
    texts = [text for text, _, _ in shown]
    masked = [Masked(text=after[key], spans=tuple(map(_span, after["spans"]))) for _, after, key in shown]
    lost: list[Lost] = []
    if check:
        for text, result, (_, after, _) in zip(texts, masked, shown, strict=True):
            facts = lost_facts(text, result)
            after["lost"] = msgspec.to_builtins(facts)
            lost += facts
    if cast:
        _change_rest(holders, change=cast.meet)
        dressed = cast.dress(texts, masked)
        _change_rest(holders, change=cast.dress_loosely)
        for (_, after, key), clothed in zip(shown, dressed, strict=True):
            after[key] = clothed.text
            for span, surrogate in zip(after["spans"], clothed.surrogates, strict=True):
                span["surrogate"] = surrogate
    return tuple(lost)


def _span(row: dict[str, Any]) -> MaskedSpan:
    label = row["placeholder"][1:].rpartition("_")[0]
    return MaskedSpan(start=row["start"], end=row["end"], label=label, placeholder=row["placeholder"])


Change = Callable[[str | None, str], str]
_OURS = frozenset({"id", "spans", "lost"})


def _change_rest(holders: Sequence[tuple[dict[str, Any], dict[str, Any], str]], *, change: Change) -> None:
    """Names, arguments, metadata: what is masked without spans. `change` is given the text before and after masking."""
    theirs = {id(after) for _, after, _ in holders}
    for before, after, shown in holders:
        for key, value in after.items():
            if key in _OURS or (key == shown and isinstance(value, str)):
                continue
            given = before.get(key)
            if isinstance(value, list) and any(id(one) in theirs for one in value):
                after[key] = [
                    one if id(one) in theirs else _changed(old, one, change=change)
                    for old, one in zip(given or value, value, strict=True)
                ]
            else:
                after[key] = _changed(given, value, change=change)


def _changed(given: Any, masked: Any, *, change: Change) -> Any:
    """Plain JSON with its masked texts changed; the keys of an object are in the order they were given in."""
    if isinstance(masked, dict):
        fits = isinstance(given, dict) and len(given) == len(masked)
        befores = list(given.items()) if fits else [(None, None)] * len(masked)
        return {
            _changed(old, key, change=change): _changed(before, value, change=change)
            for (old, before), (key, value) in zip(befores, masked.items(), strict=True)
        }
    if isinstance(masked, list):
        fits = isinstance(given, list) and len(given) == len(masked)
        row = given if fits else [None] * len(masked)
        return [_changed(before, value, change=change) for before, value in zip(row, masked, strict=True)]
    if not isinstance(masked, str) or masked == given:
        return masked
    text = change(None if given is None else str(given), masked)
    return int(text) if isinstance(given, int) and text.isdecimal() else text
