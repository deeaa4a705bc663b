"""Passports, driver's licences and national numbers, by the word beside them."""

import re

from casemill.personal.context import count_digits
from casemill.personal.numbered.reading import Numbered

_PASSPORT = re.compile(
    r"(?P<id>[0-9]{2}\s?[0-9]{2}(?:\s*(?:номер|№|n)\s*|[\s-]{0,2})[0-9]{6}|[a-zа-я]{1,3}[\s-]?[0-9]{6,9}"
    r"|[0-9]{2}[a-z]{2}[0-9]{5}|[0-9]{2}\s[0-9]{7}|[a-z][0-9a-z]{7,9}|[0-9]{7,9})(?![^\W_])"
)
_LICENCE = re.compile(
    r"(?P<id>[a-z]{2,5}[0-9]{6}[a-z0-9]{2,5}|[a-z][0-9]{2}[a-z][0-9]{3}[a-z][0-9]{3}"
    r"|(?:[a-z]{1,5}[ -]?)?[0-9](?:[ -]?[0-9]){3,14}[a-z]{0,2}|[0-9]{2}\s?[а-яa-z]{2}\s?[0-9]{6})(?![^\W_])"
)
_NUMBER = re.compile(
    r"(?P<id>[a-z]{6}[0-9]{2}[a-z][0-9]{2}[a-z][0-9]{3}[a-z]|[a-z]{4,5}[0-9]{4,6}[a-z0-9]{1,8}"
    r"|(?:[a-z]{1,3}[ -]?)?[0-9](?:[ ./-]?[0-9]){4,17}(?:[ -]?[a-z](?![^\W_]))?)(?![^\W_])"
)


def _believe(text: str, _: bool) -> bool:
    return count_digits(text) >= 5


def _believe_long(text: str, _: bool) -> bool:
    return count_digits(text) >= 7


KINDS = (
    Numbered(
        "PASSPORT",
        ("passport", "паспорт", "загранпаспорт", "төлқұжат", "серия", "серии"),
        re.compile(
            r"passports?|(?:загран)?паспорт\w{0,3}(?:\s+(?:гражданина\s+)?(?:рф|рк|казахстана"
            r"|россии))?(?:[\s:,]+сери\w)?"
            r"|төлқұжат\w{0,6}|сери[яи](?=[\s:]*[0-9]{2}\s?[0-9]{2}[\s,]*(?:номер|№|n|[0-9]{6}))"
        ),
        _believe,
        _PASSPORT,
    ),
    Numbered(
        "LICENCE",
        ("driver", "driving", "licen", "водит", "права", "жүргізуші"),
        re.compile(
            r"driv(?:er|ing)['’]?s?['’]?\s+(?:licen[cs]e|permit)|licen[cs]e(?=\s+(?:number|no|#|id)(?![^\W_]))"
            r"|водительск\w{2,3}\s+(?:удостоверени\w{1,3}|прав\w{0,2})|права(?=\s*(?:№|номер|серия))"
            r"|жүргізуші\s+куәлі\w{1,6}"
        ),
        lambda text, _: count_digits(text) >= 4,
        _LICENCE,
    ),
    Numbered(
        "NATIONAL_ID",
        (
            *("national", "identity", "identification", "government", "card", "nino", "aadhaar", "aadhar", "citizen"),
            *("personnummer", "burgerservicenummer", "steuer", "codice", "social insurance", "tax", "taxpayer"),
            *("удостоверени", "снилс", "snils", "инн", "жеке", "куәлік", "пенсионн", "идентификационн"),
        ),
        re.compile(
            r"national\s+(?:insurance|id(?:entity|entification)?)(?:\s+(?:card|document))?|ident(?:ity"
            r"|ification)\s+card"
            r"|government[\s-]id|(?<=id )card(?=\s+(?:number|no|#|is|:))|nino|aadhaa?r(?:\s+card)?"
            r"|citizen(?:ship)?\s+(?:id|card)|personnummer|burgerservicenummer|steuer-?(?:id\w*|nummer"
            r"|identifikationsnummer)"
            r"|codice\s+fiscale|social\s+insurance|tax(?:payer)?[\s-]+(?:id\w*|file|reference)"
            r"|(?:удостоверени\w{1,3}|уд\.?)(?:\s+личности)?|снилс|snils|инн|жеке\s+куәлі\w{1,6}|куәлік\w{0,4}"
            r"|идентификационн\w{2,3}\s+(?:номер\w?|код\w?)"
        ),
        _believe,
        _NUMBER,
    ),
    Numbered(
        "NATIONAL_ID",
        (
            *("pesel", "nif", "nie", "dni", "cpf", "bsn", "itin", "tin", "pan", "curp", "rut", "cnp", "oib", "jmbg"),
            *("egn", "nric", "hkid", "nhs", "sin", "cpr", "inn", "avs", "ahv", "medicare", "fiscal"),
        ),
        re.compile(
            r"(?:pesel|nif|nie|dni|cpf|bsn|itin|tin|pan(?:\s+card)?|curp|rut|cnp|oib|jmbg|egn|nric|hkid|nhs|sin|cpr|inn"
            r"|avs|ahv|medicare|fiscal\s+code)(?![^\W_])"
        ),
        _believe_long,
        _NUMBER,
    ),
)
