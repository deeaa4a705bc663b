"""What the conversation itself shows: distress passed over, a thing said twice, the wrong language, a garbled reply."""

import re
from collections.abc import Iterator

from casemill.triage.rules.danger import CARE, ORDERS
from casemill.triage.rules.fields import turn_of
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.quoting import around, beginning
from casemill.triage.rules.sides import Sides
from casemill.triage.rules.signal import Signal
from casemill.triage.rules.speech import folded, heard

_REPEATS = re.compile(
    r"\b(?:i\s+told\s+(?:you|it)|i\s+(?:already|just)\s+(?:told|said|gave|mentioned|explained)|(?:as|like)\s+i\s+(?:said|told|mentioned|wrote)"
    r"|i\s+said\s+(?:no|not|that|the)|no,?\s+i\s+(?:said|asked|want|meant)|for\s+the\s+(?:second|third|last)\s+time"
    r"|я\s+же\s+(?:сказал|говорил|писал|просил)\w*|(?:как\s+)?я\s+уже\s+(?:сказал|говорил|писал)\w*|(?:еще\s+раз\s+)?повторяю"
    r"|(?:айттым|жаздым)\s+ғой|тағы\s+қайталаймын)",
    re.IGNORECASE,
)
_LEFT_OUT = re.compile(
    r"\b(?:you\s+(?:did\s*n[o']t|haven'?t|still\s+haven'?t)\s+answer\w*|what\s+about\s+my\s+(?:other|second|first)"
    r"|and\s+my\s+(?:other|second)\s+question|вы\s+не\s+ответили|а\s+(?:второй|другой)\s+вопрос|жауап\s+бермедіңіз)",
    re.IGNORECASE,
)
_GARBLED = re.compile(
    r"\{\{\s*\w+|\{[a-z]+(?:_[a-z]+)*\}|\[object Object\]|<\|\w+\|>|\bundefined\s+undefined\b|```json|^\s*\{\"\w+\":",
    re.MULTILINE,
)
_HARSH = re.compile(
    r"\b(?:calm\s+down|that'?s\s+(?:your|not\s+my)\s+(?:own\s+)?(?:fault|problem)|as\s+i\s+(?:already\s+)?told\s+you"
    r"|успокойтесь|это\s+ваши\s+проблемы|өз\s+кінәңіз)",
    re.IGNORECASE,
)
_CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_LATIN = re.compile(r"[A-Za-z]")
MOST_PAIRS = 50
BOTH = {"cyrillic", "latin"}
_PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_]*\]|https?://\S+|\S+@\S+")


def from_chat(sides: Sides) -> Iterator[Signal]:
    """Every sign in the conversation, each once."""
    yield from flags(sides)
    yield from _ignored_distress(sides)
    yield from _told_twice(
        sides, _REPEATS, what=("told_twice", "forgot_constraint", "the customer has to say it again")
    )
    yield from _told_twice(sides, _LEFT_OUT, what=("asked_twice", "incomplete_answer", "the customer asks again"))
    yield from _replies(sides, _GARBLED, what=("garbled_reply", "bad_format", "the reply shows its machinery"))
    yield from _replies(sides, _HARSH, what=("harsh_reply", "wrong_tone", "the reply is harsh"))
    yield from _other_language(sides)


def flags(sides: Sides) -> Iterator[Signal]:
    """Words a person must see: orders to a machine, whoever says them."""
    passages = (*sides.complaint, *sides.chat, *sides.replies, *sides.staff, *sides.agent)
    found = (heard(ORDERS, passage, weight=0.0) for passage in passages)
    if first := next((signal for signal in found if signal is not None), None):
        yield first


def _ignored_distress(sides: Sides) -> Iterator[Signal]:
    flagged = {turn_of(flag) for flag in sides.ticket.flags if flag.danger == "distress"}
    for passage in sorted((*sides.chat, *sides.complaint), key=lambda said: said.turn or 0):
        if passage.turn is None or passage.turn not in flagged:
            continue
        answer = next((reply for reply in sides.replies if (reply.turn or 0) > passage.turn), None)
        if answer is not None and not re.search(CARE, folded(answer.text), re.IGNORECASE):
            yield Signal(
                name="cheer_for_distress",
                weight=0.7,
                why="somebody in distress got neither care nor a person",
                origin="model",
                mode="ignored_distress",
                about=answer.turn,
                quote=beginning(passage.text),
                turn=passage.turn,
            )
            return


def _told_twice(sides: Sides, pattern: re.Pattern[str], *, what: tuple[str, str, str]) -> Iterator[Signal]:
    name, mode, why = what
    for passage in sides.chat:
        match = pattern.search(folded(passage.text))
        if match and passage.turn is not None:
            yield Signal(
                name=name,
                weight=0.3,
                why=why,
                origin="model",
                mode=mode,
                about=sides.reply_before(passage.turn),
                quote=around(passage.text, start=match.start(), end=match.end()),
                turn=passage.turn,
            )
            return


def _replies(sides: Sides, pattern: re.Pattern[str], *, what: tuple[str, str, str]) -> Iterator[Signal]:
    name, mode, why = what
    for reply in sides.replies:
        if match := pattern.search(folded(reply.text)):
            yield Signal(
                name=name,
                weight=0.3,
                why=why,
                origin="model",
                mode=mode,
                about=reply.turn,
                quote=around(reply.text, start=match.start(), end=match.end()),
                turn=reply.turn,
            )
            return


def _other_language(sides: Sides) -> Iterator[Signal]:
    """The customer writes one alphabet inside the chat, the AI answers in the other, twice over."""
    pairs = [(said, _next_reply(sides, said)) for said in sides.chat[:MOST_PAIRS]]
    crossed = [reply for said, reply in pairs if reply and {_alphabet(said.text), _alphabet(reply.text)} == BOTH]
    if len(crossed) >= 2 and len(crossed) * 2 > len(pairs):
        yield Signal(
            name="other_alphabet",
            weight=0.45,
            why="answers in another alphabet than the customer writes",
            origin="model",
            mode="wrong_language",
            about=crossed[-1].turn,
            quote=beginning(crossed[-1].text),
            turn=crossed[-1].turn,
        )


def _next_reply(sides: Sides, said: Passage) -> Passage | None:
    later = next((reply for reply in sides.replies if (reply.turn or 0) > (said.turn or 0)), None)
    return later if later and _alphabet(said.text) else None


def _alphabet(text: str) -> str:
    """`cyrillic` or `latin` when one of them makes 85 % of at least 20 letters; else empty: cannot tell."""
    bare = _PLACEHOLDER.sub(" ", text[:4000])
    cyrillic, latin = len(_CYRILLIC.findall(bare)), len(_LATIN.findall(bare))
    if cyrillic + latin < 20:
        return ""
    share = cyrillic / (cyrillic + latin)
    return "cyrillic" if share >= 0.85 else "latin" if share <= 0.15 else ""
