"""`casemill work`: everything automatic that is due, once."""

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import json_option, progress, report
from casemill.errors import CANNOT_TELL, DONE, PUT_ASIDE


@click.command()
@json_option
@click.pass_context
def work(ctx: click.Context, *, as_json: bool) -> None:
    """Do every automatic step that is due, once: ingest from named sources, mask, propose, draft, write files.

    Exit 4 when something was put aside, 3 when a step failed; the other steps run all the same.

    Example: casemill work && casemill status
    """
    from casemill.worker import work_once

    project: Project = ctx.obj
    with progress("working", as_json=as_json) as bar:
        worked = work_once(project.hands, now=utc_now(), progress=bar)
    width = max((len(step.name) for step in worked.steps), default=0) + 2
    lines = [
        f"{step.name:<{width}}{click.style('failed: ' + step.failed, fg='red') if step.failed else step.told}"
        + (f", {step.put_aside} put aside" if step.put_aside else "")
        for step in worked.steps
    ]
    report(worked, "\n".join(lines), as_json=as_json)
    ctx.exit(CANNOT_TELL if worked.failed else PUT_ASIDE if worked.put_aside else DONE)
