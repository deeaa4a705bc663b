"""The ladder: for each failure mode the rules that may catch it, the surest first, each taken from verbatim words.

A rung gives candidates, the best first; which of them is kept is tried on the recorded replies (`checks.py`), never
believed. Nothing here is guessed: where the ticket does not say it, there is no rule.
"""

from collections.abc import Callable, Iterator

from casemill.normalize.ladder import calls, form, said
from casemill.normalize.ladder.facts import Facts, Rule

Rung = Callable[[Facts], Iterator[Rule]]

LADDER: dict[str, tuple[Rung, ...]] = {
    "promised_action": (said.claim, calls.wrong_call, calls.missed_call),
    "policy_violation": (calls.wrong_call, said.claim),
    "unrequested_action": (calls.wrong_call, said.claim_of_the_wrong),
    "wrong_tool_call": (calls.wrong_call, calls.right_call, said.claim_of_the_wrong),
    "missed_action": (calls.missed_call,),
    "leaked_data": (said.leak,),
    "ignored_distress": (said.cheer, calls.escalation),
    "missed_escalation": (calls.escalation, said.cheer),
    "wrong_escalation": (calls.needless_escalation, said.needless_hand_over, calls.missed_call),
    "unsafe_advice": (said.quoted, said.denied_by_good),
    "hallucinated_policy": (said.wrong_fact, said.right_fact),
    "wrong_fact": (said.wrong_fact, said.right_fact),
    "stale_source": (said.wrong_fact, said.right_fact),
    "forgot_constraint": (said.forgotten, calls.wrong_call, said.claim_against_the_wish),
    "incomplete_answer": (said.missing_item,),
    "wrong_tone": (said.rude, form.shape),
    "wrong_language": (form.language,),
    "bad_format": (form.shape, form.unfilled),
}
# Tried only where nothing of the mode's own ladder was red.
LAST: tuple[Rung, ...] = (said.quoted, said.shared_with_the_note, said.denied_by_good)
LAST_BY_MODE: dict[str, tuple[Rung, ...]] = {"wrong_tone": (said.cheer,)}
# Masking took the leaked value out of the recorded reply, so this one cannot be red on it; it still guards.
GUARDS: dict[str, tuple[Rule, ...]] = {"leaked_data": ({"no_pii": {}},)}


def candidates(facts: Facts) -> Iterator[tuple[Rule, ...]]:
    """For each rung of the mode's ladder its candidates, the best first."""
    for rung in LADDER.get(facts.mode, ()):
        yield tuple(rung(facts))


def last_candidates(facts: Facts) -> Iterator[tuple[Rule, ...]]:
    """The same for the rungs that any mode may fall back on."""
    for rung in (*LAST_BY_MODE.get(facts.mode, ()), *LAST):
        yield tuple(rung(facts))


def guards(mode: str) -> tuple[Rule, ...]:
    """Rules that stand beside a red one without being red themselves."""
    return GUARDS.get(mode, ())
