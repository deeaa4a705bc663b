"""What is neither a person nor an address, and organizations: products, codes, days, roles, amounts, brands."""

from __future__ import annotations

import random
from functools import lru_cache

from faker import Faker
from lists import FIRST, LAST, PLACE, flagged, lines_of, of_script, table

from synthetic.forms import NOTHING, Maker, Piece
from synthetic.latin_people import coined, pair
from synthetic.latin_places import town

WORDS = table("latin")
TRADES = WORDS["trades"]
FORMS = WORDS["forms"]
BRANDS = WORDS["brands"]
PRODUCTS = WORDS["products"]
ROLES = WORDS["roles"]
TITLES = WORDS["titles"]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = WORDS["months"]
AIRPORTS = WORDS["airports"]
CABINS = ("Basic Economy", "Economy", "Business", "First Class", "Premium Economy", "Business Class")
FIELDS = WORDS["fields"]
VALUES = WORDS["values"]
COLORS = WORDS["colors"]
TRAITS = WORDS["traits"]
UNITS = WORDS["units"]
CARS = WORDS["cars"]
FOODS = WORDS["foods"]
CHAT = WORDS["chat"]
NATIONALITIES = WORDS["nationalities"]
JOBS = WORDS["jobs"]
PEOPLE = WORDS["people"]
SPOKE = WORDS["spoke"]
WORKS = WORDS["works"]
KIN = WORDS["kin"]


@lru_cache(maxsize=1)
def jobs() -> tuple[str, ...]:
    """Faker's trades, and some of ours."""
    for provider in Faker("en_US").get_providers():
        if type(provider).__module__.endswith("job.en_US"):
            return (*JOBS, *(str(job) for job in type(provider).jobs))
    return JOBS


@lru_cache(maxsize=1)
def everyday() -> tuple[str, ...]:
    """English words that are nobody's name and no place."""
    flags = flagged(of_script("latin"))
    return tuple(word for word in lines_of("english") if not flags.get(word, 0) & (FIRST | LAST | PLACE))


def job(chance: random.Random) -> Piece:
    text = chance.choice(jobs())
    if ", " in text and chance.random() < 0.7:
        one, other = text.split(", ")[:2]
        text = f"{other} {one}"
    return Piece(text if chance.random() < 0.6 else text.lower())


@lru_cache(maxsize=1)
def homonyms() -> tuple[str, ...]:
    """English words that are somebody's name too: may, price, green."""
    return tuple(sorted(set(lines_of("english")) - set(everyday())))


def word(chance: random.Random) -> Piece:
    return Piece(chance.choice(homonyms() if chance.random() < 0.25 else everyday()))


def capital_word(chance: random.Random) -> Piece:
    return Piece(chance.choice(homonyms() if chance.random() < 0.1 else everyday()).capitalize())


def homonym(chance: random.Random) -> Piece:
    return Piece(chance.choice(homonyms()))


def spec(chance: random.Random) -> Piece:
    """What a product is like: a colour, a size, a capacity."""
    count = chance.choice((1, 2, 4, 8, 12, 16, 24, 32, 50, 64, 128, 256, 500, 512, 750, 1000))
    measure = chance.choice(UNITS)
    text = chance.choice(
        (
            f"{count}{measure}",
            f"{count} {measure}",
            f"{count}-{measure}",
            chance.choice(TRAITS),
            chance.choice(COLORS),
            chance.choice(COLORS),
        )
    )
    return Piece(text.capitalize() if chance.random() < 0.3 else text)


def specs(chance: random.Random) -> Piece:
    return Piece(", ".join(spec(chance).text for _ in range(chance.choice((2, 3, 3, 4)))))


def color(chance: random.Random) -> Piece:
    text = chance.choice(COLORS)
    return Piece(text.capitalize() if chance.random() < 0.4 else text)


def url(chance: random.Random) -> Piece:
    """A link that no detector has covered."""
    name = coined(chance) + chance.choice(("", coined(chance), chance.choice(everyday()).capitalize()))
    end = chance.choice((".com", ".org", ".net", ".de", ".co.uk", ".kz", ".io", ".fr"))
    return Piece(
        chance.choice(("https://www.", "http://", "www.", "https://")) + name + end + chance.choice(("", "/", "/help"))
    )


def large(chance: random.Random) -> Piece:
    return Piece(f"{chance.randint(1000, 10**7):,}" + chance.choice(("", "", ".00", f".{chance.randint(10, 99)}")))


