"""What the tagger and the cues found, cut to what a person would cover: titles and roles outside, addresses whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from casemill.domain.placeholder import Span
from casemill.personal.addresses import PARTS
from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.evidence import bare_row, is_nobody, is_plainly_a_name
from casemill.personal.find import settle
from casemill.personal.inflection import plain
from casemill.personal.page import Page
from casemill.personal.people import WORD
from casemill.personal.products import is_product
from casemill.personal.veil import Place, Places
from casemill.personal.words import COMMON, GOES_ON, PARTICLES, TITLES

_BETWEEN = re.compile(r"[^\0\n,;/|&<>\\]+")
_DETERMINER = re.compile(r"(?<![^\W_])(an?|the|this|these|those|each|every|any|another|some|no)[ ]$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[ \t]+([^\W\d_]+)")
_CONTRACTED = re.compile(r"(?:['’](?:ll|ve|re|m)|n['’]t)$")
_KEY_END = re.compile(r"\\?[\"']\s?:")
# So many words are joined in one name: `Jean-Marie-Anne`.
_JOINTS = 4
_HYPHENS = frozenset("-'’")
_SCHEMED = re.compile(r":(?=[\w/])")
_TAIL = re.compile(r"[^\W\d_]+['’-]$")
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?]+\s")
_BEHIND_NAME = re.compile(r",? (?:II|III|IV|[JS]r\b\.?|MD|PhD|DDS|DVM)(?!\w)")
# Surnames of two letters, some of which are words; with a capital behind a first name they are none.
_SHORT_SURNAME = re.compile(
    r" (?:Ли|Ян|Ни|Ан|Те|Хе|Ха|Ко|Ги|Го|Лу|Ву|Хо|Се|До|Ма|Ню|Су|Пу|Ту|Фу|Хи|Ши|Li|Lu|Xu|Ng|Wu|Yu|Hu|Ho|Ko|Yi|Le|Vo|Vu"
    r"|Ha|Su|Xi|Qi|Ye|Ma|Lo|Lê|Hồ|Đỗ)(?![\w'’])"
)
_NAME = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:['’-](?![sS](?!\w))[^\W\d_]+)*")
_BLOCK = re.compile(r"[ \t\u00a0]{0,3},?[ \t\u00a0]{0,3}(?:\r?\n[ \t]{0,8},?[ \t]{0,3})?")
_UNIT = (
    r"(?:(?:apt|apartment|suite|ste|unit|flat|floor|building|bldg|room|rm|house|кв|квартира|дом|д|пәтер|үй|корпус|корп"
    r"|строение|стр|подъезд|этаж|офис|оф|бөлме|к)\.?[ ]?(?:№[ ]?)?|[#№][ ]?)"
)
_HOUSE = r"[0-9]{1,5}(?:[-/]?[a-zа-я](?![^\W_]))?(?:[/-][0-9]{1,4})?"
_NEXT_UNIT = re.compile(rf"{_UNIT}{_HOUSE}(?![\w/-])", re.IGNORECASE)
_NEXT_HOUSE = re.compile(rf"{_HOUSE}(?![\w/%$€₸₽-])(?![.,:][0-9])", re.IGNORECASE)
_GAP_BEFORE = re.compile(r"[ \t\u00a0]{0,3},?(?:[ \t]{0,3}\r?\n)?[ \t\u00a0]{0,8},?[ \t\u00a0]{0,3}$")
_REACH = 24
_STATE = re.compile(r"[A-Z]{2}(?=[ ,]{1,3}[0-9\0])")
_HOUSE_BEFORE = re.compile(rf"(?<![\w.,/#№$€-]){_HOUSE},?[ ]$", re.IGNORECASE)
_TOWN_BEFORE = re.compile(r"(?<![^\W_])(?:г|город|қ)\.[ ]?$", re.IGNORECASE)


def names_of(page: Page, found: Iterable[Span], *, sure: bool = False) -> Iterator[Span]:
    """Names without titles, roles, everyday words and digits on either side; what lies over a fact is left out.

    `sure`: somebody says that it is a name, so that `my name is mark` is believed.
    """
    for start, end in ((span.start, span.end) for span in found) if sure else _runs(page.work, found):
        for piece in _BETWEEN.finditer(page.work, start, end):
            yield from _trimmed(page, piece.span(), sure=sure)


def _runs(text: str, found: Iterable[Span]) -> Iterator[Place]:
    """The places of spans in order, those with nothing but a blank between them as one: `anna karimova`."""
    start = end = 0
    for span in found:
        if end and text[end : span.start] == " ":
            end = span.end
            continue
        if end:
            yield start, end
        start, end = span.start, span.end
    if end:
        yield start, end


def _trimmed(page: Page, place: Place, *, sure: bool) -> Iterator[Span]:
    for row in _rows(page.work, place, sure=sure):
        if sure or not (
            row and is_nobody(page, row, doubt=page.doubt_of(Span(start=place[0], end=place[1], label="NAME")))
        ):
            yield from _name(page, row if sure else bare_row(row))


def _rows(text: str, place: Place, *, sure: bool) -> Iterator[list[re.Match[str]]]:
    """Rows of words that may be a name each, nothing but titles, everyday words and sentence ends between them."""
    start, end = place
    if text[start - 1 : start] == "\\" and text[start] in "ntr":
        start += 1
    for _ in range(_JOINTS):
        tail = _TAIL.search(text, max(0, start - 30), start) if text[start - 1 : start] in _HYPHENS else None
        start = tail.start() if tail else start
    row: list[re.Match[str]] = []
    words = list(_NAME.finditer(text, start, end))
    beside = sure or (len(words) > 1 and any(_is_name_alone(word[0]) for word in words))
    for word in words:
        if row and _SENTENCE_END.match(text, row[-1].end()):
            yield row
            row = []
        if not _is_no_name(word[0]) or (beside and _is_name_here(text, word)):
            row.append(word)
        elif row and not _may_join(word[0]):
            yield row
            row = []
    yield row


def _name(page: Page, words: Sequence[re.Match[str]]) -> Iterator[Span]:
    """A row of words as one name, its last initial with its dot."""
    if not words or (len(words) == 1 and _is_word_here(page, words[0])):
        return
    first, last = words[0].start(), words[-1].end()
    if len(words) > 1 and len(words[-1][0]) == 1 and page.work[last : last + 1] == ".":
        last += 1
    if len(words) > 1 and (behind := _BEHIND_NAME.match(page.work, last)):
        last = behind.end()
    if not page.capitals and words[0][0].istitle() and (short := _SHORT_SURNAME.match(page.work, last)):
        last = short.end()
    if last - first > 1 and not _on_a_fact(page, (first, last)) and not _is_thing(page.work, first, end=last):
        yield Span(start=first, end=last, label="NAME")


@lru_cache(maxsize=8192)
def _is_no_name(word: str) -> bool:
    low = plain(word)
    if len(word) == 1:
        return not word.isupper()
    if _CONTRACTED.search(low):
        return True
    if is_name_too(low):
        return word.islower()
    return is_everyday(low) or low.replace("-", "") in TITLES


def _may_join(word: str) -> bool:
    """What may stand inside a name: `van` in `Dana van Dorp`, `e` in `katie e miles`."""
    return word in PARTICLES or (len(word) == 1 and word.isascii())


@lru_cache(maxsize=8192)
def _is_name_alone(word: str) -> bool:
    return len(word) > 1 and not (is_name_too(plain(word)) or _is_no_name(word))


def _is_name_here(text: str, word: re.Match[str]) -> bool:
    """Whether a word in small letters names somebody beside a name: `mark` in `mark karimov`, `t.` in `karimov t.`."""
    if len(word[0]) == 1:
        return text[word.end() : word.end() + 1] == "."
    return is_name_too(plain(word[0]))


def _is_thing(text: str, start: int, *, end: int) -> bool:
    """`a Camera`, `this adapter`; the key of a row of data: `"tool": 5`."""
    before = text[max(0, start - 12) : start]
    determined = _DETERMINER.search(before)
    if determined and (text[start].islower() or determined[1].lower() != "the") and " " not in text[start:end]:
        return True
    if is_product(text, start, end=end):
        return True
    return before.endswith(('"', "'")) and _KEY_END.match(text, end) is not None


def _is_word_here(page: Page, word: re.Match[str]) -> bool:
    """What a lone word is where it stands: a code, the beginning of a question, the scheme of `cid:1`."""
    if _SCHEMED.match(page.work, word.end()) and word[0].islower():
        return True
    return _is_code(page, word) or _goes_on(page.work, word)


def _is_code(page: Page, word: re.Match[str]) -> bool:
    """`JFK`, `IMG`: a short word in capitals, alone, in a text that is not all in capitals."""
    if len(word[0]) > 4 or not word[0].isupper() or page.capitals:
        return False
    low = plain(word[0])
    return not (_parted(page.work, word) and (is_plainly_a_name(low) or is_name_too(low)))


def _parted(text: str, word: re.Match[str]) -> bool:
    """`KARIMOVA / ANNA`"""
    return text[max(0, word.start() - 2) : word.start()].strip() == "/"


def _goes_on(text: str, word: re.Match[str]) -> bool:
    """`May I`, `Will you`: a word that is somebody's name, too, and is none here."""
    following = _NEXT_WORD.match(text, word.end())
    return following is not None and following[1].lower() in GOES_ON and plain(word[0]) in COMMON


