"""promptfoo: `promptfooconfig.yaml`, a line a case in `tests.jsonl`, and what its own assertions lack.

Where promptfoo has an assertion of the same meaning it is used, on the reply in casemill's plain form; tools and words
are checked by `casemill.cjs`; everything else by casemill itself, through promptfoo's Python assertions.
"""

import re
from collections.abc import Callable
from importlib.resources import files as packaged
from typing import Any

from casemill.suite.formats import Check, Parcel, Shipment, about, json, own_files
from casemill.suite.javascript import to_javascript
from casemill.suite.writing import yaml_text

SCRIPT, DOOR = "file://casemill.cjs", "file://casemill_grade.py"
GRADE = '''"""Grades by casemill what promptfoo has no assertion for; needs casemill in the Python it calls."""

from datetime import datetime, timezone
from pathlib import Path

from casemill.run.export import look_from_abroad


def get_assert(output, context):
    asked, now = context["config"], datetime.now(timezone.utc)
    grade = look_from_abroad(Path(__file__).parent, asked["case"], check=asked["check"], output=output, now=now)
    reason = f"error: {grade.reason}" if grade.result == "error" else grade.reason or grade.result
    return {"pass": grade.result == "pass", "score": float(grade.result == "pass"), "reason": reason}
'''
PROMPT = "// The messages of a case, as casemill would send them.\nmodule.exports = ({ vars }) => vars.messages;\n"
# JSON Schema that every reader takes to mean the same.
_PLAIN_SCHEMA = frozenset(
    (
        *("type", "properties", "required", "items", "enum", "const", "minimum", "maximum", "minLength", "maxLength"),
        *("minItems", "maxItems", "title", "description", "additionalProperties", "anyOf", "allOf", "oneOf", "not"),
    )
)
_TEMPLATE = re.compile(r"\{(?=[{%#])|#(?=\})")
Plain = dict[str, Any]


def files(shipment: Shipment) -> dict[str, str]:
    """Every file of the folder, by name."""
    return {
        "promptfooconfig.yaml": _config(shipment),
        "tests.jsonl": "".join(f"{json(_test(parcel, shipment))}\n" for parcel in shipment.parcels),
        "prompt.cjs": PROMPT,
        "casemill.cjs": (packaged(__package__) / "casemill.cjs").read_text(encoding="utf-8"),
        "casemill_grade.py": GRADE,
        **own_files(shipment),
    }


def _config(shipment: Shipment) -> str:
    config = {
        "description": "Written by casemill suite export",
        "prompts": ["file://prompt.cjs"],
        "providers": [_provider(shipment)],
        "tests": "file://tests.jsonl",
    }
    return yaml_text(config)


def _provider(shipment: Shipment) -> Any:
    model = shipment.model
    if model is None:
        return "openai:chat:NAME-A-MODEL-HERE"
    config: Plain = {"apiBaseUrl": re.sub(r"\$\{(\w+)\}", r"{{env.\1}}", model.base_url), "omitDefaults": True}
    config |= {"apiKeyEnvar": model.api_key_env} if model.api_key_env else {"apiKey": "none"}
    config |= {"passthrough": model.params} if model.params else {}
    config |= {"tools": list(model.tools)} if model.tools else {}
    return {"id": f"openai:chat:{model.model}", "config": config}


def _test(parcel: Parcel, shipment: Shipment) -> Plain:
    case = parcel.case
    return {
        "description": f"{case.severity} {case.failure_mode} {case.id}",
        "vars": {"messages": _literal(json(parcel.messages))},
        "assert": [
            {**_assertion(parcel, number, shipment=shipment), "metric": check.name}
            for number, check in enumerate(parcel.checks)
        ],
        "metadata": about(case),
    }


