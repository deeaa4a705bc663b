"""Facts that stay: dates, times, amounts, durations, quantities, error codes, article and product ids, public pages."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from casemill.personal.context import found_at, keys_of, lower
from casemill.personal.links import links, on_hosts
from casemill.personal.units_abroad import CODES, STEMS_ABROAD, UNITS_ABROAD
from casemill.personal.veil import Place
from casemill.personal.words import UNIT_STEMS, UNITS, listed

# All but `_CODE` read lower-case text. A pattern begins with its first character and looks back from there, for `re`
# skips through a text only to a first character.
_THOUSANDS = r"(?:[ ,.'\u00a0\u202f][0-9]{3})+(?![0-9]|[ ,.'\u00a0\u202f][0-9]{3})"
_NUMBER = rf"(?:[0-9]{{1,3}}{_THOUSANDS}|[0-9]++)(?:[.,][0-9]{{1,2}})?"
_MEASURED = re.compile(
    r"[0-9](?<![\w.,+-][0-9])(?<![0-9][ .,-][0-9])"
    rf"(?:[0-9]{{0,2}}{_THOUSANDS}|[0-9]*+)(?:[.,][0-9]{{1,2}})?"
    rf"(?:\s?[-–]\s?{_NUMBER})?[\s\u00a0-]?(?P<unit>[^\W\d_]++|[%$€£₸₽¥₴₹](?!\s?[0-9]))"
)
_DATE = re.compile(
    r"[0-9](?<![\w./-][0-9])[0-9]{0,3}(?P<separator>[-./])[0-9]{1,2}(?:(?P=separator)[0-9]{2,4})?"
    r"(?![\w/-])(?![.,][0-9])"
    r"|[12](?<![\w./-][12])[0-9]{3}-[0-9]{2}-[0-9]{2}t[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?"
    r"(?:z|[+-][0-9]{2}:?[0-9]{2})?(?!\w)"
)
_TIME = re.compile(r"[0-9](?<![\w:.][0-9])[0-9]?:[0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]m)?(?![\w:])")
_YEAR = re.compile(r"[12](?<![\w#№:\"'.,=/-][12])(?<![0-9] [12])(?:(?<=1)9|(?<=2)0)[0-9]{2}(?!\w)(?![-./ ]?[0-9])")
# The first three letters of the words, as `keys_of` gives them.
_MONTHS = listed(
    "jan feb mar apr may jun jul aug sep oct nov dec янв фев мар апр мая май мае июн июл авг сен окт ноя дек "
    "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел"
)
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|январ[яьею]|феврал[яьею]|март[аеу]?|апрел[яьею]|ма[яйею]|июн[яьею]|июл[яьею]"
    r"|август[аеу]?|сентябр[яьею]|октябр[яьею]|ноябр[яьею]|декабр[яьею]|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде"
    r"|тамыз|қыркүйек|қазан|қараша|желтоқсан)(?:(?<=[а-яәғқңөұүһі])(?:[дтғгқкн][аеыі][нң]?|[бмп]ен))?"
)
_DAY_OF_MONTH = re.compile(
    rf"{MONTH}\.?\s+(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s*,?\s*(?:19|20)[0-9]{{2}})?|(?:19|20)[0-9]{{2}})(?![^\W_])"
)
_MONTH_OF_DAY = re.compile(
    rf"[0-9](?<![^\W_][0-9])[0-9]?(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{MONTH}(?![^\W_])"
    r"(?:[\s,-]+(?:19|20)[0-9]{2}(?![^\W_]))?"
)
# Days by their number alone: `the 3rd - 31st`, `11th to 21st`, `the 14th.`
_TH = r"(?:[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)"
_ORDINALS = listed("st nd rd th")
_THE = listed("the")
_DAY_TO_DAY = re.compile(
    rf"[0-9](?<![\w.,#-][0-9])[0-9]?(?:st|nd|rd|th)\s?(?:[-–—]|to|until|till|through|and)\s?(?:the\s)?{_TH}(?!\w)"
)
_THE_DAY = re.compile(rf"the\s{_TH}(?=\s*(?:$|[.,;!?)]))")
# A room of a hotel or an office; behind a house number it is a part of an address.
_ROOMS = listed("roo")
NEAR = 30
_DIGIT = re.compile(r"[0-9]")
_ROOM = re.compile(r"rooms?\s(?:number\s|no\.?\s|#\s?)?#?[0-9]{1,4}(?![\w-])")
_SIGNS = "$€£₸₽¥₴₹"
_SIGN_FIRST = re.compile(rf"[{_SIGNS}]\s?{_NUMBER}(?![0-9])")
_CURRENCIES = listed("usd eur gbp kzt rub")
_CURRENCY_FIRST = re.compile(rf"(?:usd|eur|gbp|kzt|rub)\s?{_NUMBER}(?![0-9])")
_CODES_FIRST = frozenset(map(str.lower, CODES)) - _CURRENCIES
_CODE_FIRST = re.compile(rf"(?:{'|'.join(sorted(CODES))})\s?{_NUMBER}(?![0-9])")
_UNITS = UNITS | UNITS_ABROAD
_STEMS = (*UNIT_STEMS, *STEMS_ABROAD)
_CODE = re.compile(
    r"(?:KB|FAQ|DOC|ART|RFC|SKU|ISO|HTTP|ERR|ERROR|CVE|E)[-_ ]?[0-9]{2,6}(?:-[0-9]{1,6})?(?![^\W_])|ERR(?:OR)?_\w{2,40}"
)
_ERRORS = listed("err sta exi оши қат")
_ERROR = re.compile(
    r"(?:errors?|status|exit|ошибк\w{1,2}|қате\w{0,2})(?:\s+(?:code|код\w?))?[\s:#№=]*+(?:code\s*+)?"
    r"[a-z]{0,4}-?[0-9]{2,6}(?![^\W_])"
)
_PRODUCTS = listed("ite pro var sku mod art арт тов ста тау мақ ean upc isb bar штр")
_PRODUCT = re.compile(
    r"(?:items?|products?|variants?|skus?|models?|articles?|eans?|upcs?|isbn|barcodes?|штрих-?код\w{0,2}"
    r"|артикул\w{0,3}|товар\w{0,3}|стать\w{1,3}|тауар\w{0,5}"
    r"|мақала\w{0,4})(?:[\s_:№\"'`*\[(,=-]++|#(?![a-z])|(?:ids?|number|no|code|номер\w?|нөмір\w{0,3}|is"
    r"|and)\.?(?![^\W_])"
    r"|[a-z]{0,5}-?[0-9][0-9a-z-]*+(?![^\W_])){1,40}"
)
_FLIGHTS = listed("fli рей")
_CODES = listed("kb faq doc art rfc sku iso htt err cve e")
_FLIGHT = re.compile(
    r"(?:flights?|рейс\w{0,2})(?:\s+(?:number|no\.?|номер))?[\s#№:*\"]{1,4}[a-z0-9]{2,3}-?[0-9]{2,4}(?![^\W_])"
)


# Durations in words: `two weeks`, `три рабочих дня`, `екі апта`.
_SPELLED = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|оди?н\w{0,3}|дв[аеу]х?|тр[иёе]х?|четыр[её]х?"
    r"|четыре|пят[ьи]|шест[ьи]|сем[ьи]|восемь|девять|десять|полтор[аы]|пару|бір|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жарты)"
    r"\s(?:(?:an?|business|working|calendar|рабоч\w{2}|календарн\w{2}|банковск\w{2}|жұмыс)\s){0,2}"
    r"(?:(?:second|minute|hour|day|week|month|year|night)s?|секунд\w?|минут\w?|час(?:а|ов)?|дн[яей]{1,2}|день|сут\w{2}"
    r"|недел\w{1,2}|месяц\w{0,2}|год\w?|лет|(?:секунд|минут|сағат|күн|апта|ай|жыл)\w{0,6})(?![^\W_])"
)
_SPELLS = listed(
    "one two thr fou fiv six sev eig nin ten twe hal оди одн дв два две дву три трё тре чет пят шес сем вос дев дес "
    "пол пар бір екі үш төр бес алт жет сег тоғ он жар"
)
_LAW = re.compile(r"(?:art|ст)\.\s?[0-9]{1,4}(?![\w.-]?[0-9])")
_LAWS = listed("art ст")

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,24}")


@lru_cache(maxsize=8)
def facts(text: str) -> tuple[Place, ...]:
    """The places (start, end) of facts; they may overlap."""
    lowered = lower(text)
    found = [*_amounts(text, lowered), *_dates(text, lowered), *_ids(text, lowered)]
    found += [(link.start, link.end) for link in links(text) if not link.personal]
    return tuple(found)


def _amounts(text: str, lowered: str) -> Iterator[Place]:
    for match in _MEASURED.finditer(lowered):
        unit = match["unit"]
        if unit in _UNITS or unit.startswith(_STEMS) or text[match.start("unit") : match.end("unit")] in CODES:
            yield match.span()
    if "$" in text or (not text.isascii() and any(map(text.__contains__, _SIGNS))):
        yield from (match.span() for match in _SIGN_FIRST.finditer(lowered))
    yield from _begun(_CURRENCY_FIRST, lowered, stems=_CURRENCIES)
    yield from _begun(_CODE_FIRST, text, stems=_CODES_FIRST)


def _dates(text: str, lowered: str) -> Iterator[Place]:
    for match in _DATE.finditer(lowered):
        parts = re.split("[-./]", match[0])
        if "t" in match[0] or (len(parts) + (match["separator"] != "-") > 2 and _is_date(parts)):
            yield match.span()
    if ":" in text:
        yield from (match.span() for match in _TIME.finditer(lowered))
    if "20" in text or "19" in text:
        yield from (match.span() for match in _YEAR.finditer(lowered))
    if not _MONTHS.isdisjoint(keys_of(lowered)):
        yield from _begun(_DAY_OF_MONTH, lowered, stems=_MONTHS)
        yield from (match.span() for match in _MONTH_OF_DAY.finditer(lowered))
    if not _ORDINALS.isdisjoint(keys_of(lowered)):
        yield from (match.span() for match in _DAY_TO_DAY.finditer(lowered))
        yield from _begun(_THE_DAY, lowered, stems=_THE)


def _ids(text: str, lowered: str) -> Iterator[Place]:
    """Article, product, flight and error codes: the company's own, the same for everybody."""
    for start, end in _begun(_ROOM, lowered, stems=_ROOMS):
        if not _DIGIT.search(lowered, max(0, start - NEAR), start):
            yield start, end
    yield from _begun(_CODE, text, stems=_CODES)
    yield from _begun(_SPELLED, lowered, stems=_SPELLS)
    yield from _begun(_LAW, lowered, stems=_LAWS)
    for stems, pattern in ((_ERRORS, _ERROR), (_PRODUCTS, _PRODUCT), (_FLIGHTS, _FLIGHT)):
        yield from _begun(pattern, lowered, stems=stems)


