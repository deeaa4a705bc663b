"""An incident report: what the customer asked, what the AI answered, what was wrong with it."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from casemill.domain.arrival import Payload, Reading
from casemill.domain.ticket import Ticket
from casemill.errors import FileError
from casemill.ingest.conversation import Conversation
from casemill.ingest.readers.messages import read_messages
from casemill.ingest.speakers import Cast
from casemill.ingest.values import moment, plain, short, texts

NEEDED = ("incident_id", "input", "actual_output")
KNOWN = (
    *NEEDED,
    *("failure_mode", "root_cause", "expected", "severity", "date", "trace", "title", "tags", "model", "link"),
    *("resolution", "plan", "channel", "trace_id", "subject", "status"),
)
_ROLES = ("customer", "assistant", "agent", "user", "tool", "note")


def read_yaml(text: str, path: str, *, first_line: int = 1) -> dict[str, Any]:
    """One report, strictly: a mapping with the needed keys, no key twice; a FileError names the line in the file."""
    report = strict(text, path, first_line=first_line)
    if not isinstance(report, dict):
        raise FileError(path, "an incident report is a mapping with incident_id, input, …", line=first_line)
    return checked(report, path, line=first_line)


def strict(text: str, path: str, *, first_line: int) -> Any:
    """One YAML document that begins on a line of its file."""
    from casemill.suite.strict import load

    try:
        return load(text, path)
    except FileError as error:
        line = error.line + first_line - 1 if error.line else first_line
        raise FileError(path, error.reason, line=line, hint=error.hint) from None


def checked(report: dict[str, Any], path: str, *, line: int) -> dict[str, Any]:
    """The report, when nothing that it needs is missing."""
    for key in NEEDED:
        if report.get(key) in (None, "", []):
            close = get_close_matches(key, [name for name in report if name not in KNOWN], n=1)
            meant = f"; is {close[0]!r} meant to be it?" if close else ""
            raise FileError(path, f"the report has no {key}{meant}", line=line)
    return report


def read_incident(payload: Payload, report: Mapping[str, Any]) -> Reading:
    """The ticket of a report: its input the customer's turns, its actual output the assistant's."""
    talk = Conversation(Cast())
    given = report["input"]
    if isinstance(given, list):
        read_messages([_message(turn) for turn in given], talk)
    else:
        talk.say("customer", plain(given))
    talk.say("assistant", plain(report["actual_output"]))
    ticket = Ticket(
        source=payload.source,
        external_id=payload.external_id,
        digest=payload.digest,
        subject=plain(report.get("title") or report.get("subject")),
        turns=talk.turns,
        created_at=moment(report.get("date")),
        channel=short(report.get("channel")),
        status=short(report.get("status")),
        tags=texts(report.get("tags")),
        ai_related=True,
        expected=short(report.get("expected")),
        resolution=short(report.get("resolution")),
        trace=short(report.get("trace") or report.get("trace_id")),
        model=short(report.get("model")),
        link=short(report.get("link")),
        mode=short(report.get("failure_mode")),
        severity=short(report.get("severity")),
        root_cause=short(report.get("root_cause")),
        plan=short(report.get("plan")),
    )
    return Reading(ticket=ticket)


def _message(turn: Any) -> Any:
    """`{customer: "…"}` as case files write turns, `{role, content}` as it is."""
    if isinstance(turn, Mapping) and len(turn) == 1 and (role := next(iter(turn))) in _ROLES:
        said = turn[role]
        return {"role": role, "call": said} if isinstance(said, Mapping) else {"role": role, "content": said}
    return turn
