"""All signals of a ticket: what staff wrote weighs most, then the agent's answer, then the customer's complaint.

Only staff can clear the AI: a customer's text never lowers a belief, so that nobody can write themselves out of the
queue. The weights are a support engineer's judgement, not learned; what reviews teach is `learn.py`'s part.
"""

import re
from collections.abc import Iterator
from functools import cache

from casemill.domain.taxonomy import Taxonomy
from casemill.triage.rules.calls import empty_claims
from casemill.triage.rules.chat import from_chat
from casemill.triage.rules.duty import from_duty
from casemill.triage.rules.fields import from_fields, macro_title
from casemill.triage.rules.modes import MODES
from casemill.triage.rules.origins import (
    BLAMES_BOT,
    CLEARS_BOT,
    MISUSE,
    NAMES_BOT,
    NOISE,
    NOTHING_WRONG,
    ONE_OFF,
    PRODUCT,
    PUT_RIGHT,
)
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.sides import Sides
from casemill.triage.rules.signal import Signal
from casemill.triage.rules.speech import Phrase, each_heard, folded, heard, names_bot

_LETTERS = re.compile(r"[^\W\d_]{2,}")
_ELSEWHERE = (*PRODUCT, *MISUSE)


def gather(sides: Sides, taxonomy: Taxonomy) -> tuple[Signal, ...]:
    """Every signal of the ticket, in a stable order."""
    return tuple(_all(sides, taxonomy))


def _all(sides: Sides, taxonomy: Taxonomy) -> Iterator[Signal]:
    yield from from_fields(sides)
    yield from from_chat(sides)
    yield from empty_claims(sides)
    yield from _noise(sides)
    yield from _whose(sides)
    if _bot_is_meant(sides):
        yield from _what(sides, taxonomy)
        for passage in sides.staff:
            yield from from_duty(sides, passage)


def _whose(sides: Sides) -> Iterator[Signal]:
    staff = (*sides.staff, *macro_title(sides.ticket))
    # What the AI should have said of a courier does not make it the courier's failure.
    told = tuple(passage for passage in staff if passage.text != sides.ticket.expected)
    alone = not _bot_is_meant(sides)
    yield from each_heard((BLAMES_BOT,), staff, weight=0.7)
    yield from each_heard((NAMES_BOT,), staff, weight=0.3)
    yield from each_heard((CLEARS_BOT,), staff, weight=0.8)
    yield from each_heard(_ELSEWHERE, told, weight=0.6)
    yield from each_heard(ONE_OFF, staff, weight=0.8)
    yield from each_heard((NOTHING_WRONG,), staff, weight=0.5)
    yield from each_heard(PUT_RIGHT, sides.agent, weight=0.4)
    yield from each_heard((NOTHING_WRONG,), sides.agent, weight=0.4)
    yield from each_heard((BLAMES_BOT,), sides.agent, weight=0.45)
    yield from each_heard((CLEARS_BOT,), sides.agent, weight=0.5)
    yield from each_heard(_ELSEWHERE, sides.agent, weight=0.4 if alone else 0.3)
    yield from each_heard((BLAMES_BOT,), (*sides.complaint, *sides.chat), weight=0.4)
    yield from each_heard((NAMES_BOT,), sides.complaint, weight=0.3)
    yield from each_heard(PRODUCT, sides.complaint, weight=0.5 if alone else 0.3)
    yield from each_heard(MISUSE, sides.complaint, weight=0.2 if alone else 0.3)


def _what(sides: Sides, taxonomy: Taxonomy) -> Iterator[Signal]:
    phrases = (*MODES, *_company_phrases(taxonomy))
    yield from each_heard(phrases, (*sides.staff, *macro_title(sides.ticket)), weight=0.6)
    yield from each_heard(phrases, sides.agent, weight=0.25)
    yield from each_heard(phrases, (*sides.complaint, *_blaming(sides)), weight=0.3)


def _blaming(sides: Sides) -> tuple[Passage, ...]:
    """What the customer says inside the chat is mostly the request itself; it is a complaint where it blames the AI."""
    return tuple(said for said in sides.chat if heard(BLAMES_BOT, said, weight=1.0))


def _bot_is_meant(sides: Sides) -> bool:
    """ "It never arrived" is a failure of the AI only where an AI is spoken of or took part."""
    around = (*sides.complaint, *sides.staff, *sides.agent, *macro_title(sides.ticket))
    return sides.bot_took_part or any(names_bot(passage.text) for passage in around)


@cache
def _company_phrases(taxonomy: Taxonomy) -> tuple[Phrase, ...]:
    """A taxonomy's own phrases, as plain words."""
    return tuple(
        Phrase(
            name=f"{mode.name}_phrase",
            why=f"uses a phrase the taxonomy gives for {mode.name}",
            patterns=tuple(re.escape(folded(phrase)) for phrase in mode.phrases),
            origin="model",
            mode=mode.name,
        )
        for mode in taxonomy.modes
        if mode.phrases
    )


def _noise(sides: Sides) -> Iterator[Signal]:
    told = (*sides.complaint, *sides.chat)
    if not any(_LETTERS.search(passage.text) for passage in told):
        yield Signal(name="empty", weight=0.85, why="the customer wrote nothing", origin="none")
    yield from each_heard(NOISE, sides.complaint, weight=0.75)
