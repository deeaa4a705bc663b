"""`casemill run`: the suite put to the AI under test."""

from typing import TYPE_CHECKING, Any

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report

if TYPE_CHECKING:
    from casemill.run import Ran


@click.command()
@click.option("--target", metavar="NAME", help="The AI under test, as named in casemill.toml.")
@click.option("--release", metavar="N|latest|working", help="Default: the latest; without one, the working suite.")
@click.option("--only", "ids", multiple=True, metavar="CASE", help="Only this case, or a pattern like 'wrong-fact-*'.")
@click.option("--mode", "modes", multiple=True, metavar="MODE", help="Only cases of this failure mode.")
@click.option("--concurrency", type=click.IntRange(1, 1000), help="Calls at once.")
@click.option("--trials", type=click.IntRange(1, 100), help="How often each case is put.")
@click.option("--resume", type=click.Path(dir_okay=False), metavar="FILE", help="Continue an interrupted run.")
@click.option("--out", type=click.Path(dir_okay=False), metavar="FILE", help="Default: a new file in .casemill/runs/.")
@json_option
@click.pass_context
def run(ctx: click.Context, /, *, as_json: bool, **asked: Any) -> None:
    """Put the suite to the AI under test and write what it answered, case by case.

    Needs the suite's files and a target, no database. Exits with 0 when the run is done, whatever passed: the gate
    judges. Exits with 3 when every case ended in an error. Ctrl-C keeps what was done.

    Example: casemill run --target bot --trials 3
    """
    import os

    from casemill.run import Order, Place, run_order

    project: Project = ctx.obj
    place = Place(project.root, project.settings, os.environ)
    with progress("Running", as_json=as_json) as bar:
        ran = run_order(Order(**asked), place, now=utc_now(), progress=bar)
    report(ran, _told(ran), as_json=as_json)
    ctx.exit(ran.exit_code)


def _told(ran: "Ran") -> str:
    summary = (
        f"Ran {counted(ran.cases, 'case')} on {ran.target} in {ran.seconds:.1f} s: {ran.passed:,} passed, "
        f"{ran.failed:,} failed, {ran.flaky:,} flaky, {counted(ran.errors, 'error')}."
    )
    reasons = [f"  {counted(count, 'error')}: {reason}" for reason, count in list(ran.errors_by.items())[:3]]
    told = [f"  {line}" for line in ran.told]
    return "\n".join([summary, f"  {ran.file}", *reasons, *told, f"Next: casemill gate {ran.file}"])
