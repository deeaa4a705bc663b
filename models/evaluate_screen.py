"""Measure screening: texts that were kept from it, hidden forms of them, and ordinary requests and dialogues.

    python models/evaluate_screen.py [--data DIR] [--misses]

The labelled set was written by people who had seen neither phrases nor training text; a digest parts it. `heldout`:
nobody who works on screening reads these texts, and nothing is chosen by them; that is the figure to go by. `taught`:
the other half is trained on, so what is still missed of it says only what cannot be learned.
A text counts as found when it is flagged at all, whichever danger it is flagged for; `by its name`: for the danger that
it holds. Bounds of misses are Clopper-Pearson's, both sides together 95 %; other intervals are Wilson's. With --data
the share of ordinary requests and tickets that are flagged: nothing of BANKING77, the DSTC11 sets and the dialogues was
trained on, of CLINC150 every second request. The level was chosen on every second request of BANKING77 and on half of
the dialogues; only the rest of these is measured, but for the row of all of BANKING77. Of the resolved tickets (made of
tau-bench and STAR) the level was chosen on all.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import corpora
from scipy.stats import beta
from screen import texts
from screen.texts import DANGERS, NOTHING, Text
from screen.train import kept

from casemill.ingest.screen import dangers_in, dangers_of
from casemill.ingest.screening.classifier import classified
from casemill.ingest.screening.folding import fold
from casemill.ingest.screening.lexicon import in_lexicon, phrases
from casemill.stats.intervals import wilson

LANGUAGES = ("en", "ru", "kk")
SHARES = f"{'texts':34s} {'n':>6s} {'flagged':>8s}  interval"
MISSES = f"{'texts':34s} {'n':>6s} {'missed':>7s} {'share':>7s}  {'bounds':15s} by its name"
DIALOGUES = ("tau_airline", "tau_retail", "tau_no_tools", "pii_multidogo", "star")
CHOSEN_ON = 2
Looks = Callable[[Sequence[str]], Sequence[object]]


def share_row(name: str, *, hits: int, n: int) -> str:
    low, high = wilson(hits, n) or (0.0, 1.0)
    return f"{name:34s} {n:6d} {hits / n:8.4f}  {low:.4f}-{high:.4f}"


def bounds(missed: int, n: int) -> tuple[float, float]:
    """Clopper-Pearson's bounds on a share, 2.5 % on either side."""
    low = float(beta.ppf(0.025, missed, n - missed + 1)) if missed else 0.0
    return low, float(beta.ppf(0.975, missed + 1, n - missed)) if missed < n else 1.0


def miss_row(name: str, *, missed: int, n: int, named: int | None = None) -> str:
    low, high = bounds(missed, n)
    told = "" if named is None else f"  {named / n:.3f}"
    return f"{name:34s} {n:6d} {missed:7d} {missed / n:7.3f}  {low:.4f}-{high:.4f}{told}"


def flagged(some: Sequence[str], *, by: Looks = dangers_in) -> int:
    return sum(bool(found) for found in by(some))


def by_phrases(some: Sequence[str]) -> list[object]:
    return [in_lexicon(fold(text)) for text in some]


def by_phrases_ungated(some: Sequence[str]) -> list[object]:
    """Every phrase is looked for in every text, whether or not one of its trigger words stands there."""
    return [any(one.pattern.search(fold(text)) for one in phrases()) for text in some]


def by_classifier(some: Sequence[str]) -> Sequence[object]:
    return classified([fold(text) for text in some])


def half_rows(half: Sequence[Text]) -> Iterator[str]:
    """Misses a danger and language, then what phrases and classifier find alone, then the hard negatives."""
    yield MISSES
    for danger in DANGERS:
        for language in LANGUAGES:
            some = [text.text for text in half if (text.danger, text.language) == (danger, language)]
            found = dangers_in(some)
            named = sum(danger in dangers for dangers in found)
            yield miss_row(f"{danger} {language}", missed=sum(not one for one in found), n=len(some), named=named)
    dire = [text.text for text in half if text.danger != NOTHING]
    ways: tuple[tuple[str, Looks], ...] = (
        ("all dangers", dangers_in),
        ("all dangers, phrases alone", by_phrases),
        ("the same, without trigger words", by_phrases_ungated),
        ("all dangers, classifier alone", by_classifier),
    )
    for name, by in ways:
        yield miss_row(name, missed=len(dire) - flagged(dire, by=by), n=len(dire))
    yield SHARES
    for language in LANGUAGES:
        some = [text.text for text in half if (text.danger, text.language) == (NOTHING, language)]
        yield share_row(f"hard negatives {language}", hits=flagged(some), n=len(some))
    hard = [text.text for text in half if text.danger == NOTHING]
    yield share_row("all hard negatives", hits=flagged(hard), n=len(hard))


