"""Facts that stay: dates, times, amounts, durations, quantities, error codes, article and product ids, public pages."""

import re
from collections.abc import Callable, Iterable, Iterator

from casemill.personal.context import lower
from casemill.personal.links import links
from casemill.personal.veil import Place

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|январ[яьею]|феврал[яьею]|март[аеу]?|апрел[яьею]|ма[яйею]|июн[яьею]|июл[яьею]"
    r"|август[аеу]?|сентябр[яьею]|октябр[яьею]|ноябр[яьею]|декабр[яьею]"
    r"|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)"
)
_NUMBER = r"(?:[0-9]{1,3}(?:[ ,.'\u00a0\u202f][0-9]{3})++(?:[.,][0-9]{1,2})?|[0-9]++(?:[.,][0-9]{1,2})?)"
_CURRENCY = r"(?:US\$|[$€£₸₽¥₴₹]|usd|eur|gbp|kzt|rub)"
_UNIT = (
    r"(?:(?:[$€£₸₽¥₴₹](?!\s?[0-9]))|%|(?:usd|eur|gbp|kzt|rub|tenge|тенге|теңге\w{0,3}|тг|тнг|руб(?:л\w{1,2})?|р|доллар\w{0,3}"
    r"|dollars?|bucks|cents?|euros?|евро|тыс\w{0,3}|млн|мың|k|percent|процент\w{0,3}|пайыз\w{0,3}"
    r"|(?:business|working|calendar|рабочих|календарных)\s+(?:days?|дн\w+)"
    r"|seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?|yrs?|nights?|секунд\w{0,2}|минут\w{0,2}|мин"
    r"|час(?:а|ов|у)?|ч|дн(?:я|ей|и)|день|сут(?:ки|ок)|недел\w{1,2}|месяц\w{0,2}|мес|год(?:а|у)?|лет"
    r"|күн\w{0,4}|апта\w{0,3}|сағат\w{0,3}|минөт|ай(?:да|дан|ға)?|жыл\w{0,3}"
    r"|pcs|pieces?|items?|units?|times?|points?|bonus\w*|people|guests|passengers?|miles|шт(?:ук\w?)?|товар(?:а|ов)|раза?|балл\w{0,2}|бонус\w{0,2}|дана|рет"
    r"|kb|mb|gb|tb|мб|гб|kg|g|кг|гр|ml|l|мл|mm|cm|m|km|мм|см|м|км|inch(?:es)?|px|dpi|w|v|mah|hz|mhz|ghz|pm|am)(?![^\W_]))"
)
_DATES = (
    r"(?<![\w./-])(?:(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:(?:19|20)?[0-9]{2}))"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\w/-])(?!\.[0-9])"
    r"|(?<![\w.,/-])(?:0?[1-9]|[12][0-9]|3[01])[./](?:0?[1-9]|1[0-2])(?![\w/-])(?![.,][0-9])"
    rf"|(?<![^\W_]){_MONTH}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s*,?\s*(?:19|20)[0-9]{{2}})?(?![^\W_])"
    rf"|(?<![^\W_])[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH}(?![^\W_])(?:[\s,-]+(?:19|20)[0-9]{{2}}(?![^\W_]))?"
    rf"|(?<![^\W_]){_MONTH}\s+(?:19|20)[0-9]{{2}}(?![^\W_])"
    r"|(?<![\w:.])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\s?[ap]m)?(?![\w:])"
)
_FIRST_PATTERNS = (
    re.compile(_DATES, re.IGNORECASE),
    re.compile(rf"(?<![^\W_]){_CURRENCY}\s?{_NUMBER}(?![0-9])", re.IGNORECASE),
    re.compile(rf"(?<![\w.,+(-])(?<![0-9][ .,-]){_NUMBER}(?:\s?[-–]\s?{_NUMBER})?[\s\u00a0-]?{_UNIT}", re.IGNORECASE),
    re.compile(r"(?<![\w#№:\"'.,=/-])(?<![0-9] )(?:19|20)[0-9]{2}(?!\w)(?![-./ ]?[0-9])"),
    re.compile(
        r"(?<![^\W_])(?:KB|FAQ|DOC|ART|RFC|SKU|ISO|HTTP|ERR|ERROR|CVE|E)[-_ ]?[0-9]{2,6}(?:-[0-9]{1,6})?(?![^\W_])"
        r"|(?<![^\W_])(?:ERR|ERROR)_\w{2,40}"
    ),
    re.compile(
        r"(?<![^\W_])(?:errors?|status|exit|ошибк\w{1,2}|қате\w{0,2})(?:\s+(?:code|код\w?))?[\s:#№=]*+(?:code\s*+)?"
        r"[A-Z]{0,4}-?[0-9]{2,6}(?![^\W_])",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![^\W_])(?:(?:new[\s_]+)?(?:items?|products?|variants?|skus?|models?|articles?|артикул\w{0,3}|товар\w{0,3}"
        r"|стать\w{1,3}|тауар\w{0,5}|мақала\w{0,4}|flights?|рейс\w{0,2}))"
        r"(?:[\s_:#№\"'`*\[(,=-]++|(?:ids?|number|no|code|номер\w?|нөмір\w{0,3}|is|and)\.?(?![^\W_])|[A-Za-z]{0,5}-?[0-9][0-9A-Za-z-]*+(?![^\W_])){1,40}+",
        re.IGNORECASE,
    ),
)


def facts(text: str) -> list[Place]:
    """The places (start, end) of facts; they may overlap. A text without a digit has none that matter."""
    found = [match.span() for pattern in _FIRST_PATTERNS for match in pattern.finditer(text)]
    found += [(link.start, link.end) for link in links(text) if not link.personal]
    return found


class Kept:
    """A company's own words (plans, brands, couriers, its own addresses): never masked where they stand by themselves."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(sorted({lower(word) for word in words if word.strip()}))

    def places(self, lowered: str) -> list[Place]:
        return [place for word in self.words for place in occurrences(word, lowered)]


def occurrences(word: str, lowered: str, *, edge: Callable[[str], bool] = str.isalnum) -> Iterator[Place]:
    """Where a lower-case word stands between non-letters in a lower-case text."""
    start = lowered.find(word)
    while start >= 0:
        end = start + len(word)
        if not (start and edge(lowered[start - 1]) and edge(word[0])) and not (
            end < len(lowered) and edge(lowered[end]) and edge(word[-1])
        ):
            yield start, end
        start = lowered.find(word, start + 1)
