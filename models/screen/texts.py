"""The texts of this folder, as they are and as somebody would hide or garble them."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
# Texts by people who had seen neither phrases nor training text: one half teaches, the other half is only measured.
TAUGHT, HELD = HERE / "labelled" / "taught", HERE / "labelled" / "heldout"
NOTHING = "nothing"
DANGERS = ("distress", "threat", "legal")
_LEET = str.maketrans({"i": "1", "e": "3", "a": "@", "o": "0", "s": "$", "о": "0", "а": "@", "з": "3", "ч": "4"})
_ALIKE = str.maketrans(dict(zip("aeopcxyіаеорсух", "аеорсхуiaeopcyx", strict=True)) | {"i": "і"})
_CHOICE = re.compile(r"\{([^{}]*)\}")
_NAMED = re.compile(r"@(\w+)")
_VOWELS = "aeiouаеиоуыэюяәөұүі"
_AROUND = {
    "en": (
        "Hello, my order is late.",
        "I wrote to your bot yesterday and it sent me a link.",
        "Please answer soon, thanks.",
    ),
    "ru": (
        "Здравствуйте, заказ опаздывает.",
        "Вчера писал вашему боту, он прислал ссылку.",
        "Ответьте скорее, спасибо.",
    ),
    "kk": (
        "Сәлеметсіз бе, тапсырысым кешігіп жатыр.",
        "Кеше ботқа жаздым, сілтеме жіберді.",
        "Тезірек жауап беріңізші, рақмет.",
    ),
}


class Text(NamedTuple):
    """A text, its language, and which danger it holds (`nothing`: none)."""

    text: str
    language: str
    danger: str


def read(folder: Path = HERE) -> list[Text]:
    """Every text of a folder; `# en` begins a language."""
    found = []
    for danger in (*DANGERS, NOTHING):
        language = ""
        for line in (folder / f"{danger}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                language = line[2:]
            elif line:
                found.append(Text(line, language, danger))
    return found


def half(text: str) -> Path:
    """Which half of the labelled set a text belongs to, by its digest: a set that grows moves none."""
    return HELD if int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 else TAUGHT


def patterned(each: int, folder: Path = HERE / "patterns") -> list[Text]:
    """Texts that are put together: each pattern of the folder is told up to `each` times."""
    return [
        Text(text, language, danger)
        for danger in (*DANGERS, NOTHING)
        for text, language in _told(folder / f"{danger}.txt", each)
    ]


def talk(each: int, folder: Path = HERE) -> list[str]:
    """Ordinary support talk of our own, told in the same way."""
    return sorted({text for text, _ in _told(folder / "talk.txt", each)})


def _told(path: Path, each: int) -> Iterator[tuple[str, str]]:
    """`{a|b}` is either, and `@name = a|b` before a pattern says what `@name` in it stands for; `# en` begins anew."""
    language, named = "", dict[str, str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            language, named = line[2:], {}
        elif line.startswith("@"):
            name, _, choices = line[1:].partition(" = ")
            named[name] = choices
        elif line:
            chance = random.Random(line)
            told = {_chosen(line, named, chance=chance) for _ in range(each)}
            yield from ((text, language) for text in sorted(told))


def _chosen(pattern: str, named: dict[str, str], *, chance: random.Random) -> str:
    """A choice may stand within another, so the innermost is made first."""
    while _CHOICE.search(pattern):
        pattern = _CHOICE.sub(lambda match: chance.choice(match[1].split("|")), pattern)
    return _NAMED.sub(lambda match: chance.choice(named[match[1]].split("|")), pattern)


def garbled(text: str, chance: random.Random) -> str:
    """A slip of the hand or two: a letter lost, doubled or swapped with the next."""
    signs = list(text)
    for _ in range(1 + len(signs) // 40):
        place = chance.randrange(len(signs) - 1)
        kind = chance.randrange(3)
        if kind == 0:
            del signs[place]
        elif kind == 1:
            signs.insert(place, signs[place])
        else:
            signs[place], signs[place + 1] = signs[place + 1], signs[place]
    return "".join(signs)


def hidden(text: str, language: str) -> Iterator[tuple[str, str]]:
    """A text as somebody would write it past a filter, or as it comes in life; each with the name of the way."""
    yield "capitals", text.upper()
    yield "letters apart", "   ".join(" ".join(word) for word in text.split())
    yield "dots between", text.replace(" ", ".")
    yield "signs for letters", text.translate(_LEET)
    yield "other alphabet", text.translate(_ALIKE)
    yield "invisible signs", "\u200b".join(text)
    yield "soft hyphens", "\u00ad".join(text)
    yield "letters held", "".join(sign * 4 if sign in _VOWELS else sign for sign in text)
    yield "wide letters", "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    before, after, last = _AROUND[language]
    yield "in a long ticket", f"{before} {after}\n\n{text}\n\n{last}"
    yield "in one line", f"{before[:-1].lower()} {text} {last[:-1].lower()}"
    if language == "kk":
        yield "Russian letters", text.translate(str.maketrans("әғқңөұүһі", "агкноуухи"))
