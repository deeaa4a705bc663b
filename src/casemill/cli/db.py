"""`casemill db`: the databases' schemas."""

import click

from casemill.cli.project import Project
from casemill.cli.show import json_option, report


@click.group()
def db() -> None:
    """Create or upgrade the vault's and the desk's databases.

    Every command does this by itself when it opens them; `db` is for looking first, or for doing it apart.

    Example: casemill db status
    """


@db.command()
@json_option
@click.pass_obj
def status(project: Project, *, as_json: bool) -> None:
    """Tell each database's place and schema version; changes nothing.

    Example: casemill db status --json
    """
    from casemill.store.schema import look

    seen = look(project.settings.store, root=project.root)
    text = "\n".join(f"{one.name:<7}{one.place:<44}{one.told}" for one in seen)
    report(seen, text, as_json=as_json)


@db.command()
@json_option
@click.pass_obj
def upgrade(project: Project, *, as_json: bool) -> None:
    """Bring both databases to the newest schema; at the newest already, nothing happens.

    Example: casemill db upgrade
    """
    from casemill.store.schema import look

    before = look(project.settings.store, root=project.root)
    assert project.vault
    assert project.desk
    after = look(project.settings.store, root=project.root)
    text = "\n".join(
        f"{new.name:<7}schema {old.version or 'none'} -> {new.version}"
        if old.version != new.version
        else f"{new.name:<7}schema {new.version}, nothing to do"
        for old, new in zip(before, after, strict=True)
    )
    report(after, text, as_json=as_json)
