"""A text as screening reads it: one way to write a word, however somebody has hidden or misspelled it.

Small letters, no accents, no invisible signs; letters of another alphabet that look the same, digits that stand for
letters and letters written apart are put right; Kazakh letters become the Russian ones that people type instead;
doubled letters become one. Only for looking: the places of the original are lost.
"""

import re
import unicodedata
from functools import partial

LONGEST = 200_000

_LATIN_OF = dict(zip("аеорсухкмтвніѕјԁһԛԝ", "aeopcyxkmtbhisjdhqw", strict=True))
_CYRILLIC_OF = dict(zip("aeopcyxkmtbhiunr", "аеорсухкмтвніипг", strict=True))
_GREEK = dict(zip("αβεικνορτυχωςση", "abeikvoptyxwssn", strict=True))
_KAZAKH = str.maketrans(dict(zip("әғқңөұүһі", "агкноуухи", strict=True)))
_PLAIN = str.maketrans(_GREEK | {"ё": "е", "ı": "i", "ł": "l", "ø": "o"} | dict.fromkeys("'’ʼ‘`´′ˈ", ""))
_LATIN_LEET = dict(zip("013457@$!€", "oieastasie", strict=True))
_CYRILLIC_LEET = dict(zip("0134@", "оизча", strict=True))
_RARE = "ѕјԁԛԝ"

_LETTER = r"[^\W\d_]"
_APARTS = r"[\s._*\-–—·•|/,]"
_COMPOSED = str.maketrans("йЙёЁ", "иИеЕ")
_ACCENT = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_TALL_I = re.compile(r"(?<=[a-z])I+(?=[a-z]|\b)")
# A search for this is quick; the whole word is looked for only then.
_MEET = re.compile(rf"[a-z][\u0400-\u052f]|[\u0400-\u052f][a-z]|[{_RARE}]")
_MIXED = re.compile(rf"\w*(?:[a-z][\u0400-\u052f]|[\u0400-\u052f][a-z])\w*|\w*[{_RARE}]\w*")
_APART = re.compile(
    rf"(?<!\w)(?:(?:[a-z0-9]{_APARTS}{{1,3}}){{2,}}[a-z0-9]|(?:{_LETTER}{_APARTS}{{1,3}}){{3,}}{_LETTER})(?!\w)"
)
_BETWEEN = re.compile(rf"{_APARTS}+")
_SIGN = re.compile(r"[0134578@$!€]")
_LEET = re.compile(
    rf"(?<={_LETTER})[0-9@$!€]+(?={_LETTER})|(?<![\w@$])[0-9@$]{{1,2}}(?={_LETTER}[\w@$])|(?<={_LETTER})[013457@$]{{1,3}}(?!\w)"
)
_INSIDE = re.compile(rf"(?<={_LETTER})[._*~+=|/\\\-–—·•]+(?={_LETTER})|\.{{2,}}|…|_")
_TWICE = re.compile(rf"({_LETTER})\1+")


def fold(text: str) -> str:
    """The text as it is looked at."""
    text = text[:LONGEST]
    if not text.isascii():
        text = _plain_letters(text)
    text = _TALL_I.sub(lambda match: "l" * len(match[0]), text).lower().translate(_PLAIN)
    if not text.isascii():
        if _MEET.search(text):
            text = _MIXED.sub(partial(_one_alphabet, cyrillic=_is_cyrillic(text)), text)
        text = text.translate(_KAZAKH)
    text = _APART.sub(_together, text)
    if _SIGN.search(text):
        text = _LEET.sub(_letters, text)
    return _TWICE.sub(r"\1", _INSIDE.sub(" ", text))


def _plain_letters(text: str) -> str:
    """Compatible forms (bold, full width, circled) as plain letters; accents and invisible signs gone."""
    text = _INVISIBLE.sub("", text).translate(_COMPOSED)
    if unicodedata.is_normalized("NFKD", text) and not _ACCENT.search(text):
        return text
    text = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in text if not unicodedata.combining(sign))


def _is_cyrillic(text: str) -> bool:
    """Whether most letters that tell an alphabet are Cyrillic."""
    letters = [sign for sign in text if sign.isalpha() and sign not in _CYRILLIC_OF and sign not in _LATIN_OF]
    return 2 * sum(sign >= "\u0400" for sign in letters) > len(letters)


def _one_alphabet(match: re.Match[str], *, cyrillic: bool) -> str:
    """A word of two alphabets in the one that it has letters of its own from; the text's where it has none."""
    word = match[0]
    latin = sum("a" <= sign <= "z" and sign not in _CYRILLIC_OF for sign in word)
    own = sum("\u0400" <= sign <= "\u052f" and sign not in _LATIN_OF for sign in word)
    table = _CYRILLIC_OF if own > latin or (own == latin and cyrillic) else _LATIN_OF
    return "".join(table.get(sign, sign) for sign in word)


def _together(match: re.Match[str]) -> str:
    """`k i l l` is a word; a wider gap parts two."""
    return _BETWEEN.sub(lambda gap: " " if len(gap[0]) > 1 and gap[0].isspace() else "", match[0])


def _letters(match: re.Match[str]) -> str:
    """Signs inside a word as the letters they stand for, by the alphabet around them."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    cyrillic = max(before, after) >= "\u0400"
    made, last = before, ""
    for sign in match[0]:
        if cyrillic:
            made += _CYRILLIC_LEET.get(sign, sign)
        else:
            # After an i, or another that was read so, the sign 1 is an l: `ki11`, `k111`; `l1ve` is live.
            tall = sign in "1!" and (made[-1:] == "i" or (last in {"1", "!"} and made[-1:] == "l"))
            made += "l" if tall else _LATIN_LEET.get(sign, sign)
        last = sign
    return made[len(before) :]
