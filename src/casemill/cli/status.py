"""`casemill status`: what waits where, and the one thing to do next."""

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import json_option, report


@click.command()
@json_option
@click.pass_obj
def status(project: Project, *, as_json: bool) -> None:
    """Tell what waits where, from the vault to the gate, and end with the one thing to do next.

    Example: casemill status --json
    """
    from casemill.gate.safe import one_line
    from casemill.worker import look_around

    seen = look_around(project.hands, now=utc_now())
    rows = [f"{row.place:<8}{row.count:>7,}  {row.what:<44}{row.waits_for}".rstrip() for row in seen.rows]
    named = [f"stuck in the {one.place}: {one.ticket} (version {one.version}): {one.reason}" for one in seen.stuck]
    named += [f"{told.danger}: {told.ticket} (version {told.version})" for told in seen.notices]
    rows += [f"  {one_line(line)}" for line in named]
    command = f": {click.style(seen.command, bold=True)}" if seen.command else ""
    report(seen, "\n".join([*rows, f"Next: {seen.next}{command}"]), as_json=as_json)
