"""What the tagger took for an address: where there is evidence of one, cut to what a person would cover."""

import re
from collections.abc import Iterable, Iterator, Sequence

from casemill.domain.placeholder import Span
from casemill.personal.address_cues import is_cued, without_cue
from casemill.personal.address_evidence import Around, is_abroad, is_address, tells_place
from casemill.personal.evidence import is_plain_word, is_plainly_a_name
from casemill.personal.inflection import plain
from casemill.personal.page import Page
from casemill.personal.towns import is_town
from casemill.personal.veil import Place, Places, cover

_LISTED = re.compile(r"\n\s{0,9}(?:[-*•]|[0-9]{1,2}[.)])\s")
_TOLD = re.compile(r"(?:add?ress|адрес|мекен-?жай\w{0,3})(?:[ ]is)?[ :—–-]{1,3}$")
_SIDE = re.compile(r"[0-9]{1,5} [NSEWСВЮЗ]")
_PIECE = re.compile(r"[^\0]+")
_OPENED = re.compile(r"(?:^|[\n.!?:])\s*$")
_GOES_ON = re.compile(r"[ ,]{1,2}(?=(?P<letter>[^\W\d_]))")
_NAME = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:['’-](?![sS](?!\w))[^\W\d_]+)*")
_REACH = 24
_LINE = 200
# What an address may take in; numbers of other kinds stand for themselves.
PARTS = frozenset({"ZIP", "ADDRESS", "PLACE"})


def addresses_of(page: Page, found: Iterable[Span], *, known: Sequence[Span]) -> Iterator[Span]:
    """Addresses without the signs around them, cut where something is covered, a fact stands or a list goes on.

    A known name with digits beside it is no address; nor is what has no evidence of one.
    """
    people = [(span.start, span.end) for span in known]
    homes = Places((span.start, span.end) for span in page.spans if span.label in PARTS)
    for span in found:
        stay = [place for place in page.facts().inside(span.start, span.end) if not _SIDE.fullmatch(page.work, *place)]
        stay += [match.span() for match in _LISTED.finditer(page.work, span.start, span.end)]
        left = cover(page.work, stay) if stay else page.work
        for first, last in _between(span, stay):
            start = without_cue(page.lowered, first, end=last)
            if not _is_believed(page, (start, last), homes=homes):
                yield from _named_in(page.work, start, end=last)
                continue
            for piece in _PIECE.finditer(left, start, last):
                begin, end = _bare(page.work, piece.start(), end=piece.end())
                text = page.work[begin:end]
                if people and any(begin < other and one < end for one, other in people):
                    text = cover(page.work, people)[begin:end]
                if begin < end and tells_place(text):
                    yield Span(start=begin, end=end, label="ADDRESS")


def _between(span: Span, stay: Sequence[Place]) -> Iterator[Place]:
    """The places of a span that are not covered by what stays."""
    position = span.start
    for start, end in sorted(stay):
        if position < start:
            yield position, start
        position = max(position, end)
    if position < span.end:
        yield position, span.end


def _named_in(text: str, start: int, *, end: int) -> Iterator[Span]:
    """Who is named in what is no address: `iPhone Анны`."""
    for word in _NAME.finditer(text, start, end):
        if word.start() > start and word[0].istitle() and is_plainly_a_name(low := plain(word[0])) and not is_town(low):
            yield Span(start=word.start(), end=word.end(), label="NAME")


def _is_believed(page: Page, place: Place, *, homes: Places) -> bool:
    """Whether there is evidence that what stands at a place is an address."""
    start, end = place
    line = _line(page.work, start, end=end)
    around = Around(
        told=_is_told(page.lowered, start) or is_cued(page.lowered, start),
        abroad=is_abroad(line),
        first=_opens(page.work, start, end=end),
        level=line.isupper(),
    )
    return (
        is_address(page.work[start:end], around) or _is_told(page.lowered, start) or _is_beside(page.work, place, homes)
    )


def _line(text: str, start: int, *, end: int) -> str:
    """The line around a place, or as much of it as tells its language."""
    first, last = max(0, start - _LINE), min(len(text), end + _LINE)
    begin, stop = text.rfind("\n", first, start), text.find("\n", end, last)
    return text[begin + 1 if begin >= 0 else first : stop if stop >= 0 else last]


def _opens(text: str, start: int, *, end: int) -> bool:
    """Whether a place begins a sentence that goes on behind it in small letters."""
    following = _GOES_ON.match(text, end)
    return bool(following and following["letter"].islower() and _OPENED.search(text, max(0, start - 8), start))


def _is_told(lowered: str, start: int) -> bool:
    """`address: …`: whether it is called an address."""
    return _TOLD.search(lowered, max(0, start - _REACH), start) is not None


def _is_beside(text: str, place: Place, homes: Places) -> bool:  # noqa: PLR0917 - a text and two places of it
    """Whether nothing but blanks, signs, numbers and the name of a town stands between a place and a masked address."""
    return any(
        _is_joint(text, *((end, place[0]) if end <= place[0] else (place[1], start)))
        for start, end in homes.inside(max(0, place[0] - _REACH), place[1] + _REACH)
    )


def _is_joint(text: str, start: int, end: int) -> bool:  # noqa: PLR0917 - a place of a text
    words = _NAME.findall(text, start, end) if start < end else ()
    return len(words) <= 2 and not any(is_plain_word(plain(word)) for word in words)


def _bare(text: str, start: int, *, end: int) -> Place:
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end
