"""National numbers whose form and check digits say what they are, without a word beside them."""

import re
from collections.abc import Callable, Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import digits_of, runs_of, spans_of
from casemill.personal.detector import Detector

_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
_PESEL = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_MULTIPLIED = (
    *((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 3, 4, 0, 6, 7, 8, 9, 5), (2, 3, 4, 0, 1, 7, 8, 9, 5, 6)),
    *((3, 4, 0, 1, 2, 8, 9, 5, 6, 7), (4, 0, 1, 2, 3, 9, 5, 6, 7, 8), (5, 9, 8, 7, 6, 0, 4, 3, 2, 1)),
    *((6, 5, 9, 8, 7, 1, 0, 4, 3, 2), (7, 6, 5, 9, 8, 2, 1, 0, 4, 3), (8, 7, 6, 5, 9, 3, 2, 1, 0, 4)),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_PERMUTED = (
    *((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 5, 7, 6, 2, 8, 3, 0, 9, 4), (5, 8, 0, 3, 7, 9, 6, 1, 4, 2)),
    *((8, 9, 1, 6, 0, 4, 3, 5, 2, 7), (9, 4, 5, 3, 1, 2, 6, 8, 7, 0), (4, 2, 8, 6, 5, 7, 3, 9, 0, 1)),
    *((2, 7, 9, 3, 8, 0, 6, 4, 1, 5), (7, 0, 4, 6, 9, 1, 3, 2, 5, 8)),
)


def is_snils(text: str) -> bool:
    """Russia: nine digits and their weighted sum."""
    digits = digits_of(text)
    total = sum(int(sign) * weight for sign, weight in zip(digits, range(9, 0, -1), strict=False))
    return len(digits) == 11 and total % 101 % 100 == int(digits[9:])


def is_pesel(text: str) -> bool:
    """Poland: a birth date, its century in the month, and a check digit."""
    month, day = int(text[2:4]) % 20, int(text[4:6])
    total = sum(int(sign) * weight for sign, weight in zip(text, _PESEL, strict=False))
    return 1 <= month <= 12 and 1 <= day <= 31 and (10 - total % 10) % 10 == int(text[10])


def is_dni(text: str) -> bool:
    """Spain: eight digits, or a letter and seven, and a check letter."""
    plain = text.upper().replace("-", "")
    number = plain[:-1].translate(str.maketrans("XYZ", "012"))
    return _DNI_LETTERS[int(number) % 23] == plain[-1]


def is_cpf(text: str) -> bool:
    """Brazil: nine digits and two check digits."""
    digits = [int(sign) for sign in digits_of(text)]
    for size in (9, 10):
        total = sum(digit * weight for digit, weight in zip(digits, range(size + 1, 1, -1), strict=False))
        if total * 10 % 11 % 10 != digits[size]:
            return False
    return len(set(digits)) > 1


def is_aadhaar(text: str) -> bool:
    """India: twelve digits by Verhoeff's scheme."""
    check = 0
    for place, sign in enumerate(reversed(digits_of(text))):
        check = _MULTIPLIED[check][_PERMUTED[place % 8][int(sign)]]
    return check == 0


def is_nir(text: str) -> bool:
    """France: thirteen digits and 97 less their rest."""
    digits = digits_of(text)
    return len(digits) == 15 and int(digits[13:]) == 97 - int(digits[:13]) % 97


def is_inn(text: str) -> bool:
    """Russia, a person's tax number: ten digits and two check digits."""
    digits = [int(sign) for sign in text]
    for weights in ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)):
        if sum(w * d for w, d in zip(weights, digits, strict=False)) % 11 % 10 != digits[len(weights)]:
            return False
    return len(set(digits)) > 1


def is_northern(text: str) -> bool:
    """Sweden, Finland, Denmark: a birth date and four signs."""
    date = digits_of(text[:-5])[-6:]
    first, second, third = int(date[:2]), int(date[2:4]), int(date[4:])
    return 1 <= second <= 12 and (1 <= first <= 31 or 1 <= third <= 31)


# By the length of the first run of digits.
_FORMS: dict[int, tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]] = {
    1: ((re.compile(r"[12] [0-9]{2} [0-9]{2} [0-9]{2} [0-9]{3} [0-9]{3} [0-9]{2}(?![\w-])"), is_nir),),
    3: (
        (re.compile(r"[0-9]{3}-[0-9]{3}-[0-9]{3}[ -][0-9]{2}(?![\w-])"), is_snils),
        (re.compile(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w-])"), is_cpf),
    ),
    4: ((re.compile(r"[2-9][0-9]{3} [0-9]{4} [0-9]{4}(?![\w-])(?! [0-9])"), is_aadhaar),),
    6: ((re.compile(r"[0-9]{6}[-+A][0-9]{3}[0-9A-Y](?![\w-])"), is_northern),),
    8: (
        (re.compile(r"[0-9]{8}-?[A-Za-z](?![\w-])"), is_dni),
        (re.compile(r"[0-9]{8}-[0-9]{4}(?![\w-])"), is_northern),
    ),
    11: ((re.compile(r"[0-9]{11}(?![\w-])"), is_pesel),),
    12: ((re.compile(r"[0-9]{12}(?![\w-])"), is_inn),),
    15: ((re.compile(r"[12][0-9]{14}(?![\w-])"), is_nir),),
}
_JOINED = re.compile(r"[\w+.-]")
_NIE = re.compile(r"[XYZxyz](?<![\w-][XYZxyz])-?[0-9]{7}-?[A-Za-z](?![\w-])")
# Britain's national insurance number, Italy's tax code, India's PAN.
_LETTERED = re.compile(
    r"[A-Z](?<![\w-][A-Z])(?:[A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]"
    r"|[A-Z]{5}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]|[A-Z]{4}[0-9]{4}[A-Z])(?![\w-])"
)


def find(text: str) -> Iterator[Span]:
    for start, end in runs_of(text):
        forms = _FORMS.get(end - start)
        if forms and not _JOINED.match(text[start - 1 : start]):
            for pattern, fits in forms:
                if (match := pattern.match(text, start)) and fits(match[0]):
                    yield Span(start=start, end=match.end(), label="NATIONAL_ID")


def find_lettered(text: str) -> Iterator[Span]:
    yield from spans_of(_LETTERED, text, label="NATIONAL_ID")
    for match in _NIE.finditer(text):
        if is_dni(match[0]):
            yield Span(start=match.start(), end=match.end(), label="NATIONAL_ID")


DETECTOR = Detector(find, digits=7, yields=True, row=7)
LETTERED = Detector(find_lettered, digits=4, yields=True, coded=True)
