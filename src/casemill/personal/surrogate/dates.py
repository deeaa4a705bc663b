"""A date of birth of the same form: some years off, another month and day."""

import re

from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.grammar import cased_as

_MONTHS = tuple(
    tuple(row.split())
    for row in (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
        "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    )
)
_PART = re.compile(r"[0-9]+|[^\W\d_]+")
_ORDINALS = ("st", "nd", "rd")


def birth(text: str, draw: Draw) -> str:
    """The date in its own form. A day above twelve stays above twelve, so that the order of day and month reads on."""
    parts = list(_PART.finditer(text))
    written: list[str] = []
    position = 0
    for place, part in enumerate(parts):
        drawn = _number(part[0], draw, place=place) if part[0].isdecimal() else _word(part[0], draw)
        if part[0].lower() in (*_ORDINALS, "th") and written:
            drawn = cased_as(part[0], _ordinal(written[-1]))
        written += (text[position : part.start()], drawn)
        position = part.end()
    return "".join((*written, text[position:]))


def _number(text: str, draw: Draw, *, place: int) -> str:
    value = int(text[:4])
    if len(text) == 4 or value > 31:
        years = (1 + draw.number("years", 4)) * (-1 if draw.number("back", 2) else 1)
        return f"{value + years}" if len(text) == 4 else f"{(value + years) % 100:02}"
    first, last = (13, 28) if value > 12 else (1, 12)
    among = [number for number in range(first, last + 1) if number != value]
    return f"{draw.one_of(f'part {place}', among):0{len(text)}}"


def _word(text: str, draw: Draw) -> str:
    """Another month, in the same words."""
    for row in _MONTHS:
        low = [month.lower() for month in row]
        if text.lower() in low:
            among = [month for month in row if month.lower() != text.lower()]
            return cased_as(text, draw.one_of("month", among))
    return text


def _ordinal(day: str) -> str:
    last = int(day) % 10
    return "th" if int(day) in (11, 12, 13) or not 1 <= last <= 3 else _ORDINALS[last - 1]
