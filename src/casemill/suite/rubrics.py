"""Rubrics: `rubrics/NAME@N.md`, front matter that says how each criterion is graded, and a section of guidance each.

The guidance is Markdown under `## criterion`; what stands before the first of them holds for all. The same text is
shown to the judging model and to people.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from casemill.domain.rubric import PASS_AT, Criterion, KnownReplies, Part, Quotes, Rubric, Scale
from casemill.domain.word import Word, canonical, changed, digest_of
from casemill.errors import FileError, UsageError
from casemill.suite.files import parse_yaml
from casemill.suite.finding import Finding
from casemill.suite.strict import compose
from casemill.suite.text_file import read_text

FILE = re.compile(r"([a-z0-9]+(?:[_-][a-z0-9]+)*)@([1-9][0-9]*)")
HEADING = re.compile(r"##[ \t]+(.+?)[ \t#]*")
TOP = "#"
NOT_SHOWN = KnownReplies(expectation="", good="", bad="")


class _Graded(Word):
    """How one criterion is graded, as the front matter tells it."""

    asks: str
    known: KnownReplies
    scale: Scale = "binary"
    pass_at: int | None = None
    anchors: dict[str, str] = {}
    sees: tuple[Part, ...] = ("expectation", "reply")
    quotes: Quotes = "reply"


class _Front(Word):
    criteria: dict[str, dict[str, Any]]


class _Section(NamedTuple):
    """A heading of the body with its line and the text below it."""

    line: int
    text: str


def rubric_names(folder: Path) -> tuple[tuple[str, int], ...]:
    """Name and version of every rubric file of a suite folder, sorted."""
    found = (FILE.fullmatch(path.stem) for path in (folder / "rubrics").glob("*.md"))
    return tuple(sorted((match[1], int(match[2])) for match in found if match))


def read_rubric(folder: Path, label: str) -> Rubric:
    """The rubric `NAME@N`, or the newest version of `NAME`; a FileError with the line of what is wrong in it."""
    names = rubric_names(folder)
    versions = [version for name, version in names if label in (name, f"{name}@{version}")]
    if not versions:
        raise UsageError(f"there is no rubric {label!r} in {folder / 'rubrics'}", hint=_known(label, names))
    path = folder / "rubrics" / f"{label.partition('@')[0]}@{max(versions)}.md"
    return parse_rubric(read_text(path), path)


def find_rubric(folder: Path, criterion: str, *, label: str | None) -> tuple[Rubric, Criterion]:
    """The criterion and its rubric; without a label, of the only rubric there is, in its newest version."""
    if label is None:
        families = sorted({name for name, _ in rubric_names(folder)})
        if len(families) != 1:
            said = f"there are {len(families)} rubrics in" if families else "there is no rubric in"
            hint = "name one: judge: {criterion: …, rubric: NAME@N}" if families else "casemill init writes a first one"
            raise UsageError(f"criterion {criterion!r} names no rubric, and {said} {folder / 'rubrics'}", hint=hint)
        label = families[0]
    rubric = read_rubric(folder, label)
    found = rubric.criterion(criterion)
    if found is None:
        names = [each.name for each in rubric.criteria]
        close = get_close_matches(criterion, names, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"it has: {', '.join(names)}"
        raise UsageError(f"rubric {rubric.label} has no criterion {criterion!r}", hint=hint)
    return rubric, found


class Named:
    """Whether the rubrics that assertions name are there; each is looked for once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[tuple[str, str | None], UsageError | None] = {}

    def wrong(self, arguments: Mapping[str, Any]) -> UsageError | None:
        """What is wrong with the criterion and rubric of a `judge` assertion; None when they are there, or no texts."""
        criterion, label = arguments.get("criterion"), arguments.get("rubric")
        if not isinstance(criterion, str) or not isinstance(label, str | None):
            return None
        if (criterion, label) not in self._known:
            self._known[criterion, label] = self._looked(criterion, label)
        return self._known[criterion, label]

    def _looked(self, criterion: str, label: str | None) -> UsageError | None:
        try:
            find_rubric(self.folder, criterion, label=label)
        except FileError:
            return None  # told of the rubric's own file
        except UsageError as error:
            return error
        return None


def rubric_digest(rubric: Rubric) -> str:
    """Covers everything that the file says, not how it is laid out."""
    return digest_of(canonical(rubric))


def criterion_digest(rubric: Rubric, criterion: Criterion) -> str:
    """Covers what a person reads of one criterion; the same in two versions of a rubric that differ elsewhere."""
    return digest_of(canonical([rubric.name, rubric.intro, changed(criterion, known=NOT_SHOWN, quotes="reply")]))


def lint_rubrics(folder: Path) -> Iterator[Finding]:
    """What is wrong with the rubric files, each with its file and line."""
    for path in sorted((folder / "rubrics").glob("*.md")):
        try:
            parse_rubric(read_text(path), path)
        except FileError as error:
            yield Finding(path=str(error.path), line=error.line, message=error.reason, hint=error.hint)


