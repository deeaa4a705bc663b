"""Who looks at a proposal."""

from typing import Any

import pytest

import make
from casemill.domain.failure import Failure
from casemill.settings import Triage
from casemill.triage.route import AUDIT_SAMPLE, Opinion, route

LATER = 200
SETTINGS = Triage(audit_share=0.0)


def opinion(confidence: float = 0.99, *, agreed: bool | None = True, **fields: Any) -> Opinion:
    told: dict[str, Any] = {"failures": (Failure(mode="missed_action", severity="P1"),), "confidence": confidence}
    flags = {name: bool(fields.pop(name)) for name in ("danger", "orders") if name in fields}
    return Opinion(make.proposal(**(told | fields)), agreed=agreed, **flags)


def test_a_sure_proposal_that_the_rules_share_passes_by_itself() -> None:
    assert route(opinion(), SETTINGS, reviewed=LATER).why is None


def test_the_first_tickets_are_all_read() -> None:
    assert "first 200" in (route(opinion(), SETTINGS, reviewed=LATER - 1).why or "")


@pytest.mark.parametrize(
    ("unsure", "why"),
    [
        (opinion(0.94), "not sure enough: 0.94, to pass it takes 0.95"),
        (opinion(agreed=False), "the rules and what reviews taught disagree"),
        (opinion(agreed=None), "too few reviews to learn from yet"),
        (opinion(danger=True), "somebody may be in danger, threatens or goes to law: read this first"),
        (opinion(orders=True), "the text gives orders to a machine"),
        (opinion(failures=()), "the AI's failure, but which one?"),
        (opinion(failures=(Failure(mode="promised_action", severity="P0"),)), "a P0 failure, if it is one"),
    ],
)
def test_everything_else_is_asked_in_plain_words(unsure: Opinion, why: str) -> None:
    assert route(unsure, SETTINGS, reviewed=LATER).why == why


def test_a_fixed_share_of_what_would_pass_is_audited_and_always_the_same() -> None:
    settings = Triage(audit_share=0.1)
    asked = [
        key
        for key in (f"zendesk:{number}" for number in range(2000))
        if route(opinion(ticket=key), settings, reviewed=LATER).why == AUDIT_SAMPLE
    ]
    assert 150 < len(asked) < 250
    assert all(route(opinion(ticket=key), settings, reviewed=LATER).why == AUDIT_SAMPLE for key in asked)


def test_everything_may_be_audited_and_nothing() -> None:
    assert route(opinion(), Triage(audit_share=1.0), reviewed=LATER).why == AUDIT_SAMPLE
    assert route(opinion(), Triage(audit_share=0.0), reviewed=LATER).why is None


def test_danger_comes_first_then_p0_then_the_least_sure() -> None:
    grave = (Failure(mode="promised_action", severity="P0"),)
    asked = [
        opinion(0.9, danger=True),
        opinion(0.2, failures=grave),
        opinion(0.9, failures=grave),
        opinion(0.3),
        opinion(0.8),
    ]
    ranks = [route(one, SETTINGS, reviewed=0).rank for one in asked]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
