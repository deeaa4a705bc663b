"""A model as it lies in its file: whole numbers only, so that every machine adds up the same."""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from casemill.personal.tagger.properties import REACH, Keys, Lists

LABELS = ("O", "B-NAME", "I-NAME", "B-ADDRESS", "I-ADDRESS", "B-PLACE", "I-PLACE", "B-ORG", "I-ORG")
OFFSETS = 2 * REACH + 1
CELLS = OFFSETS * len(LABELS)
# A weight of 1.0 is this many units.
UNIT = 128
NEVER = -(2**24)


class Weights(NamedTuple):
    """Sparse rows, one a known property key: `counts[i]` cells (offset x label) with their weights in units.

    `steps[i, j]` is the weight of label j after label i; `lean` is added to each label everywhere: the operating point.
    """

    keys: Keys
    counts: NDArray[np.uint8]
    cells: NDArray[np.uint8]
    values: NDArray[np.int16]
    steps: NDArray[np.int32]
    lean: NDArray[np.int32]
    lists: Lists
    # By how a word and its line are written (`casing.rows`): what each label gets. No row where a model does not look.
    casing: NDArray[np.int16] = np.zeros((0, len(LABELS)), np.int16)


def write(weights: Weights) -> bytes:
    """The file's bytes; equal weights give equal bytes."""
    out = BytesIO()
    named: dict[str, Any] = {
        "keys": weights.keys,
        "counts": weights.counts,
        "cells": weights.cells,
        "values": weights.values,
        "steps": weights.steps,
        "lean": weights.lean,
        "list_keys": weights.lists.keys,
        "list_flags": weights.lists.flags,
    }
    if len(weights.casing):
        named["casing"] = weights.casing
    np.savez(out, **named)
    return out.getvalue()


def read(content: bytes) -> Weights:
    """The weights that `write` wrote."""
    with np.load(BytesIO(content), allow_pickle=False) as file:
        return Weights(
            keys=file["keys"],
            counts=file["counts"],
            cells=file["cells"],
            values=file["values"],
            steps=file["steps"],
            lean=file["lean"],
            lists=Lists(file["list_keys"], file["list_flags"]),
            **({"casing": file["casing"]} if "casing" in file else {}),
        )


@lru_cache(maxsize=2)
def shipped(name: str) -> Weights:
    """The weights in the package: `latin` or `cyrillic`."""
    return read(files("casemill.personal.tagger").joinpath(f"{name}.npz").read_bytes())


def may_follow(before: int, after: int) -> bool:
    """I-X comes only after B-X or I-X."""
    return after % 2 == 1 or after == 0 or before in {after - 1, after}
