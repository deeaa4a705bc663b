"""What a conversation tells the bot: the customer's words, their language, orders, plan, wishes and mood."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

# An order is named by its number or, where the conversation is masked, by what stands in its place.
ORDER = re.compile(
    r"\[(?:ORDER|ID|NUMBER)_\d+\]|\bBQ-?\d{6}\b"
    r"|(?<![\d+.,-])(?<!\d )\d{6}(?![\d-]| ?(?:₸|tg|kzt|тг|тенге|теңге))",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"(?:\[(?:ADDRESS|CITY|LOCATION)_\d+\][ ,]*)+|(?<=: )(?:ул\. ?|г\. ?)?[^.?!\n]{6,}|\bto [A-Z][^.?!\n]{5,}"
    r"|\bна (?:ул\. ?)?[А-Я][^.?!\n]{4,}"
)
SENTENCE = re.compile(
    r"(?<=[.?!;])\s+|\n+|\s+(?=(?:also|btw|and also|ещё|еще|тағы|а ещё)\b)",
    re.IGNORECASE,
)
KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
ASKING = re.compile(
    r"\?|^(?:also |btw |and |so |но |а |и |ещё |еще )*(?:can|could|how|when|what|which|is|are|does|do|will|may"
    r"|если|можно|как|когда|сколько|какой|какая|какие|есть ли|қалай|қашан|қанша|қандай)\b|\bбола ма\b",
    re.IGNORECASE,
)
MAYBE = re.compile(
    r"\b(?:can i|could i|may i|is it possible|is there a way|am i able|how do i|how can i|how long|when will|when do|"
    r"what happens if|можно ли|могу ли|как отменить|как вернуть|когда придут|когда вернут|сколько идут|бола ма|"
    r"қалай|қашан)",
    re.IGNORECASE,
)
# Two words in capitals are shouting; everything else is looked for in lower case.
ANGRY = re.compile(
    r"!!|(?i:\b(?:unacceptable|scam|liars?|lying|ridiculous|worst|disgust|useless|furious|idiots?|third time|"
    r"how many times|обман|безобразие|ужас|позор|издева|сколько можно|третий раз|өтірік|ұят|масқара))"
    r"|\b[A-ZА-Я]{4,} [A-ZА-Я]{3,}\b"
)
WISHES = {
    "no_calls": re.compile(
        r"(?:don't|dont|do not|please no|never) (?:phone|call|ring)|\bno (?:phone )?calls|text only|only text|deaf"
        r"|не звони|без звонков|қоңырау шалма",
        re.IGNORECASE,
    ),
    "no_replacement": re.compile(
        r"(?:no|not a|don't want a|dont want a|don't send a|not want a) (?:new one|replacement)|don't replace"
        r"|без замены|замен[ау] не|не нужна замена|не надо замен|ауыстырма|ауыстырудың керегі жоқ",
        re.IGNORECASE,
    ),
    "evenings": re.compile(
        r"(?:after|not before) (?:18|6 ?pm|six)|only (?:in the )?evenings?|evenings only|после 18|только вечером"
        r"|18(?::00)?-[дт][еа]н кейін|тек кешке",
        re.IGNORECASE,
    ),
}


class Chat(NamedTuple):
    """The customer's messages, oldest first, and what the shop knows about the customer."""

    said: tuple[str, ...]
    context: Mapping[str, Any]

    @property
    def last(self) -> str:
        return self.said[-1] if self.said else ""

    @property
    def plan(self) -> str | None:
        return self.context.get("plan")

    @property
    def sentences(self) -> tuple[str, ...]:
        """The last message, cut where one thought ends and the next begins."""
        return tuple(part.strip() for part in SENTENCE.split(self.last) if part.strip())

    @property
    def orders(self) -> tuple[str, ...]:
        """Every order the customer named, in that order."""
        return tuple(match[0] for text in self.said for match in ORDER.finditer(text))

    @property
    def place(self) -> str | None:
        """An address in the last message."""
        found = PLACE.search(ORDER.sub("", self.last))
        return found[0].strip(" ,.") if found else None

    @property
    def wishes(self) -> tuple[str, ...]:
        """What the customer asked to be kept to, in any message."""
        return tuple(name for name, pattern in WISHES.items() if any(pattern.search(text) for text in self.said))

    @property
    def angry(self) -> bool:
        return any(ANGRY.search(text) for text in self.said)

    def language(self, *, kazakh: bool) -> str:
        """`en`, `ru` or `kk`, by the letters of the last message that has any."""
        text = next((text for text in reversed(self.said) if re.search(r"[^\W\d_]", text)), "")
        if kazakh and KAZAKH.search(text):
            return "kk"
        return "ru" if CYRILLIC.search(text) else "en"


def read_chat(turns: Sequence[Mapping[str, Any]], context: Mapping[str, Any]) -> Chat:
    """Turns are `{role, text}`; what the customer sends in one go, message after message, is one thing said."""
    said: list[str] = []
    goes_on = False
    for turn in turns:
        if turn["role"] != "customer":
            goes_on = False
        elif text := turn.get("text"):
            said[-1:] = [f"{said[-1]}\n{text}"] if goes_on else [*said[-1:], text]
            goes_on = True
    return Chat(tuple(said), context)


def is_question(sentence: str) -> bool:
    return bool(ASKING.search(sentence))


def only_asks(sentence: str) -> bool:
    """Whether the customer asks if or how something can be done, rather than asking for it."""
    return bool(MAYBE.search(sentence))
