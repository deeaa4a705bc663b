"""`casemill anonymize`: what waits in the vault is masked and laid on the desk; what readers marked is masked, too."""

from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import MOST_NAMED, counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE

if TYPE_CHECKING:
    from casemill.anonymize import Marked, MaskedTickets
    from casemill.ingest.screen import ScreenedArrivals

AGAIN = "take the verdict back and read the ticket again: casemill review --leaks --ticket TICKET"


@click.command()
@click.option("--again", multiple=True, metavar="TICKET", help="Mask what people wrote about it, too; repeatable.")
@json_option
@click.pass_context
def anonymize(ctx: click.Context, *, again: tuple[str, ...], as_json: bool) -> None:
    """Mask what waits in the vault and put it on the desk; the mapping stays in the vault.

    First all of it is screened for distress, threats and legal demands; what is found comes with the ticket.

    Then what readers called personal (casemill review --leaks) is masked in every version of its ticket, in quotes,
    drafts and notes; case files get a Change (casemill suite pull), and copies in other files are named.

    --again TICKET masks its drafts, notes and case files by what is known of it: a name that a person wrote into a
    draft, and `casemill leaks` found.

    What cannot be read is set aside with the reason, and the rest goes on; then the exit code is 4.

    Example: casemill anonymize && casemill triage
    """
    import msgspec

    from casemill.anonymize import Again, Folders, mask_again, mask_marked, mask_waiting

    project: Project = ctx.obj
    looked = _screened(project, as_json=as_json)
    with progress("masking", as_json=as_json) as bar:
        done = mask_waiting(project.vault, project.desk, settings=project.settings, now=utc_now(), progress=bar)
    with progress("masking marks", as_json=as_json) as bar:
        folders = Folders(project.suite, project.state)
        marked = mask_marked(project.vault, project.desk, folders=folders, now=utc_now(), progress=bar)
    anew = [
        (key, mask_again(project.vault, project.desk, again=Again(key, project.settings, folders), now=utc_now()))
        for key in again
    ]
    reported = _reported(done, marked) | {"screening": msgspec.to_builtins(looked)}
    reported |= {"again": msgspec.to_builtins(dict(anew))} if anew else {}
    lines = [*_flagged(looked), _text(done, marked), *(_told_again(*one) for one in anew)]
    report(reported, "\n".join(lines), as_json=as_json)
    ctx.exit(PUT_ASIDE if done.stuck or marked.stale else DONE)


def _screened(project: Project, *, as_json: bool) -> "ScreenedArrivals":
    from casemill.ingest.screen import Watch, screen_waiting

    with progress("screening", as_json=as_json) as bar:
        watch = Watch(project.hands.name, utc_now())
        return screen_waiting(project.vault, settings=project.settings, watch=watch, progress=bar)


def _flagged(looked: "ScreenedArrivals") -> list[str]:
    if not looked.flagged:
        return []
    dangers = ", ".join(f"{count:,} {danger}" for danger, count in sorted(looked.dangers.items()))
    return [f"Screening flagged {counted(looked.flagged, 'ticket')} ({dangers}); a person reads them first."]


def _reported(done: "MaskedTickets", marked: "Marked") -> dict[str, object]:
    import msgspec

    told: dict[str, object] = msgspec.to_builtins(done)
    return told | {"marked": msgspec.to_builtins(marked)}


def _text(done: "MaskedTickets", marked: "Marked") -> str:
    lines = [*_told(done), *_told_marks(marked)]
    return "\n".join(lines) if lines else "Nothing waits to be masked."


def _told(done: "MaskedTickets") -> list[str]:
    if not (done.masked or done.changed or done.same or done.stuck):
        return []
    lines = []
    if done.stuck:
        more = [f"  … {done.stuck - len(done.reasons):,} more"] if done.stuck > len(done.reasons) else []
        lines = ["Stuck:", *(f"  {reason}" for reason in done.reasons), *more]
    told = f"Masked {counted(done.masked, 'ticket')}: {done.changed:,} changed, {done.same:,} the same"
    return [*lines, f"{told}, {done.stuck:,} stuck."]


def _told_marks(marked: "Marked") -> list[str]:
    """What readers marked, and what a person still has to see to."""
    lines = []
    if marked.marks:
        cases = f"; {counted(len(marked.cases), 'case file')} to pull: casemill suite pull" if marked.cases else ""
        lines.append(
            f"Masked {counted(marked.marks, 'mark')} of readers in {counted(marked.tickets, 'ticket')}{cases}."
        )
    if marked.keyed:
        files = counted(len(marked.keyed), "case file")
        lines.append(f"The digest of the payload in {files} is keyed now; to pull: casemill suite pull")
    if marked.files:
        lines += ["Copies that are left to you:", *_few(marked.files)]
    if marked.stale:
        lines += [
            "Marks whose text changed after they were set; nothing was masked:",
            *_few(marked.stale),
            f"  {AGAIN}",
        ]
    return lines


def _told_again(key: str, anew: "Marked") -> str:
    cases = f"; {counted(len(anew.cases), 'case file')} to pull: casemill suite pull" if anew.cases else ""
    copies = ["Copies that are left to you:", *_few(anew.files)] if anew.files else []
    return "\n".join([f"Masked {key} again in {counted(anew.rows, 'row')}{cases}.", *copies])


def _few(named: tuple[str, ...]) -> list[str]:
    more = [f"  … and {len(named) - MOST_NAMED:,} more"] if len(named) > MOST_NAMED else []
    return [*(f"  {one}" for one in named[:MOST_NAMED]), *more]
