"""How the rules say "the bot", "some words between", and a phrase in three languages.

Simple on purpose: patterns over words, English, Russian and Kazakh, no grammar. `up_to(n)` allows n words between two
others, so that "never really cancelled" is met by "never" and "cancelled". Matching ignores case and treats ё as е.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from casemill.domain.failure import Origin
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.quoting import around
from casemill.triage.rules.signal import Side, Signal

LONGEST_TEXT = 20_000  # a pasted log is judged by its first pages

BOT_EN = (
    r"(?:chat[\s-]?bots?|robots?|bots?|a\.?i\.?|llm|chat\s?gpt|assistants?|auto-?pilot"
    r"|(?:virtual|digital|ai|automated|automatic|online|chat)\s+(?:agents?|helpers?|help|advis[eo]rs?|support|system)"
    r"|(?:your|the|this)\s+(?:live\s+)?chat)"
)
BOT_RU = (
    r"(?:(?:чат[\s-]?)?бот(?:а|у|ом|е|ы|ов|ам|ами)?|чат(?:а|у|ом|е)?|робот(?:а|у|ом|е|ы)?|ии|нейросет\w+|нейронк\w+|ассистент\w*"
    r"|(?:ваш\w*|виртуальн\w+|цифров\w+|онлайн|умн\w+)[\s-]+(?:помощник|консультант|агент|чат)\w*)"
)
BOT_KK = (
    r"(?:(?:чат[\s-]?)?бот(?:тың|қа|ты|та|тан|пен|ыңыз\w*)?|робот(?:тың|қа|ты|ыңыз\w*)?|жи|көмекші\w*"
    r"|жасанды\s+интеллект\w*|виртуалды\s+\w+)"
)
BOT = rf"\b(?:{BOT_EN}|{BOT_RU}|{BOT_KK})\b"
_ANY_BOT = re.compile(BOT, re.IGNORECASE)
NOT = r"(?:never|not|(?:did|does|do|has|have|had|was|were|would|could|is)n['’]?t|failed\s+to|without|refus\w+\s+to)"

LONGEST_DUTY = 600
_DUTY_WORDS = (
    r"\b(?:should|must|ought\s+to|(?:it|assistant|bot|ai|agent)\s+had\s+to|(?:is|was)\s+(?:expected|supposed|meant)\s+to"
    r"|(?:correct|expected|right|proper)\s+(?:behaviou?r|answer|action|outcome|result)|expected\s*:"
    r"|долж(?:ен|на|но|ны)|следовало|надо\s+было|нужно\s+было|правильно\s*:|керек\s+еді|тиіс)\b"
)
_DUTY = re.compile(_DUTY_WORDS, re.IGNORECASE)
_SAYS_DUTY = re.compile(rf"{_DUTY_WORDS}[^.!?\n]*$", re.IGNORECASE)


def up_to(words: int) -> str:
    """At most so many words in between, without crossing the end of a sentence."""
    return rf"(?:[^\w.!?\n]+\w[\w'’-]*){{0,{words}}}?[^\w.!?\n]+"


class Phrase(NamedTuple):
    """Wordings that mean the same, and what they speak for.

    `share` of the full weight, for wordings that are met elsewhere too. A sentence that says what should happen tells
    of no failure, unless the wording is of that kind (`in_duty`): "should have been handed over". Nor does a sentence
    that holds a wording of `unless`: "no bot error".
    """

    name: str
    why: str
    patterns: tuple[str, ...]
    origin: Origin | None = None
    mode: str | None = None
    side: Side = "for"
    share: float = 1.0
    in_duty: bool = False
    unless: tuple[str, ...] = ()


@cache
def compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all wordings, whole words; `_bot_` inside a wording stands for any name of the AI."""
    whole = "|".join(f"(?:{pattern.replace('_bot_', BOT)})" for pattern in patterns)
    return re.compile(rf"\b(?:{whole})", re.IGNORECASE)


def folded(text: str) -> str:
    """The text as it is matched; every character keeps its place, so a match is a quote of the original."""
    return text[:LONGEST_TEXT].replace("ё", "е").replace("Ё", "Е").replace("’", "'")


def heard(phrase: Phrase, passage: Passage, *, weight: float) -> Signal | None:
    """The phrase's signal when the passage holds it, quoting the sentence."""
    text = folded(passage.text)
    found = compiled(phrase.patterns).finditer(text)
    match = next((match for match in found if _counts(phrase, text, match=match)), None)
    if match is None:
        return None
    return Signal(
        name=phrase.name,
        weight=weight * phrase.share,
        why=phrase.why,
        origin=phrase.origin,
        mode=phrase.mode,
        side=phrase.side,
        quote=around(passage.text, start=match.start(), end=match.end()),
        turn=passage.turn,
    )


def _counts(phrase: Phrase, text: str, *, match: re.Match[str]) -> bool:
    """Whether the sentence around a match lets it count."""
    if not phrase.in_duty and _SAYS_DUTY.search(text[max(0, match.start() - 200) : match.start()]):
        return False
    sentence = around(text, start=match.start(), end=match.end())
    return not (phrase.unless and compiled(phrase.unless).search(sentence))


def names_bot(text: str) -> bool:
    """Whether a text speaks of the AI."""
    return bool(_ANY_BOT.search(folded(text)))


def duty_in(text: str) -> str:
    """The part of a text that says what should have happened: from the word that says so to the end of its lines."""
    found = _DUTY.search(text[:LONGEST_TEXT])
    return text[found.start() : found.start() + LONGEST_DUTY] if found else ""


def each_heard(phrases: tuple[Phrase, ...], passages: tuple[Passage, ...], *, weight: float) -> Iterator[Signal]:
    """For each phrase the first passage that holds it: saying a thing twice does not make it truer."""
    for phrase in phrases:
        found = (heard(phrase, passage, weight=weight) for passage in passages)
        if first := next((signal for signal in found if signal is not None), None):
            yield first
