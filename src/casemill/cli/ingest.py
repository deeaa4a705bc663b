"""`casemill ingest`: tickets and incidents into the vault."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE

if TYPE_CHECKING:
    from casemill.ingest.pull import Ingested
    from casemill.ingest.traces import IngestedTraces

FORMS = ("zendesk", "jsonl", "csv", "parquet", "incident")
SHOWN = 5
# Commands that have a file of their own in cli/.
APART = {
    "check": "ingest_check",
    "traces": "ingest_traces",
    "langfuse": "ingest_traces",
    "singer": "ingest_pipe",
    "airbyte": "ingest_pipe",
}


class _Sources(click.Group):
    """`file`, `fields`, those with a file of their own, and one command for each helpdesk in the table of sources."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from casemill.ingest.helpdesks import helpdesks

        return [*super().list_commands(ctx), *APART, *helpdesks()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if (own := super().get_command(ctx, cmd_name)) is not None:
            return own
        if cmd_name in APART:
            found: click.Command = getattr(import_module(f"casemill.cli.{APART[cmd_name]}"), cmd_name)
            return found
        from casemill.cli.ingest_helpdesk import command_of
        from casemill.ingest.helpdesks import helpdesks

        return command_of(cmd_name) if cmd_name in helpdesks() else None


@click.group(cls=_Sources)
def ingest() -> None:
    """Bring tickets and incidents into the vault.

    Example: casemill ingest file export/
    """


@ingest.command()
@click.argument("name")
@json_option
@click.pass_obj
def fields(project: Project, name: str, *, as_json: bool) -> None:
    """List the fields of the helpdesk NAME, and which of them the settings find.

    Example: casemill ingest fields zendesk
    """
    from casemill.cli.ingest_helpdesk import fields_text, to_fetch
    from casemill.ingest.walk import offered_fields

    settings = project.settings.ingest
    found = offered_fields(to_fetch(project, name), settings=settings, now=utc_now())
    report(found, fields_text(found, settings), as_json=as_json)


@ingest.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(FORMS), help="The form; guessed when not said.")
@click.option(
    "--source", help="The source's name in every ticket's key; files that number tickets by themselves need one each."
)
@json_option
@click.pass_context
def file(ctx: click.Context, path: Path, *, form: str | None, source: str | None, as_json: bool) -> None:
    """Take in PATH: a Zendesk export, JSON lines, CSV, Parquet, incidents in YAML or Markdown; a file or a folder.

    What cannot be read is named with file and line, and the rest goes on; then the exit code is 4.

    Example: casemill ingest file tickets.csv --source shop
    """
    from casemill.ingest.pull import Intake, ingest_file

    project: Project = ctx.obj
    intake = Intake(path=path, rejects=project.state / "rejects", form=form, source=source)
    with progress("ingesting", as_json=as_json) as bar:
        done = ingest_file(
            (project.vault, project.desk), intake, settings=project.settings.ingest, now=utc_now(), progress=bar
        )
    report(done, _text(done, guessed=form is None), as_json=as_json)
    ctx.exit(PUT_ASIDE if done.rejected else DONE)


def _text(done: "Ingested", *, guessed: bool) -> str:
    lines = [f"Read as {done.form} (say --as to read it as something else)."] if guessed else []
    if done.mapping:
        lines.append(f"Columns: {columns_text(done.mapping)}\n  (set others in casemill.toml: [ingest] columns)")
    lines += put_aside(done)
    macros = f", {counted(done.articles, 'macro')}" if done.articles else ""
    lines.append(
        f"Ingested {counted(done.seen, 'ticket')}: {done.new:,} new, {done.changed:,} changed, {done.same:,} the same, "
        f"{done.rejected:,} put aside{erased(done)} ({done.form}{macros})."
    )
    return "\n".join(lines)


def erased(done: "Ingested | IngestedTraces") -> str:
    """What was erased once and is not taken in again."""
    return f", {done.erased:,} erased once and left out" if done.erased else ""


def columns_text(mapping: Mapping[str, str]) -> str:
    """`id, text ← Вопрос`."""
    return ", ".join(field if field == column else f"{field} ← {column}" for field, column in mapping.items())


def put_aside(done: "Ingested | IngestedTraces") -> list[str]:
    """The first few of what was put aside, and where the rest is named."""
    from casemill.ingest.rejects import read_rejects

    if not done.rejects_file:
        return []
    path = Path(done.rejects_file)
    shown = [
        f"  {reject.file}{f':{reject.line}' if reject.line else ''}: {reject.why}"
        for reject in read_rejects(path)[:SHOWN]
    ]
    more = [f"  … {done.rejected - SHOWN:,} more"] if done.rejected > SHOWN else []
    return ["Put aside:", *shown, *more, f"  all of them: {path}"]
