"""Presets: several assertions under one name, in a file. Those in this folder come with casemill; a suite's own stand
in its folder `checks/` and go before."""

import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from casemill.domain.case import Assertion, AssertItem
from casemill.domain.word import Word
from casemill.errors import FileError, UsageError
from casemill.run.graders import Part, build
from casemill.suite.files import parse_yaml
from casemill.suite.text_file import read_text

_NAME = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


class PresetFile(Word, omit_defaults=True):
    """A preset as its file holds it: what it is for; what must hold always, and what where a draft is shown."""

    means: str = ""
    always: tuple[AssertItem, ...] = ()
    drafts: tuple[AssertItem, ...] = ()


def preset_names() -> tuple[str, ...]:
    """The presets that come with casemill."""
    names = (path.name for path in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def read_preset(name: str, suite: Path | None) -> tuple[Part, ...]:
    """The graders of a preset, in order; a UsageError when there is none of that name."""
    own = suite / "checks" / f"{name}.yaml" if suite and _NAME.fullmatch(name) else None
    if own is not None and own.is_file():
        return _parts(own, own.stat().st_mtime_ns)
    if name not in preset_names():
        there = f"with casemill come: {', '.join(preset_names())}; your own is a file checks/{name}.yaml in the suite"
        raise UsageError(f"grader checks: there is no preset {name!r}", hint=there)
    return _parts(Path(str(files(__package__) / f"{name}.yaml")), 0)


@lru_cache(maxsize=32)
def _parts(path: Path, _: int) -> tuple[Part, ...]:
    text = read_text(path)
    preset = parse_yaml(text, path, kind=PresetFile)
    parts: list[Part] = []
    for where, items in (("always", preset.always), ("drafts", preset.drafts)):
        for number, item in enumerate(items):
            try:
                parts.append(_part(item, [part.name for part in parts], only_drafts=where == "drafts"))
            except UsageError as error:
                from casemill.suite.explain import line_of

                raise FileError(path, f"{error}", line=line_of(text, (where, number)), hint=error.hint) from None
    if not parts:
        raise FileError(path, "asserts nothing; list graders under always: or drafts:")
    return tuple(parts)


def _part(item: AssertItem, taken: list[str], *, only_drafts: bool) -> Part:
    """Named by its grader; the second of a kind is `contains_2`. A UsageError when no grader takes it."""
    if len(item) != 1:
        raise UsageError("an assertion is one grader and its arguments")
    grader, told = next(iter(item.items()))
    name, number = grader, 2
    while name in taken:
        name, number = f"{grader}_{number}", number + 1
    assertion = Assertion.of(grader, told)
    build(assertion)
    return Part(name, assertion, only_drafts)
