"""Which tickets a person's data is in: by name, mail or phone, in payloads, mappings and what could not be read."""

from collections.abc import Iterator, Sequence

import msgspec

from casemill.anonymize.leaks_known import values_of
from casemill.domain.arrival import Arrival
from casemill.domain.placeholder import Entity
from casemill.domain.progress import SILENT, Progress
from casemill.errors import UsageError
from casemill.ingest import read
from casemill.settings import Settings
from casemill.store.known import DIGIT, FEWEST_DIGITS, PHONE_DIGITS, Form, forms, plain
from casemill.store.mapping import Talk
from casemill.store.vault import Vault


def tickets_of_person(vault: Vault, person: str, *, settings: Settings, progress: Progress = SILENT) -> tuple[str, ...]:
    """The keys of all tickets that name a person: every payload is read. UsageError when a name is too common to tell
    anybody by."""
    wanted = _Person(person)
    found: list[str] = []
    progress.start(None)
    for talks in vault.talks():
        entities = vault.entities_of(talks)
        named = {talk for talk in talks if wanted.is_in(_of_mapping(entities.get(talk, ())))}
        rest = [talk for talk in talks if talk not in named]
        named |= {_talk(one) for one in vault.versions(rest) if wanted.is_told_by(one, settings)}
        found += [f"{source}:{external_id}" for source, external_id in talks if (source, external_id) in named]
        progress.step(len(talks))
    return tuple(found)


def _talk(arrival: Arrival) -> Talk:
    return arrival.payload.source, arrival.payload.external_id


def _of_mapping(entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    return ((one.label, value) for one in entities for value in one.values)


class _Person:
    """By what somebody is told."""

    def __init__(self, told: str) -> None:
        digits = DIGIT.findall(told)
        is_phone = len(digits) >= FEWEST_DIGITS and not any(sign.isalpha() for sign in told)
        self._text = plain(told).strip()
        self._forms = set(_forms("EMAIL" if "@" in told else "PHONE" if is_phone else "NAME", told))
        if not self._forms:
            raise UsageError(
                "one word or a short number may be anybody's", hint="give the full name, the mail or the phone"
            )

    def is_in(self, values: Iterator[tuple[str, str]]) -> bool:
        return any(not self._forms.isdisjoint(_forms(label, value)) for label, value in values)

    def is_told_by(self, arrival: Arrival, settings: Settings) -> bool:
        """Whether the payload names the person; where it cannot be read, whether the words stand in it."""
        try:
            people = read(arrival.payload, settings.ingest).people
        except UsageError:
            return self._text in plain(_loose(arrival.payload.content))
        return self.is_in(iter(values_of(people)))


def _forms(label: str, value: str) -> Iterator[Form]:
    for form in forms(label, value):
        if form.kind == "digits":
            yield Form("digits", form.text[-PHONE_DIGITS:])
        elif form.kind != "head":
            yield form


def _loose(content: bytes) -> str:
    """The words of something that cannot be read as a ticket, JSON's escapes undone where it is JSON."""
    text = content.decode("utf-8", "replace")
    try:
        return f"{text} {msgspec.json.decode(content)}"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return text
