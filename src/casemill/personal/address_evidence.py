"""Whether there is enough to believe the tagger that words and numbers are an address."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from casemill.personal.address_words import (
    BEFORE,
    BEHIND,
    DOUBTED,
    ENDINGS,
    IN_PROGRESS,
    KAZAKH,
    NOT_NAMES,
    RUSSIAN,
    SMALL_ABROAD,
    STATES,
    SURE,
    UNIT,
)
from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.evidence import is_place_alone, is_plain_word, is_plainly_a_name
from casemill.personal.inflection import gender, is_cyrillic, plain
from casemill.personal.words import PARTICLES

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOKEN = re.compile(r"[^\s,;:()\0]+")
_FLIGHT = re.compile(r"(?<!\w)(?:[A-Z]{3}[0-9]{2,4}|[A-Z]{2}[0-9]{3,4})(?!\w)")
_STREET = re.compile(rf"(?<![^\W_])(?:{RUSSIAN}|{KAZAKH}|{UNIT}|box|corner)(?![^\W_])", re.IGNORECASE)
_CODE = re.compile(r"(?<![\w-])(?P<state>[a-z]{2}),? [0-9]{5}(?![0-9])", re.IGNORECASE)
_POSTAL = re.compile(r"(?<![\w#-])[0-9]{5,6}(?![\w])")
# A house: up to five digits, a letter, a part; longer numbers are of orders.
_HOUSE = re.compile(r"(?<![\w.,°])[0-9]{1,5}(?:[-/]?[^\W\d_])?(?:[/-][0-9]{1,4})?(?![\w°%$€₸₽]|[.,:][0-9])")
_LONG = re.compile(r"[0-9]{6}")
# `812 chennai 600 112`, `14 eva ville north vermont 74937`: a house first and a postal code last.
_FRAMED = re.compile(r"[0-9]{1,5}[a-z]?(?:[ ,]+[a-z'’.-]+){1,8}[ ,]+[0-9]{3,9}(?: [0-9]{2,3})?")
_GLUED = re.compile(r"(?:street|avenue|boulevard)[^\W\d_]{3}|[^\W\d_]{3}(?:street|avenue|boulevard)")
_COUNTED = re.compile(r"[1-9] [^0-9]+")
_IS_NUMBER = re.compile(r"[\W\d_]*")
# `hfv 766`, `4 gnd 45`: said in pieces it is somebody's code, if no address.
_CODED = re.compile(r"(?=.*[0-9].*[0-9])(?:[a-z]{4,12} )?(?:(?:[a-z]{1,3}|[0-9]{1,5})(?: |$)){2,6}")
_STREETS = SURE | BEFORE | BEHIND
# What stands between the numbers of an address: `Rose Street` of `12 Rose Street, Apt 4`.
_STREET_PART = re.compile(r"(?:[0-9]+[^\W\d_]?[ ,]+)?(?P<street>[^\d,\n]+)")
_TELLING = 8
# A line of so many words, of which fewer than one in so many is ours, is in another language.
_ENOUGH = 3
_OURS = 3
# A word in capitals that is no longer is somebody's code: `XPS`.
_CODE_MOST = 4
# So many words at most are an address behind a cue.
_TOLD_MOST = 4


def tells_place(text: str) -> bool:
    """Whether anything is left of an address without everyday words; a number alone is none."""
    lows = [plain(word) for word in _WORD.findall(_FLIGHT.sub("", text))]
    if any(sign.isdigit() for sign in text):
        return any(len(low) > 1 and not is_everyday(low) for low in lows)
    return any(not (is_everyday(low) or is_name_too(low)) for low in lows) and not text.islower()


class Around(NamedTuple):
    """What stands around words and numbers: `told`, a cue before them; `abroad`, a line in a language that the tagger
    does not read; `first`, at the beginning of a sentence that goes on behind them; `level`, in a line of capitals."""

    told: bool = False
    abroad: bool = False
    first: bool = False
    level: bool = False


_NOTHING = Around()


def is_address(text: str, around: Around = _NOTHING) -> bool:
    """Whether the words and numbers are an address: a kind of street says so, else how they are written and told of."""
    text = _FLIGHT.sub("", text)
    if around.level:
        text = text.lower()
    if names_street(text):
        return True
    words = _WORD.findall(text)
    if any(sign.isdigit() for sign in text):
        return _is_house(text, words, around=around)
    telling = sum(map(_is_telling, words))
    told = telling > (0 if around.told and telling == len(words) else 1)
    return told and not around.abroad and _is_written_as_place(words)


def is_abroad(line: str) -> bool:
    """Whether a line in Latin letters is in a language that the tagger does not read: hardly a word of it is ours."""
    words = [plain(word) for word in _WORD.findall(line)]
    words = [word for word in words if len(word) > 1 and not is_cyrillic(word)]
    known = sum(map(is_plain_word, words))
    return len(words) >= _ENOUGH and (_OURS * known < len(words) or not SMALL_ABROAD.isdisjoint(words))


def names_street(text: str) -> bool:
    """Whether a word of it is a kind of street or a part of a house, or a state stands before its postal code."""
    tokens = [plain(token) for token in _TOKEN.findall(text)]
    if any(token in _STREETS or token.rstrip(".") in _STREETS for token in _on_the_way(tokens)):
        return True
    if any(token.rstrip(".") in DOUBTED for token in _named(tokens)) and not _is_all_plain(tokens):
        return True
    if any(len(token) > 5 and token.endswith(ENDINGS) for token in tokens):
        return True
    if any(match["state"].upper() in STATES for match in _CODE.finditer(text)):
        return True
    return any(pattern.search(text) for pattern in (_STREET, _GLUED))


def _on_the_way(tokens: list[str]) -> Iterator[str]:
    """All but a word that is no street before a number or nothing: `in corso 45`, `en camino`."""
    for token, behind in pairwise([*tokens, ""]):
        if token not in IN_PROGRESS or behind[:1].isalpha():
            yield token


def street_of(text: str) -> str:
    """The street of an address without its numbers, where a word says that it is one: `Abay Avenue`; else nothing."""
    first = _STREET_PART.match(text)
    street = first["street"].strip() if first else ""
    return street if len(street) >= _TELLING and " " in street and names_street(street) else ""


def _named(tokens: list[str]) -> Iterator[str]:
    """Those behind a word that may be a name: `field of view` has none."""
    yield from (
        token for before, token in pairwise(tokens) if not (before in NOT_NAMES or _IS_NUMBER.fullmatch(before))
    )


def _is_all_plain(tokens: list[str]) -> bool:
    return all(is_plain_word(token.strip(".,")) for token in tokens if token[:1].isalpha())


def _is_written_as_place(words: list[str]) -> bool:
    """Without a number: names with capitals, more than a town."""
    lows = [plain(word) for word in words]
    small = sum(word.islower() and word not in PARTICLES for word in words)
    return 2 * small < len(words) and not all(is_place_alone(low) for low in lows)


def _is_proper(low: str) -> bool:
    return is_plainly_a_name(low) or is_place_alone(low) or (is_cyrillic(low) and gender(low) != "")


def _is_house(text: str, words: list[str], *, around: Around) -> bool:
    """With a number and without a kind of street: `Abay 12`, not `3 lemonades`, `order 448812`, `heater H1`."""
    lows = [plain(word) for word in words if len(word) > 1]
    if not (_HOUSE.search(text) or _POSTAL.search(text)) or all(map(is_plain_word, lows)):
        return False
    if not any(word[0].isupper() for word in words):
        return _is_small_house(text, lows, around=around)
    if _LONG.search(text) and not ("," in text or "\n" in text):
        return False
    return (around.told and len(words) <= _TOLD_MOST) or _is_written_as_house(text, words, around=around)


def _is_small_house(text: str, lows: list[str], *, around: Around) -> bool:
    """In small letters: framed by a house and a postal code, in pieces, or a name and a number that are told of."""
    if around.abroad or around.level:
        if not SMALL_ABROAD.isdisjoint(lows) or len(lows) > _TOLD_MOST or _LONG.search(text):
            return False
        return around.told or all(map(_is_proper, lows))
    if _FRAMED.fullmatch(text):
        return True
    if _LONG.search(text) or _COUNTED.fullmatch(text) or not NOT_NAMES.isdisjoint(lows):
        return False
    coded = _CODED.fullmatch(text) is not None and not any(map(is_everyday, lows))
    return coded or around.told or any(map(_is_proper, lows))


def _is_written_as_house(text: str, words: list[str], *, around: Around) -> bool:
    """With the capitals of an address: every word has one, and one at least is no word like others and no code."""
    small = [word for word in words if word.islower() and word not in PARTICLES and len(word) > 1]
    titles = [word for word in words if word[0].isupper() and len(word) > 1]
    telling = list(filter(_is_telling, titles))
    if not telling or (small and around.abroad) or 2 * len(small) >= len(titles):
        return False
    if 2 * len(telling) <= len(titles) and "," not in text and "\n" not in text:
        return False
    if len(telling) == 1 and (around.first or around.abroad) and words[0] == telling[0]:
        return _is_proper(plain(telling[0]))
    return True


def _is_telling(word: str) -> bool:
    """Whether a word with a capital may name a street: no code in capitals and no word like others."""
    return word[0].isupper() and not ((word.isupper() and len(word) <= _CODE_MOST) or is_plain_word(plain(word)))