def _on_a_fact(page: Page, place: Place) -> bool:
    around = page.work[max(0, place[0] - 40) : place[1] + 40]
    if not any(sign in around for sign in "0123456789/"):
        return False
    return page.facts().touch(*place)


def whole_addresses(page: Page, fresh: Sequence[Span], *, towns: Sequence[Span]) -> tuple[Span, ...]:
    """What is to be masked, with each address whole: with the postal codes, towns, house and flat numbers in its block.

    A block is joined by nothing but blanks, commas and line ends. Numbers of other kinds in it stand for themselves.
    """
    homes = [span for span in fresh if span.label == "ADDRESS"]
    if towns:
        homes += [span for span in page.spans if span.label == "ADDRESS"]
    if not homes:
        return tuple(fresh)
    grown = list(_Block(page, [*fresh, *towns]).grown(homes))
    return settle([*grown, *fresh]) if grown else tuple(fresh)


class _Block:
    """What an address of a page may take in."""

    def __init__(self, page: Page, found: Iterable[Span]) -> None:
        self.page = page
        parts = [span for span in (*page.spans, *found) if span.label in PARTS]
        self.begin = {span.start: span.end for span in parts}
        self.end = {span.end: span.start for span in parts}
        self.codes = {span.start for span in parts if span.label == "ZIP"}

    def grown(self, homes: Iterable[Span]) -> Iterator[Span]:
        """Those of the addresses that take something in; what one has taken in is not looked at again."""
        reached = 0
        for home in sorted(homes, key=lambda span: span.start):
            if home.end > reached and (span := self._around(home.start, home.end)) != home:
                reached = span.end
                yield span

    def _around(self, start: int, end: int) -> Span:
        numbered = _has_digit(self.page.text[start:end])
        while (behind := self._behind(end, numbered=numbered)) > end:
            numbered = numbered or _has_digit(self.page.text[end:behind])
            end = behind
        while (before := self._before(start, numbered=numbered)) < start:
            numbered = numbered or _has_digit(self.page.text[before:start])
            start = before
        return Span(start=start, end=end, label="ADDRESS")

    def _behind(self, end: int, *, numbered: bool) -> int:
        """Where the block goes on to behind the address, by one piece; one with a number needs no house."""
        text, work = self.page.text, self.page.work
        at = _gap_end(text, end)
        if at in self.begin:
            return self.begin[at]
        if at == end:
            return end
        unit = _NEXT_UNIT.match(work, at)
        if unit is None and not numbered and "\n" not in text[end:at]:
            unit = _NEXT_HOUSE.match(work, at)
        if unit and not self.page.facts().touch(*unit.span()):
            return unit.end()
        state = _STATE.match(text, at)
        return state.end() if state and _gap_end(text, state.end()) in self.codes else end

    def _before(self, start: int, *, numbered: bool) -> int:
        """Where the block begins before the address, by one piece."""
        first = max(0, start - _REACH)
        gap = _GAP_BEFORE.search(self.page.text[first:start])
        at = first + gap.start() if gap else start
        if at in self.end:
            return self.end[at]
        before = self.page.work[first:start]
        if town := _TOWN_BEFORE.search(before):
            return first + town.start()
        house = None if numbered else _HOUSE_BEFORE.search(before)
        return first + house.start() if house and not self.page.facts().touch(first + house.start(), start) else start


def _gap_end(text: str, end: int) -> int:
    gap = _BLOCK.match(text, end)
    return gap.end() if gap else end


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def united(page: Page, names: Iterable[Span], *, known: Sequence[Span]) -> Iterator[Span]:
    """Names beside what is known: both where they overlap in part, the known alone where they say all of it.

    A name that goes on a masked one (`[NAME_1] Brandt`) takes it in.
    """
    places = Places((span.start, span.end) for span in known)
    masked = {span.end: span.start for span in page.spans if span.label == "NAME"}
    for name in names:
        words = [match.span() for match in WORD.finditer(page.work, name.start, name.end)]
        if places and all(places.hold(begin, end - _is_possessed(page.work, places, end=end)) for begin, end in words):
            continue
        start, end = places.around(name.start, name.end)
        if start - 1 in masked and page.text[start - 1] in " \u00a0":
            start = masked[start - 1]
        yield Span(start=start, end=end, label="NAME")


def _is_possessed(text: str, places: Places, *, end: int) -> bool:
    """`Quentins order`: whether a word is a known name and the letter of a possessive."""
    return text[end - 1] == "s" and places.touch(end - 2, end - 1) and not places.touch(end - 1, end)
