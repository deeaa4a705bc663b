"""Postal codes, by the word before them."""

import re

from casemill.personal.numbered.reading import Numbered


def _believe(text: str, _: bool) -> bool:
    digits = text.replace("-", "")
    return digits.isdigit() and 4 <= len(digits) <= 9


_UK = r"[a-z]{1,2}[0-9][0-9a-z]?[ ]?[0-9][a-z]{2}"


_CANADA = r"[a-z][0-9][a-z][ -]?[0-9][a-z][0-9]"


KINDS = (
    Numbered(
        "ZIP",
        ("zip", "postal", "postcode", "post", "индекс", "почтовый", "пошта"),
        re.compile(r"zip(?:[\s_-]?code)?s?(?![^\W_])|post(?:al)?[\s_-]?code|(?:почтов\w{2,3}\s|пошта\s)?индекс\w{0,2}"),
        lambda text, strong: _believe(text, strong) or not text.isdigit(),
        re.compile(
            rf"(?P<id>[0-9]{{4,9}}(?:-[0-9]{{4}})?|[0-9]{{3}}[ -][0-9]{{2,3}}|{_UK}|{_CANADA})(?![^\W_])(?!-[0-9])"
        ),
    ),
)
