"""Two runs side by side for a terminal: the finding first, then only what changed."""

import textwrap
from collections.abc import Iterator

from casemill.domain.comparison import Comparison, Slice
from casemill.domain.wording import counted, percent
from casemill.gate.phrases import (
    compared,
    finding,
    flip_words,
    flips_of,
    left_out,
    short,
    signed,
    slice_name,
    slice_words,
    spent_words,
)
from casemill.gate.safe import one_line, unobeyed
from casemill.gate.side_by_side import Shown, SideBySide

WIDTH = 100
MOST_SLICES = 12
WORDS = {"fell": "FELL", "rose": "ROSE", "steady": "NO FALL SEEN", "too_few": "NOT ENOUGH CASES"}
COLOURS = {"fell": 31, "rose": 32, "steady": 32, "too_few": 33}


def render(both: SideBySide, *, colour: bool = False) -> str:
    """At most 100 columns wide; foreign text stands behind our own words on each line."""
    return unobeyed("\n".join(_lines(both, colour=colour))) + "\n"


def _lines(both: SideBySide, *, colour: bool) -> Iterator[str]:
    found = both.comparison
    if found is None:
        yield "NOTHING TO COMPARE: no case was answered in both runs in the same content and graded by the same files."
    else:
        yield from _wrapped(f"{_word(found, colour=colour)}: {compared(found)}; {finding(found)}.", indent="  ")
    yield from _wrapped(f"  before  {shown(both.before)}", indent="          ")
    yield from _wrapped(f"  now     {shown(both.after)}", indent="          ")
    if found is not None and (left := left_out(found)):
        yield f"  not compared: {left}"
    for line in yardsticks(both):
        yield from _wrapped(f"  {line}", indent="    ")
    if found is None:
        return
    yield from _flips(found)
    yield from _slices(both.slices)


def yardsticks(both: SideBySide) -> Iterator[str]:
    """By which files the two sides were graded otherwise, and who did not record them."""
    for name, cases in both.graded_otherwise.items():
        yield f"{counted(cases, 'case was', many='cases were')} graded by another {one_line(name)}: not compared"
    for run in both.not_recorded:
        yield f"not recorded: by which rubrics, presets, schemas and articles run {one_line(run)} was graded"


def shown(side: Shown) -> str:
    """`run r1 · target v1 · release 3: 398 pass, 12 fail; …`."""
    release = f"release {side.release}" if side.release else "working suite"
    results = ", ".join(f"{count:,} {result}" for result, count in side.results.items()) or "no verdict"
    wait = f"{side.milliseconds:,.0f} ms a reply" if side.milliseconds is not None else ""
    more = "; ".join(filter(None, [wait, spent_words(side.spent)]))
    return f"run {one_line(side.run)} · target {one_line(side.target)} · {release}: {results}" + (
        f"; {more}" * bool(more)
    )


def _word(found: Comparison, *, colour: bool) -> str:
    word = WORDS[found.says]
    return f"\033[1;{COLOURS[found.says]}m{word}\033[0m" if colour else word


def _flips(found: Comparison) -> Iterator[str]:
    before = None
    for word, flip in flips_of(found):
        if word != before:
            count = len(found.worse if word == "worse" else found.better)
            yield ""
            yield f"{word}: {count}"
            before = word
        yield f"  {flip_words(flip)}  {short(flip.failure_mode)}"
        if flip.reason:
            label = "why" if flip.after != "pass" else "was"
            yield from _wrapped(f"    {label}: {one_line(flip.reason)}", indent="         ")


def _slices(slices: tuple[Slice, ...]) -> Iterator[str]:
    """Those that moved most, in either direction, and the weak ones."""
    told = [slice for slice in slices if slice.weak or (slice.before is not None and slice.before != slice.rate)]
    told.sort(key=lambda slice: (not slice.weak, slice.rate - (slice.before or slice.rate)))
    if not told:
        return
    yield ""
    yield "slices that are weak now, or moved"
    width = max(len(slice_name(slice)) for slice in told[:MOST_SLICES])
    for slice in told[:MOST_SLICES]:
        moved = (
            f", {signed(slice.rate - slice.before)} points from {percent(slice.before)}"
            if slice.before is not None
            else ""
        )
        yield f"  {slice_name(slice):<{width}}  {slice_words(slice)}{moved}{'  WEAK' if slice.weak else ''}"
    if len(told) > MOST_SLICES:
        yield f"  … and {len(told) - MOST_SLICES} more"


def _wrapped(text: str, *, indent: str) -> list[str]:
    return textwrap.TextWrapper(WIDTH, subsequent_indent=indent, break_on_hyphens=False).wrap(text)
