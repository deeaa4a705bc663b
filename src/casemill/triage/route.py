"""Who looks at a proposal: a person, or nobody.

Simple and strict: nothing passes before people have read `read_first` tickets; after that only what the learned
proposer says at `sure` or above while the rules say the same, less a fixed share for audit. Danger, P0 failures and
texts that give orders to machines are always asked about.
"""

import hashlib
from typing import NamedTuple

from casemill.domain.failure import Origin
from casemill.domain.proposal import Proposal
from casemill.settings import Triage

URGENT, GRAVE, ORDINARY, AUDIT = 0, 100, 200, 350
AUDIT_SAMPLE = "audit sample"


class Opinion(NamedTuple):
    """A proposal with what routing needs to know of how it came about.

    `agreed` is None when the rules stood alone, else whether the learned proposer and the rules say the same.
    """

    proposal: Proposal
    agreed: bool | None = None
    danger: bool = False
    orders: bool = False


class Routed(NamedTuple):
    """`why` is None when the proposal passes by itself; a lower rank is asked first."""

    why: str | None
    rank: int = 0


def route(opinion: Opinion, settings: Triage, *, reviewed: int) -> Routed:
    """Pass or ask; `reviewed` is how many tickets have a standing decision."""
    why = _reason_to_ask(opinion, settings, reviewed=reviewed)
    if why is None and _in_audit(opinion.proposal.ticket, settings.audit_share):
        return Routed(AUDIT_SAMPLE, AUDIT)
    return Routed(why, _rank(opinion)) if why else Routed(None)


def stands_as_case(origin: Origin, *, failures: int) -> bool:
    """Whether a decision makes a ticket material for cases: the AI failed, and it is said how."""
    return origin == "model" and failures > 0


def _reason_to_ask(opinion: Opinion, settings: Triage, *, reviewed: int) -> str | None:
    proposal = opinion.proposal
    reasons = (
        (opinion.danger, "somebody may be in danger, threatens or goes to law: read this first"),
        (opinion.orders, "the text gives orders to a machine"),
        (_worst(proposal) == "P0", "a P0 failure, if it is one"),
        (reviewed < settings.read_first, f"among the first {settings.read_first} that people read whole"),
        (opinion.agreed is None, "too few reviews to learn from yet"),
        (opinion.agreed is False, "the rules and what reviews taught disagree"),
        (
            proposal.confidence < settings.sure,
            f"not sure enough: {proposal.confidence:.2f}, to pass it takes {settings.sure:.2f}",
        ),
        (proposal.origin == "model" and not proposal.failures, "the AI's failure, but which one?"),
    )
    return next((why for holds, why in reasons if holds), None)


def _rank(opinion: Opinion) -> int:
    """Danger first, then P0, then the rest; inside each the least sure first."""
    doubt = round((50 if opinion.agreed is False else 99) * opinion.proposal.confidence)
    if opinion.danger:
        return URGENT + doubt
    return (GRAVE if _worst(opinion.proposal) == "P0" else ORDINARY) + doubt


def _worst(proposal: Proposal) -> str | None:
    return min((failure.severity for failure in proposal.failures), default=None)


def _in_audit(key: str, share: float) -> bool:
    """The same tickets on every machine and in every run: by the digest of the key."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") < share * 2**64
