"""`casemill init`: a project in this folder."""

from pathlib import Path

import click

from casemill.cli.project import Project
from casemill.cli.show import json_option, report


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@json_option
def init(folder: Path, *, as_json: bool) -> None:
    """Lay out a project in FOLDER: casemill.toml, evals/ for Git, .casemill/ for everything private.

    What is there already is left as it is; run it twice and nothing changes.

    Example: casemill init my-project
    """
    from casemill.settings import load, write_starter
    from casemill.store import create_keys
    from casemill.suite import write_starter as write_suite

    folder.mkdir(parents=True, exist_ok=True)
    written = [path.name for path in write_starter(folder)]
    suite = load(folder).settings.suite.path
    written += [f"{suite}/{name}" for name in write_suite(folder / suite)]
    create_keys(folder)
    project = Project(folder)
    assert project.vault
    assert project.desk
    text = "\n".join(f"  {name}" for name in written) or "  nothing: it was all there"
    next_step = "casemill ingest file PATH" + (f"   (in {folder})" if str(folder) != "." else "")
    report(
        {"folder": str(folder), "written": written, "next": next_step},
        f"Project in {folder.absolute()}; written:\n{text}\n"
        f"The vault's key is in .casemill/vault.key: back it up apart from the database, never in Git.\n"
        f"Next: {next_step}",
        as_json=as_json,
    )
