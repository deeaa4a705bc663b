"""`casemill gate`: a run judged by the rules in the suite's files."""

import os
import sys
from pathlib import Path

import click

from casemill.cli.pipe import reader_may_leave
from casemill.cli.project import Project, utc_now
from casemill.cli.show import json_option, print_json

EXIT_CODES = {"open": 0, "shut": 1, "unjudged": 3}


@click.command()
@click.argument("run_file", default="latest", metavar="[RUN_FILE|latest]")
@click.option("--suite", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project.")
@click.option("--report", "form", default="text", metavar="text|markdown|junit", help="How to tell it. Default: text.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the report here.")
@json_option
@click.pass_context
def gate(ctx: click.Context, *, run_file: str, suite: Path | None, form: str, out: Path | None, as_json: bool) -> None:
    """Judge a run: open, shut or unjudged, and the way back from every red.

    Goes by policy.toml, overrides.toml, baseline.json and the cases: files alone, no database. Without RUN_FILE the
    newest run of the project. Exits with 0 when open, 1 when shut, 3 when nobody can tell.

    Example: casemill gate latest --report markdown --out comment.md
    """
    from casemill.cli.suite_place import run_path, settings_here, suite_place
    from casemill.disk import write_whole
    from casemill.gate import judge_run, read_rules, reports
    from casemill.run import read_run

    project: Project = ctx.obj
    render = reports.get(form)
    place = suite_place(project, suite)
    run = read_run(run_path(project, run_file))
    rules = read_rules(place.folder, release=run.head.release, cache=place.cache)
    judgement = judge_run(run, rules, now=utc_now(), desk_url=settings_here(project).desk.url)
    if out is not None:
        write_whole(out, render(judgement, run))
    with reader_may_leave():
        if as_json:
            print_json(judgement)
        elif out is not None or form == "text":
            click.echo(reports.get("text")(judgement, run, colour=_colour()), nl=False)
        else:
            click.echo(render(judgement, run), nl=False)
    ctx.exit(EXIT_CODES[judgement.state])


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