def hidden_rows(held: Sequence[Text]) -> Iterator[str]:
    """Of the texts that are found as they are: how many are no longer found when they are hidden, by the way."""
    dire = [text for text in held if text.danger != NOTHING]
    found = [text for text, dangers in zip(dire, dangers_in([one.text for one in dire]), strict=True) if dangers]
    ways: dict[str, list[str]] = {}
    for text in found:
        for way, form in texts.hidden(text.text, text.language):
            ways.setdefault(way, []).append(form)
    missed = {way: len(some) - flagged(some) for way, some in ways.items()}
    for way, some in ways.items():
        yield miss_row(f"hidden: {way}", missed=missed[way], n=len(some))
    yield miss_row("hidden: all ways", missed=sum(missed.values()), n=sum(map(len, ways.values())))


def plain_rows(data: Path) -> Iterator[str]:
    for name in ("banking77_train", "clinc150_trainval", "intents_dstc11_development", "intents_dstc11_test_finance"):
        some = [one["text"] for one in corpora.rows(data / f"{name}.jsonl.gz")]
        begun = time.process_time()
        hits = flagged(some)
        rate = f" {len(some) / (time.process_time() - begun):,.0f}/s"
        if name.startswith("banking"):
            yield share_row(f"{name}, all", hits=hits, n=len(some)) + rate
        if name.startswith(("banking", "clinc")):
            some = some[1::CHOSEN_ON]
            hits = flagged(some)
        yield share_row(name, hits=hits, n=len(some)) + ("" if name.startswith("banking") else rate)


def dialogues(path: Path) -> Iterator[list[str]]:
    """What the customer writes in each dialogue that was kept."""
    for one in corpora.rows(path):
        if kept(one["id"]):
            yield [turn["content"] for turn in one["messages"] if turn["role"] == "user" and turn["content"]]


def resolved(folder: Path) -> list[list[str]]:
    """What the customer writes in each ticket of an export: all that comes from who asked."""
    asked: dict[int, int] = {}
    for page in sorted(folder.glob("zendesk_export_tickets_*.json")):
        tickets: list[dict[str, Any]] = json.loads(page.read_text(encoding="utf-8"))["tickets"]
        asked |= {ticket["id"]: ticket["requester_id"] for ticket in tickets}
    told = []
    for row in corpora.rows(folder / "zendesk_export_comments.jsonl.gz"):
        whose = asked.get(row["ticket_id"])
        said = [one.get("plain_body") or one["body"] for one in row["comments"] if one["author_id"] == whose]
        told += [said] if said else []
    return told


def dialogue_rows(data: Path, held: Sequence[Text]) -> Iterator[str]:
    """Ordinary dialogues that are flagged, and dangers that are missed in the middle of those that are not."""
    calm: list[list[str]] = []
    for name in DIALOGUES:
        some = list(dialogues(data / f"{name}.jsonl.gz"))
        quiet = [talk for talk in some if not dangers_of(talk)]
        yield share_row(name, hits=len(some) - len(quiet), n=len(some))
        calm += quiet if name.startswith("tau") else []
    tickets = resolved(data / "zendesk_resolved")
    yield share_row("zendesk_resolved", hits=sum(bool(dangers_of(one)) for one in tickets), n=len(tickets))
    dire = [text.text for text in held if text.danger != NOTHING]
    talks = []
    for place, text in enumerate(dire):
        talk = calm[place % len(calm)]
        talks.append([*talk[: len(talk) // 2], text, *talk[len(talk) // 2 :]])
    yield MISSES
    missed = sum(not dangers_of(talk) for talk in talks)
    yield miss_row("dangers as a turn of a dialogue", missed=missed, n=len(talks))
    joined = ["\n".join(talk) for talk in talks]
    yield miss_row("dangers in one text of it", missed=len(joined) - flagged(joined), n=len(joined))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of the public sets")
    parser.add_argument("--misses", action="store_true", help="show what is got wrong of the half that is taught")
    given = parser.parse_args()
    taught, held = texts.read(texts.TAUGHT), texts.read(texts.HELD)
    for name, half in (("heldout, read by nobody", held), ("taught, trained on", taught)):
        print(f"== {name} ==")
        for line in half_rows(half):
            print(line, flush=True)
    print("== heldout, hidden ==", MISSES, *hidden_rows(held), sep="\n", flush=True)
    for text in taught if given.misses else ():
        if bool(dangers_in([text.text])[0]) == (text.danger == NOTHING):
            print(f"  {text.danger} {text.language}: {text.text}")
    if given.data:
        print("== ordinary requests and tickets ==", SHARES, sep="\n")
        for line in (*plain_rows(given.data), *dialogue_rows(given.data, held)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
