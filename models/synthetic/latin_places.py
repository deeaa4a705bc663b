"""Postal addresses of many countries in Latin letters, whole, in pieces, on one line or several; and places."""

from __future__ import annotations

import random
from functools import lru_cache

from faker import Faker
from lists import SCRIPTS, table

from synthetic.forms import NOTHING, Piece
from synthetic.latin_people import LOCALES, coined, pair

WORDS = table("latin")
POOL = 60
GREEK = "αβγδεζηθικλμνξοπρστυφχω"
COUNTRIES = WORDS["countries"]
STATES = WORDS["states"]
SUFFIXES = WORDS["suffixes"]
NATURE = WORDS["nature"]
GLUED = WORDS["glued"]
BEFORE = WORDS["before"]
AFTER = WORDS["after"]
ROOMS = WORDS["rooms"]


@lru_cache(maxsize=128)
def local(locale: str) -> dict[str, tuple[str, ...]]:
    """Whole addresses, streets and towns of a locale, as Faker makes them."""
    faker = Faker(locale)
    faker.seed_instance(20)
    form = SCRIPTS["latin"]
    towns = tuple(sorted({town for town in (faker.city() for _ in range(POOL)) if form.fullmatch(town)}))
    streets = tuple(sorted({street for street in (faker.street_name() for _ in range(POOL)) if form.fullmatch(street)}))
    whole = tuple(address for address in (faker.address() for _ in range(POOL)) if address.isascii() or _latin(address))
    return {"towns": towns or ("Almaty",), "streets": streets or ("Main Street",), "whole": whole or ("1 Main St",)}


def _latin(text: str) -> bool:
    return all(sign < "\u0250" or not sign.isalpha() for sign in text)


