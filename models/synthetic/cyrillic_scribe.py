"""Writes marked-up text from templates: slots, agreement of gender, noise; then the marks become spans."""

import random
import re
from collections.abc import Callable, Mapping

from synthetic.forms import NOTHING, Example, Mark

OPENERS = {"NAME": "\ue000", "ADDRESS": "\ue001", "PLACE": "\ue002", "ORG": "\ue003"}
LABELS = {opener: label for label, opener in OPENERS.items()}
CLOSER = "\ue004"
MARKS = re.compile("[\ue000-\ue004]")
# {slot}, {slot.argument} or <masculine|feminine>.
SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}|<([^<>|]*)\|([^<>|]*)>")

Slot = Callable[["Scribe", str], str]
Grammar = Mapping[str, "tuple[str, ...] | Slot"]


class Scribe:
    """Fills templates by a grammar; `feminine` is the sex of the sentence's person, drawn anew for each text."""

    def __init__(self, chance: random.Random, grammar: Grammar) -> None:
        self.chance = chance
        self.grammar = grammar
        self.feminine = False

    def fill(self, template: str) -> str:
        """The template with every slot filled, marks still in it."""
        return SLOT.sub(self._filled, template)

    def _filled(self, match: re.Match[str]) -> str:
        slot, argument, masculine, feminine = match.groups()
        if slot is None:
            return str(feminine if self.feminine else masculine)
        made = self.grammar[slot]
        if callable(made):
            return self.fill(made(self, argument or ""))
        return self.fill(self.chance.choice(made))

    def pick(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def one(self, choices: tuple[str, ...]) -> str:
        return self.chance.choice(choices)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def write(self, template: str) -> str:
        """One marked-up text with its own person."""
        self.feminine = self.often(0.5)
        return self.fill(template)


def marked(label: str, text: str) -> str:
    """The text between the marks of a label."""
    return OPENERS[label] + text + CLOSER


def unmarked(text: str) -> str:
    """The text without its marks."""
    return MARKS.sub("", text)


def read_marks(marked_up: str) -> Example:
    """A marked-up text as text and spans; of nested marks the outer one counts."""
    pieces: list[str] = []
    spans: list[Mark] = []
    open_marks: list[tuple[int, str]] = []
    position = length = 0
    for match in MARKS.finditer(marked_up):
        pieces.append(marked_up[position : match.start()])
        length += match.start() - position
        position = match.end()
        if match[0] != CLOSER:
            open_marks.append((length, LABELS[match[0]]))
            continue
        start, label = open_marks.pop()
        if not open_marks and length > start:
            spans.append((start, length, label))
    pieces.append(marked_up[position:])
    return Example("".join(pieces), tuple(spans))


SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] )|(?<=\n))([\ue000-\ue003]*)([а-яёәғқңөұүһі])")


def capitalized(marked_up: str) -> str:
    """Sentences begin with a capital letter."""
    return SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), marked_up)


NAME = re.compile(f"{OPENERS['NAME']}[^{CLOSER}]*{CLOSER}")
LETTERS = re.compile("[а-яё]")
NEIGHBOURS = dict(zip("ауоеинтрслкмд", "яюаиеттплсклл", strict=True))


def mistyped(marked_up: str, chance: random.Random) -> str:
    """The text with one to three slips of the finger: a letter left out, twice, swapped or a neighbour's."""
    letters = list(marked_up)
    places = [place for place in range(1, len(letters) - 1) if LETTERS.fullmatch(letters[place])]
    for place in sorted(chance.sample(places, min(len(places), chance.randint(1, 3))), reverse=True):
        slip, after = chance.randrange(4), letters[place + 1]
        if slip == 0:
            letters[place] = ""
        elif slip == 1:
            letters[place] *= 2
        elif slip == 2 and LETTERS.fullmatch(after):
            letters[place], letters[place + 1] = after, letters[place]
        else:
            letters[place] = NEIGHBOURS.get(letters[place], letters[place])
    return "".join(letters)


HOUSE = re.compile(r"(?<!\w)(?:(?:дом|д|кв|квартира|пәтер)\.? ?\d|\d+[- ]пәтер).*", re.DOTALL | re.IGNORECASE)


def covered(example: Example, chance: random.Random) -> Example:
    """At times the house and flat of an address are covered: a detector takes them before the tagger reads."""
    text = example.text
    for start, end, label in example.spans:
        if label == "ADDRESS" and chance.random() < 0.12 and (house := HOUSE.search(text, start, end)):
            text = text[: house.start()] + NOTHING * (end - house.start()) + text[end:]
    return Example(text, example.spans)


def noised(marked_up: str, chance: random.Random) -> str:
    """The text as people send it: often in small letters, at times in capitals, mistyped or without punctuation."""
    drawn = chance.random()
    if drawn < 0.42:
        marked_up = marked_up.lower()
        if drawn < 0.1:
            marked_up = capitalized(marked_up)
    elif drawn < 0.45:
        marked_up = marked_up.upper()
    elif drawn < 0.48:
        marked_up = NAME.sub(lambda match: match[0].lower(), marked_up)
    if chance.random() < 0.08:
        marked_up = mistyped(marked_up, chance)
    if chance.random() < 0.08:
        marked_up = marked_up.replace(",", "")
    if chance.random() < 0.04:
        marked_up = marked_up.replace("ё", "е").replace("Ё", "Е")
    return marked_up
