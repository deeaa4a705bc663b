"""Names of keys, in English and Russian, under which structured data keeps a person's name or home."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from casemill.personal.words import listed

NAMED = "name"
AT_HOME = ("street", "address", "zip")
TOWNS = listed("city town state province country region город страна область регион қала облыс ел")
# One of these is in every key that counts: the cheap question before a text is read as data.
KEYS = (
    *("name", "recipient", "passenger", "holder", "address", "street", "zip", "postal", "postcode"),
    *("имя", "фамили", "отчеств", "фио", "ф.и.о", "получател", "адрес", "улиц", "индекс", "тегі", "\\u04"),
)
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_LINE = re.compile(r"address[\s_-]?(?:line)?[\s_-]?[0-9]")
_BETWEEN = re.compile(r"[\s_.\-]+|(?<=\D)[0-9]+")
_FIRST = listed("first given fore")
_LAST = listed("last family sur maiden")
_JOINED = {
    word: kind
    for kind, words in (
        ("first", "firstname givenname forename fname имя"),
        ("last", "lastname surname familyname lname фамилия тегі"),
        ("middle", "middlename patronymic отчество"),
        ("full", "fullname фио"),
    )
    for word in words.split()
}
_WHOSE = listed(
    "full recipient customer contact passenger holder client cardholder requester buyer payer payee patient guest "
    "traveler traveller driver sender receiver addressee beneficiary legal"
)
_PERSON = listed("recipient passenger cardholder addressee получатель")
_OF_RUSSIAN = listed("клиента получателя покупателя пассажира заказчика контакта отправителя владельца держателя")
_ADDRESSES = listed("shipping billing delivery home mailing postal residential street customer доставки клиента")
_STREETS = ("address line", "addressline", "street address", "street name")
_CODES = listed("zip zipcode postcode postalcode индекс")
_PEOPLE = listed(
    "customer customers user users contact contacts recipient recipients requester passenger passengers profile owner "
    "client clients buyer cardholder traveler travelers guest guests patient person people клиент получатель контакт "
    "пользователь"
)
_BUSINESSES = listed(
    "hotel hotels store stores shop shops restaurant restaurants merchant company organization vendor seller branch "
    "place location warehouse product products item items plan plans tool tools bank"
)
_SHOWING = listed(
    "email mail phone mobile dob birthday birthdate birth телефон почта адрес surname patronymic отчество фамилия"
)
_OF_THINGS = listed("price sku rating stock website")


class Kind(NamedTuple):
    """What a key holds: `full`, `first`, `middle`, `last`, `name` (of whatever it is), `person`, `street`, `address`,
    `zip`; and whose, where several people share an object: `billing`."""

    kind: str
    whose: str = ""


@lru_cache(maxsize=4096)
def normal(key: str) -> str:
    """Words with single spaces, lower case, without numbers: `firstName2` is `first name`, `address2` a line of it."""
    words = _CAMEL.sub(" ", key[:80]).lower().replace("ё", "е")
    return _BETWEEN.sub(" ", _LINE.sub("address line", words)).strip()


@lru_cache(maxsize=4096)
def kind_of(key: str, *, within: str = "") -> Kind | None:
    """What a key as `normal` gives it holds; `within` is the key above: `name: {first, last}`."""
    words = key.split()
    if not words:
        return None
    return _of_name(words, within=within) or _of_home(words)


def _of_name(words: list[str], *, within: str) -> Kind | None:
    last, before = words[-1], words[:-1]
    if last in _JOINED:
        return Kind(_JOINED[last], " ".join(before))
    if words[0] in ("имя", "фио") and len(words) == 2 and words[1] in _OF_RUSSIAN:
        return Kind("full", words[1])
    if not before:
        return _of_one(last, within=within)
    return _before_name(before) if last == "name" else None


def _of_one(word: str, *, within: str) -> Kind | None:
    if word == NAMED:
        return Kind(NAMED)
    if word in _PERSON:
        return Kind("person", word)
    return Kind(word) if within == NAMED and word in ("first", "middle", "last") else None


def _before_name(before: list[str]) -> Kind | None:
    """`customer first name`, `card holder name`."""
    word, whose = before[-1], " ".join(before[:-1])
    if word in _FIRST:
        return Kind("first", whose)
    if word in _LAST:
        return Kind("last", whose)
    if word == "middle":
        return Kind("middle", whose)
    return Kind("full", whose) if word in _WHOSE else None


def _of_home(words: list[str]) -> Kind | None:
    key = " ".join(words)
    if words[-1] in ("street", "улица") or key.endswith(_STREETS):
        return Kind("street")
    if words[-1] in _CODES or key.endswith(("zip code", "postal code")):
        return Kind("zip")
    if words[-1] == "address" or words[0] == "адрес":
        others = [word for word in words if word not in ("address", "адрес")]
        return Kind("address") if all(word in _ADDRESSES for word in others) else None
    return None


def shows_a_person(holder: Mapping[str, Any], above: str) -> bool:
    """Whether an object with a `name` is about a person: by the key it stands under or by what stands beside it."""
    over = set(above.split())
    words = {word for key in holder if isinstance(key, str) for word in normal(key).split()}
    if over & _BUSINESSES or words & _OF_THINGS:
        return False
    kinds = {kind.kind for key in holder if isinstance(key, str) and (kind := kind_of(normal(key)))}
    return bool(over & _PEOPLE or words & _SHOWING or kinds & {"first", "last", "street", "address"})
