"""Do the intervals of `casemill judge calibrate` keep their promise? Resampled from people's and judges' verdicts.

    python bench/judge_calibration.py [--llmbar FOLDER] [--resamples 300] [--labels 100]

People's verdicts are those of LLMBar and HaluEval under ../shared/data. Judges that really judged: GPT-4, PaLM 2,
ChatGPT and others on LLMBar, in a clone of github.com/princeton-nlp/LLMBar given with `--llmbar` (a working tree or a
bare one); a text classifier trained by cross-validation on HaluEval; and on each table one that errs on long texts.

Each resample draws replies from a table: some with people's verdicts, the rest with the judge's alone. `true` is the
pass rate of the whole table. A column is the share of resamples in which the 95 % interval holds it, and the interval's
mean width. 300 resamples tell a coverage to about 2.5 points either way.
"""

import argparse
import gzip
import json
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from casemill.stats.calibration import Compared, Judged, Rate, Stratum, ppi, rates, rogan_gladen, weighed
from casemill.stats.intervals import wilson

DATA = Path(__file__).parents[1].parent / "shared" / "data"
JUDGES = ("GPT-4", "PaLM2", "ChatGPT", "LLaMA2", "Falcon")
PASS_RATES = (0.5, 0.85)
Pair = tuple[bool, bool]  # what people say, what the judge says
Coverage = dict[str, list[tuple[bool, float]]]


class Table(NamedTuple):
    name: str
    pairs: list[Pair]

    @property
    def truth(self) -> float:
        return sum(human for human, _ in self.pairs) / len(self.pairs)

    @property
    def counted(self) -> Compared:
        return compared(self.pairs)


def compared(pairs: list[Pair]) -> Compared:
    return Compared(*(pairs.count(cell) for cell in ((True, True), (True, False), (False, True), (False, False))))


def rows(name: str) -> list[dict]:  # type: ignore[type-arg]
    with gzip.open(DATA / name, "rt") as file:
        return [json.loads(line) for line in file]


def long_judge(good: bool, length: int, *, chance: random.Random, typical: float) -> bool:
    """Right on 19 of 20 short texts, on 4 of 5 long ones; a long bad one is passed more often than not caught."""
    wrong = 0.05 if length < typical else (0.08 if good else 0.32)
    return good != (chance.random() < wrong)


def made_up(name: str, told: list[tuple[bool, int]]) -> Table:
    chance = random.Random(7)
    typical = sorted(length for _, length in told)[len(told) // 2]
    return Table(name, [(good, long_judge(good, length, chance=chance, typical=typical)) for good, length in told])


def llmbar(clone: Path | None) -> Iterator[Table]:
    """Is the answer shown first the better one? The order is drawn, so that the table has a certain pass rate."""
    labelled = rows("judge_llmbar.jsonl.gz")
    answers = {judge: read_verdicts(clone, judge) for judge in JUDGES} if clone else {}
    for rate in PASS_RATES:
        chance = random.Random(11)
        shown = [(row, chance.random() < rate) for row in labelled]  # True: the better one comes first
        yield made_up(
            f"llmbar, {rate:.0%} pass, long-text judge", [(first, len(row["answer_1"])) for row, first in shown]
        )
        for judge, verdicts in answers.items():
            pairs = [
                (first, verdicts[key][(row["label"]["better"] == 1) == first] == "1")
                for row, first in shown
                if (key := (row["prompt"], row["answer_1"], row["answer_2"])) in verdicts
            ]
            if len(pairs) >= 200:
                yield Table(f"llmbar, {rate:.0%} pass, {judge}", pairs)


def read_verdicts(clone: Path | None, judge: str) -> dict[tuple[str, str, str], dict[bool, str]]:
    """By prompt and answers: whether a judge prefers what it saw first, as they stand (True) and swapped (False)."""
    names = git(clone, "ls-tree", "-r", "--name-only", "HEAD").splitlines()
    found: dict[tuple[str, str, str], dict[bool, str]] = {}
    for name in names:
        if (
            f"/evaluators/{judge}/Vanilla_NoRules/result.json" not in name
            and f"/{judge}/Vanilla/result.json" not in name
        ):
            continue
        for one in json.loads(git(clone, "show", f"HEAD:{name}")):
            told = one["results"][0]
            if {"swap = False", "swap = True"} <= told.keys():
                straight, swapped = told["swap = False"]["winner"], told["swap = True"]["winner"]
                found[one["input"], one["output_1"], one["output_2"]] = {
                    True: straight,
                    False: {"1": "2", "2": "1"}.get(swapped, swapped),
                }
    return found


def git(clone: Path | None, *arguments: str) -> str:
    return subprocess.run(["git", "-C", str(clone), *arguments], capture_output=True, text=True, check=True).stdout


def halueval() -> Iterator[Table]:
    """Is the answer free of hallucination?"""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict
    from sklearn.pipeline import make_pipeline

    labelled = rows("judge_halueval_general.jsonl.gz")
    told = [(not row["label"]["hallucination"], len(row["answer"])) for row in labelled]
    yield made_up("halueval, long-text judge", told)
    texts = [f"{row['prompt']} ||| {row['answer']}" for row in labelled]
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(class_weight="balanced", C=10, max_iter=2000),
    )
    said = cross_val_predict(model, texts, [good for good, _ in told], cv=5)
    yield Table("halueval, text classifier", [(good, bool(one)) for (good, _), one in zip(told, said, strict=True)])


