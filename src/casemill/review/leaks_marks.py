"""Where words stand in a ticket, and what a mark may name; nothing here repeats the words in what it says."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casemill.domain.leak import LeakReview, Mark
from casemill.domain.placeholder import PLACEHOLDER
from casemill.domain.ticket import Ticket, text_at, texts_of
from casemill.errors import UsageError

# The types a reader is offered; any other name in capitals will do too.
LABELS = (
    *("NAME", "EMAIL", "PHONE", "ADDRESS", "ORDER", "ACCOUNT", "TICKET", "CARD", "IIN", "PASSPORT", "DOB"),
    *("USERNAME", "ZIP", "PLATE", "ORG", "STORE"),
)
# What people call one of them elsewhere: a type has one name, or the rates by type would be told apart.
ALIASES = {
    **dict.fromkeys(("PERSON", "PER", "PEOPLE", "FIRST_NAME", "LAST_NAME", "FULL_NAME", "SURNAME"), "NAME"),
    **dict.fromkeys(("MAIL", "E_MAIL", "EMAIL_ADDRESS"), "EMAIL"),
    **dict.fromkeys(("TELEPHONE", "TEL", "PHONE_NUMBER", "MOBILE"), "PHONE"),
    **dict.fromkeys(("STREET", "LOCATION", "LOC", "STREET_ADDRESS"), "ADDRESS"),
    **dict.fromkeys(("CREDIT_CARD", "CARD_NUMBER"), "CARD"),
    **dict.fromkeys(("ORGANIZATION", "ORGANISATION", "COMPANY"), "ORG"),
    **dict.fromkeys(("BIRTHDAY", "DATE_OF_BIRTH", "BIRTH_DATE"), "DOB"),
    **dict.fromkeys(("USER", "LOGIN", "USER_NAME"), "USERNAME"),
    **dict.fromkeys(("POSTCODE", "ZIP_CODE", "POSTAL_CODE"), "ZIP"),
    **dict.fromkeys(("ORDER_ID", "ORDER_NUMBER"), "ORDER"),
}
LABEL = re.compile(r"[A-Z][A-Z0-9]{0,19}(?:_[A-Z0-9]{1,19}){0,3}")
_WORD = re.compile(r"[^\s\"{}\[\],;()<>]+")
_RIM = " \t\r\n.,;:!?\"'“”«»()<>"


class Place(NamedTuple):
    """A piece of a text of a ticket, by characters."""

    path: str
    start: int
    end: int


def places_of(ticket: Ticket, words: str, *, path: str | None = None) -> list[Place]:
    """Where words stand in a ticket or one text of it: as they are written, else in other letters (`ANNA`), else inside
    longer words; the first way that finds any. Spaces and line ends count as the same; a part of a placeholder is no
    word."""
    wanted = re.escape(" ".join(words.split())).replace(r"\ ", r"\s+")
    if not wanted:
        return []
    texts = [(known, text) for known, text in texts_of(ticket) if path in (None, known)]
    for pattern in (rf"(?<!\w){wanted}(?!\w)", rf"(?i)(?<!\w){wanted}(?!\w)", rf"(?i){wanted}"):
        found = [Place(known, *place) for known, text in texts for place in _matches(pattern, text)]
        if found:
            return found
    return []


def _matches(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    known = [(0, 0), *(match.span() for match in PLACEHOLDER.finditer(text))]
    for match in re.finditer(pattern, text):
        nearest = known[bisect_right(known, (match.start(), len(text))) - 1]
        if match.span() == nearest or match.end() > nearest[1]:
            yield match.span()


def words_at(text: str) -> tuple[tuple[int, int], ...]:
    """The words of a text by their places, without the punctuation around them; placeholders are none."""
    bare = PLACEHOLDER.sub(lambda found: " " * len(found[0]), text)
    return tuple(place for match in _WORD.finditer(bare) if (place := _trimmed(bare, match.span())))


def placeholders_of(ticket: Ticket) -> dict[str, Place]:
    """Each placeholder of a ticket and where it stands first."""
    found: dict[str, Place] = {}
    for path, text in texts_of(ticket):
        for match in PLACEHOLDER.finditer(text):
            found.setdefault(match[0], Place(path, *match.span()))
    return found


def mark_at(ticket: Ticket, place: Place, *, label: str | None) -> Mark:
    """The mark on a place: a placeholder hides nobody, anything else is personal and needs a label. A UsageError when
    it can be neither."""
    text = text_at(ticket, place.path)
    if text is None:
        raise UsageError(f"{ticket.key} has no text at the path of this mark", hint="as subject or turns.3.text")
    if not 0 <= place.start < place.end <= len(text):
        raise UsageError(f"{ticket.key}: a mark stands outside its text of {len(text):,} characters")
    start, end = _trimmed(text, (place.start, place.end)) or (place.start, place.end)
    for match in PLACEHOLDER.finditer(text):
        if match.start() <= place.start and place.end <= match.end():
            return Mark(path=place.path, start=match.start(), end=match.end(), label=match[1], hides_none=True)
        if match.start() < end and start < match.end():
            raise UsageError(
                f"{ticket.key}: a mark holds a placeholder and more", hint="mark what stands beside it, or it alone"
            )
    if label is None or not LABEL.fullmatch(label):
        raise UsageError(f"{ticket.key}: a leak needs a label in capitals", hint=f"one of {', '.join(LABELS)}")
    return Mark(path=place.path, start=start, end=end, label=ALIASES.get(label, label))


def refuse_nonsense(review: LeakReview) -> None:
    """A UsageError when a verdict contradicts its marks."""
    over = [mark.hides_none for mark in review.marks]
    if review.verdict == "undo":
        raise UsageError(f"{review.ticket}: an undo cannot be recorded", hint="press u in casemill review --leaks")
    if review.verdict in ("fine", "note") and over:
        raise UsageError(f"{review.ticket}: {review.verdict} takes no marks", hint="with marks it is a leak")
    if review.verdict == "leak" and all(over):
        what = "only placeholders are marked; that is over_masked" if over else "a leak names what leaked"
        raise UsageError(f"{review.ticket}: {what}", hint='"marks": [{"path": "turns.0.text", "words": …, "label": …}]')
    if review.verdict == "over_masked" and not (over and all(over)):
        what = "words are marked that leaked; that is a leak" if over else "over_masked names the placeholders"
        raise UsageError(f"{review.ticket}: {what}", hint='"marks": [{"words": "[NAME_2]"}]')
    if review.verdict == "note" and not (review.note or "").strip():
        raise UsageError(f"{review.ticket}: a note needs text")


def _trimmed(text: str, place: tuple[int, int]) -> tuple[int, int] | None:
    """A place without the spaces and punctuation at its rim; None when nothing is left."""
    start, end = place
    while start < end and text[start] in _RIM:
        start += 1
    while start < end and text[end - 1] in _RIM:
        end -= 1
    return (start, end) if start < end else None


def shown_paths(ticket: Ticket) -> Iterator[tuple[str, str, str]]:
    """Every text of a ticket: its path, how a reader may call it (`#3`, `#3 result`, `resolution`), and the text."""
    for path, text in texts_of(ticket):
        parts = path.split(".")
        if parts[0] == "turns":
            rest = "" if parts[2:] == ["text"] else f" {parts[-1]}"
            yield path, f"#{parts[1]}{rest}", text
        else:
            yield path, " ".join(parts), text


def path_named(ticket: Ticket, name: str) -> str | None:
    """The path of the text that a reader calls so; `3` is `#3`."""
    known = {shown: path for path, shown, _ in shown_paths(ticket)}
    return next((known[one] for one in _spellings(name) if one in known), None)


def _spellings(name: str) -> Sequence[str]:
    plain = " ".join(name.lower().split())
    return (plain, f"#{plain}", plain.replace("# ", "#"))
