"""An answer that came in pieces: server-sent events, each read as far as a reply needs it."""

import re
from collections.abc import Iterator
from typing import Any

from casemill.run.reply import json_of

KIND = "text/event-stream"
DONE = "[DONE]"
# Other characters that end a line elsewhere may stand in a text.
_LINE_END = re.compile(r"\r\n|\n|\r")


def events_of(text: str) -> Iterator[str]:
    """What each event of a stream says: its `data` lines, joined by line feeds. Comments, names, ids and the mark of
    the end that some send are left out."""
    data: list[str] = []
    for line in [*_LINE_END.split(text), ""]:
        field, _, value = line.partition(":")
        if field == "data":
            data.append(value.removeprefix(" "))
        elif not line and data:
            if (told := "\n".join(data)) != DONE:
                yield told
            data = []


def values_of(text: str) -> list[Any]:
    """Each event's JSON; a TargetError for one that is none, for half an answer is no answer."""
    return [
        json_of(event, f"event {number} of the answer is not JSON") for number, event in enumerate(events_of(text), 1)
    ]