def resampled(table: Table, *, labels: int, resamples: int) -> Coverage:
    covered: Coverage = {}
    chance = random.Random(3)
    counted = table.counted
    true_rates = (counted.pass_pass / counted.good, counted.fail_fail / counted.bad)
    good = [pair for pair in table.pairs if pair[0]]
    bad = [pair for pair in table.pairs if not pair[0]]
    for _ in range(resamples):
        drawn = chance.choices(table.pairs, k=labels)
        others = chance.choices(table.pairs, k=400)
        judged = Judged(sum(judge for _, judge in others), len(others))
        even = compared(chance.choices(good, k=labels // 2) + chance.choices(bad, k=labels // 2))
        sample = compared(drawn)
        told: dict[str, tuple[float, Rate | tuple[float, float] | None]] = {
            "judge alone": (table.truth, wilson(judged.passed, judged.of)),
            "people alone": (table.truth, wilson(sample.good, sample.n)),
            "PPI++": (table.truth, ppi(sample, judged)),
            "Rogan-Gladen": (table.truth, rogan_gladen(even, judged)),
        }
        by_word = by_the_judges_word(drawn + others, labels=labels, chance=chance)
        for what, pair in (("", rates(even)), ("even ", by_word)):
            told |= {
                f"{what}{name}": (true, rate) for name, true, rate in zip(("TPR", "TNR"), true_rates, pair, strict=True)
            }
        for name, (true, rate) in told.items():
            low, high = (rate.low, rate.high) if isinstance(rate, Rate) else rate or (0.0, 1.0)
            covered.setdefault(name, []).append((low <= true <= high, high - low))
    return covered


def by_the_judges_word(pairs: list[Pair], *, labels: int, chance: random.Random) -> tuple[Rate | None, Rate | None]:
    """TPR and TNR where half of the labels go to what the judge passed, half to what it failed (`--sample even`)."""
    strata: tuple[list[Stratum], list[Stratum]] = ([], [])
    for judge in (True, False):
        said = [human for human, one in pairs if one == judge]
        n = min(len(said), labels // 2)
        good = sum(chance.sample(said, n))
        for of_rate, belong, hit in ((strata[0], good, judge), (strata[1], n - good, not judge)):
            of_rate.append(Stratum(n / len(said), n, belong * hit, belong * (not hit)))
    return weighed(strata[0]), weighed(strata[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llmbar", type=Path)
    parser.add_argument("--resamples", type=int, default=300)
    parser.add_argument("--labels", type=int, default=100)
    asked = parser.parse_args()
    if not DATA.is_dir():
        print(f"left out: it needs the labelled data in {DATA}")
        return
    print(f"{asked.resamples} resamples, {asked.labels} replies labelled by people, 400 by the judge alone\n")
    print(f"{'table':<38} {'n':>5} {'true':>5} {'TPR':>5} {'TNR':>5}   coverage / mean width of the 95 % interval")
    total: Coverage = {}
    for table in (*llmbar(asked.llmbar), *halueval()):
        covered = resampled(table, labels=asked.labels, resamples=asked.resamples)
        tpr, tnr = rates(table.counted)
        assert tpr
        assert tnr
        cells = "  ".join(f"{name} {share(seen)}/{width(seen)}" for name, seen in covered.items())
        head = f"{table.name:<38} {len(table.pairs):>5} {table.truth:>5.2f} {tpr.value:>5.2f} {tnr.value:>5.2f}"
        print(f"{head}   {cells}")
        for name, seen in covered.items():
            total.setdefault(name, []).extend(seen)
    print(f"\n{'all':<60}    {'  '.join(f'{name} {share(seen)}' for name, seen in total.items())}")


def share(seen: list[tuple[bool, float]]) -> str:
    return f"{sum(hit for hit, _ in seen) / len(seen):.3f}"


def width(seen: list[tuple[bool, float]]) -> str:
    return f"{sum(size for _, size in seen) / len(seen):.3f}"


if __name__ == "__main__":
    main()
