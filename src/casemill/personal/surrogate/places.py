"""Addresses and firms of the same form: the words that say street, house or Ltd stay, names and numbers do not."""

import re

from casemill.personal.inflection import is_cyrillic
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.grammar import cased_as
from casemill.personal.surrogate.lists import ADJECTIVES, FIRMS, STREETS, row_of
from casemill.personal.surrogate.numbers import reshaped
from casemill.personal.words import listed

STREET_WORDS = listed(
    "street st str avenue ave av road rd lane ln drive dr boulevard blvd court ct place pl square sq way terrace "
    "ter circle cir parkway pkwy highway hwy route close crescent row walk gardens grove mews hill park trail "
    "loop apartment apt suite ste unit flat floor fl room rm house building bldg block box po p o near corner of "
    "and the north south east west n s e w ne nw se sw zip usa us uk улица улице улицу улицы ул проспект "
    "проспекте пр просп переулок переулке пер бульвар бул шоссе площадь пл набережная наб микрорайон микрорайоне "
    "мкр мкрн район дом дома д корпус корп к строение стр квартира квартиру кв подъезд этаж офис оф город г село "
    "адрес адресу адресі мекенжай мекенжайы мекенжайым с посёлок поселок пос область обл угол рядом на в около "
    "возле көше көшесі көшесінде даңғылы даңғылында "
    "даңғыл үй үйі пәтер пәтері қабат ауданы ықшам ауылы қаласы қ тұйық бұрышы"
)
FIRM_WORDS = listed(
    "inc llc ltd limited corp corporation co company gmbh plc llp sa ag bv group holding holdings bank clinic "
    "hospital school university college store shop branch pharmacy restaurant cafe hotel the of and for ооо оао "
    "зао ао пао ип тоо жшс ақ банк клиника больница школа университет магазин филиал аптека отделение мектебі "
    "дүкені бөлімшесі ауруханасы and courier delivery express"
)
_STATES = row_of(
    "AK AL AR AZ CO CT DE GA HI IA ID IN KS KY LA ME MI MN MO MS MT NC ND NE NH NM NV OH OK OR RI SC SD TN UT VA VT WI "
    "WV WY"
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_ADJECTIVE = re.compile(r"(?:[аое]я|ой|ую|ый|ий|ого|ому|ом)$")
_ENDINGS = {"ая": "ая", "яя": "ая", "ой": "ой", "ую": "ую", "юю": "ую", "ий": "ый", "ый": "ый", "ого": "ого"}
_KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]")


def address(text: str, draw: Draw) -> str:
    """Street words and the number of digits stay."""
    return _rewritten(text, draw, stay=STREET_WORDS, names=STREETS)


def firm(text: str, draw: Draw) -> str:
    """A firm, a shop, a courier: what says of which kind it is stays."""
    return _rewritten(text, draw, stay=FIRM_WORDS, names=FIRMS)


def shop(text: str, draw: Draw) -> str:
    """A shop or a branch, called by its street or by a name of its own."""
    words = {word.lower() for word in _WORD.findall(text)}
    street = any(map(str.isdecimal, text)) or not words.isdisjoint(STREET_WORDS - FIRM_WORDS)
    return _rewritten(text, draw, stay=STREET_WORDS | FIRM_WORDS, names=STREETS if street else FIRMS)


def _rewritten(text: str, draw: Draw, *, stay: frozenset[str], names: dict[str, tuple[str, ...]]) -> str:
    kazakh = _KAZAKH_LETTERS.search(text.lower()) is not None
    seen: dict[str, str] = {}

    def change(match: re.Match[str]) -> str:
        word = match[0]
        if word.lower() in stay or (word.isalpha() and len(word) == 1):
            return word
        if not word.isalpha() and any(sign.isdecimal() for sign in word):
            return _house(word, draw, place=len(text) - match.end())
        low = word.lower()
        if low not in seen:
            seen[low] = _name(word, draw, number=len(seen), names=names, kazakh=kazakh)
        return cased_as(word, seen[low])

    return _WORD.sub(change, text)


def _house(word: str, draw: Draw, *, place: int) -> str:
    """As many digits, the first of them no nought: 12 → 47, 12б → 47б, but 3rd → 5th."""
    if ordinal := re.fullmatch(r"([0-9]+)(st|nd|rd|th)", word, re.IGNORECASE):
        among = [number for number in range(4, 10) if str(number) != ordinal[1]]
        return f"{draw.one_of('ordinal', among)}{cased_as(ordinal[2], 'th')}"
    drawn = reshaped(word, draw.again() if place % 2 else draw, keep_words=False)
    if drawn[0] == "0" != word[0]:
        drawn = str(1 + draw.number(f"first {place}", 9)) + drawn[1:]
    return drawn


def _name(word: str, draw: Draw, *, number: int, names: dict[str, tuple[str, ...]], kazakh: bool) -> str:
    if word.isupper() and len(word) == 2 and names is STREETS and not is_cyrillic(word.lower()):
        return draw.one_of(f"state {number}", [state for state in _STATES if state != word])
    if not is_cyrillic(word.lower()):
        row = names["latin"]
    elif kazakh:
        row = names["kazakh"]
    elif names is STREETS and (ending := _ADJECTIVE.search(word.lower())):
        return draw.one_of(f"name {number}", ADJECTIVES) + _ENDINGS.get(ending[0], "ая")
    else:
        row = names["russian"]
    return row[(draw.number("name", len(row)) + number) % len(row)]
