"""`casemill work`: everything automatic that is due, once."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import json_option, progress, report
from casemill.errors import CANNOT_TELL, DONE, PUT_ASIDE

if TYPE_CHECKING:
    from casemill.worker.work import Worked


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
    report(worked, "\n".join(_lines(worked)), as_json=as_json)
    ctx.exit(CANNOT_TELL if worked.failed else PUT_ASIDE if worked.put_aside else DONE)


def _lines(worked: "Worked") -> Iterator[str]:
    """A step a line, and under it why something was put aside."""
    from casemill.gate.safe import one_line

    width = max((len(step.name) for step in worked.steps), default=0) + 2
    for step in worked.steps:
        told = click.style("failed: " + step.failed, fg="red") if step.failed else step.told
        yield f"{step.name:<{width}}{told}" + (f", {step.put_aside} put aside" if step.put_aside else "")
        yield from (f"  {one_line(reason)}" for reason in step.reasons)
