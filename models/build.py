"""Build the tagger's weights and those of screening: python models/build.py latin|cyrillic|screen --data DIR."""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import random
import sys
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import corpora
import crf
import lists
from screen import train as screening
from synthetic.forms import Example, lowered

from casemill.ingest.screening import classifier
from casemill.personal.tagger.weights import Weights, write

HERE = Path(__file__).parent
SOURCE = HERE.parent / "src" / "casemill"
OUT = {"latin": SOURCE / "personal" / "tagger", "screen": SOURCE / "ingest" / "screening"}
OUT["cyrillic"] = OUT["latin"]
RECORD = HERE / "weights.toml"


class Recipe(NamedTuple):
    """What a model is made of: marked sets, unmarked sets, synthetic modules with how many examples of each."""

    marked: tuple[str, ...]
    plain: tuple[str, ...]
    synthetic: dict[str, int]
    settings: crf.Settings
    lean: dict[str, float]
    # How often the marked sets are told, and the share of the lists that training sees.
    times: int = 1
    listed: float = 0.6
    # How often a word must stand in small letters outside of all marks to be common: while training, and afterwards.
    common: tuple[int, int] = (4, 4)
    wordy: crf.Wordy = crf.Wordy()


RECIPES = {
    "latin": Recipe(
        marked=corpora.LATIN,
        plain=corpora.PLAIN,
        synthetic={"english": 36_000},
        settings=crf.Settings(),
        lean={"O": -0.75},
    ),
    "cyrillic": Recipe(
        marked=corpora.CYRILLIC,
        plain=(),
        synthetic={"russian": 16_000, "kazakh": 8_000},
        settings=crf.Settings(casing=True),
        lean={"O": -0.25, "ADDRESS": 0.5, "NAME": 0.1},
        times=3,
        listed=0.4,
        common=(4, 1),
        wordy=crf.Wordy(small=1.5, capital=0.75, guard=1.0),
    ),
}
# Of the unmarked sets this many are read, drawn by seed.
PLAIN_SHARE = 12_000
# A quarter of the marked sets is read once more in small letters.
LOWERED_SHARE = 0.25


class WrongInput(SystemExit):
    """An input differs from the one that the shipped weights were made of."""


def checked(data: Path, name: str) -> Path:
    """The file of a set, when its digest is the one of inputs.toml."""
    path = data / f"{name}.jsonl.gz"
    if not path.is_file():
        raise WrongInput(f"{path} is not there; give the folder that holds the sets: make models DATA=...")
    wanted = tomllib.loads((HERE / "inputs.toml").read_text(encoding="utf-8"))["sha256"][path.name]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != wanted:
        raise WrongInput(f"{path} is another file than the weights were made of: sha256 {found}, wanted {wanted}")
    return path


def marked(data: Path, name: str) -> list[Example]:
    return list(corpora.entities(checked(data, name)))


def unmarked(data: Path, name: str) -> list[Example]:
    return list(corpora.plain(checked(data, name)))


class Material(NamedTuple):
    """What a model is made of beside the sets: the synthetic examples, and the words of its lists."""

    made: list[Example]
    words: dict[str, set[str]]


def material(script: str) -> Material:
    """The synthetic examples of a script, and its lists with the words that the synthetic modules add to them."""
    found: list[Example] = []
    words = {kind: set(entries) for kind, entries in lists.of_script(script).items()}
    words["common"] = set(lists.lines_of("english")) if script == "latin" else set()
    for name, count in RECIPES[script].synthetic.items():
        module = importlib.import_module(f"synthetic.{name}")
        found += module.examples(random.Random(f"{name} 7"), count)
        for kind, entries in getattr(module, "LISTS", {}).items():
            words[kind].update(entries)
    return Material(found, words)


def retold(name: str, real: list[Example], *, plain: list[Example]) -> list[Example]:
    """What a synthetic module makes of the real sentences, where it does."""
    retell = getattr(importlib.import_module(f"synthetic.{name}"), "retold", None)
    return list(retell(real, plain, chance=random.Random(f"retold {name}"))) if retell else []


