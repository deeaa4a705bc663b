"""E-mail addresses, user names and links, built from the surrogates of the people they name."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from casemill.personal.inflection import is_cyrillic, plain
from casemill.personal.spelling import sound
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.grammar import cased_as, latin
from casemill.personal.surrogate.lists import FIRMS, LATIN, LATIN_IN_CYRILLIC
from casemill.personal.surrogate.numbers import reshaped
from casemill.personal.surrogate.person import Person
from casemill.personal.words import listed

_AT = re.compile(
    r"@|%40|\s*[(\[{<]\s*(?:at|собака|эт)\s*[)\]}>]\s*|\s+(?:at|собака|собачка|эт|ит\s+белгісі)\s+", re.IGNORECASE
)
# What is said for the signs of an address, and the sign of each.
_SIGNS = {
    ".": r"\.|,|\s*[(\[{<]\s*(?:dot|точка)\s*[)\]}>]\s*|\s+(?:dot|точка|нүкте)\s+",
    "_": r"_|\s+(?:underscore|нижнее\s+подч[её]ркивание|подч[её]ркивание|астыңғы\s+сызық(?:ша)?)\s+",
    "-": r"-|\s+(?:dash|hyphen|minus|дефис|тире|минус|сызықша)\s+",
    "+": r"\+|\s+(?:plus|плюс)\s+",
}
_SAID = re.compile("|".join(f"(?:{said})" for said in _SIGNS.values()), re.IGNORECASE)
_DOT = re.compile(_SIGNS["."], re.IGNORECASE)
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+")
Owner = Callable[[Sequence[str]], Person | None]
DOMAINS = ("example.com", "example.org", "example.net", "mailbox.test", "post.test", "letters.test")
_IN_CYRILLIC = {
    "example": "экзампл",
    "mailbox": "мейлбокс",
    "post": "пост",
    "letters": "леттерс",
    "com": "ком",
    "org": "орг",
    "net": "нет",
    "test": "тест",
}
_PATHS = listed(
    "http https www user users u profile profiles account accounts order orders track tracking invoice ticket "
    "tickets in me my customer customers case cases id ref token reset verify download html php pdf jpg png index"
)


class Address(NamedTuple):
    """An e-mail address as it is, however it was written: what stands before the @, and the words behind it."""

    local: str
    domain: tuple[str, ...]

    def sounds(self) -> "Address":
        """In whichever letters."""
        return Address(_PIECE.sub(lambda word: sound(word[0]), self.local), tuple(map(sound, self.domain)))


def address_of(text: str) -> Address | None:
    """None where nothing says `at`."""
    at = _AT.search(text)
    if at is None:
        return None
    domain = _SAID.sub(".", text[at.end() :])
    return Address(_signed(text[: at.start()]), tuple(map(plain, _PIECE.findall(domain))))


def _signed(text: str) -> str:
    for sign, said in _SIGNS.items():
        text = re.sub(said, sign, text, flags=re.IGNORECASE)
    return plain("".join(text.split()))


def email(text: str, draw: Draw, *, owner: Owner) -> str:
    """An address at a domain that nobody owns; spelled out where it was, as `name dot other at example dot com`."""
    at = _AT.search(text)
    if at is None:
        return username(text, draw, owner=owner)
    local, domain = text[: at.start()], text[at.end() :]
    real = [latin(word) for word in _PIECE.findall(plain(_SAID.sub(".", domain)))]
    named = draw.one_of("domain", [name for name in DOMAINS if name.split(".")[0] not in real])
    if draw.attempt > len(DOMAINS):
        named = f"{draw.one_of('host', FIRMS['latin']).lower()}.test"
    return username(local, draw, owner=owner) + at[0] + _domain(named, domain)


def _domain(named: str, real: str) -> str:
    """The words of a domain with the signs of the real one between them, in its letters."""
    words = _PIECE.findall(_DOT.sub(".", real))
    between = _DOT.search(real)
    gap = between[0] if between else " " if len(words) > 1 else None
    labels = named.split(".")
    if any(is_cyrillic(plain(word)) for word in words):
        labels = [_IN_CYRILLIC.get(label, label) for label in labels]
    return labels[0] if gap is None else gap.join(labels)


def username(text: str, draw: Draw, *, owner: Owner) -> str:
    """Each word the counterpart of whose it is, of nobody's a drawn name; digits for digits."""
    kept = [match.span() for match in _SAID.finditer(text)]
    found = [match for match in _PIECE.finditer(text) if not any(a <= match.start() < b for a, b in kept)]
    words = [match[0] for match in found if not match[0].isdecimal()]
    person = owner([word for word in words if len(word) > 1])
    spare = iter(_drawn(draw, words))
    written: list[str] = []
    position = 0
    for place, match in enumerate(found):
        word = match[0]
        if word.isdecimal():
            made = reshaped(word, draw._replace(attempt=draw.attempt + len(found) - 1 - place))
        else:
            # Two people whom nothing linked may share an address: each word is then its own owner's counterpart.
            whose = person if person is None or len(word) == 1 or person.counterpart(word) else owner([word])
            made = cased_as(word, _counterpart(word, whose, spare=next(spare)).capitalize())
        written += (text[position : match.start()], made)
        position = match.end()
    return "".join((*written, text[position:]))


def _drawn(draw: Draw, words: Sequence[str]) -> list[str]:
    """A name for each word, in its letters."""
    drawn: list[str] = []
    for place, word in enumerate(words):
        names = LATIN_IN_CYRILLIC if is_cyrillic(plain(word)) else LATIN
        row = (*names.women, *names.men) if place % 2 == 0 else names.surnames
        drawn.append(draw.one_of(f"word {place}", row).lower())
    return drawn


def _counterpart(word: str, person: Person | None, *, spare: str) -> str:
    if person is None:
        return spare[: len(word)] if len(word) < 3 else spare
    if len(word) == 1:
        role = "surname" if person.begins(word, "surname") and not person.begins(word) else "given"
        name = person.surname if role == "surname" else person.given
        return name(cyrillic=is_cyrillic(plain(word)))[:1].lower()
    return person.counterpart(word) or spare


def url(text: str, draw: Draw, *, owner: Owner) -> str:
    """Another host; of the path those words stay that many sites have."""
    match = re.fullmatch(r"(?P<scheme>[a-z]+://)?(?P<host>[^/?#\s]+)(?P<rest>.*)", text, re.IGNORECASE | re.DOTALL)
    if match is None:
        return reshaped(text, draw)
    host = f"{draw.one_of('host', FIRMS['latin']).lower()}.example.com"
    if match["host"].lower().startswith("www."):
        host = f"www.{host}"

    def change(found: re.Match[str]) -> str:
        word = found[0]
        if word.lower() in _PATHS:
            return word
        place = len(text) - found.end()
        if any(sign.isdecimal() for sign in word):
            return reshaped(word, draw._replace(attempt=draw.attempt + place), keep_words=False)
        return username(word, draw._replace(attempt=draw.attempt + place), owner=owner)

    return (match["scheme"] or "") + host + re.sub(r"[^\W_]+", change, match["rest"])
