"""English synthetic text: support talk, letters, forms, dialogue, reports; names and addresses of everywhere."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from synthetic import latin_people, latin_places, latin_things
from synthetic.forms import Example, Maker, fill, lowered, together, varied
from synthetic.swapped import Make, spoken, swapped

MAKERS: dict[str, Maker] = {
    "full": latin_people.full,
    "first": latin_people.first,
    "last": latin_people.last,
    "short": latin_people.short,
    "someone": latin_people.someone,
    "address": latin_places.address,
    "block": latin_places.block,
    "road": latin_places.road,
    "place": latin_places.place,
    **latin_things.MAKERS,
}
FOLDER = Path(__file__).parent / "english"


@lru_cache(maxsize=1)
def templates() -> dict[str, tuple[str, ...]]:
    """The templates of each file: a line is a template, `\\n` in it a line end; empty lines and # lines are none."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found[path.stem] = tuple(
            line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")
        )
    return found


def held_out(template: str) -> bool:
    """One template in ten is never trained on: the operating point is chosen on those."""
    return sum(template.encode()) % 10 == 3


def examples(chance: random.Random, count: int, *, held: bool = False) -> Iterator[Example]:
    """`count` examples of the templates; with `held`, of those that are kept from training."""
    groups = {name: [line for line in lines if held_out(line) == held] for name, lines in templates().items()}
    groups = {name: lines for name, lines in groups.items() if lines}
    names = sorted(groups)
    weights = [len(groups[name]) ** 0.5 for name in names]

    def one() -> Example:
        (name,) = chance.choices(names, weights)
        return fill(chance.choice(groups[name]), MAKERS, chance=chance)

    def many() -> Iterator[Example]:
        for _ in range(count):
            draw = chance.random()
            if draw < 0.6:
                yield one()
            else:
                between = chance.choice((" ", " ", " ", ". ", "\n", "\n\n"))
                yield together([one() for _ in range(chance.choice((2, 2, 3, 4)))], between=between)

    return varied(many(), chance)


def another_person(chance: random.Random, text: str) -> str:
    """A name of about the form of the one that stood there."""
    words = len(text.split())
    if words > 2:
        made = latin_people.full(chance).text
    elif words == 2:
        made = " ".join(latin_people.pair(chance))
    else:
        made = latin_people.pair(chance)[chance.choice((0, 0, 1))]
    return made.lower() if text.islower() else made


def another_company(chance: random.Random, text: str) -> str:
    return latin_things.company(chance).text if chance.random() < 0.4 else text


def another_place(chance: random.Random, text: str) -> str:
    return latin_places.town(chance) if chance.random() < 0.4 else text


SWAPS: dict[str, Make] = {"NAME": another_person, "ORG": another_company, "PLACE": another_place}


def retold(marked: list[Example], plain: list[Example], *, chance: random.Random) -> Iterator[Example]:
    """Marked sentences with other people in them; requests with somebody who makes them."""
    for example in marked:
        for _ in range(2 if any(label == "NAME" for _, _, label in example.spans) else 0):
            made = swapped(example, chance, makers=SWAPS)
            yield lowered(made) if chance.random() < 0.25 else made
    lines = [line for line in templates()["frames"] if not held_out(line)]
    for example in chance.sample(plain, min(5000, len(plain))):
        frames = [fill(chance.choice(lines), MAKERS, chance=chance)]
        made = spoken(example, chance, frames=frames)
        yield lowered(made) if chance.random() < 0.3 else made
