"""From a mark to the value it stands on, and from the value to its placeholder."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from casemill.anonymize.leaks_known import GUESSED, plain_words, values_of
from casemill.anonymize.leaks_words import ORDINARY, ROLES
from casemill.anonymize.replacing import Around, Replacing, at_place, replacements
from casemill.domain.arrival import Identity
from casemill.domain.placeholder import PLACEHOLDER, Entity
from casemill.domain.ticket import text_at, texts_digest
from casemill.domain.word import changed
from casemill.personal.link import Register
from casemill.store import leaks, tickets
from casemill.store.known import plain
from casemill.store.leaks import WaitingMark

if TYPE_CHECKING:
    from casemill.store import Db


# So much of what stands beside a mark is kept until it is acted on.
_BESIDE = 60


class Value(NamedTuple):
    """What a reviewer called personal, and as what; `inside` when it was met as part of a longer word, `around` what
    stood beside it."""

    text: str
    label: str
    inside: bool = False
    around: Around | None = None


def value_of(db: "Db", waiting: WaitingMark) -> Value | None:
    """The words a mark stands on; None when the text is not what was read, or holds nothing there."""
    ticket = tickets.get(db, waiting.ticket, waiting.version)
    if ticket is None or leaks.read_digest(db, waiting.id) not in (None, texts_digest(ticket)):
        return None
    mark = waiting.mark
    text = text_at(ticket, mark.path) or ""
    value = text[mark.start : mark.end].strip()
    if not value or PLACEHOLDER.search(value):
        return None
    start = text.index(value, mark.start)
    before, after = text[max(0, start - 1) : start], text[start + len(value) : start + len(value) + 1]
    inside = (before.isalnum() and value[0].isalnum()) or (after.isalnum() and value[-1].isalnum())
    return Value(value, mark.label, inside, around(text, start, end=start + len(value), path=mark.path))


def around(text: str, start: int, *, end: int, path: str) -> Around:
    """What stands beside a piece of a text: whole words; of a call's arguments no more than the string it is in."""
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    if path.endswith(".call.arguments"):
        return Around(before.rpartition('"')[2], after.partition('"')[0])
    if start > _BESIDE:
        before = re.sub(r"^\S+(?=\s)", "", before)
    if end + _BESIDE < len(text):
        after = re.sub(r"(?<=\s)\S+$", "", after)
    return Around(before, after)


def replacing_of(values: Sequence[Value], entities: Sequence[Entity]) -> Replacing:
    """Only what was marked: the other forms of its owner were masked long ago. What has no telling form of its own,
    as `33`, goes from between the words it was marked between."""
    wanted = {value.text for value in values}
    marked = [changed(one, values=tuple(form for form in one.values if form in wanted)) for one in entities]
    found = replacements(marked, inside={value.text for value in values if value.inside}, marked=True)
    owners = {form: one.placeholder for one in marked for form in one.values}
    single = []
    for value in values:
        if value.around is None or (owner := owners.get(value.text)) is None:
            continue
        before, after = value.around
        start = len(before)
        if not found.covers(before + value.text + after, start, end=start + len(value.text)):
            single.append(at_place(value.text, value.around, placeholder=owner))
    return Replacing((*single, *found.patterns))


def placed(values: Iterable[Value], known: Sequence[Entity], *, texts: Iterable[str]) -> tuple[Entity, ...]:
    """The entities of the values, each with all its forms: those of a known person or thing, else new ones. Numbers
    that the `texts` write out themselves are given to nobody new."""
    register = Register(known)
    for text in texts:
        register.reserve(text)
    places = []
    for value in values:
        owner = _owner(value, known)
        forms = (*owner.values, value.text) if owner else (value.text,)
        places.append(register.place(value.label, forms, role=owner.role if owner else None))
    return tuple(one for one in register.entities() if (one.label, one.number) in places)


def sure_entities(
    people: Iterable[Identity], known: Sequence[Entity], *, texts: Iterable[str], confirmed: Callable[[str], bool]
) -> tuple[Entity, ...]:
    """Whom a payload names, and what is masked for certain: by its form, by a payload, by a reader. What only masking
    took for a name is not told again."""
    named = [Value(text, label) for label, text in values_of(people)]
    told = {plain(value.text) for value in named}
    sure = [
        one
        for one in known
        if one.label not in GUESSED or any(plain(value) in told or confirmed(value) for value in one.values)
    ]
    found = placed(named, known, texts=texts)
    new = {one.placeholder for one in found}
    return (*(one for one in sure if one.placeholder not in new), *found)


def with_words(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each person also by the single words of the name."""
    return tuple(
        changed(one, values=tuple(dict.fromkeys((*one.values, *_words(one.values))))) if one.label == "NAME" else one
        for one in entities
    )


def _words(names: Iterable[str]) -> list[str]:
    words = [word.strip(".,") for name in names for word in name.split() if "@" not in name]
    return [word for word in words if word.isalpha() and len(word) > 2 and word.casefold() not in ROLES | ORDINARY]


def _owner(value: Value, known: Sequence[Entity]) -> Entity | None:
    """The only person whose name has all these words; `Karimova` is Anna Karimova."""
    if value.label != "NAME":
        return None
    words = set(plain_words(value.text))
    fitting = [
        one for one in known if one.label == "NAME" and any(words <= set(plain_words(form)) for form in one.values)
    ]
    return fitting[0] if words and len(fitting) == 1 else None
