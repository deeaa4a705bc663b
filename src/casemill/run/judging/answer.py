"""A judge's answer, read strictly: one JSON object with the keys asked for, its quote found where it must be."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from casemill.domain.grade import GradeResult
from casemill.domain.rubric import Criterion, Part
from casemill.run.fold import cut, fold_phrase
from casemill.run.judging.prompting import Shown

MOST_CHARACTERS = 20_000
NO_TEXT = "(no text)"
# What models put around an object they were asked for alone.
THOUGHT = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
FENCED = re.compile(r"\A```(?:json)?[ \t]*\n(.*)\n```\Z", re.DOTALL)
EMPHASIS = str.maketrans(dict.fromkeys("*_`"))  # models quote the words, not the Markdown around them
LEFT_OUT = re.compile(r"\[?(?:\.\.\.|…)\]?")
AROUND = " \"'.,;:!?"


class Unusable(Exception):
    """Why an answer is no verdict, as a sentence piece that may be told to the model."""


class Answer(NamedTuple):
    """A verdict as it was given. `unsure` is neither pass nor fail, `unheard` that none came: the result is then an
    error."""

    result: GradeResult
    reason: str
    quote: str = ""
    score: int | None = None
    unsure: bool = False
    unheard: bool = False


class _Binary(msgspec.Struct):
    quote: str
    reason: str
    verdict: str


class _Scored(msgspec.Struct):
    quote: str
    reason: str
    score: int | None


VERDICTS: Mapping[str, GradeResult] = {"pass": "pass", "fail": "fail", "unsure": "error"}
SCORES = (None, 1, 2, 3, 4, 5)


def read_answer(text: str, criterion: Criterion, *, shown: Shown) -> Answer:
    """The verdict that a text holds; Unusable says what is wrong with any other text."""
    answer = _graded(_object(text), criterion)
    if not answer.reason:
        raise Unusable("it gives no reason")
    _check_quote(answer, criterion, shown=shown)
    return answer


def _object(text: str) -> str:
    """The one JSON object of an answer. Prose around it is refused: nobody can tell then what was meant."""
    if len(text) > MOST_CHARACTERS:
        raise Unusable(f"it is {len(text):,} characters long")
    bare = THOUGHT.sub("", text).strip()
    if found := FENCED.match(bare):
        bare = found[1].strip()
    if not bare:
        raise Unusable("it is empty")
    if not (bare.startswith("{") and bare.endswith("}")):
        raise Unusable("it is not one JSON object and nothing else")
    return bare


def _graded(bare: str, criterion: Criterion) -> Answer:
    """None of the words that an answer holds stands in an Unusable: what a reply made a judge say is not told to it."""
    told = _told(bare, _Binary if criterion.scale == "binary" else _Scored)
    quote, reason = clean(told.quote), clean(told.reason)
    if isinstance(told, _Binary):
        if told.verdict not in VERDICTS:
            raise Unusable("it is not of the form asked for (the verdict is none of pass, fail, unsure)")
        return Answer(VERDICTS[told.verdict], reason, quote, unsure=told.verdict == "unsure")
    if told.score not in SCORES:
        raise Unusable("it is not of the form asked for (the score is none of 1 to 5)")
    if told.score is None:
        return Answer("error", reason, quote, unsure=True)
    return Answer("pass" if told.score >= criterion.pass_at else "fail", reason, quote, told.score)


def _told(bare: str, kind: type[_Binary | _Scored]) -> _Binary | _Scored:
    """The object's keys as they must be, each said once: of two verdicts nobody can tell which was meant."""
    try:
        return msgspec.convert(json.loads(bare, object_pairs_hook=_once), kind)
    except msgspec.ValidationError as error:
        raise Unusable(f"it is not of the form asked for ({error})") from None
    except (ValueError, RecursionError):  # also a number too long to be one
        raise Unusable("it is not of the form asked for (it is no JSON)") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise Unusable("it says a key twice")
    return dict(pairs)


def _check_quote(answer: Answer, criterion: Criterion, *, shown: Shown) -> None:
    """A fail shows the words it is about, and no verdict makes up words."""
    where: Part = "input" if criterion.quotes == "input" else "reply"
    if not answer.quote:
        silent = shown["reply"].startswith(NO_TEXT)
        if answer.result == "fail" and criterion.quotes != "none" and not silent:
            raise Unusable(f"it fails the reply and quotes nothing of the {where}")
        return
    if answer.result == "fail" and criterion.quotes != "none" and not quoted(answer.quote, shown[where]):
        raise Unusable(f"its quote is not in the {where}")
    if not any(quoted(answer.quote, shown[part]) for part in shown):
        raise Unusable("its quote is nowhere in the material")


def quoted(quote: str, text: str) -> bool:
    """Whether a text holds a quote. Typography, emphasis, case and outer punctuation are forgiven; `…` leaves out."""
    whole = _plain(text)
    pieces = [_plain(piece).strip(AROUND) for piece in LEFT_OUT.split(quote)]
    wanted = [piece for piece in pieces if piece]
    return bool(wanted) and all(piece in whole for piece in wanted)


def _plain(text: str) -> str:
    return fold_phrase(_seen(text).translate(EMPHASIS), ignore_case=True)


def clean(text: str) -> str:
    """One line of at most 300 characters, without what a terminal would obey."""
    return cut(_seen(text), 300)


def _seen(text: str) -> str:
    """A text without the marks that nobody sees (directions, joiners), and a space for what a terminal would obey."""
    kinds = {mark: unicodedata.category(mark) for mark in set(text)}
    told = {ord(mark): "" if kind == "Cf" else " " for mark, kind in kinds.items() if kind in ("Cc", "Cf", "Cs")}
    return text.translate(told)
