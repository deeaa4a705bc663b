"""`casemill ingest singer` and `casemill ingest airbyte`: messages of other people's connectors, on standard input."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, print_json, progress
from casemill.errors import DONE, PUT_ASIDE

if TYPE_CHECKING:
    from casemill.ingest.hearing import Pipe
    from casemill.ingest.piped import IngestedPipe

_WHOSE = {"singer": "a Singer tap", "airbyte": "an Airbyte source connector"}
_EXAMPLE = {
    "singer": "tap-zendesk --config tap.json | casemill ingest singer --map tap.toml >> state.jsonl",
    "airbyte": "docker run … read … | casemill ingest airbyte --map connector.toml",
}


def pipe_command(dialect: str) -> click.Command:
    """The command of one dialect."""

    @click.command(dialect, help=_help(dialect), short_help=f"Bring what {_WHOSE[dialect]} writes on standard input.")
    @click.option(
        "--map", "mapping", type=click.Path(path_type=Path), required=True, help="TOML: which stream tells what."
    )
    @click.option("--source", metavar="NAME", help=f"The source's name; default: the map's, else {dialect}.")
    @click.option("--state", "only_state", is_flag=True, help="Print the STATE that is kept, and read nothing.")
    @json_option
    @click.pass_context
    def command(ctx: click.Context, /, *, mapping: Path, source: str | None, only_state: bool, as_json: bool) -> None:
        from casemill.ingest.hearing import Pipe
        from casemill.ingest.piped import kept_state
        from casemill.ingest.stream_map import read_map

        project: Project = ctx.obj
        pipe = Pipe(dialect, sys.stdin.buffer, read_map(mapping), source)
        if only_state:
            click.echo(kept_state(project.vault, pipe))
            return
        done = _ingest(project, pipe, as_json=as_json)
        if as_json:
            print_json(done)
        else:
            click.echo(_text(done), err=True)
        ctx.exit(PUT_ASIDE if done.rejected else DONE)

    return command


def _help(dialect: str) -> str:
    return f"""Bring the tickets that {_WHOSE[dialect]} writes on standard input.

    The file --map says which stream and column tells what of a ticket. Each STATE is kept in the same transaction as
    the records before it and then printed, as targets do; the summary goes to standard error. With --json the report
    is printed in their place, the state in it. What is wrong with a line is named; the rest goes on, and the exit code
    is 4.

    Example: {_EXAMPLE[dialect]}
    """


def _ingest(project: Project, pipe: "Pipe", *, as_json: bool) -> "IngestedPipe":
    from casemill.ingest.piped import Told, ingest_pipe

    told = Told(project.state / "rejects") if as_json else Told(project.state / "rejects", _print_state)
    with progress("ingesting", as_json=as_json) as bar:
        return ingest_pipe((project.vault, project.desk), pipe, told=told, now=utc_now(), progress=bar)


def _print_state(state: bytes) -> None:
    click.echo(state)


def _text(done: "IngestedPipe") -> str:
    from casemill.cli.ingest import erased, put_aside

    lines = put_aside(done)
    if done.passed_over:
        named = ", ".join(f"{stream} ({count:,})" for stream, count in sorted(done.passed_over.items()))
        lines.append(f"Passed over, since the map does not name them: {named}.")
    lines.append(
        f"Ingested {counted(done.seen, 'ticket')} from {done.source}: {done.new:,} new, {done.changed:,} changed, "
        f"{done.same:,} the same, {done.rejected:,} put aside{erased(done)} ({done.form})."
    )
    return "\n".join(lines)


singer = pipe_command("singer")
airbyte = pipe_command("airbyte")
