"""`casemill ingest`: tickets and incidents into the vault."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE

if TYPE_CHECKING:
    from casemill.ingest.pull import Ingested

FORMS = ("zendesk", "jsonl", "csv", "incident")
SHOWN = 5


@click.group()
def ingest() -> None:
    """Bring tickets and incidents into the vault.

    Example: casemill ingest file export/
    """


@ingest.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--as", "form", type=click.Choice(FORMS), help="The form; guessed when not said.")
@click.option(
    "--source", help="The source's name in every ticket's key; files that number tickets by themselves need one each."
)
@json_option
@click.pass_context
def file(ctx: click.Context, path: Path, *, form: str | None, source: str | None, as_json: bool) -> None:
    """Take in PATH: a Zendesk export folder, JSON lines, CSV or incident YAML; plain or gzipped, a file or a folder.

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
        pairs = done.mapping.items()
        told = ", ".join(field if field == column else f"{field} ← {column}" for field, column in pairs)
        lines.append(f"Columns: {told}\n  (set others in casemill.toml: [ingest] columns)")
    if done.rejects_file:
        lines += _rejects(Path(done.rejects_file), done.rejected)
    macros = f", {counted(done.articles, 'macro')}" if done.articles else ""
    lines.append(
        f"Ingested {counted(done.seen, 'ticket')}: {done.new:,} new, {done.changed:,} changed, {done.same:,} the same, "
        f"{done.rejected:,} put aside ({done.form}{macros})."
    )
    return "\n".join(lines)


def _rejects(path: Path, count: int) -> list[str]:
    """The first few of what was put aside, and where the rest is named."""
    from casemill.ingest.rejects import read_rejects

    shown = [
        f"  {reject.file}{f':{reject.line}' if reject.line else ''}: {reject.why}"
        for reject in read_rejects(path)[:SHOWN]
    ]
    more = [f"  … {count - SHOWN:,} more"] if count > SHOWN else []
    return ["Put aside:", *shown, *more, f"  all of them: {path}"]
