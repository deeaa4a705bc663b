"""How the rules say "the bot", "some words between", and a phrase in three languages.

Simple on purpose: patterns over words, English, Russian and Kazakh, no grammar. `up_to(n)` allows n words between two
others, so that "never really cancelled" is met by "never" and "cancelled". Matching ignores case and treats ё as е.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from casemill.domain.failure import Origin
from casemill.triage.rules.quoting import around
from casemill.triage.rules.sides import Passage
from casemill.triage.rules.signal import Side, Signal

LONGEST_TEXT = 20_000  # a pasted log is judged by its first pages

BOT_EN = (
    r"(?:chat[\s-]?bots?|robots?|bots?|a\.?i\.?|llm|chat\s?gpt|assistants?|auto-?pilot"
    r"|(?:virtual|digital|ai|automated|automatic|online|chat)\s+(?:agents?|helpers?|help|advis[eo]rs?|support|system)"
    r"|(?:your|the|this)\s+(?:live\s+)?chat)"
)
BOT_RU = (
    r"(?:(?:чат[\s-]?)?бот(?:а|у|ом|е|ы|ов|ам|ами)?|робот(?:а|у|ом|е|ы)?|ии|нейросет\w+|нейронк\w+|ассистент\w*"
    r"|(?:ваш\w*|виртуальн\w+|цифров\w+|онлайн|умн\w+)[\s-]+(?:помощник|консультант|агент|чат)\w*)"
)
BOT_KK = (
    r"(?:(?:чат[\s-]?)?бот(?:тың|қа|ты|та|тан|пен|ыңыз\w*)?|робот(?:тың|қа|ты|ыңыз\w*)?|жи|көмекші\w*"
    r"|жасанды\s+интеллект\w*|виртуалды\s+\w+)"
)
BOT = rf"\b(?:{BOT_EN}|{BOT_RU}|{BOT_KK})\b"
NOT = r"(?:never|not|no|(?:did|does|do|has|have|had|was|were|would|could|is)n['’]?t|failed\s+to|without|refus\w+\s+to)"

_DUTY = re.compile(
    r"\b(?:should|must|ought\s+to|(?:correct|expected|right|proper)\s+(?:behaviou?r|answer|action|outcome)|expected\s*:"
    r"|долж(?:ен|на|но|ны)|следовало|надо\s+было|нужно\s+было|правильно\s*:|керек\s+еді|тиіс)\b[^.!?\n]*$",
    re.IGNORECASE,
)


def up_to(words: int) -> str:
    """At most so many words in between, without crossing the end of a sentence."""
    return rf"(?:[^\w.!?\n]+\w[\w'’-]*){{0,{words}}}?[^\w.!?\n]+"


class Phrase(NamedTuple):
    """Wordings that mean the same, and what they speak for.

    `share` of the full weight, for wordings that are met elsewhere too. A sentence that says what should happen tells
    of no failure, unless the wording is of that kind (`in_duty`): "should have been handed over".
    """

    name: str
    why: str
    patterns: tuple[str, ...]
    origin: Origin | None = None
    mode: str | None = None
    side: Side = "for"
    share: float = 1.0
    in_duty: bool = False


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
    match = next((match for match in found if phrase.in_duty or not _says_duty(text, match)), None)
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


def _says_duty(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence, up to the match, is one of what should have been."""
    return bool(_DUTY.search(text[max(0, match.start() - 200) : match.start()]))


def each_heard(phrases: tuple[Phrase, ...], passages: tuple[Passage, ...], *, weight: float) -> Iterator[Signal]:
    """For each phrase the first passage that holds it: saying a thing twice does not make it truer."""
    for phrase in phrases:
        found = (heard(phrase, passage, weight=weight) for passage in passages)
        if first := next((signal for signal in found if signal is not None), None):
            yield first
