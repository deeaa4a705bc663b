"""Addresses in Russian and Kazakh: `ул. Абая, д. 5, кв. 3`, `доставка была на абая 12`, `Абай көшесі 12`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.address_tail import HOUSE, names_no_street, with_tail
from casemill.personal.address_words import KAZAKH, NOT_STREETS, RUSSIAN
from casemill.personal.context import lower
from casemill.personal.detector import Detector
from casemill.personal.everyday import is_everyday

_RUSSIAN = re.compile(
    rf"(?<![^\W_]){RUSSIAN}\s{{0,2}}(?P<name>(?:[^\W_][\w.'’-]{{0,24}}[ ]){{0,2}}?[^\W_][\w'’-]{{1,24}})"
    rf"(?:(?P<house>,?\s(?:№\s?|д(?:ом)?\.?\s?)?{HOUSE}(?![^\W_]))|(?![^\W_]))"
)
_RUSSIAN_AFTER = re.compile(
    r"(?<![^\W_])(?P<name>[^\W\d_][\w-]{2,24})[ ](?:улиц[аеу]|проспект[аеу]?|бульвар[аеу]?|шоссе"
    r"|площад[ьи]|переул[а-я]{1,4})"
    rf",?[ ](?P<house>(?:№[ ]?|д(?:ом)?\.?[ ]?)?{HOUSE}(?![^\W_]))"
)
_KAZAKH = re.compile(
    rf"(?<![^\W_])(?P<name>(?:[^\W\d_][\w.'’-]{{0,24}}[ ]){{0,1}}?[^\W_][\w'’-]{{1,24}})[ ]{KAZAKH}(?![^\W_])"
    rf"(?P<house>,?[ ](?:№[ ]?)?{HOUSE})?(?:-?(?:үй|да|де|ға|ге|қа|ке|та|те)(?![^\W_]))?"
)
_FLAT = re.compile(
    r"(?<![^\W_])(?:д(?:ом)?\.?[ ]?[0-9]{1,4}[а-я]?(?:/[0-9]{1,3})?,?[ ](?:(?:корп(?:ус)?|к"
    r"|стр)\.?[ ]?[0-9]{1,3},?[ ])?"
    r"кв(?:артира)?\.?[ ]?[0-9]{1,4}|кв(?:артира|\.)[ ]{0,2}[0-9]{1,4}|[0-9]{1,2}(?:-?й"
    r"|-?м)?[ ]этаж(?!ей)\w{0,2}|этаж[ ][0-9]{1,2}"
    r"|пәтер[ ][0-9]{1,4}|[0-9]{1,4}[- ]{0,2}пәтер\w{0,4}|подъезд[ ][0-9]{1,2}"
    r"|[0-9]{1,2}[- ]{1,2}қабат\w{0,3})(?![^\W_])"
)
_CUED = re.compile(
    r"(?<![^\W_])(?:доставк\w{1,2}(?:[ ](?:была|будет|на[ ]адрес|моего[ ]заказа|заказа)){0,2}[ ](?:на|по)"
    r"|достав\w{2,6}(?:[ ](?:мне|заказ|его|её|нам)){0,2}[ ](?:на|по|к)|привез\w{1,4}(?:[ ](?:мне|заказ"
    r"|его)){0,2}[ ](?:на|по)"
    r"|(?:я[ ])?жив(?:у|ём|ем)[ ](?:на|по)|по[ ]адресу:?|на[ ]адрес:?|переехал\w?[ ](?:на|в)"
    r"|находится[ ]на|забира\w{1,4}[ ](?:на|с))"
    rf"[ ](?P<id>(?P<street>[^\W\d_][\w'’-]{{1,24}}(?:[ ][^\W\d_][\w'’-]{{1,24}})?),?[ ](?:д"
    rf"(?:ом)?\.?[ ]?)?{HOUSE})(?![^\W_])(?![.,:][0-9])"
)
_KAZAKH_CUED = re.compile(
    rf"(?<![^\W_])(?P<id>(?P<street>[^\W\d_][\w'’-]{{2,24}})[ ]{HOUSE})(?:[ -]{{0,2}}(?:ге|ке|ға|қа|де|да"
    rf"|те|та|ден|дан|тен|тан"
    r"|үйге|үйде|мекенжайына))?[ ](?:жеткіз\w{1,8}|мекенжай\w{0,6}|тұрамын|тұрамыз|апар\w{1,6}|әкел\w{1,6}|жібер\w{1,6}"
    r"|болды)(?![^\W_])"
)
_KAZAKH_STATED = re.compile(
    r"(?<![^\W_])(?:жеткізу|мекенжай\w{0,5})(?:[ ]мекенжайы|[ ]адресі)?[ ]?[:—–-]?[ ]"
    rf"(?P<id>(?P<street>[^\W\d_][\w'’-]{{2,24}})[ ]{HOUSE})(?![^\W_])"
)
_STATED = re.compile(
    r"(?<![^\W_])(?:адрес(?:[ ](?:доставки|проживания|получателя))?|мекен-?жай\w{0,5})[ ]?[:—–-][ ]?"
    r"(?P<id>[^\s\0?!:;@][^\0\n?!;@]{3,90}?)(?=[.]?(?:$|\n|[?!;])|[.][ ](?=[а-яa-z]{4})|,?[ ](?:и|а|но"
    r"|телефон|пожалуйста|тел)[ .:])"
)
_DIGIT = re.compile(r"[0-9]")


def find(text: str) -> Iterator[Span]:
    lowered = lower(text)
    for pattern in (_RUSSIAN, _RUSSIAN_AFTER, _KAZAKH):
        for match in pattern.finditer(lowered):
            if match["house"] or (text[match.start("name")].isupper() and match["name"] not in NOT_STREETS):
                yield Span(start=_street(match), end=with_tail(text, match.end()), label="ADDRESS")
    for match in _FLAT.finditer(lowered):
        yield Span(start=match.start(), end=match.end(), label="ADDRESS")


def _street(match: re.Match[str]) -> int:
    """Where the address begins: behind an everyday word (`жеткізу Абай көшесі 12`)."""
    first, _, rest = match["name"].partition(" ")
    led = match.re is _KAZAKH and rest and is_everyday(first)
    return match.start("name") + len(first) + 1 if led else match.start()


def find_cued(text: str) -> Iterator[Span]:
    lowered = lower(text)
    for pattern in (_CUED, _KAZAKH_CUED, _KAZAKH_STATED):
        for match in pattern.finditer(lowered):
            if not names_no_street(match["street"]):
                yield Span(start=match.start("id"), end=with_tail(text, match.end("id")), label="ADDRESS")
    for match in _STATED.finditer(lowered):
        if _DIGIT.search(match["id"]):
            end = match.start("id") + len(match["id"].rstrip(" ,."))
            yield Span(start=match.start("id"), end=end, label="ADDRESS")


DETECTOR = Detector(
    find,
    yields=True,
    stems=(
        *("ул", "улица", "проспект", "пр", "пр-т", "переулок", "пер", "бульвар", "бул", "набережная", "наб", "шоссе"),
        *(
            "площадь",
            "пл",
            "проезд",
            "тупик",
            "аллея",
            "тракт",
            "мкр",
            "микрорайон",
            "жк",
            "посёлок",
            "поселок",
            "квартал",
        ),
        *("көше", "даңғыл", "ықшам", "шағын", "мөлтек", "тұйығы", "қалашығы", "дом", "кв", "квартира", "этаж", "пәтер"),
        *("подъезд", "қабат"),
    ),
)
CUED = Detector(
    find_cued,
    digits=1,
    yields=True,
    stems=(
        *("доставка", "доставили", "привезли", "живу", "живём", "живем", "адрес", "переехал", "находится", "забирал"),
        *("жеткізу", "мекенжай", "тұрамын", "апар", "әкел", "жібер", "болды"),
    ),
)
