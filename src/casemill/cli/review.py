"""`casemill review`: decide on tickets, one a screen, or from a file of recorded decisions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.review.recorded import Line, Recorded

MOST_NAMED = 20


@click.command()
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Recorded decisions: JSON Lines or a YAML list; bad lines are named and put aside (exit 4).",
)
@json_option
@click.pass_context
def review(ctx: click.Context, *, source: Path | None, as_json: bool) -> None:
    """Decide on tickets: accept, correct, not a case, duplicate; one a screen, the most urgent first.

    Example: casemill review --from decisions.jsonl
    """
    project: Project = ctx.obj
    if source is not None:
        ctx.exit(_from_file(project, source, as_json=as_json))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "casemill review needs a terminal", hint="or decisions from a file: casemill review --from decisions.jsonl"
        )
    if as_json:
        raise UsageError("--json reports on recorded decisions", hint="casemill review --from FILE --json")
    from casemill.cli.review_sitting import Sitting

    sitting = Sitting(project)
    sitting.run()
    click.echo(sitting.told())


def _from_file(project: Project, source: Path, *, as_json: bool) -> int:
    from casemill.review.recorded import Reading, read_lines, record_all
    from casemill.suite import read_taxonomy

    modes = read_taxonomy(project.suite).names
    lines = read_lines(source, Reading(_me(project), modes))
    good = [line for line in lines if line.review]
    decided = [line.review for line in good if line.review]
    with progress("recording", as_json=as_json) as bar:
        done = record_all(project.desk, decided, now=utc_now(), progress=bar)
    aside = _put_aside(source, lines, done=done)
    for problem in aside[:MOST_NAMED]:
        click.echo(problem, err=True)
    if len(aside) > MOST_NAMED:
        click.echo(f"… and {len(aside) - MOST_NAMED:,} more; --json names them all", err=True)
    told = {"recorded": done.recorded, "already": done.already, "put_aside": aside}
    report(told, _summary(done, aside=len(aside)), as_json=as_json)
    return PUT_ASIDE if aside else DONE


def _put_aside(source: Path, lines: "tuple[Line, ...]", *, done: "Recorded") -> list[str]:
    """Every bad line as `file:line: what is wrong`, in the file's order."""
    from casemill.review.screen import safe

    good = [line.number for line in lines if line.review]
    named = {line.number: f"{line.problem}" for line in lines if line.problem}
    named |= {good[one.place]: f"{source}:{good[one.place]}: {one.reason}" for one in done.rejected}
    return [safe(named[number]) for number in sorted(named)]


def _summary(done: "Recorded", *, aside: int) -> str:
    parts = [f"Recorded {counted(done.recorded, 'decision')}"]
    parts += [f"{done.already:,} already there"] if done.already else []
    parts += [f"{aside:,} put aside"] if aside else []
    return ", ".join(parts) + "."


def _me(project: Project) -> str | None:
    """Who decided where a record does not say; a record without a name is then a bad line, not a bad file."""
    try:
        return project.me
    except UsageError:
        return None
