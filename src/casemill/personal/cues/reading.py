"""A name where a cue says that one follows: which words belong to it, and what is plainly no name."""

import re

from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.inflection import plain
from casemill.personal.veil import Place
from casemill.personal.words import GOES_ON, NOT_PEOPLE, PARTICLES, TITLES, WEEKDAYS, listed

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w@])")
_INITIAL = re.compile(r"[^\W\d_](?:\.(?:[ ]?[^\W\d_]\.)?|(?![\w.'’]))")
_TITLE = re.compile(r"(?:Miss|(?i:mr|mrs|ms|mx|dr|prof|sir|madam|г-жа|г-н|гжа|госпожа|господин|мырза|ханым))\.?[ ]")
_CONTRACTED = re.compile(r"(?:['’](?:m|ll|ve|re|d)|n['’]t)$")
_CRIES = listed(
    "goodbye goodnight goodday uh um uhm hmm hm haha lol yay wow ugh thankyou thanx oops yikes okey amen hooray voila "
    "ура ого упс блин ага угу"
)
_NEVER = listed("hi hello hey hiya dear ok me we us if in is it of on or so to up as at")
_GAP = re.compile(r"[ \u00a0]{1,2}")
_NO_NAME = re.compile(
    r".{2,}(?:ing|tion|able|ible|ful|less|ous|ive|ment|ness|ward|льно|енно|ому|ого|ешь|ется|ются|ился|лась|лось|лись)"
)
_PAST = re.compile(r".{3,}(?:[^aeiouym]ed|[bcdgklmnprstvz]{2}ed|ied|ked|ted|sed|ced|ged|ped|red|led|ned)")
_NAMES_SO = listed(
    "ahmed mohammed mohamed muhammed fred ted jared alfred wilfred javed khaled sterling irving reed jed ned"
)
_SURNAME = re.compile(
    r".{2,}(?:ов|ова|ев|ева|ёв|ёва|ин|ина|ский|ская|цкий|цкая|ко|ук|юк|ян|дзе|швили|ұлы|қызы|улы|кызы|баев"
    r"|баева|ович|евич|овна|евна"
    r"|ич|ых|их|оглы|бай|бек|хан|жан|гуль|гүл)"
)
# People say that they are these as they say their name.
_PEOPLES = listed(
    "american british english russian kazakh german french italian spanish chinese japanese korean indian canadian "
    "australian turkish ukrainian polish dutch swedish danish norwegian finnish irish scottish welsh greek czech "
    "mexican brazilian muslim christian jewish european asian african arab uzbek kyrgyz tatar gold silver platinum vip "
    "premium pro plus prime elite catholic hispanic latino black white disabled pregnant diabetic"
)
MOST = 4


def name_at(text: str, at: int, *, lower: bool = False, shown: bool = True) -> Place | None:
    """The place of the name that begins there, its title outside; None where no name does.

    `lower`: the cue is so sure that a name in small letters is believed. `shown`: several words may be the name.
    """
    title = _TITLE.match(text, at)
    at = title.end() if title else at
    word = _WORD.match(text, at)
    if word is None or not _begins(word, lower=lower or title is not None):
        return None
    end, words = _end_of(word), 1
    while shown and words < MOST and (following := _following(text, end, small=word[0].islower())):
        end, words = following, words + 1
    return at, end


def is_name(text: str) -> bool:
    """Whether the whole text is a name in capitals, as a line of a signature or a speaker in a transcript."""
    place = name_at(text, 0)
    return place is not None and place == (0, len(text))


def is_people(word: str) -> bool:
    """Whether it says what somebody is and not who: `I am Russian`, `I am VIP`."""
    return plain(word) in _PEOPLES


def _begins(word: re.Match[str], *, lower: bool) -> bool:
    low = plain(re.sub(r"['’]s$", "", word[0]))
    if _CONTRACTED.search(low) or low in _CRIES or low in _NEVER:
        return False
    if low in NOT_PEOPLE or low in WEEKDAYS or low in TITLES or len(low) < 2:
        return False
    if word[0][0].isupper():
        return not is_everyday(low) or is_name_too(low)
    if is_everyday(low):
        return (
            lower
            and len(low) > 2
            and low not in GOES_ON
            and is_name_too(low)
            and not word.string[word.end() : word.end() + 2].strip(" .,!\n")
        )
    return lower and not _is_no_name(low)


def _is_no_name(low: str) -> bool:
    return low not in _NAMES_SO and (_NO_NAME.fullmatch(low) is not None or _PAST.fullmatch(low) is not None)


def _end_of(word: re.Match[str]) -> int:
    """Without the ending of a possessive."""
    return word.end() - (2 if word[0][-2:] in ("'s", "’s") else 0)


def _following(text: str, end: int, *, small: bool) -> int:
    """Where the name goes on to; 0 when it ends here."""
    gap = _GAP.match(text, end)
    if gap is None:
        return 0
    initial = _INITIAL.match(text, gap.end())
    if initial and small and not text[initial.end() : initial.end() + 1].strip(" .,!\n"):
        return initial.end()
    if initial and text[gap.end()].isupper() and initial[0] not in ("I", "Я", "А", "И", "В", "К", "С", "У", "О", "A"):
        return initial.end()
    word = _WORD.match(text, gap.end())
    if word is None:
        return 0
    low = plain(word[0])
    if low in PARTICLES and len(low) > 1 and (rest := _following(text, word.end(), small=small)):
        return rest
    if low in NOT_PEOPLE or low in WEEKDAYS or _CONTRACTED.search(low):
        return 0
    if word[0][0].isupper():
        return _end_of(word) if not is_everyday(low) or is_name_too(low) else 0
    return _end_of(word) if small and _is_surname(text, word) else 0


def _is_surname(text: str, word: re.Match[str]) -> bool:
    """In small letters: no everyday word, written as a surname, or the last before a stop or an everyday word."""
    low = plain(word[0])
    if is_everyday(low) or _is_no_name(low) or len(low) < 3:
        return False
    if low[0] > "\u0400":
        return _SURNAME.fullmatch(low) is not None
    gap = _GAP.match(text, word.end())
    if gap is None:
        return not text[word.end() : word.end() + 1].isalnum()
    after = _WORD.match(text, gap.end())
    return after is None or is_everyday(plain(after[0]))
