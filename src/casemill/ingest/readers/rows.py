"""A row of a table, or some rows that share an id, becomes a ticket by a mapping of fields to columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from casemill.domain.arrival import Identity, Payload, Reading
from casemill.domain.ticket import Macro, Ticket
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.ingest.columns import OF_A_DRAFT, Row, as_list, value
from casemill.ingest.conversation import Conversation
from casemill.ingest.macros import mentioned
from casemill.ingest.readers.messages import read_messages, speakers
from casemill.ingest.readers.near_miss import TAG, NearMiss, near_miss
from casemill.ingest.readers.people import bot_names, is_personal, merged, person, role_of, with_speaker
from casemill.ingest.speakers import Cast, cast_of
from casemill.ingest.values import csat, flag, moment, plain, short, texts
from casemill.settings import Ingest

SHORT_FIELDS = ("channel", "status", "expected", "trace", "model", "link", "mode", "severity", "root_cause", "plan")

PERSONAL_ID = "the id is personal data; map another column"


class Table:
    """The first of a ticket's rows read by field: what all of its rows say once."""

    def __init__(self, rows: Sequence[Row], columns: Mapping[str, str], *, settings: Ingest) -> None:
        self.rows = rows
        self.columns = {**columns, **settings.columns}
        self.settings = settings

    def __getitem__(self, field: str) -> Any:
        return value(self.rows[0], self.columns.get(field))

    @property
    def messages(self) -> list[Any]:
        """The conversation as a list: a column that holds one, or the rows themselves when they tell who speaks."""
        found = as_list(self["messages"])
        if found is not None:
            return found
        return [self._message(row) for row in self.rows] if "role" in self.columns else []

    def _message(self, row: Row) -> dict[str, Any]:
        fields = {"role": "role", "content": "text", "name": "name", "created_at": "created_at"}
        return {key: value(row, self.columns.get(field)) for key, field in fields.items()}


def read_rows(payload: Payload, table: Table) -> Reading:
    """The ticket and the people of one or more rows with one id; a UsageError where the id is somebody's."""
    if is_personal(payload.external_id):
        raise UsageError(PERSONAL_ID, hint='[ingest] columns = {id = "…"}')
    people = _people(table)
    talk = Conversation(_cast(people, table.settings))
    near = near_miss({field: table[field] for field in ("draft", *OF_A_DRAFT)})
    messages = [with_speaker(message) for message in table.messages]
    named = (person({"name": name}, role=role_of(role)) for role, name in speakers(messages, talk))
    _read_turns(table, messages, talk=talk, near=near)
    told: dict[str, Any] = {field: short(table[field]) for field in SHORT_FIELDS}
    ticket = Ticket(
        source=payload.source,
        external_id=payload.external_id,
        digest=payload.digest,
        subject=plain(table["subject"]),
        turns=talk.turns,
        created_at=moment(table["created_at"]),
        updated_at=moment(table["updated_at"]),
        tags=(*texts(table["tags"]), *([TAG] if near else [])),
        csat=csat(table["csat"]),
        csat_comment=short(table["csat_comment"]),
        ai_related=True if near else flag(table["ai_related"]),
        events=(near.event,) if near else (),
        resolution=short(table["resolution"]) or (talk.notes[-1] if talk.notes else None),
        macro=_macro(table["macro"], talk.notes),
        **told,
    )
    requester = next((who.id for who in people if who.role == "customer"), None)
    return Reading(ticket=ticket, people=merged((*people, *named)), requester=requester)


def _read_turns(table: Table, messages: list[Any], *, talk: Conversation, near: NearMiss | None) -> None:
    cut = near.cut(messages) if near else len(messages)
    read_messages(messages[:cut], talk)
    if chat := plain(table["transcript"]):
        talk.say("customer", chat)
    if not messages:
        at = moment(table["created_at"])
        talk.say("customer", plain(table["text"]), at=at)
        talk.say("assistant", plain(table["answer"]))
    if near:
        _read_near_miss(near, messages[cut:], talk=talk)
    resolution = plain(table["resolution"])
    if resolution not in talk.notes:
        talk.note(resolution)


def _read_near_miss(near: NearMiss, after: list[Any], *, talk: Conversation) -> None:
    """The draft stands where the agent's own words stand behind it."""
    talk.say("assistant", near.draft)
    if after:
        read_messages(after, talk)
    elif near.sent != near.draft:
        talk.say("agent", near.sent)
    talk.note(near.why)


def _people(table: Table) -> list[Identity]:
    """The requester first, from a column that holds an object or from columns of their own."""
    given = table["requester"]
    own = {"id": given, "name": _own_name(table), "email": table["email"], "phone": table["phone"]}
    told = {**own, **given} if isinstance(given, Mapping) else own
    who = person(told, role="customer")
    first = changed(who, id=who.id or next(iter(who.emails), None))
    others = [item for item in as_list(table["people"]) or () if isinstance(item, Mapping)]
    return [first, *(person(item, role=role_of(item.get("role"))) for item in others)]


def _own_name(table: Table) -> Any:
    """In a table of messages the name column is each speaker's, not the requester's."""
    return None if "role" in table.columns else table["name"]


def _cast(people: Sequence[Identity], settings: Ingest) -> Cast:
    def names(role: str) -> list[str]:
        return [name for who in people if who.role == role for name in (*who.names, *who.emails)]

    return cast_of(names("customer"), agents=names("agent"), bots=[*names("assistant"), *bot_names(settings)])


def _macro(given: Any, notes: Sequence[str]) -> Macro | None:
    if isinstance(given, Mapping):
        id, title, text = (plain(given.get(key)) for key in ("id", "title", "text"))
        return Macro(id=id, title=title, text=text, revision=short(given.get("revision")))
    number = short(given) or next((found for note in reversed(notes) if (found := mentioned(note))), None)
    return Macro(id=number) if number else None
