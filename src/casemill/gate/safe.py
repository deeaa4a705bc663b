"""Text that came from a ticket or a bot is hostile: here it loses what a terminal, a CI log or a comment would obey."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from urllib.parse import quote

from casemill.domain.gate import Judgement, Red
from casemill.domain.run import Run
from casemill.domain.wording import counted, percent

# Controls (a terminal's escapes among them), and marks that turn or hide text: bidi, zero-width, tags.
UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
# `##[error]`, `##vso[…]`, `##teamcity[…]` are obeyed anywhere in a log's line.
# GitHub obeys `::error::` wherever it begins a line, also where a long line was broken.
LINE_COMMAND = re.compile(r"^(\s*)::", re.MULTILINE)
LOG_COMMAND = re.compile(r"#(?=#[a-z]*\[)", re.IGNORECASE)


def one_line(text: str) -> str:
    """Hostile text as one harmless line of plain text."""
    return " ".join(LOG_COMMAND.sub("# ", UNSEEN.sub(" ", text)).split())


def unobeyed(lines: str) -> str:
    """Lines of a log of which none begins with a command."""
    return LOG_COMMAND.sub("# ", LINE_COMMAND.sub(r"\1: :", lines))


def web_address(link: str | None) -> str | None:
    """A link that is safe to show: http or https, every character that could end it or its brackets escaped."""
    if link is None or not link.lower().startswith(("https://", "http://")):
        return None
    return quote(link, safe="/:?#@!$&*+,;=%~.-_", errors="replace")


def headline(judgement: Judgement) -> str:
    """The first line: the state, then the numbers."""
    rate = f"{judgement.passed} of {judgement.judged} passed"
    if judgement.rate is not None and judgement.interval:
        low, high = judgement.interval
        rate += f" ({percent(judgement.rate)}; 95 % interval {percent(low)} to {percent(high)})"
    errors = f", {counted(judgement.errors, 'error')}" if judgement.errors else ""
    return f"{judgement.state.upper()}: {why(judgement)} {rate}{errors}."


def why(judgement: Judgement) -> str:
    """The first reason as a sentence; an open gate needs none."""
    if not judgement.because:
        narrowed = any((rule.name, rule.state) == ("put", "told") for rule in judgement.rules)
        return f"nothing stands against it{' in the cases that were put' if narrowed else ''}."
    return f"{one_line(judgement.because[0])}."


def subject(judgement: Judgement) -> str:
    """What was judged: run, target, release."""
    release = f"release {judgement.release}" if judgement.release else "the working suite, not frozen"
    return f"run {one_line(judgement.run)} · target {one_line(judgement.target)} · {release}"


def by_severity(reds: Iterable[Red]) -> Sequence[tuple[str, tuple[Red, ...]]]:
    """The reds of each severity, the gravest first."""
    ordered = sorted(reds, key=lambda red: red.severity)
    return [(severity, tuple(group)) for severity, group in groupby(ordered, key=lambda red: red.severity)]


def by_mode(run: Run | None) -> list[tuple[str, int, int]]:
    """For each failure mode of a run: its name, how many passed, how many cases it has."""
    modes: dict[str, list[bool]] = {}
    for verdict in run.verdicts if run else ():
        modes.setdefault(verdict.failure_mode, []).append(verdict.result == "pass")
    return sorted((one_line(mode), sum(passes), len(passes)) for mode, passes in modes.items())


def next_step(judgement: Judgement) -> str:
    """The one thing to do now."""
    if judgement.state == "open":
        if any((rule.name, rule.state) == ("put", "told") for rule in judgement.rules):
            return "before it ships, put the whole suite: casemill run"
        return f"keep this run to compare with: casemill baseline accept {judgement.run}"
    rules = {rule.name for rule in judgement.rules if rule.state in ("broken", "unknown")}
    if judgement.state == "unjudged":
        return _to_tell(judgement, rules)
    if any(red.blocks and red.severity == "P0" for red in judgement.reds):
        return "mend the AI and run again; a P0 that is wrong itself is superseded, never overridden"
    if rules == {"drop"}:
        return "mend the AI and run again, or record a yes to the fall: casemill gate override drop"
    if rules and "p1" not in rules:
        return "mend the AI and run again; a case that is wrong itself: casemill gate read"
    return "mend the AI and run again, or record a yes to a P1: casemill gate override CASE"


def _to_tell(judgement: Judgement, rules: Collection[str]) -> str:
    """What would let the gate tell."""
    if rules == {"sign_off"}:
        return f"have it signed off: casemill gate sign {judgement.run} --role ROLE"
    if rules == {"judges"}:
        return "calibrate the judge, or mend it: casemill judge calibrate"
    return "mend what kept it from telling, then run again: casemill run"
