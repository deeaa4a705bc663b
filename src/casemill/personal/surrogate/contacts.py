"""E-mail addresses, user names and links, built from the surrogates of the people they name."""

import re
from collections.abc import Callable, Sequence

from casemill.personal.inflection import plain
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.grammar import cased_as, latin
from casemill.personal.surrogate.lists import FIRMS, LATIN
from casemill.personal.surrogate.numbers import reshaped
from casemill.personal.surrogate.person import Person
from casemill.personal.words import listed

_AT = re.compile(r"@|\s?[(\[](?:at|собака)[)\]]\s?|\s(?:at|собака)\s", re.IGNORECASE)
_DOT = re.compile(r"\.|\s?[(\[](?:dot|точка)[)\]]\s?|\s(?:dot|точка)\s", re.IGNORECASE)
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+")
Owner = Callable[[Sequence[str]], Person | None]
_SAID = frozenset({"dot", "точка"})
DOMAINS = ("example.com", "example.org", "example.net", "mailbox.test", "post.test", "letters.test")
_PATHS = listed(
    "http https www user users u profile profiles account accounts order orders track tracking invoice ticket "
    "tickets in me my customer customers case cases id ref token reset verify download html php pdf jpg png index"
)


def email(text: str, draw: Draw, *, owner: Owner) -> str:
    """An address at a domain that nobody owns; spelled out where it was, as `name dot other at example dot com`."""
    at = _AT.search(text)
    if at is None:
        return username(text, draw, owner=owner)
    local, domain = text[: at.start()], text[at.end() :]
    dot = _DOT.search(domain)
    named = draw.one_of("domain", [name for name in DOMAINS if name.split(".")[0] not in domain.lower()])
    if draw.attempt > len(DOMAINS):
        named = f"{draw.one_of('host', FIRMS['latin']).lower()}.test"
    return username(local, draw, owner=owner) + at[0] + named.replace(".", dot[0] if dot else ".")


def username(text: str, draw: Draw, *, owner: Owner) -> str:
    """Each word the counterpart of whose it is, of nobody's a drawn name; digits for digits."""
    words = [word for word in _PIECE.findall(text) if not word.isdecimal() and plain(word) not in _SAID]
    person = owner([word for word in words if len(word) > 1])
    drawn = iter(_drawn(draw, len(words)))

    def change(match: re.Match[str]) -> str:
        word = match[0]
        if word.isdecimal():
            return reshaped(word, draw._replace(attempt=draw.attempt + len(text) - match.end()))
        if plain(word) in _SAID:
            return word
        # Two people whom nothing linked may share an address: each word is then the counterpart of its own owner's.
        whose = person if person is None or len(word) == 1 or person.counterpart(word) else owner([word])
        own = _counterpart(word, whose, spare=next(drawn))
        return cased_as(word, own.capitalize())

    return _PIECE.sub(change, text)


def _drawn(draw: Draw, count: int) -> list[str]:
    given = (*LATIN.women, *LATIN.men)
    first = [draw.one_of(f"word {place}", given if place % 2 == 0 else LATIN.surnames) for place in range(count)]
    return [name.lower() for name in first]


def _counterpart(word: str, person: Person | None, *, spare: str) -> str:
    if person is None:
        return spare[: len(word)] if len(word) < 3 else spare
    if len(word) == 1:
        return latin(person.given()[:1]).lower()
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
