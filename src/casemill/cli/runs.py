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
@click.option("--desk", "on_desk", is_flag=True, help="The desk's history instead: what was pushed and imported.")
@json_option
@click.pass_obj
def list_files(project: Project, *, on_desk: bool, as_json: bool) -> None:
    """List the run files of this project, newest first.

    Example: casemill runs list --json
    """
    from casemill.run import list_runs

    if on_desk:
        _list_desk(project, as_json=as_json)
        return

    listed = list_runs(project.state / "runs")
    width = max((len(row.file) for row in listed), default=0)
    lines = [f"{row.file:<{width}}  {row.told}" for row in listed]
    report(listed, "\n".join(lines) or "No run yet. Make one: casemill run", as_json=as_json)


def _list_desk(project: Project, *, as_json: bool) -> None:
    from casemill.sync import runs_on_desk

    listed = runs_on_desk(project.desk)
    width = max((len(row.run) for row in listed), default=0)
    lines = [
        f"{row.run:<{width}}  {row.started_at:%Y-%m-%d %H:%M}  {row.target} on "
        f"{f'release {row.release}' if row.release else 'working suite'}: "
        + (", ".join(f"{count:,} {result}" for result, count in row.results.items()) or "no verdict")
        for row in listed
    ]
    report(listed, "\n".join(lines) or "No run is on the desk. Bring one: casemill runs import FILE", as_json=as_json)


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


@runs.command("push")
@click.argument("run_file", default="latest", metavar="[RUN_FILE|latest]")
@click.option("--url", metavar="URL", help="Where the desk listens (casemill serve). Default: [desk] url.")
@json_option
@click.pass_obj
def push(project: Project, *, run_file: str, url: str | None, as_json: bool) -> None:
    """Send a run file to a desk on another machine; needs no database here.

    The desk's token stands in the variable CASEMILL_RUNS_TOKEN ([serve] runs_variable), here and there. Sending a run
    twice changes nothing.

    Example: casemill runs push run.jsonl --url https://desk.company.com
    """
    import os

    from casemill.cli.suite_place import run_path, settings_here
    from casemill.errors import UsageError
    from casemill.run.push import push_run

    settings = settings_here(project)
    where, token = url or settings.desk.url, os.environ.get(settings.serve.runs_variable, "").strip()
    if not where:
        raise UsageError("no desk is named", hint="--url https://desk.company.com, or [desk] url in casemill.toml")
    if not token:
        raise UsageError(f"{settings.serve.runs_variable} is not set", hint="it holds the desk's token")
    pushed = push_run(run_path(project, run_file), where, token=token, allow=settings.outward.allow)
    done = "Brought" if pushed.new else "The desk has"
    report(pushed, f"{done} run {pushed.run}{' to ' + pushed.host if pushed.new else ' already'}.", as_json=as_json)
