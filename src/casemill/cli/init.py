"""`casemill init`: a project in this folder."""

from pathlib import Path

import click

from casemill.cli.project import Project
from casemill.cli.show import json_option, report
from casemill.errors import UsageError


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@json_option
@click.pass_obj
def init(project: Project, folder: Path | None, *, as_json: bool) -> None:
    """Lay out a project in FOLDER: casemill.toml, evals/ for Git, .casemill/ for everything private.

    Without FOLDER in that of `casemill --project`, else here. What is there already is left as it is; run it twice and
    nothing changes.

    Example: casemill init my-project
    """
    from casemill.settings import load, write_starter
    from casemill.store import create_keys
    from casemill.suite import write_starter as write_suite

    folder = _folder(project.given, folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = [path.name for path in write_starter(folder)]
    suite = load(folder).settings.suite.path
    written += [f"{suite}/{name}" for name in write_suite(folder / suite)]
    create_keys(folder)
    made = Project(folder)
    assert made.vault
    assert made.desk
    text = "\n".join(f"  {name}" for name in written) or "  nothing: it was all there"
    next_step = "casemill ingest file PATH" + (f"   (in {folder})" if str(folder) != "." else "")
    report(
        {"folder": str(folder), "written": written, "next": next_step},
        f"Project in {folder.absolute()}; written:\n{text}\n"
        f"The vault's key is in .casemill/vault.key: back it up apart from the database, never in Git.\n"
        f"Next: {next_step}",
        as_json=as_json,
    )


def _folder(project: Path | None, folder: Path | None) -> Path:
    if project is not None and folder is not None:
        raise UsageError("--project and FOLDER both say where", hint="casemill init FOLDER")
    return folder or project or Path()
