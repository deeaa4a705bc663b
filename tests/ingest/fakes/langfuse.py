"""A Langfuse project's API of observations: pages by cursor, newest first, within a window of time."""

from datetime import UTC, datetime
from typing import Any

from ingest.fakes.server import Asked, Reply

KEYS = {"LANGFUSE_PUBLIC_KEY": "pk-lf-1234", "LANGFUSE_SECRET_KEY": "sk-lf-5678"}
SIGNED = "Basic cGstbGYtMTIzNDpzay1sZi01Njc4"


class Langfuse:
    """Observations by id; `stuck`: the cursor does not move."""

    def __init__(self, *observations: dict[str, Any]) -> None:
        self.observations = list(observations)
        self.stuck = False

    def __call__(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != SIGNED:
            return Reply({"message": "Invalid credentials. Confirm that you've configured the correct host."}, 401)
        if asked.path != "/api/public/v2/observations":
            return Reply({"message": "Not found"}, 404)
        assert "io" in asked.params["fields"].split(",")
        since, until = (_moment(asked.params[name]) for name in ("fromStartTime", "toStartTime"))
        found = [one for one in self.observations if since <= _moment(one["startTime"]) <= until]
        found.sort(key=lambda one: str(one["startTime"]), reverse=True)
        begin, size = int(asked.params.get("cursor") or 0), int(asked.params["limit"])
        end = begin + size
        meta = {"cursor": str(end % 30 if self.stuck else end) if end < len(found) or self.stuck else None}
        return Reply({"data": found[begin:end], "meta": meta})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


def observation(number: int, **told: Any) -> dict[str, Any]:
    """A model call of its own trace, a minute after the one before."""
    return {
        "id": f"obs-{number}",
        "traceId": f"{number:032x}",
        "type": "GENERATION",
        "startTime": f"2026-11-01T{number // 60:02}:{number % 60:02}:00.000Z",
        "providedModelName": "gpt-9",
        "sessionId": f"talk-{number}",
        "input": '[{"role": "user", "content": "hi"}]',
        "output": '{"role": "assistant", "content": "hello"}',
        **told,
    }
