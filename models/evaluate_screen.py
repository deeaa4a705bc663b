"""Measure screening: texts of our own that were kept from training, hidden forms of them, and ordinary requests.

    python models/evaluate_screen.py [--data DIR] [--misses]

`heldout` was written after phrases and training text were done, and nothing was changed by it; `seen` was measured once
in the making, when 74 % were found; the training text grew after that and the level was chosen by it: it flatters.
A text counts as found when it is flagged at all, whichever danger it is flagged for. Intervals are Wilson's at 95 %;
`misses at most` is the Clopper-Pearson bound on the share that is missed. Rows by the phrases alone and by the
classifier alone tell what each of them adds. With --data the share of ordinary requests that are flagged, too:
BANKING77 and the DSTC11 sets were never trained on, of CLINC150 only every second request. Whole dialogues count as
flagged when one of the customer's messages is; only those are measured by which the level was not chosen (`kept`).
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import corpora
from scipy.stats import beta
from screen import texts
from screen.texts import NOTHING, Text

from casemill.ingest.screen import dangers_in, dangers_of
from casemill.ingest.screening.classifier import classified
from casemill.ingest.screening.folding import fold
from casemill.ingest.screening.lexicon import in_lexicon
from casemill.stats.intervals import wilson

HELD, SEEN = texts.HERE / "heldout", texts.HERE / "seen"
HEADER = f"{'texts':34s} {'n':>6s} {'flagged':>8s}  {'interval':15s} misses at most"
DIALOGUES = ("tau_airline", "tau_retail", "tau_no_tools", "pii_multidogo")
Looks = Callable[[Sequence[str]], Sequence[object]]


def row(name: str, *, hits: int, n: int, bound: bool) -> str:
    low, high = wilson(hits, n) or (0.0, 1.0)
    missed = float(beta.ppf(0.95, n - hits + 1, hits)) if hits else 1.0
    told = f" {missed:.3f}" if bound else ""
    return f"{name:34s} {n:6d} {hits / n:8.4f}  {low:.4f}-{high:.4f} {told}"


def flagged(some: Sequence[str], *, by: Looks = dangers_in) -> int:
    return sum(bool(found) for found in by(some))


def by_phrases(some: Sequence[str]) -> list[object]:
    return [in_lexicon(fold(text)) for text in some]


def by_classifier(some: Sequence[str]) -> Sequence[object]:
    return classified([fold(text) for text in some])


def held_rows(held: Sequence[Text]) -> Iterator[str]:
    for (danger, language), group in groupby(held, key=lambda text: (text.danger, text.language)):
        some = [text.text for text in group]
        yield row(f"{danger} {language}", hits=flagged(some), n=len(some), bound=danger != NOTHING)
    for name, some in (
        ("all dangers", [text.text for text in held if text.danger != NOTHING]),
        ("all hard negatives", [text.text for text in held if text.danger == NOTHING]),
    ):
        for how, by in (("", dangers_in), (", phrases alone", by_phrases), (", classifier alone", by_classifier)):
            yield row(name + how, hits=flagged(some, by=by), n=len(some), bound=name == "all dangers")


def hidden_rows(held: Sequence[Text]) -> Iterator[str]:
    """Of the texts that are found as they are: how many are still found when they are hidden, by the way."""
    open_ones = [text for text in held if text.danger != NOTHING and dangers_in([text.text])[0]]
    ways: dict[str, list[str]] = {}
    for text in open_ones:
        for way, form in texts.hidden(text.text, text.language):
            ways.setdefault(way, []).append(form)
    for way, some in ways.items():
        yield row(f"hidden: {way}", hits=flagged(some), n=len(some), bound=True)
    every = [form for some in ways.values() for form in some]
    yield row("hidden: all ways", hits=flagged(every), n=len(every), bound=True)


def plain_rows(data: Path) -> Iterator[str]:
    sets = ("banking77_train", "clinc150_trainval", "intents_dstc11_development", "intents_dstc11_test_finance")
    for name in sets:
        some = [one["text"] for one in corpora.rows(data / f"{name}.jsonl.gz")]
        some = some[1::2] if name.startswith("clinc") else some
        begun = time.process_time()
        hits = flagged(some)
        yield row(name, hits=hits, n=len(some), bound=False) + f" {len(some) / (time.process_time() - begun):,.0f}/s"


def kept(name: str) -> bool:
    """Whether a dialogue was kept from choosing the level, by a digest of its id."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 1


def dialogues(path: Path) -> Iterator[list[str]]:
    """What the customer writes in each dialogue that was kept."""
    for one in corpora.rows(path):
        if kept(one["id"]):
            yield [turn["content"] for turn in one["messages"] if turn["role"] == "user" and turn["content"]]


def dialogue_rows(data: Path, held: Sequence[Text]) -> Iterator[str]:
    """Ordinary dialogues that are flagged, and dangers that are found in the middle of those that are not."""
    calm: list[list[str]] = []
    for name in DIALOGUES:
        some = list(dialogues(data / f"{name}.jsonl.gz"))
        quiet = [talk for talk in some if not dangers_of(talk)]
        yield row(name, hits=len(some) - len(quiet), n=len(some), bound=False)
        calm += quiet if name.startswith("tau") else []
    dire = [text.text for text in held if text.danger != NOTHING]
    talks = [[*talk[: len(talk) // 2], text, *talk[len(talk) // 2 :]] for text, talk in zip(dire, calm, strict=False)]
    hits = sum(bool(dangers_of(talk)) for talk in talks)
    yield row("dangers as a turn of a dialogue", hits=hits, n=len(talks), bound=True)
    yield row("dangers in one text of it", hits=flagged(["\n".join(talk) for talk in talks]), n=len(talks), bound=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of the public sets")
    parser.add_argument("--misses", action="store_true", help="show what was missed and what was flagged in vain")
    given = parser.parse_args()
    print(HEADER)
    for folder in (HELD, SEEN):
        held = texts.read(folder)
        print(f"{folder.name}:")
        for line in (*held_rows(held), *hidden_rows(held)):
            print(line, flush=True)
        for text in held if given.misses else ():
            if bool(dangers_in([text.text])[0]) == (text.danger == NOTHING):
                print(f"  {text.danger} {text.language}: {text.text}")
    if given.data:
        for line in (*plain_rows(given.data), *dialogue_rows(given.data, texts.read(HELD))):
            print(line, flush=True)


if __name__ == "__main__":
    main()
