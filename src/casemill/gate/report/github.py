"""The judgement as workflow commands of GitHub Actions: an annotation on the file of each case that did not pass."""

from casemill.domain.gate import Judgement, Red
from casemill.domain.run import Run
from casemill.gate.safe import headline, one_line

LEVELS = {"open": "notice", "shut": "error", "unjudged": "warning"}
# GitHub shows ten annotations of a level in a step; those that shut the gate come first.
MOST = 50


def render(judgement: Judgement, run: Run | None = None) -> str:  # noqa: ARG001 - every report has this form
    """One command a line; the first is the gate's own."""
    gate = _command(LEVELS[judgement.state], headline(judgement), title=f"casemill gate: {judgement.state}")
    reds = sorted(judgement.reds, key=lambda red: not red.blocks)
    return "\n".join([gate, *(_red(red) for red in reds[:MOST])]) + "\n"


def warning(message: str) -> str:
    """A warning on the job's page that belongs to no file."""
    return _command("warning", message, title="casemill gate")


def _red(red: Red) -> str:
    level = "error" if red.blocks else "warning" if red.severity != "P2" else "notice"
    parts = [red.reason, f"said: {red.said}" if red.said else "", f"ticket: {red.ticket}" if red.ticket else ""]
    title = f"{red.severity} {red.result}: {red.case} ({red.failure_mode})"
    return _command(level, "; ".join(filter(None, parts)), title=title, file=red.path)


def _command(level: str, message: str, *, title: str, file: str | None = None) -> str:
    """`::error file=…,line=1,title=…::message`; what would end a part of it is written as %XX."""
    place = f"file={_value(file)},line=1," if file else ""
    return f"::{level} {place}title={_value(title)}::{_escaped(message)}"


def _value(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return one_line(text).replace("%", "%25")
