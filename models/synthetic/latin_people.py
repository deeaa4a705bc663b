"""Names of people in Latin letters: every locale that Faker writes so, common forms, and names that nobody has."""

from __future__ import annotations

import random
import unicodedata
from functools import lru_cache

from lists import SCRIPTS, lines_of, of_locale, table

from synthetic.forms import Piece

WORDS = table("latin")
ENGLISH = ("en_US", "en_GB", "en_IN", "en_NZ", "en_AU", "en_CA", "en_IE", "en_NG", "en_KE", "en_PK", "en_PH")
LOCALES = (
    *ENGLISH, "de_DE", "de_AT", "fr_FR", "fr_CA", "es_ES", "es_MX", "es_CO", "it_IT", "pt_BR", "pt_PT", "nl_NL",
    "nl_BE", "da_DK", "sv_SE", "no_NO", "fi_FI", "is_IS", "et_EE", "lv_LV", "lt_LT", "pl_PL", "cs_CZ", "sk_SK", "hu_HU",
    "ro_RO", "hr_HR", "sl_SI", "bs_BA", "sq_AL", "tr_TR", "az_AZ", "uz_UZ", "vi_VN", "id_ID", "fil_PH", "ga_IE",
    "ha_NG", "ig_NG", "yo_NG", "zu_ZA", "tw_GH", "sw", "mt_MT", "fr_DZ", "lb_LU",
)  # fmt: skip
# Romanised names of locales that Faker writes in their own letters.
ROMANISED_FIRST = WORDS["romanised_first"]
ROMANISED_LAST = WORDS["romanised_last"]
SUFFIXES = ("Jr.", "Sr.", "III", "Jr", "II", "IV", "MD", "PhD", "DDS", "DVM")
PARTICLES = WORDS["particles"]
VOWELS = ("a", "e", "i", "o", "u", "y", "ei", "ou", "ae", "ia")
ONSETS = WORDS["onsets"]
CODAS = ("", "", "", "n", "r", "s", "l", "k", "th", "nd", "m", "x", "sk", "rt")


@lru_cache(maxsize=128)
def people_of(locale: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First and last names of a locale, those in Latin letters."""
    form = SCRIPTS["latin"]
    words = of_locale(locale)
    first = tuple(word for word in words["first"] if form.fullmatch(word) and 1 < len(word) < 24)
    last = tuple(word for word in words["last"] if form.fullmatch(word) and 1 < len(word) < 24)
    return first or ROMANISED_FIRST, last or ROMANISED_LAST


def pair(chance: random.Random) -> tuple[str, str]:
    """A first and a last name that go together, sometimes of nobody's language."""
    draw = chance.random()
    if draw < 0.10:
        return coined(chance), coined(chance)
    if draw < 0.25:
        first, last = chance.choice(ROMANISED_FIRST), chance.choice(ROMANISED_LAST)
    else:
        firsts, lasts = people_of(chance.choice(ENGLISH) if draw < 0.45 else chance.choice(LOCALES))
        first, last = chance.choice(firsts), chance.choice(lasts)
    if chance.random() < 0.06:
        last = chance.choice(lines_of("english")).capitalize()
    if chance.random() < 0.2:
        first, last = plain(first), plain(last)
    return first, last


def coined(chance: random.Random) -> str:
    """A name from syllables."""
    size = chance.choice((1, 2, 2, 2, 3))
    word = "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(size)) + chance.choice(CODAS)
    return (word if len(word) > 2 else word + "na").capitalize()


def plain(word: str) -> str:
    """Without accents, as typed on another keyboard."""
    return "".join(sign for sign in unicodedata.normalize("NFD", word) if not "\u0300" <= sign <= "\u036f")


def named(text: str) -> Piece:
    return Piece(text, "NAME")


def first(chance: random.Random) -> Piece:
    return named(pair(chance)[0])


def last(chance: random.Random) -> Piece:
    return named(pair(chance)[1])


def full(chance: random.Random) -> Piece:
    """First and last name in the forms that people write them in."""
    given, family = pair(chance)
    draw = chance.random()
    if draw < 0.60:
        return named(f"{given} {family}")
    if draw < 0.75:
        return named(
            f"{given} {chance.choice('ABCDEFGHIJKLMNOPRSTVWYZ')}{chance.choice(('.', '. ', ' ')).strip()} {family}"
        )
    if draw < 0.80:
        return named(f"{given} {pair(chance)[0]} {family}")
    if draw < 0.84:
        return named(f"{given} {family}-{pair(chance)[1]}")
    if draw < 0.96:
        return named(_seldom(chance, given, family=family))
    return named(f"{given} {chance.choice(PARTICLES)} {family}")


def _seldom(chance: random.Random, given: str, *, family: str) -> str:
    """The family name first, initials, and what follows a name."""
    draw = chance.random()
    if draw < 0.12:
        return f"{family}, {given}"
    if draw < 0.58:
        return f"{given[0]}. {family}"
    if draw < 0.75:
        return f"{given[0]}.{chance.choice('ABDEJKLMRST')}. {family}"
    return f"{given} {family} {chance.choice(SUFFIXES)}"


def short(chance: random.Random) -> Piece:
    """First name and initial."""
    given, family = pair(chance)
    return named(f"{given} {family[0]}" + chance.choice((".", "")))


def someone(chance: random.Random) -> Piece:
    """A person in any form."""
    draw = chance.random()
    if draw < 0.5:
        return full(chance)
    if draw < 0.8:
        return first(chance)
    return last(chance) if draw < 0.92 else short(chance)
