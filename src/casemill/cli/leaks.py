"""`casemill leaks`: a second look at everything that left the vault, and what people found in the sample they read."""

from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import MOST_NAMED, counted, json_option, progress, report
from casemill.errors import DONE, SHUT

if TYPE_CHECKING:
    from casemill.anonymize import Leaks
    from casemill.review import Sample
    from casemill.review.leaks_report import LeakReport

HOW = {
    "pattern": "by its form",
    "payload": "a person of this ticket",
    "mapping": "masked elsewhere in this ticket",
    "digest": "a known value of some ticket",
}


@click.command()
@click.option("--no-sample", is_flag=True, help="Only look; ask nobody to read tickets and report no rates.")
@json_option
@click.pass_context
def leaks(ctx: click.Context, *, no_sample: bool, as_json: bool) -> None:
    """Look for anything personal in what left the vault: desk, suite, run files, caches, logs. Needs the vault's key.

    A second pass that shares no pattern with masking: values by their form, the people each payload names, and every
    value that was ever masked, looked up by keyed digest. A finding says where and what kind, never the value.

    Then tickets are drawn for people to read before the next release (casemill review --leaks), and the rates of what
    they found are told, with intervals. Exit 1 on a finding, on tickets still to be read, on marks nobody masked yet.

    Example: casemill leaks --no-sample
    """
    from casemill.anonymize import Ground, find_leaks

    project: Project = ctx.obj
    ground = Ground(project.settings, project.suite, project.state)
    with progress("looking for leaks", as_json=as_json) as bar:
        found = find_leaks(project.vault, project.desk, ground=ground, progress=bar)
    drawn = None if no_sample else _sample(project)
    report(_reported(found, drawn), "\n".join(_lines(found, drawn)), as_json=as_json)
    ctx.exit(SHUT if found.found or (drawn and (drawn[0].open or drawn[0].marks)) else DONE)


def _sample(project: Project) -> "tuple[Sample, LeakReport]":
    from casemill.review import draw_sample, leak_report

    told = project.settings.anonymize
    share, least = told.sample_share, told.sample_least
    sample = draw_sample(project.desk, project.suite, now=utc_now(), share=share, least=least)
    return sample, leak_report(project.desk)


def _reported(found: "Leaks", drawn: "tuple[Sample, LeakReport] | None") -> dict[str, object]:
    import msgspec

    told: dict[str, object] = msgspec.to_builtins(found)
    return told | ({"sample": msgspec.to_builtins(drawn[0]), "report": msgspec.to_builtins(drawn[1])} if drawn else {})


def _lines(found: "Leaks", drawn: "tuple[Sample, LeakReport] | None") -> list[str]:
    from casemill.review.screen import safe

    lines = [f"{safe(leak.where)}: {leak.type}, {HOW.get(leak.how, leak.how)}" for leak in found.found[:MOST_NAMED]]
    if len(found.found) > MOST_NAMED:
        lines.append(f"… and {len(found.found) - MOST_NAMED:,} more; --json names them all")
    if lines:
        lines.append("  in a desk row: casemill anonymize --again TICKET; in a file: mend the file named")
    read = f"{counted(found.rows, 'row')} and {counted(found.files, 'file')}"
    lines.append(f"{counted(len(found.found), 'finding') if found.found else 'Nothing'} in {read}.")
    if found.replied:
        looks = counted(len(found.replied), "text looks", many="texts look")
        lines.append(f"{looks} personal in replies of the AI under test, which was given nothing real; not counted.")
    if found.doubtful:
        hold = counted(len(found.doubtful), "text holds", many="texts hold")
        lines.append(f"{hold} common words that were masked as a name elsewhere; not counted, --json names them.")
    return [*lines, "", *_of_sample(*drawn)] if drawn else lines


def _of_sample(sample: "Sample", rates: "LeakReport") -> list[str]:
    lines = [sample.told, *rates.lines]
    if sample.open:
        lines.append(f"{counted(sample.open, 'ticket')} still to be read: casemill review --leaks")
    if sample.marks:
        lines.append(f"{counted(sample.marks, 'mark')} not masked yet: casemill anonymize")
    return lines
