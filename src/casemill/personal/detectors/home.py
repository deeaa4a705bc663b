"""A house or flat by its number alone, without a street: `сосед из квартиры 15`, `left at number 46`, `house no. 7`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import begun, found_at, lower, runs_of
from casemill.personal.detector import Detector

_NUMBER = r"[0-9]{1,4}[a-zа-я]?(?![^\W_]|[-.,:/%][0-9])"
# What stands behind the number of a home; a noun there would be what is counted: `в квартире 2 кошки`.
_ENDS = (
    r"(?=\s*(?:$|[.,;:!?)\n\0])|\s+(?:и|а|но|на|в|с|по|я|мне|мой|мою|моей|это|или|and|but|or|is|was|on|in|at|by|the|my|for|with"
    r"|because|please|as|[^\W\d_]+(?:л|ла|ло|ли|лся|лась|лись|ет|ит|ут|ют|ат|ят|ed))(?![^\W_]))"
)
_RUSSIAN = re.compile(
    r"(?:из|до|в|к|ко|у|с|от|для|около|возле|напротив|рядом\s+с)\s+(?P<id>(?:квартир(?:ы|у|е|ой)|дом(?:а|у|е|ом)?)"
    rf"\s+(?:№\s?|номер\s+)?{_NUMBER}){_ENDS}"
)
_ENGLISH = re.compile(
    rf"(?:(?:house|flat|door|villa|cottage|bungalow)\s+(?:number|num|no\.?|nr\.?|#)\s*(?P<id>{_NUMBER})"
    rf"|(?:house|door|home|flat|address)\s+is\s+(?:number|no\.?|#)\s*(?P<told>{_NUMBER})"
    rf"|(?:live|lives|living|left|leave|deliver\w*|drop\w*|neighbou?rs?|reside\w*|lady|man|family|people)\s+(?:[a-z]+\s+){{0,3}}?"
    rf"(?:at|in|from|with)\s+(?:number|no\.?|nr\.?|house)\s*(?P<at>{_NUMBER})){_ENDS}"
)
LONGEST = 4
_PLACED = ("из", "до", "в", "к", "ко", "у", "с", "от", "для", "около", "возле", "напротив", "рядом")
_HOMES = ("house", "flat", "door", "villa", "cottage", "bungalow", "home", "address")
_PEOPLE = ("live", "living", "left", "leave", "deliver", "drop", "neighbo", "reside", "lady", "man", "family", "people")
_HOUSES = ("квартир", "дом")


def find(text: str) -> Iterator[Span]:
    if not any(end - start <= LONGEST for start, end in runs_of(text)):
        return
    lowered = lower(text)
    for match in begun(_ENGLISH, lowered, stems=(*_HOMES, *_PEOPLE)):
        start, end = match.span(match.lastgroup or 0)
        yield Span(start=start, end=end, label="ADDRESS")
    if any(map(lowered.__contains__, _HOUSES)):
        for match in found_at(_RUSSIAN, lowered, stems=_PLACED):
            yield Span(start=match.start("id"), end=match.end("id"), label="ADDRESS")


DETECTOR = Detector(find, digits=1, yields=True, stems=(*_HOMES, *_PEOPLE, *_HOUSES))
