"""What looks personal in the case files themselves, whoever wrote it there: told by file, line and type, never shown.

Two passes that have nothing in common read every text and comment: the detectors, and the shapes of values. What
`leaks.toml` accepts by name and reason may stay.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from casemill.domain.case import Case
from casemill.errors import FileError
from casemill.suite.accepted import NAME, Acceptance, paste, read_accepted
from casemill.suite.explain import line_of
from casemill.suite.finding import Finding
from casemill.suite.reading import Suite, read_suite
from casemill.suite.strict import compose
from casemill.suite.text_file import read_text

# Ids, days and names out of fixed lists hold nothing that anybody wrote.
WRITTEN = ("why", "input", "expect", "assert", "features", "quarantine", "stale")
COMMENT, KEY, HIDDEN = "a comment", "(a key)", "…"
DAYS = 90
_COMMENT = re.compile(r"(?:^|\s)#(.*)$", re.MULTILINE)

Steps = tuple[Any, ...]


class _Found(NamedTuple):
    """Values of one type in one field of a case: how many, and where the field stands."""

    case: Case
    field: str
    label: str
    times: int
    line: int | None


class _Known(NamedTuple):
    """The company's own words, what is accepted, and the day it is."""

    keep: Collection[str]
    accepted: tuple[Acceptance, ...]
    today: str


def scan_cases(
    folder: Path, *, today: date, keep: Collection[str] = (), suite: Suite | None = None
) -> tuple[Finding, ...]:
    """Every finding in the case files of a suite folder, and every acceptance that has nothing to accept any more;
    `suite` spares reading the folder again, `keep` are a company's own words."""
    suite = suite or read_suite(folder)
    try:
        accepted = read_accepted(folder)
    except FileError as error:
        return (Finding(path=str(error.path), line=error.line, message=error.reason, hint=error.hint),)
    known = _Known(keep, accepted, today.isoformat())
    found = [one for case in suite.cases for one in _found_in(case, suite.paths[case.id], keep=keep)]
    findings = [finding for one in found if (finding := _judged(one, suite.paths[one.case.id], known=known))]
    return (*findings, *_stale(found, folder, known=known))


def _found_in(case: Case, path: Path, *, keep: Collection[str]) -> Iterator[_Found]:
    plain = msgspec.to_builtins(case)
    lineage = {"root_cause": case.lineage.root_cause} if case.lineage else {}
    texts = [*(each for key in WRITTEN for each in _texts(plain.get(key), (key,))), *_texts(lineage, ("lineage",))]
    for steps, text in texts:
        for label, times in Counter(values_in(text, keep=keep)).items():
            field = ".".join(HIDDEN if isinstance(step, str) and any(values_in(step)) else f"{step}" for step in steps)
            yield _Found(case, field, label, times, line_of(read_text(path), steps))
    file = read_text(path)
    if "#" in file:
        yield from _in_comments(case, file, keep=keep)


def _in_comments(case: Case, file: str, *, keep: Collection[str]) -> Iterator[_Found]:
    """All comments of a file are one field; the line is that of the first value of a type."""
    seen: Counter[str] = Counter()
    lines: dict[str, int] = {}
    for match in _COMMENT.finditer(file):
        labels = tuple(values_in(match[1], keep=keep))
        if labels and _is_comment(file, match.start(1)):
            seen.update(labels)
            lines = dict.fromkeys(labels, file.count("\n", 0, match.start(1)) + 1) | lines
    yield from (_Found(case, COMMENT, label, times, lines[label]) for label, times in seen.items())


def _is_comment(file: str, place: int) -> bool:
    """A `#` inside a text is the text's, which was read already."""
    nodes = [compose(file)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode) and node.start_mark.index <= place < node.end_mark.index:
            return False
        if isinstance(node, yaml.CollectionNode):
            nodes += [one for item in node.value for one in (item if isinstance(item, tuple) else (item,))]
    return True


def values_in(text: str, *, keep: Collection[str] = ()) -> Iterator[str]:
    """The type of each value in a text that looks personal; placeholders and a company's own words are none."""
    from casemill.personal.context import lower
    from casemill.personal.find import scan
    from casemill.personal.keep import Kept
    from casemill.personal.masked import Terms
    from casemill.personal.own_words import OwnWords
    from casemill.personal.shapes import shapes
    from casemill.personal.veil import cover, cover_placeholders

    found = list(scan(text))
    yield from (span.label for span in (OwnWords(Terms(keep)).left_of(found, text) if keep else found))
    own = Kept(keep).places(lower(text)) if keep else []
    rest = cover(cover_placeholders(text), [*own, *((span.start, span.end) for span in found)])
    yield from (shape.type for shape in shapes(rest))


def _judged(found: _Found, path: Path, *, known: _Known) -> Finding | None:
    """What is to be told of it; None when somebody accepts it."""
    acceptance = next((one for one in known.accepted if _is_about(one, found)), None)
    ended = acceptance is not None and acceptance.until < known.today
    if acceptance is not None and not ended and found.times <= acceptance.count:
        return None
    many = f" ({found.times} of them)" if found.times > 1 else ""
    message = f"{found.field} looks as if it holds a real {found.label}{many}"
    if acceptance is not None:
        message += f"; that it may stay ended on {acceptance.until}" if ended else f"; {acceptance.count} may stay"
    until = (date.fromisoformat(known.today) + timedelta(days=DAYS)).isoformat()
    lines = paste(found.case.id, found.field, label=found.label, count=found.times, until=until)
    return Finding(path=str(path), line=found.line, message=message, hint=_remedy(found), paste=lines)


def _remedy(found: _Found) -> str:
    key = found.case.lineage.key if found.case.lineage else None
    marked = f", mark it in its ticket (casemill review --leaks --ticket {key})" if key else ""
    return f"put a placeholder such as [{found.label}_1] there{marked}, or accept it in {NAME}"


def _is_about(one: Acceptance, found: _Found) -> bool:
    return (one.case, one.field, one.label) == (found.case.id, found.field, found.label)


def _stale(found: list[_Found], folder: Path, *, known: _Known) -> Iterator[Finding]:
    for one in known.accepted:
        count = sum(each.times for each in found if _is_about(one, each))
        if count < one.count:
            left = "nothing" if count == 0 else f"only {count}"
            message = f"accepts {one.count} {one.label} in {one.field} of {one.case!r}, where {left} is found"
            yield Finding(
                path=str(folder / NAME), line=one.line, message=message, level="warning", hint="take it out, or mend it"
            )


def _texts(value: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield (*steps, KEY), key
            yield from _texts(inner, (*steps, key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*steps, number))
