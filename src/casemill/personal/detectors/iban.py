"""International bank account numbers: the country's length and the check digits must fit."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before
from casemill.personal.detector import Detector

_LENGTHS = {
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("BE",), 16),
    **dict.fromkeys(("DK", "FK", "FO", "FI", "GL", "NL", "SD"), 18),
    **dict.fromkeys(("MK", "SI"), 19),
    **dict.fromkeys(("AT", "BA", "EE", "KZ", "LT", "LU", "MN", "XK"), 20),
    **dict.fromkeys(("CH", "CR", "HR", "LI", "LV"), 21),
    **dict.fromkeys(("BG", "BH", "DE", "GB", "GE", "IE", "ME", "RS", "VA"), 22),
    **dict.fromkeys(("AE", "GI", "IL", "IQ", "OM", "SO", "TL"), 23),
    **dict.fromkeys(("AD", "CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK", "TN", "VG"), 24),
    **dict.fromkeys(("LY", "PT", "ST"), 25),
    **dict.fromkeys(("IS", "TR"), 26),
    **dict.fromkeys(("BI", "DJ", "FR", "GR", "IT", "MC", "MR", "SM"), 27),
    **dict.fromkeys(("AL", "AZ", "BY", "CY", "DO", "GT", "HU", "LB", "NI", "PL", "SV"), 28),
    **dict.fromkeys(("BR", "EG", "PS", "QA", "UA"), 29),
    **dict.fromkeys(("JO", "KW", "MU"), 30),
    **dict.fromkeys(("MT", "SC"), 31),
    **dict.fromkeys(("LC",), 32),
    **dict.fromkeys(("RU",), 33),
}
_RUN = re.compile(r"(?<![^\W_])[A-Za-z]{2}[0-9]{2}(?:(?:[ .·–-]|[ \t]{2})?[A-Za-z0-9]){11,30}")


def find(text: str) -> Iterator[Span]:
    for match in _RUN.finditer(text):
        end = _end(match[0], _LENGTHS.get(match[0][:2].upper(), 0))
        if not end or text[match.start() + end : match.start() + end + 1].isalnum():
            continue
        if fits(match[0][:end]) or "iban" in before(text, match.start(), width=16):
            yield Span(start=match.start(), end=match.start() + end, label="IBAN")


def _end(run: str, length: int) -> int:
    """Where the `length`th letter or digit of the run ends; 0 when it has not so many."""
    seen = 0
    for position, sign in enumerate(run, 1):
        seen += sign.isalnum()
        if seen == length:
            return position
    return 0


def fits(text: str) -> bool:
    """Whether the check digits fit (ISO 7064, modulo 97)."""
    plain = "".join(filter(str.isalnum, text)).upper()
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


DETECTOR = Detector(find, digits=9, row=7)
