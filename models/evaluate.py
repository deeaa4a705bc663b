"""Measure the Latin tagger: cross-validation over the marked sets, and synthetic texts of templates kept from training.

    python models/evaluate.py --data DIR [--folds 5] [--only 1] [--shipped]

A fold trains as `build.py` does on the synthetic texts and on all of each marked set but every fifth sentence, and
answers for those, at the operating point that is shipped. Sentences that two parts share are left out of training.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import build
import corpora
from evaluate_cyrillic import HEADER, Pairs, answers, score
from synthetic import english
from synthetic.forms import Example, lowered

from casemill.personal.tagger.weights import Weights, shipped

LABELS = ("NAME", "ADDRESS", "PLACE", "ORG")


def rows(name: str, pairs: Pairs) -> Iterator[str]:
    for label in LABELS:
        found = score(pairs, label)
        if found.gold:
            yield f"{name:26s} {label:8s} {found.row()}"


def dev_rows(weights: Weights, *, count: int = 4000) -> Iterator[str]:
    """The synthetic dev set: one template in ten."""
    texts = list(english.examples(random.Random("dev"), count, held=True))
    yield from rows("synthetic dev", answers(weights, texts))
    yield from rows("synthetic dev small", answers(weights, [lowered(text) for text in texts]))


def training_part(real: dict[str, list[Example]], fold: int, *, folds: int) -> list[Example]:
    """The marked sentences of the other folds, without any that this fold has, too."""
    asked = {example.text.lower() for examples in real.values() for example in examples[fold::folds]}
    others = [example for examples in real.values() for place, example in enumerate(examples) if place % folds != fold]
    return [example for example in others if example.text.lower() not in asked]


def cross_validated(data: Path, *, folds: int, only: int) -> Iterator[str]:
    real = {name: build.marked(data, name) for name in corpora.LATIN}
    plain = [example for name in corpora.PLAIN for example in build.unmarked(data, name)]
    told: dict[str, list[tuple[Example, list[tuple[int, int, str]]]]] = {}
    for fold in range(only or folds):
        weights = build.trained("latin", training_part(real, fold, folds=folds), plain=plain)
        for name, examples in real.items():
            mine = examples[fold::folds]
            told.setdefault(name, []).extend(answers(weights, mine))
            told.setdefault(f"{name} small", []).extend(answers(weights, [lowered(example) for example in mine]))
        if not fold:
            yield from dev_rows(weights)
    for name, pairs in told.items():
        yield from rows(name, pairs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the sets in inputs.toml")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=int, default=0, help="so many folds alone")
    parser.add_argument(
        "--shipped", action="store_true", help="the synthetic texts with the shipped weights, no training"
    )
    given = parser.parse_args()
    build.pinned()
    print(HEADER)
    found = (
        dev_rows(shipped("latin")) if given.shipped else cross_validated(given.data, folds=given.folds, only=given.only)
    )
    for row in found:
        print(row, flush=True)


if __name__ == "__main__":
    main()
