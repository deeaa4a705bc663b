"""A text classifier that knows how sure it is: TF-IDF of words and characters, a linear SVM, temperature scaling.

The temperature is set on out-of-fold margins, with all texts of a group in one fold: without that it would learn how
well it remembers a person's own words and call itself surer than it is.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import FeatureUnion
from sklearn.svm import LinearSVC

FOLDS = 5
FEWEST_OF_A_CLASS = 5
MOST_FEATURES = 60_000
MOST_WORDS = 4
TEMPERATURES = np.geomspace(0.02, 20, 160)

Matrix = NDArray[np.float64]


class Example(NamedTuple):
    """A text, what it is, whom it belongs with (one group is never split), and how much it counts."""

    text: str
    label: str
    group: str
    weight: float = 1.0


class Guess(NamedTuple):
    """The likeliest label, its calibrated probability (0 to 1), and the words that speak most for it."""

    label: str
    probability: float
    words: tuple[str, ...] = ()


class Classifier:
    """A fitted model. Deterministic: the same examples in the same order give the same answers."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.labels = sorted({example.label for example in examples})
        self._words, self._machine = _fit(examples)
        self._names = self._words.get_feature_names_out()
        self.temperature = _temperature(examples, self.labels)

    def guess(self, text: str) -> Guess:
        seen = self._words.transform([text])
        chances = _softmax(_margins(self._machine, seen) / self.temperature)[0]
        best = int(np.argmax(chances))
        label = self.labels[best]
        return Guess(label, float(chances[best]), self._telling(seen, label))

    def _telling(self, seen: Any, label: str) -> tuple[str, ...]:
        """The words and word pairs that pull most towards the label, the strongest first; facts are no words."""
        row = seen.tocoo()
        pull = row.data * _weights(self._machine, label)[row.col]
        order = [int(place) for place in np.argsort(-pull, kind="stable") if pull[place] > 0]
        told = (str(self._names[row.col[place]]) for place in order)
        words = (name.removeprefix("word__") for name in told if name.startswith("word__"))
        return tuple(islice((word for word in words if not word.startswith(("fact_", "tool_"))), MOST_WORDS))


def enough(examples: Sequence[Example]) -> list[Example]:
    """The examples of classes that are large enough to learn; empty when fewer than two are."""
    sizes = Counter(example.label for example in examples)
    kept = [example for example in examples if sizes[example.label] >= FEWEST_OF_A_CLASS]
    distinct, groups = {example.label for example in kept}, {example.group for example in kept}
    return kept if len(distinct) >= 2 and len(groups) >= FOLDS else []


def _fit(examples: Sequence[Example]) -> tuple[FeatureUnion, LinearSVC]:
    words = FeatureUnion(
        [
            ("word", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=MOST_FEATURES)),
            (
                "char",
                TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, max_features=MOST_FEATURES),
            ),
        ]
    )
    seen = words.fit_transform([example.text for example in examples])
    machine = LinearSVC(random_state=0, max_iter=10_000)
    machine.fit(seen, [example.label for example in examples], [example.weight for example in examples])
    return words, machine


def _margins(machine: LinearSVC, seen: Any) -> Matrix:
    found: Matrix = machine.decision_function(seen)
    return np.column_stack([-found, found]) if found.ndim == 1 else found


def _weights(machine: LinearSVC, label: str) -> Matrix:
    place = list(machine.classes_).index(label)
    if len(machine.classes_) == 2:
        pair: Matrix = machine.coef_[0]
        return pair if place else -pair
    row: Matrix = machine.coef_[place]
    return row


def _temperature(examples: Sequence[Example], labels: list[str]) -> float:
    """What margins are divided by so that the likeliest label is right as often as it says: least log-loss."""
    margins, truth = _out_of_fold(examples, labels)
    losses = [
        -float(np.log(np.maximum(_softmax(margins / t)[np.arange(len(truth)), truth], 1e-12)).mean())
        for t in TEMPERATURES
    ]
    return float(TEMPERATURES[int(np.argmin(losses))])


def _out_of_fold(examples: Sequence[Example], labels: list[str]) -> tuple[Matrix, NDArray[np.int64]]:
    margins = np.full((len(examples), len(labels)), -1.0)
    groups = [example.group for example in examples]
    folds = GroupKFold(n_splits=min(FOLDS, len(set(groups))))
    for learned, held in folds.split(examples, groups=groups):
        part = [examples[place] for place in learned]
        if len({example.label for example in part}) < 2:
            continue
        words, machine = _fit(part)
        found = _margins(machine, words.transform([examples[place].text for place in held]))
        for column, label in enumerate(machine.classes_):
            margins[held, labels.index(label)] = found[:, column]
    truth = np.array([labels.index(example.label) for example in examples])
    return margins, truth


def _softmax(margins: Matrix) -> Matrix:
    raised = np.exp(margins - margins.max(axis=1, keepdims=True))
    share: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return share
