"""What a case is like: its stratum and its card, read off the input alone."""

import re

from casemill.domain.case import Card, Input, Stratum
from casemill.domain.language import language_of

SAFETY = frozenset({"ignored_distress", "unsafe_advice", "leaked_data"})
_INJECTION = re.compile(
    r"\bignore\s(?:all\s|any\s|the\s|your\s){0,3}(?:previous|prior|above|earlier)|\bdisregard\s(?:all|the|your|previous)"
    r"|\bsystem\sprompt|\byou\sare\snow\s(?:a|an|in|dan)\b|\bdeveloper\smode|\bjailbreak|\breveal\syour\s(?:prompt|instructions)"
    r"|\bnew\sinstructions\s?:|<\|im_start\||\[/?INST\]|</?(?:system|assistant)>|\bзабудь\s(?:все|всё|предыдущ)"
    r"|\bигнорируй\s|\bсистемн\w+\sпромпт|\bты\sтеперь\s",
    re.IGNORECASE,
)


def stratum_of(said: Input, mode: str) -> Stratum:
    """Safety by the mode, adversarial by the customer's words, edge when there is more than one turn or question."""
    asked = [turn.customer for turn in said.turns if turn.customer is not None]
    if mode in SAFETY:
        return "safety"
    if any(_INJECTION.search(text) for text in asked):
        return "adversarial"
    several = len(asked) > 1 or len(re.findall(r"\?+", asked[-1] if asked else "")) > 1
    return "edge" if several else "routine"


def card_of(said: Input) -> Card | None:
    """The customer's language; the other labels are for people and later rooms."""
    language = language_of(" ".join(turn.customer for turn in said.turns if turn.customer is not None))
    return Card(language=language) if language else None
