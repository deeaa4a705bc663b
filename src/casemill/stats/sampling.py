"""Drawing some of many, the doubtful ones more often, so that what is seen still tells about all of them."""

import hashlib
from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def chances(weights: Mapping[Key, float], *, wanted: int) -> dict[Key, float]:
    """The chance of each to be among `wanted` drawn ones: proportional to its weight (above 0), at most 1, together
    `wanted`; all 1 when there are no more than wanted."""
    if wanted >= len(weights):
        return dict.fromkeys(weights, 1.0)
    rest, left = dict(weights), wanted
    while True:
        total = sum(rest.values())
        sure = [key for key, weight in rest.items() if left and weight * left >= total]
        if not sure:
            return {key: rest[key] * left / total if key in rest else 1.0 for key in weights}
        left -= len(sure)
        for key in sure:
            del rest[key]


def draw(among: Mapping[str, float], *, wanted: int, seed: str) -> tuple[str, ...]:
    """`wanted` names drawn with about these chances, the same ones for the same seed on every machine.

    Pareto sampling: the sample has a fixed size, and each name's true chance is within a hair of the one given.
    Source: B. Rosén, On sampling with probability proportional to size, J. Statist. Plann. Inference 62 (1997).
    """
    ranked = sorted(among, key=lambda name: (_rank(name, among[name], seed=seed), name))
    return tuple(ranked[:wanted])


def _rank(name: str, chance: float, *, seed: str) -> float:
    if chance >= 1:
        return -1.0
    if chance <= 0:
        return float("inf")
    digest = hashlib.sha256(f"{seed}\0{name}".encode("utf-8", "surrogatepass")).digest()
    luck = (int.from_bytes(digest[:6], "big") + 0.5) / 2**48
    return luck * (1 - chance) / ((1 - luck) * chance)