def _begun(pattern: re.Pattern[str], text: str, *, stems: frozenset[str]) -> Iterator[Place]:
    """The matches that begin with a word under one of the keys, as `keys_of` gives them."""
    if there := stems & keys_of(lower(text)):
        yield from (match.span() for match in found_at(pattern, text, stems=there))


def _is_date(parts: list[str]) -> bool:
    """2026-11-03, 3.11.26, 11/3/2026; 03.11 and 11/3, but not 3-11."""
    numbers = [int(part) for part in parts]
    if len(parts) == 3 and len(parts[0]) == 4:
        return 1900 <= numbers[0] < 2100 and 1 <= numbers[1] <= 12 and 1 <= numbers[2] <= 31
    small, large = sorted(numbers[:2])
    fits = 1 <= small <= 12 and large <= 31 and len(parts[0]) <= 2
    return fits and (len(parts) == 2 or len(parts[2]) == 2 or 1900 <= numbers[2] < 2100)


class Kept:
    """A company's own words (plans, brands, its own addresses): never masked where they stand by themselves.

    A word that is a host (`shop.com`) keeps the URLs of it that lead to nobody, too.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted({lower(word) for word in words if word.strip()}))
        self._hosts = frozenset(word for word in self.words if _HOST.fullmatch(word))

    def places(self, lowered: str) -> list[Place]:
        found = [place for word in self.words for place in occurrences(word, lowered)]
        return [*found, *on_hosts(lowered, self._hosts)] if self._hosts else found


def occurrences(word: str, lowered: str, *, edge: Callable[[str], bool] = str.isalnum) -> Iterator[Place]:
    """Where a lower-case word stands, not inside a longer one, in a lower-case text."""
    start = lowered.find(word)
    while start >= 0:
        end = start + len(word)
        inside = (edge(word[0]) and edge(lowered[start - 1 : start])) or (
            edge(word[-1]) and edge(lowered[end : end + 1])
        )
        if not inside:
            yield start, end
        start = lowered.find(word, start + 1)
