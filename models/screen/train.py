"""Train the screening classifier: our own texts as they are and garbled, beside ordinary requests and news."""

from __future__ import annotations

import random
from pathlib import Path
from typing import NamedTuple

import corpora
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from casemill.ingest.screening.classifier import BUCKETS, DANGERS, FEWEST, UNIT, Weights, grams, pieces
from casemill.ingest.screening.folding import fold
from casemill.ingest.screening.lexicon import in_lexicon
from screen import texts

# Requests, tweets and news that hold none of it, and how many pieces of each are read; every second request of CLINC150
# is kept from training, and all of BANKING77: the false alarms are measured there.
PLAIN = {
    "clinc150_trainval": 4500,
    "ner_btc_train": 750,
    "ner_wnut17_train": 750,
    "ner_kaznerd_valid": 1250,
    "ner_factrueval_devset": 300,
}
COPIES = 3
# How many sentences each line of our own small talk makes.
TALKS = 24
STRENGTH = 30.0
FOLDS = 5
# Chosen so that of whole dialogues with hundreds of windows at most about 1 % are flagged for one danger: on half of
# tau-bench, MultiDoGO and resolved helpdesk tickets, by a digest of their ids (evaluate_screen.py measures the rest).
LEVELS = {"distress": -0.2, "threat": -0.2, "legal": -0.95}


class Rows(NamedTuple):
    """Pieces to learn from, a column of labels a danger, and the fold that each belongs to."""

    pieces: list[str]
    labels: NDArray[np.bool_]
    folds: NDArray[np.int64]
    plain: NDArray[np.bool_]


def plain(data: dict[str, Path]) -> list[str]:
    """Sentences of the public sets; what the lexicon takes for danger is no witness of its absence."""
    found: list[str] = []
    for name, count in PLAIN.items():
        rows = [row["text"] for row in corpora.rows(data[name])]
        if name == "clinc150_trainval":
            rows = rows[::2]
        cut = [piece for row in rows for piece in pieces(fold(row))]
        random.Random(f"screen {name}").shuffle(cut)
        found += [piece for piece in cut[: 2 * count] if not in_lexicon(piece)][:count]
    return found


def rows(data: dict[str, Path]) -> Rows:
    """Our texts, each with garbled copies in the same fold, and the plain ones."""
    chance = random.Random("screen")
    told: list[tuple[str, str, int, bool]] = []
    for place, text in enumerate(texts.read()):
        forms = [text.text, *(texts.garbled(text.text, chance) for _ in range(COPIES))]
        told += [(piece, text.danger, place % FOLDS, False) for form in forms for piece in pieces(fold(form))]
    calm = plain(data) + [piece for text in texts.talk(TALKS) for piece in pieces(fold(text))]
    told += [(piece, texts.NOTHING, place % FOLDS, True) for place, piece in enumerate(calm)]
    labels = np.array([[danger == each for each in DANGERS] for _, danger, _, _ in told])
    return Rows([row[0] for row in told], labels, np.array([r[2] for r in told]), np.array([r[3] for r in told]))


def matrix(some: list[str]):  # type: ignore[no-untyped-def]
    """Pieces as rows of counts, over the square root of how many n-grams each has, as the classifier counts them."""
    from scipy.sparse import csr_matrix

    told = grams(some)
    values = 1 / np.sqrt(np.maximum(np.bincount(told.piece, minlength=len(some)), FEWEST))
    return csr_matrix((values[told.piece], (told.piece, told.buckets)), shape=(len(some), BUCKETS))


def fitted(x, y: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:  # type: ignore[no-untyped-def]
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight={True: 3.0, False: 1.0}, solver="liblinear")
    model.fit(x, y)
    return model.coef_[0], float(model.intercept_[0])


def trained(data: dict[str, Path]) -> Weights:
    """The weights; what is said of texts that were left out of training in turn is printed."""
    given = rows(data)
    x = matrix(given.pieces)
    columns, biases = [], []
    for place, danger in enumerate(DANGERS):
        y = given.labels[:, place]
        told = np.zeros(len(y))
        for fold_ in range(FOLDS):
            out = given.folds == fold_
            weight, bias = fitted(x[~out], y[~out])
            told[out] = x[out] @ weight + bias
        threshold = LEVELS[danger]
        weight, bias = fitted(x, y)
        columns.append(np.clip(np.round(weight * UNIT), -127, 127).astype(np.int8))
        biases.append(bias - threshold)
        hard = ~given.plain & ~y
        print(
            f"{danger}: left out, n={int(y.sum())}: {(told[y] > threshold).mean():.3f} found alone;"
            f" {(told[hard] > threshold).mean():.3f} of hard others (n={int(hard.sum())}),"
            f" {(told[given.plain] > threshold).mean():.4f} of plain ones,"
            f" largest weight {np.abs(weight).max():.2f}"
        )
    return Weights(np.stack(columns, axis=1), np.array(biases, dtype=np.float32))
