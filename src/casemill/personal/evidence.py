"""Whether to believe the tagger that words are somebody's name: what lists, letters and the text say of them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.inflection import is_cyrillic, plain
from casemill.personal.page import Page
from casemill.personal.people import WORD
from casemill.personal.towns import is_town
from casemill.personal.veil import NOTHING
from casemill.personal.words import PARTICLES, listed

# The flags of the tagger's lists.
_PEOPLE, _PLACE, _COMMON = 3, 4, 8
# Words in small letters, or first in a sentence, of which the tagger is less sure than this are nobody's name.
DOUBTED = 0.5
DOUBTED_COMMON = 0.3
SURE = 0.1
# An answer of hardly more than a name says it as well as it can: `name dheepa`.
ANSWER = 0.9
_BESIDE = 2
_ANSWER = 60
_FUNCTION = listed("an any as at be by can do go he if in is it me my no of on or so to up us we what who why how")
_SURNAME = re.compile(
    r".{2,}(?:[aeiy]?[eo]v[a]?|sk(?:y|iy|i|aya|aia)|enko|shvili|bayeva?|uly|kyzy|ович|евич|овна|евна|[оеё]ва?|ск(?:ий|ая)"
    r"|[оеё]в(?:ой|ым|у)|ск(?:ого|ому|им|ой)|енко|баев\w{0,2}|швили|ұлы|қызы|улы|кызы)"
)
# Ends of Russian and Kazakh verbs and of words that say how somebody is.
_VERB = re.compile(
    r"[а-яёәғқңөұүһі]{2,}(?:[дт][іы]|[іы]п|уде|уда|[еёиюуя]т|[аеиу]ла?|л[ао]сь|лся|[еи]тся|ться|ая|ий|ый|ьна|ен|лы|лі)"
)
_PARTICLES_BEHIND = listed("де да ма ме ба бе па пе ғой ғо ше же бы ли не то")
_PARTICLES_BEFORE = PARTICLES | listed("ибн бин бен аль эль аз ас ад абу де ди да ла ле дер ван фон тер оглы")
_HOUSES = listed(
    "hotel inn resort motel hostel hospital clinic university college airport restaurant cafe museum stadium"
)
_PLACE_BEHIND = re.compile(
    r" (?:Hotel|Inn|Resort|Motel|Hostel|Hospital|Clinic|University|College|Airport|Restaurant|Cafe|Museum)(?!\w)"
    r"| \([A-Z]{3}\)"
)
_SENTENCE = re.compile(r"(?:^|[\n.!?:>*•\"“«(]|[^\w\s,;'’\0-])\s*$")
_SMALL_NEXT = re.compile(r"[ ]+[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"[0-9]{3}")
_SHORTEST = 4
_MADE = (("un", ""), ("re", ""), ("dis", ""), ("", "er"), ("", "ers"), ("", "ful"), ("", "ness"), ("", "less"))


def is_nobody(page: Page, words: Sequence[re.Match[str]], *, doubt: float) -> bool:
    """Whether words that the tagger took for a name are rather words like others, places or things."""
    lows = [plain(word[0]) for word in words if len(word[0]) > 1 and word[0] not in PARTICLES]
    if not lows or is_town(" ".join(lows)) or _names_place(page.work, words):
        return True
    if all(is_plain_word(low) or is_town(low) for low in lows):
        return doubt > SURE or len(lows) > 1 or not _is_called_so(page, words[0])
    if any(is_plainly_a_name(low) for low in lows):
        return False
    if all(word[0].islower() or word[0] == "I" for word in words):
        return _is_small_word(page, words, doubt=doubt)
    return len(words) == 1 and _begins_sentence(page.work, words[0], doubt=doubt)


def bare_row(words: Sequence[re.Match[str]]) -> Sequence[re.Match[str]]:
    """Words that the tagger took for a name without what goes on behind it or leads to it: `Анна Каримова пишет`,
    `айгүл ренжіді`, `в пн Анна`."""
    first, last = 0, len(words)
    capitals = sum(word[0][0].isupper() for word in words)
    while last - first > 1 and _goes_on_behind(words[last - 1][0], capitals=capitals):
        last -= 1
    while last - first > 1 and capitals and _leads_to(words[first][0]):
        first += 1
    return words[first:last]


def _leads_to(word: str) -> bool:
    """Whether a word in small letters stands before a name and is none of it; `ибн Сина` is."""
    return word.islower() and len(word) >= _BESIDE and word not in _PARTICLES_BEFORE and is_plain_word(plain(word))


@lru_cache(maxsize=8192)
def _goes_on_behind(word: str, *, capitals: int) -> bool:
    """Whether a word in small letters stands behind a name and is none of it; it may be one where all are small."""
    low = plain(word)
    if not word.islower() or len(word) < _BESIDE or word in PARTICLES:
        return False
    if not is_cyrillic(low):
        return is_everyday(low) and not is_name_too(low)
    if low in _PARTICLES_BEHIND or (capitals > 1 and not _SURNAME.fullmatch(low)):
        return True
    if is_name_too(low) or is_plainly_a_name(low):
        return False
    return bool(capitals) or is_plain_word(low) or (not _flags(low) & ~_COMMON and _VERB.fullmatch(low) is not None)


def _names_place(text: str, words: Sequence[re.Match[str]]) -> bool:
    """`Hyatt Hotel`, `Old Town Inn`, `Dallas (DFW)`."""
    return plain(words[-1][0]) in _HOUSES or _PLACE_BEHIND.match(text, words[-1].end()) is not None


def _is_called_so(page: Page, word: re.Match[str]) -> bool:
    """`I miss Buddy`: a word of the dictionary, not of every day, with a capital inside a sentence."""
    low = plain(word[0])
    return word[0].istitle() and not (is_everyday(low) or is_town(low)) and not _is_first(page.work, word)


def _is_small_word(page: Page, words: Sequence[re.Match[str]], *, doubt: float) -> bool:
    """In small letters: in a text that has capitals the name is to be said with one, too."""
    if words[0][0] == "I" or _NUMBER.search(page.work, words[0].start(), words[-1].end()):
        return True
    common = any(_flags(plain(word[0])) & _COMMON for word in words)
    if capitals := _capitals(page.work):
        said = any(plain(word[0]) in capitals for word in words if len(word[0]) > 2)
        return not said and (doubt > SURE or not common)
    size, count = _size_of(page.work)
    beside = count - len(words)
    if size < _ANSWER and beside <= _BESIDE:
        return beside > 0 and doubt > ANSWER
    return doubt > (DOUBTED_COMMON if common else DOUBTED)


def _begins_sentence(text: str, word: re.Match[str], *, doubt: float) -> bool:
    """`Unplug it`, `Fwd: …`: a word that is in no list, and the capital is the sentence's."""
    if doubt <= SURE or not _is_first(text, word):
        return False
    low = plain(word[0])
    if low in _FUNCTION:
        return True
    following = _SMALL_NEXT.match(text, word.end())
    goes_on = following is not None and following[0][-1].islower()
    return doubt > DOUBTED and not _flags(low) and (goes_on or text[word.end() : word.end() + 1] == ":")