def _assertion(parcel: Parcel, number: int, *, shipment: Shipment) -> Plain:
    """One grader as promptfoo knows it; what it lacks goes through casemill's own door."""
    check = parcel.checks[number]
    write = WRITERS.get(check.grader)
    written = write(check, shipment) if write and not check.only_drafts else None
    if written is not None:
        return written
    if check.grader == "judge":
        return _judged(parcel, check)
    return {"type": "python", "value": DOOR, "config": {"case": parcel.case.id, "check": number}}


def _judged(parcel: Parcel, check: Check) -> Plain:
    expected = f"\nWhat should happen: {parcel.case.expect.behavior}" if parcel.case.expect.behavior else ""
    return {"type": "llm-rubric", "value": _literal(f"{check.arguments['criterion']}{expected}")}


def _contains(check: Check, shipment: Shipment) -> Plain | None:
    given = check.arguments
    kind = "contains-all" if given.get("all") else "contains-any"
    return _phrases(kind, given.get("all") or given["any"], check=check, shipment=shipment)


def _not_contains(check: Check, shipment: Shipment) -> Plain | None:
    return _phrases("not-contains-any", check.arguments["any"], check=check, shipment=shipment)


def _phrases(kind: str, phrases: list[str], *, check: Check, shipment: Shipment) -> Plain | None:
    """Looked for in the plain form of the reply; promptfoo would read a text that begins like an address of a file."""
    any_case = bool(check.arguments.get("ignore_case"))
    folded = [shipment.fold(phrase, any_case) for phrase in phrases]
    if any(phrase.startswith("file:") for phrase in folded):
        return None
    transform = f"{SCRIPT}:{'anyCase' if any_case else 'phrase'}"
    return {"type": kind, "value": [_literal(phrase) for phrase in folded], "transform": transform}


def _json_schema(check: Check, _: Shipment) -> Plain | None:
    schema = check.arguments.get("schema")
    if schema is None or not _is_plain(schema) or _TEMPLATE.search(json(schema)):
        return None
    return {"type": "is-json", "value": schema, "transform": f"{SCRIPT}:text"}


def _is_plain(schema: Any) -> bool:
    """Whether a schema holds nothing that drafts of JSON Schema, or their readers, take differently."""
    if isinstance(schema, bool):
        return True
    if not isinstance(schema, dict) or not schema or not schema.keys() <= _PLAIN_SCHEMA:
        return False
    inner = [*schema.get("properties", {}).values(), *(schema[key] for key in ("items", "not") if key in schema)]
    inner += [one for key in ("anyOf", "allOf", "oneOf") for one in schema.get(key, ())]
    more = schema.get("additionalProperties", True)
    return all(map(_is_plain, [*inner, more]))


def _regex(check: Check, _: Shipment) -> Plain | None:
    pattern = to_javascript(check.arguments["pattern"])
    return None if pattern is None else _scripted("regex", {**check.arguments, "pattern": pattern})


def _limit(check: Check, _: Shipment) -> Plain | None:
    return {"type": check.grader, "threshold": check.arguments["max"]}


def _script(name: str) -> Callable[[Check, Shipment], Plain | None]:
    return lambda check, _: _scripted(name, check.arguments)


def _scripted(name: str, arguments: Plain) -> Plain:
    return {"type": "javascript", "value": f"{SCRIPT}:{name}", "config": arguments}


def _literal(text: str) -> str:
    """The text so that promptfoo's templates give back every character."""
    return _TEMPLATE.sub(lambda sign: f"{{{{'{sign[0]}'}}}}", text)


WRITERS: dict[str, Callable[[Check, Shipment], Plain | None]] = {
    "contains": _contains,
    "not_contains": _not_contains,
    "starts_with": _script("startsWith"),
    "equals": _script("equals"),
    "regex": _regex,
    "word_count": _script("wordCount"),
    "json_schema": _json_schema,
    "tool_called": _script("toolCalled"),
    "tool_not_called": _script("toolNotCalled"),
    "tool_sequence": _script("toolSequence"),
    "latency": _limit,
    "cost": _limit,
}
