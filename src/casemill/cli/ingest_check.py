"""`casemill ingest check`: how a file or a pipe would be read."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, report
from casemill.errors import DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.ingest.check import CheckedTicket, Look

FILES = ("zendesk", "jsonl", "csv", "parquet", "incident")
PIPES = ("singer", "airbyte")
SHOWN_WORDS = 60


@click.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--as", "form", type=click.Choice([*FILES, *PIPES]), help="The form; of a file guessed when not said.")
@click.option("--map", "mapping", type=click.Path(path_type=Path), help="TOML for singer and airbyte.")
@json_option
@click.pass_context
def check(ctx: click.Context, path: Path, *, form: str | None, mapping: Path | None, as_json: bool) -> None:
    """Show how the first ten tickets of PATH would be read, and write nothing.

    PATH is a file or a folder, or - for the messages of singer and airbyte on standard input. Customers' words are
    shown on a terminal only. Exit 4 when something would be put aside.

    Example: casemill ingest check tickets.csv
    """
    look = _look(ctx.obj, path, form=form, mapping=mapping)
    words = look.words if sys.stdout.isatty() else ()
    report(look.checked, _text(look, words), as_json=as_json)
    ctx.exit(PUT_ASIDE if look.checked.aside or any(one.wrong for one in look.checked.tickets) else DONE)


def _look(project: Project, path: Path, *, form: str | None, mapping: Path | None) -> "Look":
    from casemill.ingest.check import check_file, check_pipe

    settings = project.settings.ingest
    if form not in PIPES:
        if path == Path("-"):
            raise UsageError("standard input is read as messages alone", hint="--as singer or --as airbyte, and --map")
        return check_file(path, form, settings=settings, now=utc_now())
    if mapping is None:
        raise UsageError(f"--as {form} needs --map FILE", hint="docs/howto/connectors.md shows one")
    from casemill.ingest.hearing import Pipe
    from casemill.ingest.stream_map import read_map

    if path == Path("-"):
        return check_pipe(Pipe(form, sys.stdin.buffer, read_map(mapping)), settings=settings, now=utc_now())
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    with path.open("rb") as lines:
        return check_pipe(Pipe(form, lines, read_map(mapping)), settings=settings, now=utc_now())


def _text(look: "Look", words: tuple[str, ...]) -> str:
    checked = look.checked

    from casemill.cli.ingest import columns_text

    lines = [f"Read as {checked.form}."]
    if checked.columns:
        lines.append(f"Columns: {columns_text(checked.columns)}")
    for place, ticket in enumerate(checked.tickets):
        lines += _lines_of(ticket, words[place] if words else "")
    if checked.put_aside:
        lines.append("Would be put aside:")
        lines += [f"  {one.file}{f':{one.line}' if one.line else ''}: {one.why}" for one in checked.put_aside]
        more = checked.aside - len(checked.put_aside)
        lines += [f"  … {more:,} more of what was looked at"] if more else []
    if checked.passed_over:
        named = ", ".join(f"{stream} ({count:,})" for stream, count in sorted(checked.passed_over.items()))
        lines.append(f"Passed over, since the map does not name them: {named}.")
    lines.append(f"Looked at {counted(len(checked.tickets), 'ticket')}; nothing was written.")
    return "\n".join(lines)


def _lines_of(ticket: "CheckedTicket", words: str) -> list[str]:
    from casemill.ingest.encoding import clean

    id = clean(ticket.id)
    if ticket.wrong:
        return [f"{id}: cannot be read: {ticket.wrong}"]
    turns = ", ".join(f"{role} {count}" for role, count in ticket.turns.items()) or "no turns"
    lines = [f"{id}: {turns}; {counted(ticket.people, 'person', many='people')} named"]
    if words:
        plain = " ".join(words.split())
        lines.append(f"  “{plain[:SHOWN_WORDS]}{'…' if len(plain) > SHOWN_WORDS else ''}”")
    lines += [f"  found: {', '.join(ticket.fields)}"] if ticket.fields else []
    lines += [f"  missing: {', '.join(ticket.missing)}"] if ticket.missing else []
    return lines
