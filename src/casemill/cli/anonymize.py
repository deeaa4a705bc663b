"""`casemill anonymize`: what waits in the vault is masked and laid on the desk."""

from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE

if TYPE_CHECKING:
    from casemill.anonymize import MaskedTickets


@click.command()
@json_option
@click.pass_context
def anonymize(ctx: click.Context, *, as_json: bool) -> None:
    """Mask what waits in the vault and put it on the desk; the mapping stays in the vault.

    What cannot be read is set aside with the reason, and the rest goes on; then the exit code is 4.

    Example: casemill anonymize && casemill triage
    """
    from casemill.anonymize import mask_waiting

    project: Project = ctx.obj
    with progress("masking", as_json=as_json) as bar:
        done = mask_waiting(project.vault, project.desk, settings=project.settings, now=utc_now(), progress=bar)
    report(done, _told(done), as_json=as_json)
    ctx.exit(PUT_ASIDE if done.stuck else DONE)


def _told(done: "MaskedTickets") -> str:
    if not (done.masked or done.changed or done.same or done.stuck):
        return "Nothing waits to be masked."
    lines = []
    if done.stuck:
        more = [f"  … {done.stuck - len(done.reasons):,} more"] if done.stuck > len(done.reasons) else []
        lines = ["Stuck:", *(f"  {reason}" for reason in done.reasons), *more]
    told = f"Masked {counted(done.masked, 'ticket')}: {done.changed:,} changed, {done.same:,} the same"
    return "\n".join([*lines, f"{told}, {done.stuck:,} stuck."])