def headline(chance: random.Random) -> Piece:
    """Two to four everyday words, each with a capital."""
    words = [chance.choice(everyday()).capitalize() for _ in range(chance.choice((2, 2, 3, 4)))]
    if len(words) > 2 and chance.random() < 0.6:
        words[1] = chance.choice(("of", "and", "the", "for", "in", "to"))
    return Piece(" ".join(words))


def plain(*choices: str) -> Maker:
    return lambda chance: Piece(chance.choice(choices))


def company(chance: random.Random) -> Piece:
    """A company's name, some after people and towns."""
    draw = chance.random()
    family, other = pair(chance)[1], pair(chance)[1]
    base = chance.choice((family, coined(chance), town(chance), coined(chance) + coined(chance).lower()))
    if draw < 0.12:
        text = coined(chance) + chance.choice(
            ("", "io", "ly", "tech", "soft", "ify", "data", "med", "fin", ".com", "Hub", "Labs")
        )
    elif draw < 0.20:
        text = f"{chance.choice(everyday()).capitalize()} {chance.choice((*TRADES, *FORMS))}"
    elif draw < 0.32:
        text = f"{base} {chance.choice(FORMS)}"
    elif draw < 0.45:
        text = f"{base} {chance.choice(TRADES)}"
    elif draw < 0.51:
        text = (
            f"{family} and {other}"
            if chance.random() < 0.5
            else f"{family}, {other} {chance.choice(('&', 'and'))} {pair(chance)[1]}"
        )
    elif draw < 0.58:
        text = f"{family}-{other}"
    elif draw < 0.68:
        text = chance.choice(("University of ", "Bank of ", "Museum of ", "City of ", "Institute of ")) + town(chance)
    else:
        text = chance.choice(BRANDS)
    return Piece(text, "ORG")


def brand(chance: random.Random) -> Piece:
    return Piece(chance.choice(BRANDS), "ORG")


def code(chance: random.Random) -> Piece:
    """A reservation, order or article id that no detector has covered."""
    size = chance.choice((4, 6, 6, 6, 8))
    return Piece("".join(chance.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(size)))


def flight(chance: random.Random) -> Piece:
    return Piece(f"{chance.choice(('HAT', 'KC', 'BA', 'LH', 'AA', 'DV', 'TK', 'UA'))}{chance.randint(10, 999):03d}")


def amount(chance: random.Random) -> Piece:
    value = f"{chance.randint(1, 2000)}" + chance.choice(("", ".00", ".99", ".50"))
    if chance.random() < 0.2:
        return Piece(chance.choice(("$", "", "€", "USD ")) + large(chance).text)
    return Piece(
        chance.choice(
            (f"${value}", f"{value} USD", f"€{value}", f"{value} EUR", f"{value} tenge", f"{value} KZT", f"£{value}")
        )
    )


def date(chance: random.Random) -> Piece:
    day, month, year = chance.randint(1, 28), chance.choice(MONTHS), chance.randint(1950, 2027)
    return Piece(
        chance.choice(
            (
                f"{month} {day}",
                f"{day} {month} {year}",
                f"{month} {day}, {year}",
                f"{day}.{chance.randint(1, 12)}.{year}",
                f"{year}-05-{day:02d}",
                f"{chance.randint(1, 12)}/{day}/{year}",
                str(year),
            )
        )
    )


def covered(chance: random.Random) -> Piece:
    """What a detector has taken away."""
    return Piece(NOTHING * chance.randint(6, 24))


def small(chance: random.Random) -> Piece:
    return Piece(str(chance.randint(1, 90)))


def long(chance: random.Random) -> Piece:
    return Piece(str(chance.randint(10**5, 10**11)))


MAKERS: dict[str, Maker] = {
    "company": company,
    "brand": brand,
    "code": code,
    "flight": flight,
    "amount": amount,
    "date": date,
    "covered": covered,
    "small": small,
    "long": long,
    "product": plain(*PRODUCTS),
    "role": plain(*ROLES),
    "title": plain(*TITLES),
    "day": plain(*DAYS),
    "month": plain(*MONTHS),
    "airport": plain(*AIRPORTS),
    "cabin": plain(*CABINS),
    "field": plain(*FIELDS),
    "value": plain(*VALUES),
    "nationality": plain(*NATIONALITIES),
    "job": job,
    "word": word,
    "homonym": homonym,
    "spec": spec,
    "specs": specs,
    "color": color,
    "car": plain(*CARS),
    "food": plain(*FOODS),
    "chat": plain(*CHAT),
    "url": url,
    "large": large,
    "Word": capital_word,
    "headline": headline,
    "kin": plain(*KIN),
    "people": plain(*PEOPLE),
    "spoke": plain(*SPOKE),
    "work": plain(*WORKS),
}
