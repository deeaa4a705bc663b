"""The judgement for a terminal or a log: the state first, then each red with its way back."""

import textwrap
from collections.abc import Iterator

from casemill.domain.gate import Judgement, Red
from casemill.domain.run import Run
from casemill.gate.phrases import (
    MOST_FLIPS,
    MOST_SLICES,
    compared,
    flip_words,
    flips_of,
    labelled,
    read_words,
    slice_name,
    slice_words,
    spent_words,
    weak_spots,
)
from casemill.gate.safe import by_mode, by_severity, headline, next_step, one_line, subject, unobeyed, web_address

WIDTH = 100
# With more reds than this the first line has left the screen by the end; it is said once more there.
LONG = 5
COLOURS = {"open": 32, "shut": 31, "unjudged": 33}


def render(judgement: Judgement, run: Run | None = None, *, colour: bool = False) -> str:
    """At most 100 columns wide, except where a link or a path is longer; no line begins with foreign text."""
    return unobeyed("\n".join(_lines(judgement, run, colour=colour))) + "\n"


def _lines(judgement: Judgement, run: Run | None, *, colour: bool) -> Iterator[str]:
    first, *rest = _wrapped(headline(judgement), indent="  ", first="")
    state = judgement.state.upper()
    yield first.replace(state, _painted(state, COLOURS[judgement.state]), 1) if colour else first
    yield from rest
    yield f"  {subject(judgement)}"
    for reason in judgement.because[1:]:
        yield from _wrapped(one_line(reason), first="  also: ", indent="        ")
    for severity, reds in by_severity(judgement.reds):
        yield ""
        yield f"{severity}: {len(reds)} not passed"
        for red in reds:
            yield from _red(red)
    if judgement.told:
        yield ""
        yield "told"
        for line in judgement.told:
            yield from _wrapped(one_line(line), first="  - ", indent="    ")
    yield from _flips(judgement)
    yield from _weak(judgement)
    yield from _modes(run)
    yield from _small(judgement)
    yield ""
    if len(judgement.reds) > LONG:
        yield from _wrapped(headline(judgement), first="", indent="  ")
    yield from _wrapped(next_step(judgement), first="next: ", indent="      ")


def _painted(text: str, code: int) -> str:
    return f"\033[1;{code}m{text}\033[0m"


def _red(red: Red) -> Iterator[str]:
    mark = "shuts the gate" if red.blocks else "told"
    yield f"  {one_line(red.case)}  {one_line(red.failure_mode)}  {red.result}  ({mark})"
    for label, value in (*labelled(red), *_way_back(red)):
        whole = label in ("case", "source", "desk")
        yield from _wrapped(one_line(value), first=f"    {label + ':':<10}", indent=f"    {'|':<10}", whole=whole)


def _way_back(red: Red) -> Iterator[tuple[str, str]]:
    for label, value in (
        ("case", red.path),
        ("ticket", red.ticket),
        ("source", web_address(red.link)),
        ("desk", web_address(red.desk)),
    ):
        if value:
            yield label, value


def _flips(judgement: Judgement) -> Iterator[str]:
    """Since the baseline, only what changed; why a case is red stands above."""
    found = judgement.comparison
    flips = list(flips_of(found))
    if found is None or not flips:
        return
    yield ""
    yield from _wrapped(f"since the baseline, {compared(found)}", first="", indent="  ")
    yield from (f"  {word:<6}  {flip_words(flip)}" for word, flip in flips[:MOST_FLIPS])
    if len(flips) > MOST_FLIPS:
        yield f"  … and {len(flips) - MOST_FLIPS} more"


def _weak(judgement: Judgement) -> Iterator[str]:
    weak = weak_spots(judgement)[:MOST_SLICES]
    if weak:
        width = max(len(slice_name(slice)) for slice in weak)
        yield ""
        yield "weak spots"
        yield from (f"  {slice_name(slice):<{width}}  {slice_words(slice)}" for slice in weak)


def _small(judgement: Judgement) -> Iterator[str]:
    """What the run came to, and how its target's reds were read so far."""
    lines = [("spent", spent_words(judgement.spent)), ("reds read so far", read_words(judgement))]
    told = [f"{label}: {words}" for label, words in lines if words]
    if told:
        yield ""
        for line in told:
            yield from _wrapped(line, first="", indent="  ")


def _modes(run: Run | None) -> Iterator[str]:
    modes = by_mode(run)
    if not modes:
        return
    width = max(len(mode) for mode, _, _ in modes)
    yield ""
    yield "by failure mode"
    yield from (f"  {mode:<{width}}  {passed:>4} of {total:>4} passed" for mode, passed, total in modes)


def _wrapped(text: str, *, first: str, indent: str, whole: bool = False) -> list[str]:
    """`whole` keeps a long word together, so that a link or a path can be clicked."""
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=not whole, break_on_hyphens=False
    )
    return wrapper.wrap(text) or [first.rstrip()]