def parse_rubric(text: str, path: Path) -> Rubric:
    """The rubric a text holds; `path` names it (`support@2.md`) and stands in the message of a FileError."""
    named = FILE.fullmatch(path.stem)
    if named is None:
        raise FileError(path, "a rubric's file is named NAME@N.md, as support@1.md")
    front, start = _front(text, path)
    sections = _sections(text.splitlines(), start)
    told = parse_yaml(front, path, kind=_Front)
    if not told.criteria:
        raise FileError(path, "has no criteria", line=2)
    for heading, section in sections.items():
        if heading != TOP and heading not in told.criteria:
            hint = f"the front matter has: {', '.join(told.criteria)}"
            raise FileError(path, f"there is no criterion {heading!r}", line=section.line, hint=hint)
    at = _At(path, front)
    graded = {name: at.read(name, raw) for name, raw in told.criteria.items()}
    criteria = tuple(_criterion(name, each, sections=sections, at=at) for name, each in graded.items())
    return Rubric(name=named[1], version=int(named[2]), criteria=criteria, intro=sections[TOP].text)


class _At(NamedTuple):
    """Where an error of the front matter is told: the file, and the text whose lines are the file's."""

    path: Path
    front: str

    def read(self, name: str, raw: dict[str, Any]) -> _Graded:
        """How a criterion is graded; a FileError with the line of what is wrong with it."""
        from casemill.suite.explain import explained

        try:
            return msgspec.convert(raw, _Graded)
        except msgspec.ValidationError as error:
            told = explained(error, text=self._alone(name), path=self.path, kind=_Graded)
            raise FileError(self.path, f"{name}: {told.reason}", line=told.line, hint=told.hint) from None

    def _alone(self, name: str) -> str:
        """One criterion of the front matter, where it stands in the file."""
        node: Any = compose(self.front)
        for step in ("criteria", name):
            node = next(value for key, value in node.value if key.value == step)
        start, end = node.start_mark, node.end_mark
        return "\n" * int(start.line) + " " * int(start.column) + self.front[start.index : end.index]

    def refuse(self, name: str, key: str, *, message: str) -> FileError:
        from casemill.suite.explain import line_of

        return FileError(self.path, f"{name}: {message}", line=line_of(self.front, ("criteria", name, key)))


def _front(text: str, path: Path) -> tuple[str, int]:
    """The front matter with its lines where they are in the file, and the number of lines before the body."""
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != "---":
        raise FileError(path, "begins with no front matter: a line `---`, the criteria as YAML, a line `---`", line=1)
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise FileError(path, "its front matter is never closed by a line `---`", line=1)
    return "\n".join(["", *lines[1:end], ""]), end + 1


def _sections(lines: list[str], start: int) -> dict[str, _Section]:
    found: dict[str, list[str]] = {TOP: []}
    at, here = {TOP: start + 1}, TOP
    for number, line in enumerate(lines[start:], start + 1):
        if heading := HEADING.fullmatch(line):
            here = heading[1]
            found[here], at[here] = [], number
        else:
            found[here].append(line)
    return {name: _Section(at[name], "\n".join(body).strip()) for name, body in found.items()}


def _criterion(name: str, graded: _Graded, *, sections: dict[str, _Section], at: _At) -> Criterion:
    for key, wrong in _wrong(graded):
        raise at.refuse(name, key, message=wrong)
    if name not in sections or not sections[name].text:
        raise FileError(at.path, f"{name} has no guidance: write it under a heading `## {name}`")
    told: dict[str, Any] = {field: getattr(graded, field) for field in graded.__struct_fields__ if field != "pass_at"}
    return Criterion(name=name, guidance=sections[name].text, pass_at=graded.pass_at or PASS_AT, **told)


def _wrong(graded: _Graded) -> Iterator[tuple[str, str]]:
    """The key that contradicts another, and what is wrong with it."""
    if graded.scale == "binary" and (graded.anchors or graded.pass_at is not None):
        yield "anchors" if graded.anchors else "pass_at", "belongs to the scale 1-5; this criterion is binary"
    if graded.scale == "1-5" and not {"1", "5"} <= graded.anchors.keys() <= set("12345"):
        yield "anchors", "say at least what 1 and 5 mean, and no score but 1 to 5"
    if graded.pass_at is not None and not 2 <= graded.pass_at <= 5:
        yield "pass_at", "is a score from 2 to 5"
    yield from _unseen(graded)
    if graded.known.good.strip() == graded.known.bad.strip():
        yield "known", "good and bad are the same"


def _unseen(graded: _Graded) -> Iterator[tuple[str, str]]:
    """What is needed and not seen, or seen and not known."""
    if "reply" not in graded.sees:
        yield "sees", "must name the reply"
    if graded.quotes == "input" and "input" not in graded.sees:
        yield "quotes", "names the input, which this criterion does not see"
    for part in graded.sees:
        if part != "reply" and not getattr(graded.known, part) and part in ("expectation", "input"):
            yield "known", f"tells no {part}, which this criterion sees"


def _known(label: str, names: tuple[tuple[str, int], ...]) -> str:
    labels = [f"{name}@{version}" for name, version in names]
    close = get_close_matches(label, labels, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(labels) or 'none'}"
