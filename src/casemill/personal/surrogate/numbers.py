"""Numbers of the same form: phones in ranges kept for fiction, cards and accounts whose check digits do not fit."""

import re
from collections.abc import Callable

from casemill.personal.check_digits import luhn
from casemill.personal.detectors.iban import fits as fits_iban
from casemill.personal.detectors.iin import fits as fits_iin
from casemill.personal.surrogate.avoided import FORM
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.grammar import latin
from casemill.personal.words import listed

_LATIN_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CYRILLIC_LETTERS = "абвгдежзиклмнопрстуфхцчшэюя"
_RUN = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+(?=[0-9]*$)")
_LONE_CODES = ("1", "7")
_SHORT_CODES = listed(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 "
    "90 91 92 93 94 95 98"
)
_FICTION = {"44": "7700900", "33": "63998", "61": "491570", "49": "15550"}
# How numbers begin of which only the beginning is told: 8701.
_BEGUN = ("87", "77", "89", "79")
_NETS = ("192.0.2.", "198.51.100.", "203.0.113.")


def filled(form: str, digits: str) -> str:
    """The form with its digits replaced by others, from the right; noughts where they are too few."""
    count = sum(sign.isdecimal() for sign in form)
    row = iter(digits.rjust(count, "0")[-count:] if count else "")
    return "".join(next(row) if sign.isdecimal() else sign for sign in form)


