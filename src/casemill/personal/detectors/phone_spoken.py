"""Telephone numbers in words, where the text says telephone: `call me at eight seven oh one …`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, lower, words_in
from casemill.personal.detector import Detector
from casemill.personal.words import listed

_ENGLISH = listed(
    "zero oh one two three four five six seven eight nine double triple ten twenty thirty forty fifty sixty seventy "
    "eighty ninety hundred eleven twelve"
)
_RUSSIAN = listed(
    "ноль один одна два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать двадцать тридцать сорок пятьдесят "
    "шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот шестьсот семьсот восемьсот "
    "девятьсот"
)
_KAZAKH = listed(
    "нөл бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан жүз"
)
_SIGNS = frozenset({"plus", "плюс"})
_NUMBERS = _ENGLISH | _RUSSIAN | _KAZAKH
_SAID = _NUMBERS | _SIGNS
_WORD = rf"(?:plus\s|плюс\s)?(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|[0-9]{{1,4}})"
_RUN = re.compile(rf"(?<![^\W_]){_WORD}(?:[\s,.–-]{{1,3}}{_WORD}(?![^\W_])){{3,20}}")
_CUE = re.compile(
    r"phone|number|call|cell|mobile|whatsapp|text me|reach|dial|телефон|номер|звон|набер|ватсап|вацап"
    r"|тел\b|нөмір|қоңырау|хабарлас"
)
# So many of them are words and not digits.
_LEAST = 3
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_OTHER = re.compile(r"order|заказ|тапсырыс|room|flight|price|cost|людей|people")


def find(text: str) -> Iterator[Span]:
    lowered = lower(text)
    words = words_in(lowered)
    if _SAID.isdisjoint(words) or sum(map(_SAID.__contains__, words)) < _LEAST or not _CUE.search(lowered):
        return
    for match in _RUN.finditer(lowered):
        context = before(lowered, match.start(), width=60)
        said = len(_LETTERS.findall(match[0]))
        if said >= _LEAST and _CUE.search(context) and not _OTHER.search(context):
            yield Span(start=match.start(), end=match.end(), label="PHONE")


DETECTOR = Detector(
    find,
    stems=(
        *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double"),
        *("ноль", "один", "два", "две", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "плюс"),
        *("нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз", "плюс"),
    ),
)
