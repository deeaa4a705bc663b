"""What is called after somebody, told by its neighbours: the Victoria sofa, Grace period, Plan Max, тариф «Алия»."""

import re

from casemill.personal.inflection import plain
from casemill.personal.words import listed

# What a name before these in small letters belongs to; terms of a service, then goods.
_TERMS = listed(
    "period plan plans bundle bundles package packages tier tiers edition subscription membership tariff collection "
    "series model discount promo promotion sale coupon mode theme tarif"
)
_GOODS = listed(
    "sofa couch armchair chair chairs table desk lamp lamps bed mattress rug blanket pillow shelf bookshelf wardrobe "
    "cabinet curtain curtains jeans shoes sneakers boots sandals jacket coat dress shirt t-shirt hoodie sweater skirt "
    "trousers pants bag backpack purse wallet watch ring necklace bracelet earrings headphones earbuds speaker charger "
    "cable phone laptop tablet printer router camera drone kettle toaster blender mixer vacuum heater fan fridge oven "
    "stroller crib tent bike scooter pizza burger salad sauce perfume lipstick shampoo candle mug"
)
_NOUN = listed(
    "Plan Tariff Model Series Edition Package Tier Bundle Collection Mode Theme План Тариф Модель Пакет Серия"
)
_GRADES = listed("Pro Max Ultra Plus Mini Lite Air Note SE Series Edge Fold Flip Neo Prime")
_QUOTED = re.compile(
    r"(?:тариф|план|пакет|подписк|модел|коллекци|сери|верси|набор|акци|диван|кресл|кроват|шкаф|стол|стул|ламп|матрас|ковёр"
    r"|ковер|торт|жиынтық|топтама|диван|орындық|жоспар)\w{0,6}\s[«\"“„]$",
    re.IGNORECASE,
)
_QUOTED_BEHIND = re.compile(r"[»\"”“]\s(?:тариф|пакет|жоспар|диван|коллекци|жиынтық|топтама|модел)", re.IGNORECASE)
# Whoever is spoken to is no thing: `hi Anna shoes arrived torn`.
_SPOKEN_TO = listed(
    "hi hello hey dear thanks thank good morning afternoon evening bye sorry yes no ok okay please from by mr mrs ms "
    "miss dr name i'm am me cc to ask tell told asked"
)
_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)([ ]?[^\w\s]?)[ ]?$")
# `Max plans to call` says what somebody does.
_BEHIND = re.compile(r"[ ]([^\W\d_]+(?:-[^\W\d_]+)?)(?![\w'’])(?![ ](?:to|it|me|us|him|her|them|this|that|my)(?!\w))")
_NUMBERED = re.compile(r"[ ][0-9]{1,4}[ ]([A-Z][A-Za-z]{1,6})(?!\w)")
_TIMES = listed("during before after until till since through throughout for this last next every in")
_FESTIVE = listed(
    "ramadan ramazan eid diwali holi christmas easter hanukkah halloween nauryz рамадан рамазан наурыз ораза"
)
_REACH = 30


def is_product(text: str, start: int, *, end: int) -> bool:
    """Whether a lone name at a place, or one with what it belongs to, is what a thing, a plan or a season is called."""
    first, _, noun = text[start:end].partition(" ")
    if noun and noun not in _TERMS | _GOODS:
        return False
    end = start + len(first)
    head = text[max(0, start - _REACH) : start]
    if _QUOTED.search(head) or (head[-1:] in '«"“„' and head and _QUOTED_BEHIND.match(text, end)):
        return True
    before = _BEFORE.search(head)
    word, sign = (before[1], before[2].strip()) if before else ("", "")
    if not sign and (word in _NOUN or word in _GRADES):
        return True
    if plain(text[start:end]) in _FESTIVE and not sign and word.lower() in _TIMES:
        return True
    numbered = _NUMBERED.match(text, end)
    return (numbered is not None and numbered[1] in _GRADES) or _has_noun(text, end, spoken=word.lower(), sign=sign)


def _has_noun(text: str, end: int, *, spoken: str, sign: str) -> bool:
    """Whether what a service offers or a shop sells stands behind it, and nobody is spoken to before it."""
    behind = _BEHIND.match(text, end)
    if behind is None or spoken in _SPOKEN_TO or sign in {",", "@", "-", "–", "—"}:
        return False
    return behind[1] in _TERMS or behind[1] in _GOODS
