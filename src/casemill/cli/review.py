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
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.review.recorded import Line, Recorded


@click.command()
@from_option("Recorded decisions: JSON Lines or a YAML list; bad lines are named and put aside (exit 4).")
@click.option("--leaks", is_flag=True, help="Read whole masked tickets and say whether anything personal is left.")
@click.option("--ticket", metavar="TICKET", help="With --leaks: read this ticket first, drawn or not.")
@json_option
@click.pass_context
def review(ctx: click.Context, *, source: Path | None, leaks: bool, ticket: str | None, as_json: bool) -> None:
    """Decide on tickets: accept, correct, not a case, duplicate; one a screen, the most urgent first.

    With --leaks: read the tickets that were drawn for the next release whole, and say of each: fine, leak (which words,
    and what they are), or over-masked (which placeholder). What you mark is masked by casemill anonymize.

    Example: casemill review --from decisions.jsonl

    Example: casemill review --leaks --from verdicts.jsonl
    """
    project: Project = ctx.obj
    if ticket is not None and (not leaks or source is not None):
        raise UsageError("--ticket names a ticket to read at the terminal", hint="casemill review --leaks --ticket KEY")
    if source is not None:
        ctx.exit((_leaks_from_file if leaks else _from_file)(project, source, as_json=as_json))
    need_terminal(
        "review --leaks" if leaks else "review", recorded="verdicts" if leaks else "decisions", as_json=as_json
    )
    _sit(project, leaks=leaks, ticket=ticket)


def _sit(project: Project, *, leaks: bool, ticket: str | None) -> None:
    if not leaks:
        from casemill.cli.review_sitting import ReviewSitting

        ReviewSitting(project).run()
        return
    from casemill.cli.leak_sitting import LeakSitting
    from casemill.review import ask_to_read

    if ticket is not None:
        ask_to_read(project.desk, ticket, by=project.me, now=utc_now())
    LeakSitting(project).run()


def _leaks_from_file(project: Project, source: Path, *, as_json: bool) -> int:
    from casemill.review import record_file
    from casemill.review.screen import safe

    with progress("recording", as_json=as_json) as bar:
        done = record_file(project.desk, source, by=decider(project), now=utc_now(), progress=bar)
    aside = [safe(problem) for problem in done.put_aside]
    first = f"Recorded {counted(done.recorded, 'verdict')}"
    text = summary(first, (done.already, "already there"), (len(aside), "put aside"))
    told = {"recorded": done.recorded, "already": done.already, "put_aside": aside}
    return report_recorded(told, text, as_json=as_json)


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
