"""The last four digits of a card: `ending in 4471`, `последние цифры 4471`, `**** 4471`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, begun, has_any, lower, runs_of
from casemill.personal.detector import Detector
from casemill.personal.keep import facts
from casemill.personal.parts import speaks_of_other
from casemill.personal.veil import Places

DIGITS = 4
_FOUR = r"[*xX•·.#\s\"'`:=–—-]*+(?P<id>[0-9]{4}|[0-9]{2}[ -][0-9]{2})(?![0-9]|[-/.][0-9])"
# Matched in lower-case text where a word begins with one of the stems.
_ENGLISH = re.compile(
    r"(?:(?:end(?:ing|s|ed)?|finish(?:ing|es)?)\s+(?:in|with)(?:\s+(?:the\s+)?(?:digits|numbers?))?"
    r"|ending\s+(?=[*x#\d])|last[\s_]*+(?:4|four)(?:[\s_]+(?:digits?"
    r"|numbers?))?(?:\s+of\s+[^.\d\0]{0,30}?)?(?:\s+(?:are|is|were|was))?)" + _FOUR
)
_RUSSIAN = re.compile(
    r"(?:последни\w{1,2}\s+(?:(?:4|четыр\w{1,3})\s+)?цифр\w{0,3}(?:\s+(?:моей\s+)?карт\w{1,3})?"
    r"|(?:о|за)канчива\w{2,5}\s+на(?:\s+цифры)?)" + _FOUR
)
_KAZAKH = re.compile(r"(?:соңғы\s+(?:(?:4|төрт)\s+)?(?:цифр|сан)\w{0,5}|соңы(?=[\s:—–-]+[0-9]))" + _FOUR)
_BRAND = re.compile(
    r"(?:visa|master\s?card|amex|maestro|карт[аыеуой]{1,2})\s+[*#x…]{0,4}(?P<id>[0-9]{4})(?!\w)(?![ .,:/-]?[0-9])"
)
_BY_WORD = (
    (("end", "finish", "last"), _ENGLISH),
    (("последн", "оканчива", "заканчива"), _RUSSIAN),
    (("соңғы", "соңы"), _KAZAKH),
    (("visa", "master", "amex", "maestro", "карт"), _BRAND),
)
# Matched at a run of four digits.
_FOUR_ALONE = re.compile(r"(?<![\w.,])(?P<id>[0-9]{4})\s(?:credit |debit )?card(?!\w)")
_KAZAKH_AFTER = re.compile(
    r"(?<![0-9])(?P<id>[0-9]{4})(?:-?\s?(?:пен|мен|бен|ке|ге|қа|ға))?\s+аяқтал(?:атын|ады)(?!\w)"
)
_STARRED = re.compile(
    r"[*•·xX](?<![\w*•:][*•·xX])(?:(?<=[*•·])[*•·]{0,3}|(?<=[xX])[xX]{1,3})(?:[ -]?[*xX•·]{4}){0,3}[ -]?"
    r"(?P<id>[0-9]{4})(?![\w*]|[-/.][0-9])"
)
_STARS = ("*", "xx", "•", "·")
_CARD = re.compile(r"card|карт|visa|amex|maestro")
_PHONE = re.compile(
    r"phone|cell|mobile|whatsapp|телефон|(?:my|his|her|their|your) number"
    r"|мо(?:й|его|ему) номер\w{0,2}(?! (?:заказ|сч[её]т|договор|обращ|заявк|клиент|брон))"
    r"|(?<![^\W_])нөмірі(?:м|ң|[^\W\d_]|(?![^\W_]))"
)
_NO_CARD = re.compile(r"ssn|social")
_TOLD = re.compile(r"номер|нөмір|number|phone|телефон|card|карт")
_SENTENCE = 96
_STOP = re.compile(r"[.!?]\s|\n")


def find(text: str) -> Iterator[Span]:
    """Of a card, unless the sentence speaks of a telephone and of no card: then they are a part of its number."""
    lowered = lower(text)
    for match in _matches(text, lowered):
        near = before(text, match.start(), width=32) + match[0].lower()
        said = _STOP.split(before(text, match.start(), width=_SENTENCE))[-1] + match[0].lower()
        if _NO_CARD.search(near) or _is_fact(text, match, said=said) or speaks_of_other(lowered, match.start()):
            continue
        of_phone = not _CARD.search(near) and not _CARD.search(said) and _PHONE.search(said)
        yield Span(start=match.start("id"), end=match.end("id"), label="PHONE" if of_phone else "CARD_LAST4")


def _is_fact(text: str, match: re.Match[str], *, said: str) -> bool:
    """`finishes in 10-12 minutes`; `соңы 2026`, where nothing is said of a number."""
    if match.re is _KAZAKH and "соңы" in match[0] and not _TOLD.search(said):
        return True
    return not match["id"].isdigit() and Places(facts(text)).touch(*match.span("id"))


def _matches(text: str, lowered: str) -> Iterator[re.Match[str]]:
    for stems, pattern in _BY_WORD:
        yield from begun(pattern, lowered, stems=stems)
    if has_any(text, ("card", "аяқтал")):
        for start, end in runs_of(text):
            if end - start == DIGITS and (
                match := _FOUR_ALONE.match(lowered, start) or _KAZAKH_AFTER.match(lowered, start)
            ):
                yield match
    if has_any(text, _STARS):
        yield from _STARRED.finditer(text)


DETECTOR = Detector(
    find,
    digits=4,
    pieces=_STARS,
    stems=(
        *("end", "finish", "last", "visa", "master", "amex", "maestro", "card"),
        *("последние", "оканчивается", "заканчивается", "карта", "соңғы", "соңы", "аяқталатын"),
    ),
)
