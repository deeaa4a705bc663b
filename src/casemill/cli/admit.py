"""`casemill admit`: say yes or no to drafted cases, one a screen, or from a file of recorded admissions."""

from pathlib import Path

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import decider, from_option, json_option, need_terminal, progress, report_recorded, summary


@click.command()
@from_option("Recorded admissions: JSON Lines or a YAML list; bad entries are named and put aside (exit 4).")
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
    need_terminal("admit", recorded="admissions", as_json=as_json)
    from casemill.cli.admit_sitting import AdmitSitting

    AdmitSitting(project).run()


def _from_file(project: Project, source: Path, *, as_json: bool) -> int:
    from casemill.cli.admit_sitting import admitted, pull
    from casemill.normalize.admit import apply_recorded, read_recorded
    from casemill.review.screen import safe

    entries, unread = read_recorded(source)
    with progress("admitting", as_json=as_json) as bar:
        done = apply_recorded(project.desk, entries, by=decider(project), now=utc_now(), progress=bar)
    written = pull(project)
    aside = [safe(f"{problem}") for problem in (*unread, *done.problems)]
    text = summary(
        admitted(done.admitted + done.quarantined, quarantined=done.quarantined),
        (done.rejected, "rejected"),
        (done.already, "already there"),
        (len(written), "file written" if len(written) == 1 else "files written"),
        (len(aside), "put aside"),
    )
    counts = {name: getattr(done, name) for name in ("admitted", "quarantined", "rejected", "already")}
    return report_recorded({**counts, "written": written, "put_aside": aside}, text, as_json=as_json)
