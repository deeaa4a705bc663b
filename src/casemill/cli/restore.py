"""`casemill restore`: one masked name shown to one person with a reason, and the list of all who did that."""

from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, print_json, report
from casemill.errors import DONE, SHUT, UsageError

if TYPE_CHECKING:
    from casemill.store.restores import Audit

_HOW = "casemill restore zendesk:48213 '[NAME_1]' --reason TEXT"


@click.command()
@click.argument("ticket", required=False)
@click.argument("placeholder", required=False)
@click.option("--reason", metavar="TEXT", help="Why you need it, at least 10 characters; kept with your name, sealed.")
@click.option("--audit", is_flag=True, help="List who had what shown and why, without the values; check the list.")
@json_option
@click.pass_context
def restore(
    ctx: click.Context, *, ticket: str | None, placeholder: str | None, reason: str | None, audit: bool, as_json: bool
) -> None:
    """Show what a placeholder of a ticket stands for, on standard output and nowhere else.

    You need the vault's key and the vault role ([people] vault in casemill.toml). Each time a line is written down in
    the vault: who, when, which placeholder, why. Without the line there is no name.

    With --audit: exit 1 when a line was altered, taken out or put in.

    Example: casemill restore zendesk:48213 '[NAME_1]' --reason "Refund 5512 must go to the account holder"

    Example: casemill restore --audit
    """
    project: Project = ctx.obj
    if audit:
        if ticket or placeholder or reason:
            raise UsageError("--audit lists everything and takes no ticket", hint="casemill restore --audit")
        ctx.exit(_audit(project, as_json=as_json))
    if ticket is None or placeholder is None or reason is None:
        missing = "a ticket and a placeholder are" if placeholder is None else "--reason is"
        raise UsageError(f"{missing} needed", hint=_HOW)
    value = _restored(project, (ticket, placeholder), reason=reason)
    if as_json:
        print_json({"ticket": ticket, "placeholder": placeholder, "value": value})
    else:
        from casemill.review.screen import safe

        click.echo(safe(value))


def _restored(project: Project, what: tuple[str, str], *, reason: str) -> str:
    from casemill.anonymize import Wanted, restore_value

    wanted = Wanted(ticket=what[0], placeholder=what[1], by=project.me, why=reason)
    return restore_value(project.vault, wanted, allowed=project.settings.people.vault, now=utc_now())


def _audit(project: Project, *, as_json: bool) -> int:
    audit = project.vault.audit()
    report(audit, "\n".join(_lines(audit)), as_json=as_json)
    return SHUT if audit.broken else DONE


def _lines(audit: "Audit") -> list[str]:
    from casemill.review.screen import safe

    lines = [
        f"{line.number:>4}  {line.at:%Y-%m-%d %H:%M} UTC  {safe(line.by)}  {safe(line.ticket)} {line.placeholder}\n"
        f"      {safe(line.reason)}"
        for line in audit.lines
    ]
    if audit.broken:
        return [*lines, f"The list was altered: {audit.broken}."]
    if not lines:
        return ["Nobody had a name shown or a ticket erased yet."]
    whole = f"{_shown(audit)}; the list is whole. Its seal, to be noted elsewhere: {audit.seal[:16]}"
    return [*lines, f"{whole}."]


def _shown(audit: "Audit") -> str:
    erased = sum(line.placeholder == "erased" for line in audit.lines)
    told = f"{counted(len(audit.lines) - erased, 'name')} shown"
    return f"{told}, {counted(erased, 'ticket')} erased" if erased else told
