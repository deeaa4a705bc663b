"""`casemill runs`: the run files here, and the way to the desk."""

from pathlib import Path

import click

from casemill.cli.project import Project
from casemill.cli.show import json_option, report


@click.group()
def runs() -> None:
    """Run files: what was put to which target, and what came of it.

    Example: casemill runs list
    """


@runs.command("list")
@json_option
@click.pass_obj
def list_runs(project: Project, *, as_json: bool) -> None:
    """List the run files of this project, newest first.

    Example: casemill runs list --json
    """
    from casemill.run import list_runs

    listed = list_runs(project.state / "runs")
    lines = [
        f"{row.started_at[:16]}  {row.file}  {row.target}  {row.told}" if row.started_at else f"{row.file}  {row.told}"
        for row in listed
    ]
    report(listed, "\n".join(lines) or "No run yet. Make one: casemill run", as_json=as_json)


@runs.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@click.pass_obj
def import_file(project: Project, *, file: Path, as_json: bool) -> None:
    """Bring a run file, from CI for example, to the desk's history.

    Example: casemill runs import run.jsonl
    """
    from casemill.sync.runs import import_run

    imported = import_run(project.desk, file)
    done = "Brought" if imported.new else "Was there already:"
    report(imported, f"{done} run {imported.run} to the desk.", as_json=as_json)
