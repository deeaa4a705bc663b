"""Measure the Cyrillic tagger: cross-validation over the marked sets, held-out support texts, texts that name nobody.

    python models/evaluate_cyrillic.py --data DIR [--folds 5] [--only 2] [--shipped]

A fold trains as `build.py` does on the synthetic texts and on four fifths of each marked set, and answers for the last
fifth, at the operating point that is shipped. Every fifth sentence is held out; sentences that two parts share are left
out of training. What `common_words` counts is counted on the training part alone. The support texts are templates,
names and streets of `cyrillic_heldout`, which no generator of training text uses.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import build
import corpora
import numpy as np
from synthetic import cyrillic_heldout as held
from synthetic.cyrillic_declension import feminine_surname, kazakh, noun, surname
from synthetic.cyrillic_scribe import SENTENCE_START, Scribe, marked, read_marks
from synthetic.forms import Example, lowered

from casemill.personal.tagger.reader import Reader
from casemill.personal.tagger.tokens import cut
from casemill.personal.tagger.weights import Weights, shipped
from casemill.stats import wilson


class Score(NamedTuple):
    """Mentions of a label: how many, found to the letter, touched, covered by nine tenths by anything.

    Then how many were said, how many of those touch one, and the 95 % interval of F1.
    """

    gold: int
    exact: int
    touched: int
    covered: int
    said: int
    right: int
    f1_from: float = 0.0
    f1_to: float = 1.0

    def row(self) -> str:
        shares = [share(self.exact, self.gold), share(self.exact, self.said)]
        loose = (self.touched / max(1, self.gold), self.right / max(1, self.said), self.covered / max(1, self.gold))
        f1 = f"{f1_of(self.exact, self.gold, said=self.said):.3f} [{self.f1_from:.3f} {self.f1_to:.3f}]"
        return f"{self.gold:6d}  {f1}  {shares[0]}  {shares[1]}  " + "  ".join(f"{part:.3f}" for part in loose)


HEADER = (
    f"{'set':26s} {'label':8s} {'gold':>6s}  {'F1 to the letter':19s}  {'recall':19s}  {'precision':19s}"
    "  R(touch) P(touch) 9/10 covered; 95 % intervals: Wilson, of F1 by drawing texts anew"
)


def share(hits: int, count: int) -> str:
    low, high = wilson(hits, count) or (0.0, 1.0)
    return f"{hits / max(1, count):.3f} [{low:.3f} {high:.3f}]"


def f1_of(exact: int, gold: int, *, said: int) -> float:
    return 2 * exact / max(1, gold + said)


Marks = list[tuple[int, int, str]]
Pairs = Sequence[tuple[Example, Marks]]


def score(pairs: Pairs, label: str) -> Score:
    counts: Counter[str] = Counter()
    each: list[tuple[int, int]] = []
    for example, found in pairs:
        gold = [(start, end) for start, end, kind in example.spans if kind == label]
        said = [(start, end) for start, end, kind in found if kind == label]
        taken = {place for start, end, _ in found for place in range(start, end)}
        exact = len({*gold} & {*said})
        counts["gold"] += len(gold)
        counts["said"] += len(said)
        counts["exact"] += exact
        counts["touched"] += sum(any(start < b and a < end for a, b in said) for start, end in gold)
        counts["right"] += sum(any(start < b and a < end for a, b in gold) for start, end in said)
        counts["covered"] += sum(len(taken & {*range(start, end)}) >= 0.9 * (end - start) for start, end in gold)
        if gold or said:
            each.append((exact, len(gold) + len(said)))
    return Score(*(counts[name] for name in Score._fields[:6]), *_f1_interval(each))


def _f1_interval(each: Sequence[tuple[int, int]], *, times: int = 400) -> tuple[float, float]:
    """The middle 95 % of F1 when the texts are drawn anew; each gives its exact ones and gold and said together."""
    if not each:
        return 0.0, 1.0
    rows, chance = np.array(each), np.random.default_rng(5)
    drawn = rows[chance.integers(0, len(rows), (times, len(rows)))].sum(axis=1)
    low, high = np.quantile(2 * drawn[:, 0] / np.maximum(1, drawn[:, 1]), (0.025, 0.975))
    return float(low), float(high)


def answers(weights: Weights, examples: Sequence[Example]) -> list[tuple[Example, Marks]]:
    found: list[Marks] = [[] for _ in examples]
    for place, start, end, label, _ in Reader(weights).read([example.text for example in examples]).spans:
        found[place].append((start, end, label))
    return list(zip(examples, found, strict=True))


def heldout(chance: random.Random, *, kazakh_texts: bool, addresses: bool, count: int) -> Iterator[Example]:
    """Support texts of templates and names that training never sees."""
    scribe = Scribe(chance, {})
    named = (held.KAZAKH_NAMED, held.KAZAKH_ADDRESSES) if kazakh_texts else (held.RUSSIAN_NAMED, held.RUSSIAN_ADDRESSES)
    person = _kazakh_person if kazakh_texts else _russian_person
    for place in range(count):
        template = named[addresses][place % len(named[addresses])]
        scribe.feminine = chance.random() < 0.5
        yield read_marks(_filled(template, scribe, person=person, kazakh_texts=kazakh_texts))


def _filled(template: str, scribe: Scribe, *, person, kazakh_texts: bool) -> str:
    chance = scribe.chance
    numbers = {"house": str(chance.randint(1, 180)), "flat": str(chance.randint(1, 200))}
    forms = held.KAZAKH_FULL_ADDRESSES if kazakh_texts else held.RUSSIAN_FULL_ADDRESSES
    street = chance.choice(held.KAZAKH_STREETS if kazakh_texts else held.STREETS)
    numbers |= {"avenue": chance.choice(held.AVENUE_NAMES), "street": street}
    if "{address}" in template:
        return template.replace("{address}", marked("ADDRESS", chance.choice(forms).format(**numbers)))
    for tail in ("{street} {house} кв {flat}", "{street}, {house}", "{street} {house}"):
        if tail in template:
            return template.replace(tail, marked("ADDRESS", tail.format(**numbers)))
    while "{" in template:
        slot = template[template.index("{") + 1 : template.index("}")]
        template = template.replace("{" + slot + "}", marked("NAME", person(scribe, slot)), 1)
    return template


def _russian_person(scribe: Scribe, slot: str) -> str:
    chance, feminine = scribe.chance, scribe.feminine
    case = "nom" if slot in {"full", "initials"} else slot
    first = noun(chance.choice(held.WOMEN if feminine else held.MEN), case, feminine=feminine)
    last = chance.choice(held.SURNAMES)
    last = surname(feminine_surname(last) if feminine else last, case, feminine=feminine)
    if slot == "initials":
        return chance.choice((f"{last} {first[0]}. В.", f"{first[0]}.К. {last}", f"{last} {first[0]}.М."))
    return f"{first} {last}" if slot == "full" or chance.random() < 0.4 else first


def _kazakh_person(scribe: Scribe, slot: str) -> str:
    chance, feminine = scribe.chance, scribe.feminine
    case = "nom" if slot == "full" else slot
    first = chance.choice(held.KAZAKH_WOMEN if feminine else held.KAZAKH_MEN)
    last = chance.choice(held.KAZAKH_MEN)
    last = (
        last + ("қызы" if feminine else "ұлы")
        if chance.random() < 0.4
        else last.rstrip("ыі") + ("ова" if feminine else "ов")
    )
    name = f"{first} {last}" if slot == "full" or chance.random() < 0.4 else first
    return kazakh(name, case, possessed=name.endswith(("ұлы", "қызы")))


def masked_of_nobody(weights: Weights, texts: Sequence[str]) -> str:
    """Share of the words of texts that name nobody and are taken for a NAME or an ADDRESS, and what was taken."""
    words = taken = 0
    wrong: list[str] = []
    for example, found in answers(weights, [Example(text) for text in texts]):
        words += len(cut(example.text))
        for start, end, label in found:
            if label in {"NAME", "ADDRESS"}:
                taken += len(cut(example.text[start:end]))
                wrong.append(f"{label}:{example.text[start:end]}")
    return f"{100 * taken / words:.2f} % of {words} words {wrong[:12]}"


class Shared(NamedTuple):
    """What all folds share: synthetic examples and list words, the marked sets by name."""

    stuff: build.Material
    real: dict[str, list[Example]]


def shared(data: Path) -> Shared:
    return Shared(build.material("cyrillic"), {name: build.marked(data, name) for name in corpora.CYRILLIC})


def trained(common: Shared, fold: int, *, folds: int) -> Weights:
    """Weights as `build` makes them, of a part of the marked sets."""
    real = training_part(common, fold, folds=folds)
    return build.fitted("cyrillic", common.stuff, real=real, plain=[], chance=random.Random("fold"))


def begun(example: Example) -> Example:
    """In small letters but for the first of each sentence, as phones begin them."""
    small = lowered(example)
    text = SENTENCE_START.sub(lambda match: match[1] + match[2].upper(), small.text)
    return Example(text, small.spans)


def support_rows(weights: Weights) -> Iterator[str]:
    for language in ("russian", "kazakh"):
        for label in ("NAME", "ADDRESS"):
            texts = list(
                heldout(random.Random(11), kazakh_texts=language == "kazakh", addresses=label == "ADDRESS", count=800)
            )
            for way, how in (("", None), (" small", lowered), (" begun", begun)):
                some = [how(text) for text in texts] if how else texts
                yield f"{'support ' + language + way:26s} {label:8s} {score(answers(weights, some), label).row()}"
        nobody = held.KAZAKH_NOBODY if language == "kazakh" else held.RUSSIAN_NOBODY
        yield f"nobody {language}: {masked_of_nobody(weights, nobody)}"
        yield f"nobody {language} small: {masked_of_nobody(weights, [text.lower() for text in nobody])}"


def training_part(common: Shared, fold: int, *, folds: int) -> list[Example]:
    """The marked sentences of the other folds, without any that this fold has, too."""
    asked = {example.text.lower() for examples in common.real.values() for example in examples[fold::folds]}
    sets = common.real.values()
    parts = [[each for place, each in enumerate(examples) if place % folds != fold] for examples in sets]
    return [example for part in parts for example in part if example.text.lower() not in asked]


def cross_validated(common: Shared, *, folds: int, only: int) -> Iterator[str]:
    told: dict[str, list[tuple[Example, Marks]]] = {}
    for fold in range(only or folds):
        weights = trained(common, fold, folds=folds)
        for name, examples in common.real.items():
            mine = examples[fold::folds]
            told.setdefault(name, []).extend(answers(weights, mine))
            told.setdefault(f"{name} small", []).extend(answers(weights, [lowered(example) for example in mine]))
        if not fold:
            yield from support_rows(weights)
    for name, pairs in told.items():
        for label in ("NAME", "PLACE", "ORG"):
            yield f"{name:26s} {label:8s} {score(pairs, label).row()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the sets in inputs.toml")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, default=0, help="so many folds alone")
    parser.add_argument("--shipped", action="store_true", help="support texts with the shipped weights, no training")
    given = parser.parse_args()
    sys.stdout.write(HEADER + "\n")
    if given.shipped:
        rows = support_rows(shipped("cyrillic"))
    else:
        rows = cross_validated(shared(given.data), folds=given.folds, only=given.only)
    for row in rows:
        sys.stdout.write(row + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
