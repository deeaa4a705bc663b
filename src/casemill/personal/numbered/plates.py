"""Number plates, by the word before them."""

import re

from casemill.personal.context import count_digits
from casemill.personal.numbered.reading import Numbered

_FORM = re.compile(
    r"(?P<id>(?!(?:of|for|in|on|at|to|with|and|из|для|по|на|от)[ ])(?=[^0-9]{0,6}[0-9])[0-9a-zа-я]{1,8}"
    r"(?:[ -](?=[0-9a-zа-я]{0,3}[0-9]"
    r"|[0-9]?[a-zа-я]{1,3}(?![^\W_]))[0-9a-zа-я]{1,4}){0,3})(?![^\W_])"
)


def _believe(text: str, _: bool) -> bool:
    digits = count_digits(text)
    return 4 <= len(text.replace("-", "")) <= 10 and 1 <= digits < len(text.replace("-", ""))


KINDS = (
    Numbered(
        "PLATE",
        (
            *("plate", "license", "licence", "number", "registration", "vehicle", "reg", "госномер", "гос", "номер"),
            *("автомобил", "машин", "авто", "мемлекеттік", "көлік"),
        ),
        re.compile(
            r"(?:(?:licen[cs]e|number|registration|vehicle)\s+)?plates?(?:\s+(?:number|no\.?))?"
            r"|(?:vehicle\s+)?reg(?:istration)?(?=\s+(?:number|no|plate|is|:))"
            r"|гос\.?\s?номер\w{0,2}(?:\s+(?:авто\w*|машины))?"
            r"|номер\w{0,2}\s+(?:авто(?:мобиля)?|машины)|(?:автомобил|машин)\w{1,3}(?=\s*(?:№|номер))"
            r"|мемлекеттік\s+нөмір\w{0,4}|көлік\s+нөмір\w{0,4}"
        ),
        _believe,
        _FORM,
    ),
)
