"""What a judge is asked: the criterion in the system message, everything that others wrote fenced in the user's.

The fence is a digest of what it holds: no text can hold its own digest, so none can end its part before its end.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from casemill.domain.rubric import Criterion, Part, Quotes, Rubric
from casemill.domain.word import canonical, digest_of
from casemill.llm.chat import Message

Shown = Mapping[Part, str]

FORM = 1  # raised when this file changes what is sent
MARK_LETTERS = 16
PLACE = re.compile(r"\{\{(\w+)\}\}")
TITLES: dict[Part, str] = {
    "expectation": "What was expected",
    "reply": "The reply to grade",
    "calls": "The tools that the AI called",
    "input": "The conversation before the reply",
    "context": "What the AI was told about the conversation",
    "articles": "The articles that the AI had",
}
QUOTES: dict[Quotes, str] = {
    "reply": "the words of the reply that decide it, copied exactly; for a pass it may be empty",
    "input": "the words of the conversation that the reply leaves open, copied exactly; for a pass it may be empty",
    "none": "the words of the reply that decide it, copied exactly; empty when no words do",
}
BINARY = '"verdict": "pass", "fail" or "unsure"'
SCORED = '"score": a whole number from 1 to 5, or null when you are unsure'


class Prompt(NamedTuple):
    """One criterion, ready to be asked: the system message, and what the user message is made of."""

    criterion: Criterion
    system: str
    user: str

    def messages(self, shown: Shown, *, again: str = "") -> list[Message]:
        """The messages for one reply; `again` says what was wrong with the answer before."""
        mark = mark_of(shown)
        fenced = (f"{TITLES[part]}:\n[[{part} {mark}\n{shown[part]}\n{mark}]]" for part in TITLES if part in shown)
        told = _filled(self.user, {"mark": mark, "parts": "\n\n".join(fenced), "criterion": self.criterion.name})
        if again:
            told += f"\n\nAn earlier answer of yours could not be used: {again}."
        return [{"role": "system", "content": self.system}, {"role": "user", "content": told}]


def prompt_of(rubric: Rubric, criterion: Criterion) -> Prompt:
    """The prompt of one criterion; the same text that people read who grade by it."""
    system, user = _template()
    told = {
        "criterion": criterion.name,
        "asks": criterion.asks,
        "guidance": criterion.guidance,
        "intro": rubric.intro,
        "scale": _scale(criterion),
        "quote": QUOTES[criterion.quotes],
        "verdict": BINARY if criterion.scale == "binary" else SCORED,
    }
    return Prompt(criterion, re.sub(r"\n{3,}", "\n\n", _filled(system, told)).strip(), user.strip())


@cache
def prompt_digest() -> str:
    """Covers the prompt's file and how it is filled in."""
    return digest_of(canonical([FORM, _template(), TITLES, QUOTES, BINARY, SCORED]))


def answer_schema(criterion: Criterion) -> dict[str, Any]:
    """The `response_format` of a verdict, for servers that hold a model to it."""
    graded: dict[str, Any] = {"verdict": {"type": "string", "enum": ["pass", "fail", "unsure"]}}
    if criterion.scale == "1-5":
        graded = {"score": {"type": ["integer", "null"], "enum": [1, 2, 3, 4, 5, None]}}
    keys = {"quote": {"type": "string"}, "reason": {"type": "string"}, **graded}
    schema = {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}
    return {"type": "json_schema", "json_schema": {"name": "verdict", "strict": True, "schema": schema}}


def mark_of(shown: Shown) -> str:
    """The fence of some material: the beginning of its digest."""
    return hashlib.sha256(canonical(dict(shown))).hexdigest()[:MARK_LETTERS]


def _scale(criterion: Criterion) -> str:
    if criterion.scale == "binary":
        return "The verdict is pass or fail; there is nothing between."
    meaning = [f"- {score}: {criterion.anchors[score]}" for score in sorted(criterion.anchors, reverse=True)]
    return "\n".join(["The score is a whole number from 1 to 5; those between lie between:", *meaning])


@cache
def _template() -> tuple[str, str]:
    text = files(__package__).joinpath("prompt.md").read_text(encoding="utf-8")
    system, _, user = text.partition("\n----\n")
    return system, user


def _filled(template: str, told: Mapping[str, str]) -> str:
    """One pass: what is filled in is not looked at again."""
    return PLACE.sub(lambda place: told.get(place[1], place[0]), template)
