"""Every text of a ticket, in the order a reader meets them: gathered once, put back masked.

Names of tools, models, prompts and traces are texts like any other: an export can write anything there. They are
mostly a maker's word; in them, as in the company's own texts, only known values, addresses, phones and cards go.
"""

import re
from collections.abc import Iterator, Sequence

from casemill.domain.ticket import Attachment, Macro, Ticket, ToolCall, Traced, Turn
from casemill.domain.word import changed
from casemill.personal.fields import Change, Field, change_text, change_value

# The categories are a stranger's columns: nobody knows what was written into them.
_TOLD = (
    *("csat_comment", "expected", "resolution", "root_cause"),
    *("channel", "status", "mode", "severity", "plan"),
)
# A number made by a machine: 32 hexadecimal digits, dashes or not. Nobody's telephone is one.
_MACHINE = re.compile(r"(?i)[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


def gather(ticket: Ticket) -> list[Field]:
    """The fields that `put_back` expects, in its order."""
    fields: list[Field] = []

    def note(field: Field) -> str:
        fields.append(field)
        return field.text

    _through(ticket, note)
    return fields


def put_back(ticket: Ticket, texts: Sequence[str]) -> Ticket:
    """The ticket with its texts replaced, one for each gathered field."""
    following: Iterator[str] = iter(texts)
    return _through(ticket, lambda _: next(following))


def _through(ticket: Ticket, change: Change) -> Ticket:
    """Provenance (source, id, digest, person) is left alone."""
    subject = change_text(ticket.subject, change)
    turns = [_turn(turn, change) for turn in ticket.turns]
    told = {name: _optional(getattr(ticket, name), change) for name in _TOLD}
    attachments = [_attachment(attachment, change) for attachment in ticket.attachments]
    tags = [change_text(tag, change) for tag in ticket.tags]
    by = [_optional(turn.by, change) for turn in ticket.turns]
    events = tuple(changed(event, text=change_text(event.text, change)) for event in ticket.events)
    return changed(
        ticket,
        subject=subject,
        turns=tuple(changed(turn, by=name) for turn, name in zip(turns, by, strict=True)),
        attachments=tuple(attachments),
        tags=tuple(tags),
        macro=_macro(ticket.macro, change),
        link=_link(ticket, change),
        events=events,
        trace=_token(ticket.trace, change),
        model=_token(ticket.model, change),
        traced=_traced(ticket.traced, change),
        **told,
    )


def _turn(turn: Turn, change: Change) -> Turn:
    text = change_text(turn.text, change)
    return changed(turn, text=text, call=_call(turn.call, change) if turn.call else None)


def _call(call: ToolCall, change: Change) -> ToolCall:
    name = _token(call.name, change) or ""
    arguments = change_value(call.arguments, change)
    return changed(call, name=name, arguments=arguments, result=_optional(call.result, change))


def _attachment(attachment: Attachment, change: Change) -> Attachment:
    return changed(attachment, name=change_text(attachment.name, change), type=_token(attachment.type, change))


def _traced(traced: Traced | None, change: Change) -> Traced | None:
    if traced is None:
        return None
    told = {
        name: tuple(_token(one, change) or "" for one in getattr(traced, name))
        for name in ("ids", "models", "prompts", "missing")
    }
    return changed(traced, **told)


def _token(text: str | None, change: Change) -> str | None:
    return change(Field(text, company=True)) if text and not _MACHINE.fullmatch(text) else text


def _macro(macro: Macro | None, change: Change) -> Macro | None:
    """The company's words stay, but for what is known to be somebody's, and addresses, phones and cards."""
    if macro is None:
        return None
    title, text = (change(Field(text, company=True)) if text else text for text in (macro.title, macro.text))
    # A helpdesk counts its macros; a number that long may look like a telephone.
    id = macro.id if macro.id.isdecimal() else _token(macro.id, change) or ""
    return changed(macro, id=id, title=title, text=text, revision=_token(macro.revision, change))


def _link(ticket: Ticket, change: Change) -> str | None:
    """The way back to the source: the ticket's own id in it is provenance and stays, anything else is masked."""
    if not ticket.link:
        return ticket.link
    parts = ticket.link.split(ticket.external_id) if ticket.external_id else [ticket.link]
    return ticket.external_id.join(
        change(Field(part, company=place == 0)) if part else part for place, part in enumerate(parts)
    )


def _optional(text: str | None, change: Change) -> str | None:
    return text if text is None else change_text(text, change)
