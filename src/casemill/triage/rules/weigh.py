"""Signals become a verdict: whose failure, which modes, how sure. No number here is learned.

For each origin the belief is the noisy-or of its signals; what speaks against it takes its share away. Nobody's fault
starts with a belief of its own, larger where no AI took part. Sure is the winner's belief less half of the next one's.
"""

from math import prod
from typing import NamedTuple

from casemill.domain.failure import Evidence, Failure, Origin
from casemill.domain.taxonomy import Taxonomy
from casemill.triage.rules.reply import failing_reply
from casemill.triage.rules.sides import Sides
from casemill.triage.rules.signal import Signal, belief

ORIGINS: tuple[Origin, ...] = ("model", "product", "misuse", "one_off", "none")
NOBODY_WITH_AI, NOBODY_WITHOUT = 0.35, 0.45
SURE_AT_MOST, SURE_AT_LEAST = 0.95, 0.05
SECOND_MODE = 0.55
MOST_FAILURES, MOST_QUOTES = 3, 6
FALLBACK = "other"


class Verdict(NamedTuple):
    """What the rules say, with every signal they say it by; `danger` and `orders` ask that a person look.

    `suspected` are the failures if it was the AI's after all; `turn` is the reply that a complaint speaks of.
    """

    origin: Origin
    suspected: tuple[Failure, ...]
    turn: int | None
    confidence: float
    evidence: tuple[Evidence, ...]
    signals: tuple[Signal, ...]
    danger: bool
    orders: bool

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What went wrong; empty unless it was the AI's."""
        return self.suspected if self.origin == "model" else ()


def weigh(sides: Sides, signals: tuple[Signal, ...], *, taxonomy: Taxonomy) -> Verdict:
    """The verdict of a ticket's signals; modes the taxonomy lacks become `other`, or no mode at all."""
    beliefs = {origin: _belief_in(origin, sides=sides, signals=signals) for origin in ORIGINS}
    origin = max(ORIGINS, key=lambda name: beliefs[name])
    next_best = max(beliefs[name] for name in ORIGINS if name != origin)
    modes = _modes(signals, taxonomy)
    sure = beliefs[origin] * (1 - next_best / 2)
    if origin == "model":
        sure *= 0.5 + 0.5 * max(modes.values(), default=0.0)
    flagged = {signal.name for signal in signals if signal.side == "flag"}
    return Verdict(
        origin=origin,
        suspected=_failures(modes, signals, sides=sides, taxonomy=taxonomy),
        turn=failing_reply("", sides, before=None),
        confidence=round(min(SURE_AT_MOST, max(SURE_AT_LEAST, sure)), 3),
        evidence=evidence_for(origin, tuple(modes), signals=signals),
        signals=signals,
        danger=bool(flagged & {"distress", "danger"}),
        orders="orders_to_a_machine" in flagged,
    )


def _belief_in(origin: Origin, *, sides: Sides, signals: tuple[Signal, ...]) -> float:
    mine = [signal for signal in signals if signal.origin == origin]
    against = prod(1 - signal.weight for signal in mine if signal.side == "against")
    believed = belief(_strongest_by_mode(mine)) * against
    if origin == "none":
        start = NOBODY_WITH_AI if sides.bot_took_part else NOBODY_WITHOUT
        believed = 1 - (1 - believed) * (1 - start)
    return believed


def _strongest_by_mode(signals: list[Signal]) -> list[Signal]:
    """Many modes named are one complaint told in many words: of those signals only the strongest counts."""
    plain = [signal for signal in signals if signal.side == "for" and signal.mode is None]
    named = sorted((signal for signal in signals if signal.mode), key=lambda signal: -signal.weight)
    return plain + named[:1]


def _modes(signals: tuple[Signal, ...], taxonomy: Taxonomy) -> dict[str, float]:
    """Modes with their belief; the one with the heaviest single reason first, ties in the taxonomy's order."""
    by_mode: dict[str, list[Signal]] = {}
    for signal in signals:
        if signal.mode and signal.side == "for":
            by_mode.setdefault(_known(signal.mode, taxonomy), []).append(signal)
    by_mode.pop("", None)
    if not by_mode and taxonomy.mode(FALLBACK):
        return {FALLBACK: 0.1}
    order = {name: place for place, name in enumerate(taxonomy.names)}
    ranked = sorted(by_mode, key=lambda mode: (-_heaviest(by_mode[mode]), -belief(by_mode[mode]), order[mode]))
    strong = [(mode, belief(by_mode[mode])) for mode in ranked[:MOST_FAILURES]]
    return dict(item for place, item in enumerate(strong) if place == 0 or item[1] >= SECOND_MODE)


def _heaviest(signals: list[Signal]) -> float:
    return max(signal.weight for signal in signals)


def _known(mode: str, taxonomy: Taxonomy) -> str:
    return mode if taxonomy.mode(mode) else FALLBACK if taxonomy.mode(FALLBACK) else ""


def _failures(
    modes: dict[str, float], signals: tuple[Signal, ...], *, sides: Sides, taxonomy: Taxonomy
) -> tuple[Failure, ...]:
    found = []
    for mode in modes:
        known = taxonomy.mode(mode)
        if known is not None:
            found.append(Failure(mode=mode, severity=known.severity, turn=_turn_of(mode, signals, sides=sides)))
    return tuple(found)


def _turn_of(mode: str, signals: tuple[Signal, ...], *, sides: Sides) -> int | None:
    """The reply that the mode's strongest signal speaks of; else the likeliest one before the complaint."""
    about = [signal for signal in signals if signal.mode == mode and signal.about is not None]
    if about:
        return max(about, key=lambda signal: signal.weight).about
    complaints = [signal.turn for signal in signals if signal.mode == mode and _is_customers(signal, sides)]
    first = next((turn for turn in complaints if turn is not None), None)
    return failing_reply(mode, sides, before=first)


def _is_customers(signal: Signal, sides: Sides) -> bool:
    return signal.turn is not None and sides.ticket.turns[signal.turn].role == "customer"


def evidence_for(origin: Origin, modes: tuple[str, ...], *, signals: tuple[Signal, ...]) -> tuple[Evidence, ...]:
    """Quotes that speak for the verdict: flags first, then those that name a mode, the heaviest first; none twice."""
    speaking = [
        signal
        for signal in signals
        if signal.quote and (signal.side == "flag" or (signal.origin == origin and signal.side == "for"))
        if signal.mode is None or signal.mode in modes
    ]
    speaking.sort(key=lambda signal: (signal.side != "flag", signal.mode is None, -signal.weight))
    seen: dict[str, Evidence] = {}
    for signal in speaking:
        seen.setdefault(signal.quote, signal.evidence)
    return tuple(seen.values())[:MOST_QUOTES]
