"""What a part of a number is a part of: the card, the telephone, the document, the order that a sentence speaks of."""

import re
from typing import NamedTuple

# What a thing's first digits are called, and its last.
_LABELS = {
    "card": ("CARD", "CARD_LAST4"),
    "phone": ("PHONE", "PHONE"),
    "number": ("PHONE", "PHONE"),
    "passport": ("PASSPORT", "DOC_LAST4"),
    "iin": ("IIN", "DOC_LAST4"),
    "ssn": ("SSN", "DOC_LAST4"),
    "licence": ("LICENCE", "DOC_LAST4"),
    "document": ("NATIONAL_ID", "DOC_LAST4"),
    "id": ("NATIONAL_ID", "DOC_LAST4"),
    "order": ("ORDER", "ORDER"),
    "account": ("ACCOUNT", "ACCOUNT"),
    "ticket": ("TICKET", "TICKET"),
    "device": ("DEVICE", "DEVICE"),
}
_WORDS = {
    "card": r"card|visa|master\s?card|amex|maestro|карт(?:а|ы|е|у|ой|очк\w{1,2})|карта\w{1,6}",
    "phone": r"phone|telephone|cell(?:phone)?|mobile|whatsapp|tel|sim|телефон\w{0,6}|тел|мобильн\w{2,3}"
    r"|сотов\w{2,3}|сотк\w{1,2}|симк\w{1,2}|в[ао]тсап\w{0,2}|ұялы|байланыс\w{0,5}",
    "passport": r"passport|(?:загран)?паспорт\w{0,3}|төлқұжат\w{0,6}",
    "iin": r"iin|иин|жсн",
    "ssn": r"ssn|social(?:\s+security)?",
    "licence": r"licen[cs]e|водительск\w{2,3}|прав[ао]?",
    "document": r"document|документ\w{0,3}|удостоверени\w{1,3}|снилс|инн|полис\w{0,2}|құжат\w{0,6}|куәлі\w{1,6}",
    "order": r"order|parcel|package|tracking|shipment|booking|reservation|invoice|waybill|заказ(?:а|е|ом)?"
    r"|посылк\w{1,2}|трек\w{0,2}|накладн\w{2,3}|брон[ьи]|тапсырыс\w{0,6}|сәлемдеме\w{0,6}",
    "account": r"gift\s?card|certificate|voucher|account|acct|iban|membership|сч[её]т(?:а|у|ом|е)?|договор\w{0,2}"
    r"|контракт\w{0,2}|шот\w{0,6}|келісімшарт\w{0,5}|подарочн\w{2}\s+карт\w{1,2}|сертификат\w{0,2}|ваучер\w{0,2}",
    "ticket": r"ticket|(?<!in\s)(?<!this\s)case|обращени[ея]|заявк[аи]|өтініш\w{0,6}|өтінім\w{0,6}",
    "device": r"imei|serial|имеи",
    "id": r"id",
    "number": r"numbers?|номер\w{0,2}|нөмір\w{0,6}",
}
_THING = re.compile("|".join(rf"(?<![^\W_])(?P<{kind}>{words})(?:['’]s)?(?![^\W_])" for kind, words in _WORDS.items()))
# What ends and begins without a number of its own, and what a number is besides somebody's.
_OTHER = re.compile(
    r"(?<![^\W_])(?:plans?|trials?|subscriptions?|warrant\w{1,3}|guarantee|calls?|promo\w{0,6}|sales?|offers?|deals?|discounts?"
    r"|periods?|seasons?|events?|sprints?|sessions?|meetings?|shifts?|months?|years?|weeks?|hours?|prices?|costs?|fees?|totals?"
    r"|amounts?|balances?|bills?|limits?|queues?|battery|screen|rooms?|flights?|gates?|versions?|models?|items?|products?|parts?"
    r"|articles?|skus?|pages?|chapters?|levels?|scores?|games?|codes?|errors?|zip|build|bus|тариф\w{0,3}|подписк\w{1,2}|акци\w{1,2}"
    r"|скидк\w{1,2}|гаранти\w|срок\w{0,2}|период\w{0,2}|сезон\w{0,2}|звон\w{1,3}|смен\w|стоимост\w|цен\w|сумм\w{1,2}|баланс\w{0,2}"
    r"|лимит\w{0,2}|рейс\w{0,2}|модел\w{1,2}|верси\w|товар\w{0,3}|артикул\w{0,2}|стать\w{1,2}|страниц\w{1,2}|ошибк\w{1,2}|индекс\w{0,2}"
    r"|тариф\w{0,5}|жазылым\w{0,5}|мерзім\w{0,5}|кепілдік\w{0,5}|баға\w{0,5}|сома\w{0,5}|шілде|айдың|жылдың|рейс\w{0,5})(?![^\W_])"
)
_PRICE = re.compile(
    r"(?<![^\W_])(?:prices?|costs?|fees?|totals?|amounts?|balances?|стоимост\w|цен\w|сумм\w{1,2}|баланс\w{0,2})"
    r"(?:\s+[^\W\d_]+){0,2}\s+$"
)
_KIND = re.compile(rf"{_OTHER.pattern}\s+$")
# `the order with the ID`, `номер заказа`: said of another thing, where one is spoken of.
_OF_SOMETHING = frozenset({"number", "id"})
_STOP = re.compile(r"[.!?;]\s|[\n\0]")
_WORD = re.compile(r"[^\W_]+")
WIDTH = 72
# So many words may stand between a thing and what is said of its number.
APART = 5
FEW = 3


class Part(NamedTuple):
    """The kind of thing that digits are a part of."""

    kind: str

    def label(self, *, first: bool) -> str:
        """What is written in the place of its first digits, or its last."""
        return _LABELS[self.kind][0 if first else 1]


def part_before(lowered: str, place: int) -> Part | None:
    """What was spoken of last in the sentence before a place; None where nothing was, or what has no number."""
    said = _STOP.split(lowered[max(0, place - WIDTH) : place])[-1]
    return _nearest(said)


def speaks_of_other(lowered: str, place: int) -> bool:
    """`the plan ends in 2026`: whether the last that was spoken of before a place has no number of its own."""
    said = _STOP.split(lowered[max(0, place - WIDTH) : place])[-1]
    others = list(_OTHER.finditer(said))
    return (
        bool(others)
        and not _THING.search(said, others[-1].end())
        and len(_WORD.findall(said[others[-1].end() :])) < FEW
    )


def part_in(said: str) -> Part | None:
    """The one thing that some words speak of."""
    return _nearest(said, apart=len(said))


def part_behind(lowered: str, place: int) -> Part | None:
    """`4471 on my card`: what is spoken of right behind a place."""
    said = _STOP.split(lowered[place : place + WIDTH // 2])[0]
    thing = _THING.search(said)
    return Part(thing.lastgroup or "") if thing and len(_WORD.findall(said[: thing.start()])) <= 3 else None


def _nearest(said: str, *, apart: int = APART) -> Part | None:
    things = list(_THING.finditer(said))
    if not things:
        return None
    other = max((match.end() for match in _OTHER.finditer(said)), default=0)
    near = [thing for thing in things if len(_WORD.findall(said[thing.end() :])) <= apart]
    own = [thing for thing in near if thing.lastgroup not in _OF_SOMETHING]
    chosen = own[-1] if own else near[-1] if near else None
    if chosen is None or other > chosen.start() or _PRICE.search(said, 0, chosen.start()):
        return None
    if chosen.lastgroup == "number" and _KIND.search(said, 0, chosen.start()):
        return None
    return Part(chosen.lastgroup or "")
