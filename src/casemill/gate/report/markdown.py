"""The judgement for a pull-request comment; whatever a ticket or a bot said stands in code, where nothing acts."""

import re
from collections.abc import Iterator

from casemill.domain.gate import Judgement, Red
from casemill.domain.run import Run
from casemill.gate.phrases import (
    MOST_FLIPS,
    MOST_SLICES,
    compared,
    finding,
    flips_of,
    labelled,
    read_words,
    slice_words,
    spent_words,
    weak_spots,
)
from casemill.gate.safe import by_mode, by_severity, headline, next_step, one_line, subject, web_address

# GitHub cuts a comment at 65,536 characters.
AT_MOST = 60_000
# By it a workflow finds its own comment again and edits it, instead of adding one more.
MARK = "<!-- casemill gate -->"
ALIVE = re.compile(r"[\\`*_{}\[\]#<>|!~@&]|://|www\.", re.IGNORECASE)
SIGNS = {"open": "🟢", "shut": "🔴", "unjudged": "🟡"}


def render(judgement: Judgement, run: Run | None = None) -> str:
    """At most about 60,000 characters; reds that do not fit are counted."""
    head = [MARK, f"### {SIGNS[judgement.state]} casemill gate: {judgement.state}", "", plain(headline(judgement)), ""]
    head += [f"- {plain(one_line(reason))}" for reason in judgement.because[1:]]
    head += ["", code(subject(judgement))]
    tail = ["", *_told(judgement), *_flips(judgement), *_weak(judgement), *_modes(run), *_small(judgement)]
    tail += [f"**Next:** {plain(next_step(judgement))}"]
    room = AT_MOST - sum(len(line) + 1 for line in (*head, *tail))
    return "\n".join([*head, *_fitting(judgement, room), *tail]) + "\n"


def code(text: str) -> str:
    """Foreign text in a code span: no mention, link, HTML, issue number or emphasis comes alive in it."""
    line = one_line(text) or " "
    fence = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    pad = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def plain(text: str) -> str:
    """Our own sentences as they are; one that quotes what Markdown or a forge might act on stands in code."""
    return code(text) if ALIVE.search(text) else text


def _fitting(judgement: Judgement, room: int) -> Iterator[str]:
    left = 0
    for severity, reds in by_severity(judgement.reds):
        head = ["", f"#### {severity}: {len(reds)} not passed", ""]
        room -= sum(len(line) + 1 for line in head)
        yield from head
        for red in reds:
            lines = list(_red(red))
            room -= sum(len(line) + 1 for line in lines)
            if room < 0:
                left += 1
            else:
                yield from lines
    if left:
        yield f"- … and {left} more; `casemill gate` lists them all"


def _red(red: Red) -> Iterator[str]:
    mark = "**shuts the gate**" if red.blocks else "told"
    yield f"- {code(red.case)} · {code(red.failure_mode)} · {red.result} · {mark}"
    told = [*labelled(red), ("case", red.path)]
    yield from (f"  - {label}: {code(value)}" for label, value in told if value)
    if back := " · ".join(_links(red)):
        yield f"  - way back: {back}"


def _links(red: Red) -> Iterator[str]:
    if red.ticket:
        yield code(red.ticket)
    for name, link in (("source", web_address(red.link)), ("desk", web_address(red.desk))):
        if link:
            yield f"[{name}](<{link}>)"


def _told(judgement: Judgement) -> Iterator[str]:
    if judgement.told:
        yield "#### Told"
        yield ""
        yield from (f"- {plain(one_line(line))}" for line in judgement.told)
        yield ""


def _flips(judgement: Judgement) -> Iterator[str]:
    """Since the baseline, only what changed."""
    found = judgement.comparison
    if found is None:
        return
    yield "#### Since the baseline"
    yield ""
    yield f"{plain(compared(found))}: {plain(finding(found))}."
    yield ""
    flips = list(flips_of(found))
    for word, flip in flips[:MOST_FLIPS]:
        why = f": {code(flip.reason)}" if flip.reason and word == "worse" else ""
        yield f"- {word}: {flip.severity} {code(flip.case)} {flip.before} → {flip.after}{why}"
    if len(flips) > MOST_FLIPS:
        yield f"- … and {len(flips) - MOST_FLIPS} more"
    yield ""


def _weak(judgement: Judgement) -> Iterator[str]:
    if weak := weak_spots(judgement)[:MOST_SLICES]:
        yield "| weak spot | passed |"
        yield "|---|---|"
        yield from (f"| {each.of} {cell(each.name)} | {slice_words(each)} |" for each in weak)
        yield ""


def cell(text: str) -> str:
    """Foreign text in a table's cell."""
    return code(text.replace("|", "/"))


def _small(judgement: Judgement) -> Iterator[str]:
    """What the run came to, and how its target's reds were read so far."""
    for label, words in (("Spent", spent_words(judgement.spent)), ("Reds read so far", read_words(judgement))):
        if words:
            yield f"{label}: {words}"
            yield ""


def _modes(run: Run | None) -> Iterator[str]:
    if modes := by_mode(run):
        yield "| failure mode | passed | cases |"
        yield "|---|---:|---:|"
        yield from (f"| {cell(mode)} | {passed} | {total} |" for mode, passed, total in modes)
        yield ""