def _is_first(text: str, word: re.Match[str]) -> bool:
    return _SENTENCE.search(text, max(0, word.start() - 20), word.start()) is not None


@lru_cache(maxsize=4)
def _capitals(text: str) -> frozenset[str]:
    """The words of a text that begin with a capital, as `plain` gives them."""
    return frozenset(plain(word) for word in WORD.findall(text) if word[0].isupper())


@lru_cache(maxsize=4)
def _size_of(text: str) -> tuple[int, int]:
    """Letters and words of a text, up to so many; what is covered does not count, however long its placeholder is."""
    size = len(text) - text.count(NOTHING)
    return size, len(_WORD.findall(text)) if size < _ANSWER else 0


@lru_cache(maxsize=8192)
def is_plainly_a_name(low: str) -> bool:
    """Whether it is a name and no common word, or made as surnames are."""
    flags = _flags(low)
    if flags & _PEOPLE:
        return not flags & _COMMON
    return not flags and _SURNAME.fullmatch(low) is not None


@lru_cache(maxsize=8192)
def is_plain_word(low: str) -> bool:
    """Whether it is a word like others, or made of one, and nobody's name."""
    if is_name_too(low):
        return False
    if is_everyday(low):
        return True
    flags = _flags(low)
    if flags:
        return bool(flags & _COMMON) and not flags & _PEOPLE
    return any(_flags(stem) & _COMMON for stem in _stems(low))


def is_in_no_list(low: str) -> bool:
    """Whether no list has it, nor what it may be made of."""
    return not (is_everyday(low) or is_name_too(low) or _flags(low) or any(map(_flags, _stems(low))))


def is_place_alone(low: str) -> bool:
    """Whether it is the name of a place and of nobody."""
    return is_town(low) or _flags(low) & ~_COMMON == _PLACE


def _stems(low: str) -> Iterator[str]:
    """What it may be made of: `helpful` of `unhelpful`."""
    for before, after in _MADE:
        if low.startswith(before) and low.endswith(after):
            stem = low.removeprefix(before).removesuffix(after)
            if len(stem) >= _SHORTEST:
                yield stem


@lru_cache(maxsize=16384)
def _flags(low: str) -> int:
    """The flags of a word as `plain` gives it; 0 when it is in no list."""
    from casemill.personal.tagger.properties import flags_of, folded
    from casemill.personal.tagger.weights import shipped

    lists = shipped("cyrillic" if is_cyrillic(low) else "latin").lists
    return int(flags_of([folded(low)], lists)[0])
