"""`casemill review`: decide on tickets, one a screen, or from a file of recorded decisions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import (
    counted,
    decider,
    from_option,
    json_option,
    need_terminal,
    progress,
    report_recorded,
    summary,
)

if TYPE_CHECKING:
    from casemill.review.recorded import Line, Recorded


@click.command()
@from_option("Recorded decisions: JSON Lines or a YAML list; bad lines are named and put aside (exit 4).")
@json_option
@click.pass_context
def review(ctx: click.Context, *, source: Path | None, as_json: bool) -> None:
    """Decide on tickets: accept, correct, not a case, duplicate; one a screen, the most urgent first.

    Example: casemill review --from decisions.jsonl
    """
    project: Project = ctx.obj
    if source is not None:
        ctx.exit(_from_file(project, source, as_json=as_json))
    need_terminal("review", recorded="decisions", as_json=as_json)
    from casemill.cli.review_sitting import ReviewSitting

    ReviewSitting(project).run()


def _from_file(project: Project, source: Path, *, as_json: bool) -> int:
    from casemill.review.recorded import Reading, read_lines, record_all
    from casemill.suite import read_taxonomy

    modes = read_taxonomy(project.suite).names
    lines = read_lines(source, Reading(decider(project), modes))
    decided = [line.review for line in lines if line.review]
    with progress("recording", as_json=as_json) as bar:
        done = record_all(project.desk, decided, now=utc_now(), progress=bar)
    aside = _put_aside(source, lines, done=done)
    first = f"Recorded {counted(done.recorded, 'decision')}"
    text = summary(first, (done.already, "already there"), (len(aside), "put aside"))
    told = {"recorded": done.recorded, "already": done.already, "put_aside": aside}
    return report_recorded(told, text, as_json=as_json)


def _put_aside(source: Path, lines: "tuple[Line, ...]", *, done: "Recorded") -> list[str]:
    """Every bad line as `file:line: what is wrong`, in the file's order."""
    from casemill.review.screen import safe

    good = [line.number for line in lines if line.review]
    named = {line.number: f"{line.problem}" for line in lines if line.problem}
    named |= {good[one.place]: f"{source}:{good[one.place]}: {one.reason}" for one in done.rejected}
    return [safe(named[number]) for number in sorted(named)]
