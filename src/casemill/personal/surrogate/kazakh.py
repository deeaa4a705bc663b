"""Kazakh endings: the one that fits a name, what a word has for one, and Kazakh names in Russian letters."""

import re
from typing import NamedTuple

from casemill.personal.words import listed

LETTERS = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
# The endings of a case, hard and soft by turns; which pair follows a vowel, a nasal, another voiced sound, a voiceless
# one; which pair follows з and ж, where it is another.
_ROWS = (
    ("ның нің дың дің тың тің", (0, 0, 1, 2), 1),
    ("ға ге қа ке", (0, 0, 0, 1), 0),
    ("ны ні ды ді ты ті", (0, 1, 1, 2), 1),
    ("да де та те", (0, 0, 0, 1), 0),
    ("дан ден тан тен нан нен", (0, 2, 0, 1), 0),
    ("мен мен пен пен бен бен", (0, 0, 0, 1), 2),
    ("нікі нікі дікі дікі тікі тікі", (0, 1, 1, 2), 1),
    ("мын мін бын бін пын пін", (0, 0, 0, 2), 1),
)
_SUFFIXES = tuple((endings.split(), pairs, buzzed) for endings, pairs, buzzed in _ROWS)
ENDINGS = frozenset(ending for endings, _, _ in _SUFFIXES for ending in endings)
# No name ends so by itself, or hardly one: Дәуреннің, Айгүлге.
_TELLING = listed(
    "ның нің дың дің тың тің ға ге қа ке ні ді ті ден тен нен пен бен нікі дікі тікі мын мін пын пін бын бін"
)
_HARD, _SOFT = "аоұыяё", "әеөүіэ"
_LEAST = 3
_IN_RUSSIAN = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


class Ended(NamedTuple):
    """A name, and the ending that a word has over it; `telling` when hardly a name ends so."""

    base: str
    ending: str
    telling: bool


def ended(word: str) -> tuple[Ended, ...]:
    """What a word in `plain` spelling may be: a name with an ending that fits its last vowel and its last sound."""
    cuts = [(word[:-size], word[-size:]) for size in (2, 3, 4) if len(word) - size >= _LEAST]
    return tuple(
        Ended(base, ending, ending in _TELLING) for base, ending in cuts if ending in ENDINGS and _fits(base, ending)
    )


def _fits(base: str, ending: str) -> bool:
    """Whether the ending is the one for the name; in a longer name many write a hard one for a soft one."""
    right = with_suffix(base, ending)[len(base) :]
    if right == ending:
        return True
    endings = next(endings for endings, _, _ in _SUFFIXES if ending in endings)
    return len(base) > _LEAST + 1 and ending in _TELLING and endings.index(ending) // 2 == endings.index(right) // 2


def with_suffix(name: str, suffix: str) -> str:
    """The name with the ending of the same case that fits its last vowel and its last sound."""
    endings, pairs, buzzed = next(row for row in _SUFFIXES if suffix in row[0])
    low = name.lower()
    sound = 0 if low[-1] in "аәоөұүыіеэяёюи" else 1 if low[-1] in "мнң" else 2 if low[-1] in "зжлрйу" else 3
    pair = buzzed if low[-1] in "зж" else pairs[sound]
    return name + endings[2 * pair + _is_soft(low)]


def _is_soft(low: str) -> bool:
    """By the last vowel that is hard or soft; и, у and ю are what the vowel before them is, и alone is soft."""
    if low.endswith("аев"):
        return False
    telling = next((sign for sign in reversed(low) if sign in _HARD + _SOFT), "")
    return telling in _SOFT if telling else "и" in low


def in_russian(name: str) -> str:
    """As a text without Kazakh letters writes it: Канат, Гулдана."""
    return name.translate(_IN_RUSSIAN)
