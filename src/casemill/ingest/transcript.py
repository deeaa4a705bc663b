"""A chat pasted into one text becomes its turns, in order; a text that is not clearly a chat stays whole.

Read are `(12:04:03) Anna: …`, `[12:04] Anna - …`, `12:04 Anna: …`, `> You: …`, `Me: … / Bot: …`, `Клиент: … / Бот: …`
and their mixtures with dates, seconds, AM and PM. One chat has one style: a line begins a turn only when it has the
time, bracket and quotation of the lines before it, so a list or an address inside a message stays inside it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from casemill.domain.ticket import Turn
from casemill.ingest.speakers import FIRST_PERSONS, Cast, Speaker, speaker_of
from casemill.ingest.tools import code_pieces

_DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ T]+)?"
_CLOCK = _DAY + r"\d{1,2}:\d{2}(?::\d{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?"
_LABEL = r"[^\W\d_](?:[^:\n<>\[\](){}|/\\\"=]|\([^()\n]{1,20}\)){0,48}?"
_LINE = re.compile(
    rf"(?P<quote>(?:>[ ]?)*)[ \t]*(?:[*_]{{2}})?"
    rf"(?:(?P<open>[(\[]?)(?P<clock>{_CLOCK})[)\]]?(?:[ ]?[-–—|])?[ \t]+)?"
    rf"(?:[*_]{{2}})?(?P<label>{_LABEL})(?:[*_]{{2}})?"
    rf"(?P<after>[ ,]+[(\[]?{_CLOCK}[)\]]?)?"
    rf"(?:(?P<colon>[ ]?[:：])(?:[*_]{{2}})?(?=\s|$)|(?P<dash>[ ][-–—])(?=[ ]))(?P<text>.*)"
)
_EVENT = re.compile(rf"(?:>[ ]?)*[(\[]?{_CLOCK}[)\]]?[ ]*\*\*\*.*\*\*\*\s*")
_HEADER = re.compile(
    r"[ \t>]*(?:chat (?:started|ended)|conversation with|чат (?:начат|закончен|завершён|завершен))\b.*", re.IGNORECASE
)
_RULE = re.compile(r"[ \t]*[-=_*~#]{2,}[ \t]*")
_NAMES = re.compile(r"(?:[^\W\d_a-zа-яё][\w.'-]*|[#№\d][\w-]*)(?: (?:[^\W\d_a-zа-яё][\w.'-]*|[#№\d][\w-]*)){0,2}|")
_QUOTE = re.compile(r"(?:>[ ]?)+")


class Split(NamedTuple):
    """A chat and the words of whoever pasted it: what they wrote before and after it."""

    before: str
    turns: tuple[Turn, ...]
    after: str


class _Said(NamedTuple):
    """A line that may begin a turn. `style` is what all lines of one chat share."""

    at: int
    label: str
    text: str
    style: tuple[bool, str | None, str]
    who: Speaker | None

    @property
    def timed(self) -> bool:
        return self.style[1] is not None


class _Entry(NamedTuple):
    label: str
    lines: list[str]


def split(text: str, cast: Cast = Cast()) -> Split | None:  # noqa: B008 - an empty tuple of tuples
    """The chat in a text, or None when fewer than two speakers take turns in it.

    `cast` tells whose the names are. Nothing is invented: every character of a turn stands in the text.
    """
    lines = text.split("\n")
    starts = _starts(lines, cast)
    if len(starts) < 2:
        return None
    before = lines[: starts[0].at]
    entries, after = _entries(lines, starts)
    who = _whose(starts)
    entries = [entry for entry in entries if any(map(str.strip, entry.lines))]
    if not _takes_turns(entries, starts, who=who):
        return None
    turns = tuple(turn for entry in entries for turn in _turns(entry, who[entry.label]))
    return Split(_margin(before), turns, _margin(after))


def _starts(lines: list[str], cast: Cast) -> list[_Said]:
    """The lines that begin turns: of the style that most of them share, the earliest on a tie."""
    found = [said for at, line in enumerate(lines) if (said := _said(at, line, cast=cast)) is not None]
    if not found:
        return []
    style, _ = Counter(said.style for said in found).most_common(1)[0]
    return [said for said in found if said.style == style]


def _said(at: int, line: str, *, cast: Cast) -> _Said | None:
    match = _LINE.match(line[:4000])
    if match is None:
        return None
    clock = match["open"] if match["clock"] else ("after" if match["after"] else None)
    if clock is None and match["dash"]:
        return None
    label = match["label"].strip(" *_")
    who = speaker_of(label, cast)
    if who is None and (clock is None or len(label.split()) > 5):
        return None
    style = (bool(match["quote"]), clock, ":" if match["colon"] else "-")
    return _Said(at, label, line[match.start("text") :].strip(), style, who)


def _entries(lines: list[str], starts: list[_Said]) -> tuple[list[_Entry], list[str]]:
    """Each turn with the lines that go on with it; in a quoted chat, unquoted lines are not part of it."""
    by_line = {said.at: said for said in starts}
    quoted = starts[0].style[0]
    entries: list[_Entry] = []
    after: list[str] = []
    for at in range(starts[0].at, len(lines)):
        line = lines[at]
        if said := by_line.get(at):
            entries.append(_Entry(said.label, [said.text]))
        elif quoted and not line.startswith(">"):
            after.append(line)
        elif not _EVENT.fullmatch(line):
            entries[-1].lines.append(_QUOTE.sub("", line, count=1) if quoted else line)
    return entries, after


def _whose(starts: list[_Said]) -> dict[str, Speaker]:
    """A speaker for every label: the first stranger is the customer when nobody else is, other strangers are agents."""
    known = {said.label: said.who for said in starts}
    has_customer = "customer" in known.values()
    found: dict[str, Speaker] = {}
    for label, who in known.items():
        if who is None and not has_customer:
            who, has_customer = "customer", True
        found[label] = who or "agent"
    return found


def _takes_turns(entries: list[_Entry], starts: list[_Said], *, who: dict[str, Speaker]) -> bool:
    """Whether this is clearly a chat and not a form, a list of times or a quoted header."""
    if len({who[entry.label] for entry in entries}) < 2:
        return False
    if all(said.who is None for said in starts):  # times and labels alone: names must come back, as in a chat
        return len(entries) >= 3 and len(entries) > len(who)
    return starts[0].timed or len(entries) > len(who) or not _is_form(entries)


def _is_form(entries: list[_Entry]) -> bool:
    """`Customer: Anna` and `Agent: Dan` name people; nobody says anything."""
    personal = any(entry.label.casefold() in FIRST_PERSONS for entry in entries)
    return not personal and all(_NAMES.fullmatch(" ".join(entry.lines[:1])) for entry in entries)


def _turns(entry: _Entry, who: Speaker) -> Iterator[Turn]:
    text = "\n".join(entry.lines).strip()
    if who != "assistant":
        if text:
            yield Turn(role=who, text=text)
        return
    for piece in code_pieces(text):
        yield Turn(role="assistant", text=piece) if isinstance(piece, str) else Turn(role="tool", call=piece)


def _margin(lines: list[str]) -> str:
    """What stands around a chat, without the helpdesk's own headings and ruled lines next to the chat."""
    kept = [line for line in lines if not _HEADER.fullmatch(line) and not _EVENT.fullmatch(line)]
    while kept and (not kept[-1].strip() or _RULE.fullmatch(kept[-1])):
        kept.pop()
    return "\n".join(kept).strip()
