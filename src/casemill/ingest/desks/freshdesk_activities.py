"""Freshdesk's activity export: a file a day in which stands who had a ticket when; for accounts that have it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from casemill.ingest.desks.freshdesk_parts import still_activity
from casemill.ingest.http import Refused
from casemill.ingest.source import Walk
from casemill.ingest.values import moment

EXPORT = "/api/v2/export/ticket_activities"
MOST_DAYS = 60


class _Day(msgspec.Struct):
    activities_data: list[dict[str, Any]] = []


class Activities:
    """The days that the tickets of one walk need, each fetched once."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self._days: dict[date, dict[str, list[dict[str, Any]]]] = {}

    def of(self, id: str, *, between: Sequence[Any]) -> list[dict[str, Any]]:
        """A ticket's lines between when it was made and last changed, of 60 days at most. A day whose file is not there
        tells nothing."""
        first, last = (moment(at) for at in between)
        if first is None or last is None:
            return []
        count = min((last.date() - first.date()).days, MOST_DAYS) + 1
        days = (first.date() + timedelta(days=place) for place in range(count))
        return [line for day in days for line in self._lines(day).get(id, ())]

    def _lines(self, day: date) -> dict[str, list[dict[str, Any]]]:
        if day not in self._days:
            self._days[day] = {}
            for row in self._rows(day):
                if line := still_activity(row):
                    self._days[day].setdefault(str(row.get("ticket_id")), []).append(line)
        return self._days[day]

    def _rows(self, day: date) -> list[dict[str, Any]]:
        """The export answers with the address of a file, which lies with a host of its own and is asked no key."""
        today: datetime = self.walk.now
        if day > today.date():
            return []
        try:
            told: Any = self.walk.door.load(EXPORT, {"created_at": day.isoformat()}, kind=dict[str, Any])
            url = _address(told.get("export"))
            return _read(self.walk.door.fetch(url).body) if url else []
        except Refused as error:
            if error.status != 404:
                hint = "activities = false walks without it; the export is of some plans alone, and set up by an admin"
                raise Refused(f"the activity export of {day}: {error}", status=error.status, hint=hint) from None
            return []


def _address(told: Any) -> str:
    """`{"url": …}`, or a list of such."""
    first = told[0] if isinstance(told, list) and told else told
    return str(first.get("url") or "") if isinstance(first, dict) else ""


def _read(body: bytes) -> list[dict[str, Any]]:
    try:
        return msgspec.json.decode(body, type=_Day).activities_data
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("its file is not what the API says") from None