def town(chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.1:
        return coined(chance)
    if draw < 0.12:
        return "".join(chance.choice(GREEK) for _ in range(chance.randint(5, 11))).title()
    return chance.choice(local(chance.choice(LOCALES))["towns"])


def place(chance: random.Random) -> Piece:
    """A town or a country on its own."""
    return Piece(town(chance) if chance.random() < 0.6 else chance.choice(COUNTRIES), "PLACE")


def number(chance: random.Random) -> str:
    base = str(chance.randint(1, 10 ** chance.choice((1, 2, 2, 3, 3, 4, 5))))
    draw = chance.random()
    if draw < 0.8:
        return base
    if draw < 0.88:
        return base + chance.choice("abcdABCF")
    return base + chance.choice(("/", "-", "–", " / ")) + str(chance.randint(1, 99))


def street(chance: random.Random) -> str:
    """A street without its number."""
    draw = chance.random()
    given, family = pair(chance)
    name = chance.choice(
        (given, family, family, chance.choice(NATURE), chance.choice(NATURE), f"{given} {family}", coined(chance))
    )
    if draw < 0.30:
        return f"{name} {chance.choice(SUFFIXES)}"
    if draw < 0.40:
        return f"{name} {chance.choice(NATURE)} {chance.choice(SUFFIXES)}"
    if draw < 0.52:
        return name.replace(" ", "-") + chance.choice(GLUED)
    if draw < 0.66:
        return f"{chance.choice(BEFORE)} {name}"
    if draw < 0.72:
        return f"{name} {chance.choice(AFTER)}"
    if draw < 0.78:
        return name
    return chance.choice(local(chance.choice(LOCALES))["streets"])


def line(chance: random.Random) -> str:
    """A street and a house number, either first."""
    road = street(chance)
    draw = chance.random()
    if draw < 0.45:
        return f"{number(chance)} {road}"
    if draw < 0.85:
        return f"{road} {number(chance)}"
    if draw < 0.92:
        return f"{number(chance)} {road} {number(chance)}"
    return f"{road}, {number(chance)}" if draw < 0.96 else f"{number(chance)}, {road}"


def room(chance: random.Random) -> str:
    sign = chance.choice(ROOMS)
    tail = str(chance.randint(1, 999)) + chance.choice(("", "", "", "A", "B"))
    return sign + ("" if sign == "#" else chance.choice((" ", " ", " ", ". "))) + tail


def postcode(chance: random.Random) -> str:
    draw = chance.random()
    if draw < 0.15:
        return NOTHING * chance.randint(4, 8)
    if draw < 0.7:
        return "".join(chance.choice("0123456789") for _ in range(chance.choice((4, 5, 5, 5, 6))))
    if draw < 0.85:
        area, street = ("".join(chance.choice("ABCDEFGHJKLMNPRSTUWXY") for _ in range(2)) for _ in range(2))
        return f"{area}{chance.randint(1, 20)} {chance.randint(1, 9)}{street}"
    if draw < 0.93:
        return f"{chance.randint(100, 999)} {chance.randint(10, 99)}"
    return f"{chance.randint(10000, 99999)}-{chance.randint(1000, 9999)}"


def breaks(chance: random.Random) -> str:
    """What stands between the parts of one address."""
    return chance.choice((", ", ", ", ", ", "\n", "\n", "\n", "\n ", " ", " ", "\n\n", " \n", ",\n", "\n, ", " , "))


def whole(chance: random.Random) -> str:
    """A street line and what follows it."""
    if chance.random() < 0.15:
        made = chance.choice(local(chance.choice(LOCALES))["whole"])
        return made if chance.random() < 0.5 else made.replace("\n", chance.choice((", ", " ", "\n\n", "\n ")))
    gap = breaks(chance)
    alike = chance.random() < 0.6
    parts = [line(chance)]
    if chance.random() < 0.4:
        parts.insert(chance.choice((1, 1, 1, 0)), room(chance))
    parts.append(_settlement(chance))
    if chance.random() < 0.4:
        parts.append(chance.choice(COUNTRIES) + (" " + postcode(chance) if chance.random() < 0.3 else ""))
    text = parts[0]
    for part in parts[1:]:
        text += (gap if alike else breaks(chance)) + part
    return text


def _settlement(chance: random.Random) -> str:
    name, code = town(chance), postcode(chance)
    draw = chance.random()
    if draw < 0.3:
        return f"{name}, {chance.choice(STATES)} {code}"
    if draw < 0.4:
        return f"{name} {chance.choice(STATES)} {code}"
    if draw < 0.6:
        return f"{code} {name}"
    if draw < 0.75:
        return f"{name} {code}"
    return name if draw < 0.9 else f"{name}{breaks(chance)}{code}"


def address(chance: random.Random) -> Piece:
    """An address as it is given: whole, a street line, a corner of it."""
    draw = chance.random()
    if draw < 0.55:
        text = whole(chance)
    elif draw < 0.88:
        text = line(chance)
        if chance.random() < 0.3:
            text += chance.choice((", ", " ")) + room(chance)
    elif draw < 0.91:
        text = f"{line(chance)}, {town(chance)}"
    elif draw < 0.955:
        text = corner(chance)
    elif draw < 0.98:
        text = chance.choice(("PO Box ", "P.O. Box ", "Postfach ", "Unit ", "PSC ", "APO AE ")) + number(chance)
    else:
        text = f"{room(chance)}, {line(chance)}"
    return Piece(text, "ADDRESS")


def block(chance: random.Random) -> Piece:
    """A whole address that stands on lines of its own."""
    return Piece(whole(chance), "ADDRESS")


def corner(chance: random.Random) -> str:
    """A crossing of two streets."""
    one, other = (line(chance) if chance.random() < 0.4 else street(chance) for _ in range(2))
    draw = chance.random()
    if draw < 0.25:
        one = pair(chance)[0]
    if draw < 0.5:
        lead = chance.choice(("the corner of", "corner of", "the intersection of", "the crossing of"))
        return f"{lead} {one} and {other}"
    return f"{one} {chance.choice(('and', '&', 'corner', '/'))} {other}"


def road(chance: random.Random) -> Piece:
    """A street, sometimes with a number."""
    draw = chance.random()
    return Piece(street(chance) if draw < 0.5 else line(chance) if draw < 0.92 else corner(chance), "ADDRESS")
