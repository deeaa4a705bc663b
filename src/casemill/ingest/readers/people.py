"""The people a payload names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from casemill.domain.arrival import Identity
from casemill.ingest.speakers import Cast, cast_of
from casemill.ingest.values import role, texts
from casemill.settings import Ingest

Side = Literal["customer", "agent", "assistant", "other"]
_SIDES: dict[Any, Side] = {"customer": "customer", "agent": "agent", "note": "agent", "assistant": "assistant"}


def role_of(word: Any) -> Side:
    """Which side a role word puts a person on."""
    return _SIDES.get(role(word, Cast()), "other")


def bot_names(settings: Ingest) -> tuple[str, ...]:
    """The AI's accounts that the settings name, without ids."""
    return tuple(name for name in settings.bots if not name.isdecimal())


def is_personal(id: str) -> bool:
    """Whether a ticket's id is somebody's: an e-mail address or a phone number. Ids are provenance and go to Git."""
    from casemill.personal import scan

    spans = scan(id)
    return any(span.label == "EMAIL" or (span.label == "PHONE" and span.end - span.start == len(id)) for span in spans)


def with_speaker(message: Any) -> Any:
    """A message with the speaker's `name`, where it stands under `by` or as the `author` beside a role."""
    if not isinstance(message, Mapping) or message.get("name") or isinstance(message.get("author"), Mapping):
        return message
    name = message.get("by") or (message.get("author") if message.get("role") else None)
    return {**message, "name": name} if isinstance(name, str) and role(name, Cast()) is None else message


def person(told: Mapping[str, Any], *, role: Side) -> Identity:
    """An identity from loose keys: id, name or names, email or emails, phone or phones, username or alias."""

    def gathered(*keys: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for key in keys for text in _several(told.get(key))))

    return Identity(
        role=role,
        id=next(iter(gathered("id")), None),
        names=gathered("name", "names", "full_name"),
        emails=gathered("email", "emails"),
        phones=gathered("phone", "phones"),
        usernames=gathered("username", "usernames", "alias", "login"),
    )


def cast_from(people: Iterable[Identity]) -> Cast:
    """The names by which a text's speakers are told: whole names and addresses, by side."""
    names: dict[Side, list[str]] = defaultdict(list)
    for who in people:
        names[who.role] += (*who.names, *who.emails)
    return cast_of(names["customer"], agents=names["agent"], bots=names["assistant"])


def merged(people: Iterable[Identity]) -> tuple[Identity, ...]:
    """Each person once, in the order met; those of whom nothing is known are left out."""
    found = [who for who in people if who.id or who.names or who.emails or who.phones or who.usernames]
    return tuple(dict.fromkeys(found))


def _several(value: Any) -> tuple[str, ...]:
    """A name with a comma in it is one name."""
    return texts(value if isinstance(value, list) else [value])
