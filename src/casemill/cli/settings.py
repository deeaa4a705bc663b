"""`casemill settings`: every setting, its value, where it came from."""

import click

from casemill.cli.project import Project
from casemill.cli.show import json_option, report


@click.command()
@json_option
@click.pass_obj
def settings(project: Project, as_json: bool) -> None:
    """Show every setting and where its value came from; secrets are covered. With --json a value is a JSON value.

    Example: casemill settings --json
    """
    from casemill.settings import safe_value, show_value

    rows = [(row.name, show_value(row.name, row.value), row.source) for row in project.loaded.origins]
    name, value = (max(len(row[column]) for row in rows) for column in (0, 1))
    text = "\n".join(f"{row[0]:<{name}}  {row[1]:<{min(value, 44)}}  {row[2]}" for row in rows)
    plain = [
        {"name": row.name, "value": safe_value(row.name, row.value), "source": row.source}
        for row in project.loaded.origins
    ]
    report(plain, text, as_json=as_json)