def digits_in(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def is_of_form(word: str) -> bool:
    """Whether letters in a number are of its form and not of anybody: `credit_card_…`, `INV-…`."""
    return word.lower() in FORM or (word.isupper() and len(word) <= 4)


def reshaped(text: str, draw: Draw, *, keep_words: bool = True) -> str:
    """Digits for digits, letters for letters of the same script and case; words of the form stay if `keep_words`."""
    keep_words = keep_words and any(map(str.isdecimal, text))

    def change(run: re.Match[str]) -> str:
        kept = 0
        if keep_words and (letters := _LETTERS.match(run[0])) and is_of_form(letters[0]):
            kept = letters.end()
        return run[0][:kept] + _signs(run[0][kept:], draw, place=len(text) - run.end())

    return _RUN.sub(change, text)


def _signs(run: str, draw: Draw, *, place: int) -> str:
    return "".join(_sign(sign, draw, place=place + len(run) - at) for at, sign in enumerate(run))


def _sign(sign: str, draw: Draw, *, place: int) -> str:
    if sign.isdecimal():
        return draw.digit(place, "".join(digit for digit in "0123456789" if digit != sign))
    letters = _CYRILLIC_LETTERS if latin(sign) != sign else _LATIN_LETTERS
    drawn = draw.digit(place, "".join(letter for letter in letters if letter != sign.lower()))
    return drawn.upper() if sign.isupper() else drawn


def phone(text: str, draw: Draw) -> str:
    """The country code stays; what follows lies in a range kept for fiction, or begins where no number begins."""
    digits = digits_in(text)
    body = re.split(r"\s?(?:x|ext|доб)", text, maxsplit=1, flags=re.IGNORECASE)[0]
    own = digits_in(body)
    if text.lstrip("( ").startswith("+"):
        code = next((lone for lone in _LONE_CODES if own.startswith(lone)), None)
        code = code or (own[:2] if own[:2] in _SHORT_CODES else own[:3])
        drawn = code + _national(code, own[len(code) :], draw=draw)
    elif len(own) == 11 and own[0] in "78":
        drawn = own[0] + _national("7", own[1:], draw=draw)
    elif len(own) in (10, 11) and own[-10] in "23456789":
        drawn = own[:-10] + _national("1", own[-10:], draw=draw)
    elif len(own) == 7:
        drawn = "55501" + draw.digits(2)
    elif len(own) in (4, 5, 6) and own.startswith(_BEGUN):
        drawn = own[:2] + "".join(_sign(sign, draw, place=len(own) - at) for at, sign in enumerate(own[2:], 2))
    else:
        kept = len(own) - len(own.lstrip("0"))
        drawn = own[:kept] + "".join(_sign(sign, draw, place=len(own) - at) for at, sign in enumerate(own[kept:], kept))
    return filled(text, drawn + draw.digits(len(digits) - len(own), part="extension"))


def _national(code: str, own: str, *, draw: Draw) -> str:
    """The digits behind a country code, as many as there were."""
    size = len(own)
    if code == "1" and size == 10:
        return f"{2 + draw.number('area', 7)}{draw.digits(2, part='area')}55501{draw.digits(2)}"
    if code == "7" and size == 10:
        return f"{own[0]}{draw.digits(2, part='area')}000{draw.digits(4)}"
    start = _FICTION.get(code, "")
    if not start or size <= len(start):
        start = f"{2 + draw.number('area', 8)}{draw.digits(1, part='area')}000"[: max(0, size - 2)]
    return start + draw.digits(size - len(start))


def card(text: str, draw: Draw) -> str:
    """The first digit, the brand's, stays; the check digit is wrong. Of a covered card as much as it shows."""
    shown = digits_in(text)
    starred = any(sign in "*xX•·" for sign in text)
    size = 16 if starred else len(shown)
    row = _wrong(shown[:1] + draw.digits(18)[: size - 1], luhn)
    if not starred:
        return filled(text, row)
    head = len(digits_in(re.split(r"[*xX•·]", text, maxsplit=1)[0]))
    return filled(text, row[:head] + row[len(row) - (len(shown) - head) :])


def iban(text: str, draw: Draw) -> str:
    """Country and length stay; check digits 00 are nobody's, and do not fit by the sum either, as they would for 97."""
    signs = [place for place, sign in enumerate(text) if sign.isalnum()]
    drawn = dict(zip(signs[2:4], "00", strict=False))
    drawn |= {place: _sign(text[place], draw, place=len(text) - place) for place in signs[4:]}
    made = "".join(drawn.get(place, sign) for place, sign in enumerate(text))
    plain = "".join(made[place] for place in signs)
    if len(plain) < 5 or not plain.isascii() or not fits_iban(plain):
        return made
    last = signs[-1]
    other = str((int(made[last]) + 1) % 10) if made[last].isdecimal() else "b" if made[last] in "aA" else "a"
    return made[:last] + (other.upper() if made[last].isupper() else other) + made[last + 1 :]


def iin(text: str, draw: Draw) -> str:
    """A plausible date of birth first, a wrong check digit last."""
    if len(digits_in(text)) != 12:
        return piece(text, draw)
    row = _born(draw) + digits_in(text)[6] + draw.digits(5)
    return filled(text, _wrong(row, fits_iin))


def _born(draw: Draw) -> str:
    return f"{60 + draw.number('year', 40)}{1 + draw.number('month', 12):02}{1 + draw.number('day', 28):02}"


def piece(text: str, draw: Draw) -> str:
    """A piece of a number that is nowhere whole: as many signs; six digits that may be a birthday stay such."""
    digits = digits_in(text)
    is_day = re.fullmatch(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])", digits) is not None
    letters = any(map(str.isalpha, text))
    return filled(text, _born(draw)) if is_day and not letters else reshaped(text, draw, keep_words=False)


def ssn(text: str, draw: Draw) -> str:
    """Area 000 was never given to anybody."""
    size = len(digits_in(text))
    return filled(text, ("000" + draw.digits(6)) if size == 9 else draw.digits(size))


def ip(text: str, draw: Draw) -> str:
    """Addresses kept for documentation; 00:00:5e:00:53 for hardware."""
    if "." in text and ":" not in text:
        return draw.one_of("net", _NETS) + str(1 + draw.number("host", 254))
    parts = re.split("[:-]", text)
    if len(parts) == 6 and all(len(part) == 2 for part in parts):
        separator = text[2]
        return separator.join(("00", "00", "5e", "00", "53", f"{draw.number('host', 256):02x}"))
    return f"2001:db8::{1 + draw.number('host', 65_534):x}"


def device(text: str, draw: Draw) -> str:
    """An IMEI's check digit is wrong."""
    drawn = reshaped(text, draw, keep_words=False)
    return filled(drawn, _wrong(digits_in(drawn), luhn)) if len(digits_in(text)) == 15 else drawn


def _wrong(digits: str, fits: Callable[[str], bool]) -> str:
    """The digits, the last one changed when it would fit."""
    return digits if not fits(digits) else digits[:-1] + str((int(digits[-1]) + 1) % 10)
