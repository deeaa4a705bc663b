"""`casemill erase`: a ticket, or all tickets of a person, out of vault, desk, suite and files, with a certificate."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import MOST_NAMED, counted, json_option, print_json, progress
from casemill.errors import DONE, INTERRUPTED, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.anonymize.erase import Places
    from casemill.domain.erasure import Certificate, Erased

WIDTH = 100
_HOW = "casemill erase zendesk:48213 --reason TEXT"
_KEEPS = {
    "nothing": "the cases move to the archive without what was said; of the ticket its id stays",
    "cases": "the masked cases stay, without their lineage; of the ticket its id stays",
    "tickets": "the masked ticket and its cases stay, without person and lineage",
}


@click.command()
@click.argument("tickets", nargs=-1, metavar="[TICKET]...")
@click.option("--person", metavar="WHO", help="All tickets that name this person: a full name, a mail or a phone.")
@click.option("--reason", metavar="TEXT", help="Why, at least 10 characters; kept with your name, sealed.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the certificate to this file, too.")
@json_option
@click.pass_context
def erase(
    ctx: click.Context, /, *, tickets: tuple[str, ...], person: str | None, reason: str | None, **how: object
) -> None:
    """Erase tickets everywhere: payloads, mapping, traces, what is unmasked anywhere, the way back from their cases.

    You need the vault's key and the vault role ([people] vault in casemill.toml). It cannot be undone, and the tickets
    are not taken in again. What stays of them masked is said by [anonymize] erase_keeps. The certificate tells what was
    erased and what others still hold.

    A run that was killed is finished by the next one. Exit 4 when something is left to a person.

    Example: casemill erase zendesk:48213 --reason "Asked for erasure on 20 November, request 17"

    Example: casemill erase --person "Anna Karimova" --reason "Erasure request 17" --yes --out erased-17.txt
    """
    project: Project = ctx.obj
    as_json, out = bool(how["as_json"]), how["out"]
    if reason is None or bool(tickets) == (person is not None):
        raise UsageError("one ticket or more, or --person, and --reason are needed", hint=_HOW)
    order_of = _keys(project, tickets, person=person, reason=reason, as_json=as_json)
    certificate = _erased(project, order_of, reason=reason, yes=bool(how["yes"]), as_json=as_json)
    text = certificate_text(certificate)
    if isinstance(out, Path):
        _write(out, _line(certificate) if as_json else f"{text}\n")
    if as_json:
        print_json(certificate)
    else:
        click.echo(text)
    ctx.exit(PUT_ASIDE if certificate.left or not certificate.whole else DONE)


def _places(project: Project) -> "Places":
    from casemill.anonymize import Ground, Places

    return Places(project.vault, project.desk, Ground(project.settings, project.suite, project.state))


def _keys(
    project: Project, tickets: tuple[str, ...], *, person: str | None, reason: str, as_json: bool
) -> tuple[str, ...]:
    from casemill.anonymize import tickets_of_person
    from casemill.anonymize.restore import need_role

    need_role(project.me, reason, allowed=project.settings.people.vault)
    if person is None:
        return tickets
    with progress("searching", as_json=as_json) as bar:
        found = tickets_of_person(project.vault, person, settings=project.settings, progress=bar)
    unfinished = tuple(one.erased.ticket for one in project.vault.erasures("due", "emptied"))
    if not (found or unfinished):
        raise UsageError(
            "no ticket in the vault names this person", hint="try the mail and the phone, too: each is searched alone"
        )
    return (*found, *unfinished)


def _erased(project: Project, tickets: tuple[str, ...], *, reason: str, yes: bool, as_json: bool) -> "Certificate":
    from casemill.anonymize import Order, erase_tickets, look_at

    places, now = _places(project), utc_now()
    order = Order(tickets, project.me, reason)
    if not yes:
        _ask(look_at(places, order, now=now), as_json=as_json)
    with progress("erasing", as_json=as_json) as bar:
        return erase_tickets(places, order, now=now, progress=bar)


def _ask(seen: "tuple[Erased, ...]", *, as_json: bool) -> None:
    """Shows what would be gone, and goes on only after a yes."""
    if as_json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("erasing cannot be undone, and nobody can be asked here", hint="say --yes")
    click.echo(f"To be erased: {counted(len(seen), 'ticket')}; {_KEEPS[seen[0].keeps]}.")
    click.echo("\n".join(_few([_told(one) for one in seen])))
    if not click.confirm("Erase? It cannot be undone"):
        click.echo("Nothing was erased.")
        raise click.exceptions.Exit(INTERRUPTED)


def _told(one: "Erased") -> str:
    told = [counted(one.versions, "payload"), f"{one.people:,} people and numbers", counted(one.rows, "desk row")]
    if one.spans:
        told.append(counted(one.spans, "span"))
    if one.cases:
        told.append(counted(len(one.cases), "case"))
    return f"{one.ticket}: {', '.join(told)}"


def _few(lines: list[str]) -> list[str]:
    from casemill.review.screen import safe

    more = [f"  … and {len(lines) - MOST_NAMED:,} more"] if len(lines) > MOST_NAMED else []
    return [*(f"  {safe(line)}" for line in lines[:MOST_NAMED]), *more]


def certificate_text(done: "Certificate") -> str:
    """The certificate as a person reads and files it: every ticket and every place, nothing left out."""
    from casemill.review.screen import safe

    lines = ["Certificate of erasure", ""]
    for one in done.tickets:
        lines += [
            _told(one),
            f"    erased {one.at:%Y-%m-%d %H:%M} UTC by {one.by}: {one.why}",
            f"    {counted(one.values, 'form')} of names and numbers, {counted(one.known, 'digest')} forgotten",
            f"    {_KEEPS[one.keeps]}",
        ]
    lines += _part("Case files to pull (casemill suite pull)", done.changes)
    lines += _part("Files rewritten or deleted", done.files)
    lines += _part("Left to you", done.left)
    lines += _part("Still held elsewhere", done.still)
    if not done.whole:
        lines += [
            "",
            "The databases' files still hold old pages: somebody reads them now. Run this again later.",
        ]
    lines += ["", f"The tickets are not taken in again. Audit: casemill restore --audit, seal {done.seal[:16]}"]
    return "\n".join(safe(line) for line in lines)


def _part(title: str, lines: tuple[str, ...]) -> list[str]:
    from textwrap import wrap

    wrapped = (
        part
        for line in lines
        for part in wrap(line, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
    )
    return ["", f"{title}:", *wrapped] if lines else []


def _line(certificate: "Certificate") -> bytes:
    import msgspec

    return msgspec.json.encode(certificate) + b"\n"


def _write(out: Path, content: str | bytes) -> None:
    from casemill.disk import write_whole

    write_whole(out, content)
