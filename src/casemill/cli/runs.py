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
def list_files(project: Project, *, as_json: bool) -> None:
    """List the run files of this project, newest first.

    Example: casemill runs list --json
    """
    from casemill.run import list_runs

    listed = list_runs(project.state / "runs")
    width = max((len(row.file) for row in listed), default=0)
    lines = [f"{row.file:<{width}}  {row.told}" for row in listed]
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
    id = imported.run.head.id
    text = f"Brought run {id} to the desk." if imported.new else f"Run {id} is on the desk already."
    report({"run": id, "new": imported.new}, text, as_json=as_json)
