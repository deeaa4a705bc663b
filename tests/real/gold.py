"""Gold labels of the real data, and what several tests on it measure alike."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casemill.domain.case import Draft
from casemill.domain.placeholder import PLACEHOLDER
from casemill.normalize.admit import blocked_by
from casemill.run.calls import holds

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
RESOLVED = DATA / "zendesk_resolved"


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def labels_of(name: str) -> dict[str, dict[str, Any]]:
    """The gold labels of a set, by ticket id."""
    return {str(label["ticket_id"]): label for label in lines(DATA / "gold" / f"{name}.jsonl.gz")}


def told(name: str, made: tuple[Draft, ...]) -> Counter[str]:
    """Shares of the drafts, printed for whoever runs this with -s."""
    share: Counter[str] = Counter(drafts=len(made))
    for draft in made:
        expect = draft.case.expect
        share["with an expectation"] += bool(expect.behavior)
        share["with a recorded bad reply"] += expect.bad is not None
        share["with a red assertion"] += any(done.bad and done.bad.result == "fail" for done in draft.checks)
        share["with a good reply"] += expect.good is not None
        share["active as drafted"] += not blocked_by(draft.case, draft.checks)
    print(f"\n{name}: " + ", ".join(f"{what} {count} ({count / len(made):.0%})" for what, count in share.items()))
    return share


def is_expected(rule: dict[str, Any], expected: list[dict[str, Any]], real: dict[str, tuple[str, ...]]) -> bool:
    arguments = unmasked(rule.get("arguments", {}), real)
    return any(call["name"] == rule["name"] and holds(unmasked(call["arguments"], {}), arguments) for call in expected)


def unmasked(value: Any, real: dict[str, tuple[str, ...]]) -> Any:
    """Placeholders as the shortest real value they stand for; order signs do not count."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: min(real.get(found[0], (found[0],)), key=len), value).lstrip("#")
    if isinstance(value, dict):
        return {key: unmasked(inner, real) for key, inner in value.items()}
    return [unmasked(inner, real) for inner in value] if isinstance(value, list | tuple) else value
