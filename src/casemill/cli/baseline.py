"""`casemill baseline`: what later runs are compared with."""

from pathlib import Path

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, report


@click.group()
def baseline() -> None:
    """What later runs are compared with.

    Example: casemill baseline accept latest
    """


@baseline.command()
@click.argument("run_file", default="latest", metavar="[RUN_FILE|latest]")
@click.option("--suite", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project.")
@json_option
@click.pass_obj
def accept(project: Project, *, run_file: str, suite: Path | None, as_json: bool) -> None:
    """Accept a whole run as the baseline of its target; writes baseline.json and stability.json.

    It does not open the gate: it says what was so before. Accepting a run twice changes nothing.

    Example: casemill baseline accept .casemill/runs/42.jsonl
    """
    from casemill.cli.suite_place import run_path, suite_place
    from casemill.gate import accept as accept_run
    from casemill.run import read_run

    place = suite_place(project, suite)
    run = read_run(run_path(project, run_file))
    done = accept_run(run, place.folder, now=utc_now())
    results = ", ".join(f"{count} {result}" for result, count in sorted(done.results.items()))
    text = (
        f"Run {done.run} is the baseline of {done.target}: {results}; "
        f"{counted(done.different, 'verdict differs', many='verdicts differ')} from the one before.\n  {done.path}"
    )
    report(done._asdict() | {"path": str(done.path)}, text, as_json=as_json)
