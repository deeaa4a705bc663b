"""The judgement as GitLab's code quality report: each case that did not pass, at its file in the merge request."""

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson

from casemill.domain.gate import Judgement, Red
from casemill.domain.run import Run
from casemill.gate.safe import headline, one_line

SEVERITIES = {"P0": "blocker", "P1": "critical", "P2": "minor"}
NO_FILE = "evals/policy.toml"


def render(judgement: Judgement, run: Run | None = None) -> str:  # noqa: ARG001 - every report has this form
    """A JSON list; empty when the gate is open and nothing was red."""
    found = [*_gate(judgement), *(_red(red) for red in judgement.reds)]
    return orjson.dumps(found, option=orjson.OPT_INDENT_2).decode() + "\n"


def _gate(judgement: Judgement) -> Iterator[dict[str, Any]]:
    if judgement.state != "open":
        severity = "blocker" if judgement.state == "shut" else "major"
        yield _finding("gate", headline(judgement), severity=severity, path=NO_FILE)


def _red(red: Red) -> dict[str, Any]:
    severity = SEVERITIES[red.severity] if red.blocks else "minor" if red.result == "fail" else "info"
    words = f"{red.severity} {red.result}: {red.case}: {red.reason}" + (f" (ticket {red.ticket})" if red.ticket else "")
    return _finding(red.failure_mode, words, severity=severity, path=red.path or NO_FILE, about=red.case)


def _finding(check: str, words: str, *, severity: str, path: str, about: str = "gate") -> dict[str, Any]:
    """The fingerprint is of the case, not of the words: the same red in the next run is the same finding."""
    return {
        "description": one_line(words),
        "check_name": f"casemill/{one_line(check)}",
        "fingerprint": hashlib.sha256(f"{check}\0{about}".encode("utf-8", "replace")).hexdigest(),
        "severity": severity,
        "location": {"path": one_line(path), "lines": {"begin": 1}},
    }
