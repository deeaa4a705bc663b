"""`casemill admit`: say yes or no to drafted cases, one a screen, or from a file of recorded admissions."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.normalize.admit import Applied


@click.command()
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Recorded admissions: JSON Lines or a YAML list; bad entries are named and put aside (exit 4).",
)
@json_option
@click.pass_context
def admit(ctx: click.Context, *, source: Path | None, as_json: bool) -> None:
    """Say yes or no to drafted cases, one a screen, the most severe first; a yes becomes a file of the suite.

    A case is active when its rules are red on the recorded bad reply and green on the good one, else quarantined.

    Example: casemill admit --from admissions.jsonl
    """
    project: Project = ctx.obj
    if source is not None:
        ctx.exit(_from_file(project, source, as_json=as_json))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "casemill admit needs a terminal", hint="or decisions from a file: casemill admit --from admissions.jsonl"
        )
    if as_json:
        raise UsageError("--json reports on recorded admissions", hint="casemill admit --from FILE --json")
    from casemill.cli.admit_sitting import Sitting

    sitting = Sitting(project)
    sitting.run()
    click.echo(sitting.told())


def _from_file(project: Project, source: Path, *, as_json: bool) -> int:
    from casemill.cli.admit_sitting import pull
    from casemill.normalize.admit import apply_recorded, read_recorded
    from casemill.review.screen import safe

    entries, unread = read_recorded(source)
    with progress("admitting", as_json=as_json) as bar:
        done = apply_recorded(project.desk, entries, by=_me(project), now=utc_now(), progress=bar)
    written = pull(project)
    problems = [safe(str(error)) for error in unread] + [safe(problem) for problem in done.problems]
    for problem in problems:
        click.echo(problem, err=True)
    told = {
        "admitted": done.admitted,
        "quarantined": done.quarantined,
        "rejected": done.rejected,
        "already": done.already,
        "written": written,
        "put_aside": problems,
    }
    report(told, _summary(done, written=len(written), aside=len(problems)), as_json=as_json)
    return PUT_ASIDE if problems else DONE


def _summary(done: "Applied", *, written: int, aside: int) -> str:
    yes = done.admitted + done.quarantined
    parts = [f"Admitted {counted(yes, 'case')}" + (f" ({done.quarantined:,} quarantined)" if done.quarantined else "")]
    parts += [f"{done.rejected:,} rejected"] if done.rejected else []
    parts += [f"{done.already:,} already there"] if done.already else []
    parts += [f"{counted(written, 'file')} written"] if written else []
    parts += [f"{aside:,} put aside"] if aside else []
    return ", ".join(parts) + "."


def _me(project: Project) -> str | None:
    """Who decided where an entry does not say; an entry without a name is then a bad entry, not a bad file."""
    try:
        return project.me
    except UsageError:
        return None
