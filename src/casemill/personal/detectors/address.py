"""Addresses in Latin letters that a street word, a cue or the form makes sure: `12 Main St Apt 4`, `Hauptstraße 5`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.address_tail import HOUSE, names_no_street, with_tail
from casemill.personal.address_words import (
    BEFORE,
    BEHIND,
    DOUBTED,
    ENDINGS,
    LOWER_TOO,
    NOT_NAMES,
    SURE,
)
from casemill.personal.context import begun, has_any, lower
from casemill.personal.detector import Detector
from casemill.personal.veil import Place

# The number and the words behind it, one of which may be the kind of street. A number looks back from its first digit.
_ENGLISH = re.compile(
    r"[0-9](?<![\w#$№.,:/-][0-9])(?<![0-9][ ][0-9])[0-9]{0,4}(?:[a-z](?![^\W_])|[/-][0-9]{1,4}[a-z]?)?,?[ ]{1,2}"
    r"(?P<words>(?:[^\W_][\w'’.-]{0,24}[ ]){1,6}(?:[^\W_][\w'’-]{0,24})?|[^\W_][\w'’-]{0,24})"
)
_BROKEN = re.compile(r"[\",;:!?()]")
_SIDE = re.compile(r"\.?[ ](?:n|s|e|w|ne|nw|se|sw|north|south|east|west)(?![^\W_])", re.IGNORECASE)
_ENDING = re.compile(r"(?:st|dr|ct|pl|sq)(?:[.,\n]|$)", re.IGNORECASE)
SHORT = 3
MOST_NAMES = 5
_NAMED = re.compile(
    r"[0-9](?<![\w#$№.,:/-][0-9])[0-9]{0,4}[a-z]?,?[ ](?:(?:west|east|north|south|w\.?|e\.?)[ ])?(?:broadway(?![^\W_])"
    r"|(?:rue|via|calle|avenida|rua|paseo|boulevard|chemin|piazza)(?:[ ][^\W\d_][\w'’-]{1,20}){1,4})"
)
_NAMING = ("broadway", "rue ", "via ", "calle ", "avenida ", "rua ", "paseo ", "boulevard ", "chemin ", "piazza ")
# Matched where a word begins with one of the stems.
_UNIT_ALONE = re.compile(
    r"(?:(?:apartment|apt|suite|flat)\.?[ ]{1,2}#?[0-9][0-9a-z-]{0,5}|p\.?[ ]?o\.?[ ]box[ ]#?[0-9]{1,6})(?![^\W_])"
)
_UNITS_ALONE = ("apartment", "apt", "suite", "flat", "po box", "p.o. box", "p o box", "p.o box")
_FLOOR = re.compile(r"[0-9](?<![^\W_][0-9])[0-9]?(?:st|nd|rd|th)[ ]floor(?![^\W_])")
_FLAT_FIRST = re.compile(r"(?i:(?:flat|apt|apartment|unit|suite)\.?[ ]#?(?:[0-9a-z-]{1,5},?[ ])?)\Z")
_NUMBER = re.compile(
    rf"[0-9](?<=[ ][0-9])(?:(?<=[^\W_][ ][0-9])"
    rf"|(?<=[,.][ ][0-9])){HOUSE.replace('{1,5}', '{0,4}', 1)}(?![\w%])(?![.,:][0-9])"
)
_DELIVERY = re.compile(
    r"(?:deliver(?:y|ed|ing)?(?:[ ](?:was|is|address|it|them|everything|the[ ]order|my[ ]order)){0,2}[ ](?:to|at)"
    r"|(?:sent|ship(?:ped)?|brought|send|moved|move)(?:[ ](?:it|them|me))?[ ]to|(?:i|we)[ ](?:live"
    r"|am[ ]living|stay|reside)[ ](?:at|on)"
    r"|(?:my|our|the|his|her)[ ](?:home|house|place|flat|apartment)[ ](?:is[ ])?(?:at|on)"
    r"|pick(?:ed)?[ ](?:it[ ])?up[ ](?:at|from))"
    rf"[ ](?P<id>(?P<street>[^\W\d_][\w'’-]{{1,24}}(?:[ ][^\W\d_][\w'’-]{{1,24}})?),?[ ]{HOUSE})(?![^\W_])"
    rf"(?![.,:][0-9])"
)
_STATED = re.compile(
    r"address(?:[ ](?:is|was|to|as|should[ ]be|will[ ]be|from)|[ ]?\*{0,2}:\*{0,2})\s{0,3}(?:now[ ]"
    r"|at[ ])?[*\"'“(-]{0,4}"
    r"(?P<id>[^\s\0?!:;@][^\0\n?!;@\"”*)]{3,90}?)(?=[.]?(?:$|[\n\"”*)]|[?!;])|[.][ ]|,?[ ](?:and|but"
    r"|please|instead|so|not|because"
    r"|can|could|is|was|for|with|phone|zip|my|i|which|has|have|been|on|as|where|from|to)[ ])"
)
# The number that is put before a street which has one behind it, too.
_NUMBER_FIRST = re.compile(r"(?<![\w#№$€£.,:/-])[0-9]{1,5}[ ]\Z")
# Two streets that meet: `the corner of Abay and Dostyk Avenue`.
_NAME = r"(?:(?:[A-ZÀ-Ž][\w'’-]{1,24}|[0-9]{1,5}|ul\.|de|del|la|van|von|der|ten|da|di)[ ]){0,5}[A-ZÀ-Ž][\w'’-]{1,24}"
_CORNER = re.compile(
    rf"(?:[Tt]he[ ])?[Cc]orner[ ]of[ ]{_NAME}(?:[ ][0-9]{{1,4}})?[ ](?:and|&)[ ]{_NAME}(?:[ ][0-9]{{1,4}}(?!\w))?"
)
_TELLING = re.compile(r"[0-9]")
_ORDER = re.compile(r"(?:order|account)[^\w,.]{1,3}#?[a-z]*[0-9]")


def find(text: str) -> Iterator[Span]:
    """`12 Main Street, Apt 4`, `Flat 3, 10 Downing Street`, `5th floor`, `PO box 85`."""
    lowered = lower(text)
    for match in _ENGLISH.finditer(lowered):
        if end := _street_end(text, match):
            yield _whole(text, (match.start(), end))
    if has_any(text, _NAMING):
        yield from (_whole(text, (match.start(), _named_end(match))) for match in _NAMED.finditer(lowered))
    for match in begun(_UNIT_ALONE, lowered, stems=_UNITS_ALONE):
        yield _whole(text, match.span())
    if " floor" in lowered:
        yield from (_whole(text, match.span()) for match in _FLOOR.finditer(lowered))


def _named_end(match: re.Match[str]) -> int:
    """Without the words at the end that go on with the sentence: `763 Rua Augusta it is`."""
    words = match[0].split(" ")
    while words[-1] in NOT_NAMES:
        words.pop()
    return match.start() + len(" ".join(words))


def _street_end(text: str, match: re.Match[str]) -> int:
    """Where the street ends that begins with a number; 0 when the words behind it are none.

    A word that is also something else needs names with capitals before it (`12 Long Way`), or the end (`64 hill st`).
    """
    place = match.start("words")
    names: list[str] = []
    for word in match["words"].split(" "):
        bare = word.rstrip(".,'’-")
        if names and (bare in SURE or (bare in DOUBTED and _is_written(text, place, names=names))):
            end = place + len(bare)
            side = _SIDE.match(text, end)
            return side.end() if side else end
        if bare in NOT_NAMES or (word != bare and not (len(bare) <= SHORT or word[-1] == "’")):
            return 0
        names.append(bare)
        place += len(word) + 1
        if len(names) > MOST_NAMES:
            return 0
    return 0


def _whole(text: str, place: Place) -> Span:
    flat = _FLAT_FIRST.search(text[max(0, place[0] - 20) : place[0]])
    start = place[0] - len(flat[0]) if flat else place[0]
    return Span(start=start, end=with_tail(text, place[1]), label="ADDRESS")


def _is_written(text: str, place: int, *, names: list[str]) -> bool:
    """Whether the doubtful `Park Place` at a place is written as a name, or ends the line: `64 hill st`."""
    begin = place - sum(len(name) + 1 for name in names)
    words = [word for word in text[begin:place].split() if word[0].isalpha()]
    if words and text[place].isupper() and all(word[0].isupper() for word in words):
        return True
    return bool(words) and _ENDING.match(text, place) is not None


def find_european(text: str) -> Iterator[Span]:
    """The kind of street is the end of the word or stands around the name: `Hauptstraße 5`, `rue de la Paix 12`."""
    lowered = lower(text)
    for match in _NUMBER.finditer(lowered):
        first = max(0, match.start() - 64)
        head = lowered[first : match.start()]
        words = head[max(head.rfind("\0"), head.rfind("\n")) + 1 :].split()[-6:]
        if words and (size := _street_words(words)):
            start = _back(lowered, match.start(), words=size)
            if text[start].isupper() or words[-size] in LOWER_TOO:
                number = _NUMBER_FIRST.search(text[max(0, start - 8) : start])
                start -= len(number[0]) if number else 0
                yield Span(start=start, end=with_tail(text, match.end()), label="ADDRESS")


def find_corner(text: str) -> Iterator[Span]:
    """`the corner of 5 Oak Street and Mill Road`."""
    for match in begun(_CORNER, text, stems=("the corner", "The corner", "corner", "Corner")):
        yield Span(start=match.start(), end=match.end(), label="ADDRESS")


def _street_words(words: list[str]) -> int:
    """How many of the last words before a house number are a street; 0 when none are."""
    last = words[-1].rstrip(",")
    if not last.endswith(ENDINGS) and last not in BEHIND and last[-1:] != "." and BEFORE.isdisjoint(words):
        return 0
    if last in ("no.", "nr.", "№") and len(words) > 1:
        return 1 + rest if (rest := _street_words(words[:-1])) else 0
    if last in BEHIND or (last in ENDINGS and len(words) > 1):
        return min(len(words), 2)
    if len(last) > 4 and last.endswith(ENDINGS) and not names_no_street(last):
        return 1
    size = next((size for size in range(2, len(words) + 1) if words[-size] in BEFORE), 0)
    return 0 if _BROKEN.search(" ".join(words[-size:-1])) or words[-1][-1:] in '";:!?' else size


def _back(text: str, place: int, *, words: int) -> int:
    """Where so many words before a place begin."""
    for _ in range(words):
        while text[place - 1].isspace():
            place -= 1
        while place and not text[place - 1].isspace() and text[place - 1] != "\0":
            place -= 1
    return place + (text[place] in "(\"'“*")


def find_delivered(text: str) -> Iterator[Span]:
    """`delivery was to Abay 12`: the cue makes it sure."""
    for match in begun(_DELIVERY, lower(text), stems=_CUES):
        if not names_no_street(match["street"]):
            yield Span(start=match.start("id"), end=with_tail(text, match.end("id")), label="ADDRESS")


def find_stated(text: str) -> Iterator[Span]:
    """`my new address is …`: to the end of the sentence, where it holds a number."""
    for match in begun(_STATED, lower(text), stems=("address",)):
        if _TELLING.search(match["id"]) and not _ORDER.search(match["id"]):
            end = match.start("id") + len(match["id"].rstrip(" ,."))
            yield Span(start=match.start("id"), end=end, label="ADDRESS")


_CUES = (
    *(
        "deliver",
        "sent",
        "ship",
        "brought",
        "send",
        "move",
        "i live",
        "i am",
        "i stay",
        "i reside",
        "we live",
        "we stay",
    ),
    *("my ", "our ", "the ", "his ", "her ", "pick"),
)
DETECTOR = Detector(
    find,
    digits=1,
    yields=True,
    stems=(*SURE, *DOUBTED, *(name.strip() for name in _NAMING), "apt", "apartment", "suite", "flat", "box", "floor"),
)
CORNER = Detector(find_corner, yields=True, stems=("corner",))
EUROPEAN = Detector(find_european, digits=1, yields=True)
DELIVERY = Detector(
    find_delivered,
    digits=1,
    yields=True,
    stems=(
        *("deliver", "sent", "send", "ship", "brought", "move", "live", "living", "stay", "reside"),
        *("home", "house", "place", "flat", "apartment", "pick"),
    ),
)
STATED = Detector(find_stated, digits=1, yields=True, stems=("address",))
