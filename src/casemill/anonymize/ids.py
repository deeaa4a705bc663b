"""A ticket's id is the one thing that is never masked: it must not name anybody of the ticket."""

import re
from collections.abc import Iterable

from casemill.anonymize.leaks_words import ORDINARY, ROLES
from casemill.domain.arrival import Arrival, Identity, Reading
from casemill.errors import UsageError
from casemill.store.known import FEWEST_DIGITS, PHONE_DIGITS, plain

SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]+")


def refuse_personal_id(arrival: Arrival, reading: Reading) -> None:
    """UsageError when the id holds a name, an address, a telephone or a user name of somebody the payload names.

    Nothing can take the id's place: the vault, the way back to the source and every later version go by it.
    """
    people = (person for person in reading.people if person.role != "assistant")
    if any(_stands_in(arrival.payload.external_id, person) for person in people):
        raise UsageError("the id names a person of the ticket; give the record an id of its own")


def _stands_in(id: str, person: Identity) -> bool:
    flat = plain(id)
    names = {word for name in person.names for word in _WORD.findall(plain(name)) if "@" not in name}
    telling = {word for word in names if len(word) >= SHORTEST} - ORDINARY - ROLES
    if not telling.isdisjoint(_WORD.findall(flat)):
        return True
    told = (*person.emails, *(name for name in person.usernames if any(map(str.isalpha, name))))
    return any(_is_piece(plain(value), flat) for value in told) or _has_phone(flat, person.phones)


def _is_piece(value: str, text: str) -> bool:
    whole = rf"(?<![^\W_]){re.escape(value)}(?![^\W_])"
    return len(value) > SHORTEST and re.search(whole, text) is not None


def _has_phone(text: str, phones: Iterable[str]) -> bool:
    digits = "".join(sign for sign in text if sign.isdecimal())
    told = ("".join(sign for sign in phone if sign.isdecimal())[-PHONE_DIGITS:] for phone in phones)
    return any(len(phone) >= FEWEST_DIGITS and digits.endswith(phone) for phone in told)
