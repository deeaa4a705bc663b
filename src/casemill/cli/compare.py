"""`casemill compare`: two runs side by side."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project
from casemill.cli.show import json_option, print_json
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.domain.run import Run
    from casemill.gate.baseline import Accepted
    from casemill.gate.rules import Rules


@click.command()
@click.argument("before", metavar="RUN|baseline")
@click.argument("after", default="latest", metavar="[RUN|latest]")
@click.option("--suite", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project.")
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write a page as well.")
@json_option
@click.pass_obj
def compare(project: Project, *, before: str, after: str, suite: Path | None, html: Path | None, as_json: bool) -> None:
    """Lay two runs side by side: has the pass rate fallen, and which verdicts changed.

    Compares the cases that both answered in the same content, graded by the same rubrics and other files: exact McNemar
    with one trial a case, a sign-flip test on the pass rates with more. Says what the smallest fall is that so many
    cases would show, and "not enough cases" rather than "no fall" where that is more than the policy's max_drop.
    `baseline` is the accepted run of the target.

    Example: casemill compare baseline latest --html compare.html
    """
    from casemill.cli.gate_place import uncollected
    from casemill.cli.suite_place import run_path
    from casemill.disk import write_whole
    from casemill.gate import lay_beside
    from casemill.gate.side_by_side_page import render as as_page
    from casemill.gate.side_by_side_text import render as as_text
    from casemill.run import read_run

    with uncollected():
        later = read_run(run_path(project, after))
        rules = _rules(project, suite)
        earlier = _accepted(rules, later) if before == "baseline" else read_run(run_path(project, before))
        both = lay_beside(earlier, later, cases=rules.cases, max_drop=rules.policy.max_drop)
    if html is not None:
        write_whole(html, as_page(both))
    if as_json:
        print_json(both)
    else:
        click.echo(as_text(both, colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ), nl=False)


def _rules(project: Project, suite: Path | None) -> "Rules":
    """The suite's, where there is one: two run files alone can be compared, too, without slices by label."""
    from casemill.cli.suite_place import project_root, suite_place
    from casemill.gate import Rules, read_rules

    if suite is None and (project_root(project) is None or not project.suite.is_dir()):
        return Rules()
    place = suite_place(project, suite)
    return read_rules(place.folder, cache=place.cache)


def _accepted(rules: "Rules", later: "Run") -> "Accepted":
    found = rules.baseline.get(later.head.target)
    if found is None:
        raise UsageError(f"{later.head.target} has no baseline", hint="make one: casemill baseline accept RUN")
    return found
