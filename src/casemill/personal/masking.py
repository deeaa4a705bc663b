"""The anonymizer: texts and known people in, masked texts, spans and entities out; masking twice is masking once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity
from casemill.personal.link import Known
from casemill.personal.masked import NO_TERMS as NO_TERMS
from casemill.personal.masked import Masked as Masked
from casemill.personal.masked import MaskedSpan as MaskedSpan
from casemill.personal.masked import Terms as Terms
from casemill.personal.masked import Together as Together
from casemill.personal.masker import Masker as Masker
from casemill.personal.rounds import Steps, alone, in_batches
from casemill.personal.told import told

_USERNAME = re.compile(r"[\w.-]*[\d_.][\w.-]*")


class Document(NamedTuple):
    """The texts of one ticket, and what is known about it: people, the mapping of earlier versions, the company's own
    words, values that are somebody's for certain."""

    texts: Sequence[str]
    known: Sequence[Identity] = ()
    entities: Sequence[Entity] = ()
    terms: Terms = NO_TERMS
    values: Sequence[Known] = ()


def mask(
    text: str, known: Iterable[str | Identity] = (), *, keep: Iterable[str] = (), always: Iterable[str] = ()
) -> Masked:
    """Mask one text. `known` names the people in it: names, e-mail addresses, phones, user names, or Identities."""
    people = [entry if isinstance(entry, Identity) else identity_of(entry) for entry in known]
    return mask_together([text], known=people, keep=keep, always=always).texts[0]


def mask_together(
    texts: Sequence[str],
    *,
    known: Sequence[Identity] = (),
    entities: Sequence[Entity] = (),
    keep: Iterable[str] = (),
    always: Iterable[str] = (),
) -> Together:
    """Mask the texts of one ticket under one numbering, by first mention; given entities keep their numbers."""
    return alone(_steps(Document(texts, known, entities, Terms(keep, always))))


def mask_documents(documents: Iterable[Document]) -> Iterator[Together]:
    """Many tickets, each as `mask_together` would mask it, in their order; a few hundred texts are tagged at once."""
    yield from in_batches((sum(map(len, document.texts)), _steps(document)) for document in documents)


def identity_of(text: str, *, role: str = "other") -> Identity:
    """What a person typed to name somebody: an e-mail address, a phone, a user name or a name."""
    text = text.strip()
    digits = sum(sign.isdigit() for sign in text)
    field = "names"
    if "@" in text.strip("@"):
        field = "emails"
    elif digits >= 7 and not any(sign.isalpha() for sign in text):
        field = "phones"
    elif text.startswith("@") or _USERNAME.fullmatch(text):
        field = "usernames"
    return Identity(role=role, **{field: (text.lstrip("@"),)})  # type: ignore[arg-type]


def _steps(document: Document) -> "Steps[Together]":
    """One ticket; structured data in its texts tells who else is in it."""
    found = told(document.texts, document.known)
    if document.values:
        found = found._replace(values=(*document.values, *found.values))
    masker = Masker(document.known, entities=document.entities, terms=document.terms, told=found)
    texts = yield from masker.steps(document.texts)
    return masker.together(texts)