def common_words(examples: list[Example], *, least: int) -> set[str]:
    """Words that stand in small letters outside of all marks, often."""
    seen: Counter[str] = Counter()
    for example in examples:
        spans = example.spans
        for match in lists.WORD.finditer(example.text):
            if match[0].islower() and all(match.end() <= start or end <= match.start() for start, end, _ in spans):
                seen[match[0]] += 1
    return {word for word, count in seen.items() if count >= least}


def flags(words: dict[str, set[str]], examples: list[Example], *, least: int) -> dict[str, int]:
    """The flags of the lists' words; common are those, too, that the examples write in small letters so often."""
    return lists.flagged(words | {"common": words["common"] | common_words(examples, least=least)})


def trained(script: str, real: list[Example], *, plain: list[Example]) -> Weights:
    """The weights for a script, of marked sentences and unmarked ones beside the synthetic examples of its recipe."""
    stuff = material(script)
    for name in RECIPES[script].synthetic:
        stuff.made.extend(retold(name, real, plain=plain))
    return fitted(script, stuff, real=real, plain=plain, chance=random.Random(f"build {script}"))


def fitted(
    script: str, stuff: Material, *, real: list[Example], plain: list[Example], chance: random.Random
) -> Weights:
    """The weights of synthetic, marked and unmarked sentences."""
    recipe = RECIPES[script]
    often, known = (flags(stuff.words, real + plain, least=least) for least in recipe.common)
    rare = {word for word, bits in known.items() if bits & lists.COMMON and not often.get(word, 0) & lists.COMMON}
    taught = stuff.made + recipe.times * real
    taught += [lowered(example) for example in real if chance.random() < recipe.times * LOWERED_SHARE]
    taught += chance.sample(plain, min(PLAIN_SHARE, len(plain)))
    chance.shuffle(taught)
    listed = frozenset(word for word, bits in known.items() if bits & (lists.FIRST | lists.LAST))
    unnamed = crf.names_only(crf.sequences(taught), listed)
    started = time.monotonic()
    shown = lists.packed(known, share=recipe.listed, rare=rare)
    weights = crf.train(taught, shown, settings=recipe.settings, unnamed=unnamed)
    print(f"{script}: {len(taught)} examples, {len(weights.values)} weights, {time.monotonic() - started:.0f} s")
    casing = crf.worded(weights.casing, recipe.wordy)
    return weights._replace(lists=lists.packed(known), lean=crf.leaning(recipe.lean), casing=casing)


def build(script: str, data: Path, *, check: bool = False) -> bytes:
    """The weights' file for a script, or for screening; `check` tells first how texts left out of training fare."""
    if script == "screen":
        sets = {name: checked(data, name) for name in screening.PLAIN}
        return classifier.write(screening.trained(sets, check=check))
    recipe = RECIPES[script]
    real = [example for name in recipe.marked for example in marked(data, name)]
    plain = [example for name in recipe.plain for example in unmarked(data, name)]
    return write(trained(script, real, plain=plain))


def pinned() -> None:
    """Start anew where sets of words have another order: Faker draws from some."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | {"PYTHONHASHSEED": "0"})  # noqa: S606 - this very program


def record(file: Path) -> None:
    """Note the digest of a weights' file that goes into the package."""
    known = tomllib.loads(RECORD.read_text(encoding="utf-8"))["sha256"] if RECORD.is_file() else {}
    known[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    lines = [f'"{name}" = "{digest}"' for name, digest in sorted(known.items())]
    RECORD.write_text("\n".join(("# What `make models` makes; models/build.py writes this.", "[sha256]", *lines, "")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("script", choices=sorted(OUT))
    parser.add_argument("--data", type=Path, required=True, help="the folder of the sets in inputs.toml")
    parser.add_argument("--out", type=Path, help="where the weights go; default: into the package")
    parser.add_argument("--check", action="store_true", help="screen: leave texts out of training in turn first")
    given = parser.parse_args()
    pinned()
    path = (given.out or OUT[given.script]) / f"{given.script}.npz"
    path.write_bytes(build(given.script, given.data, check=given.check))
    if given.out is None:
        record(path)
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
