"""`casemill gate`: a run judged by the rules in the suite's files; and what people say to it."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import click

from casemill.cli.gate_comment import comment
from casemill.cli.gate_read import read
from casemill.cli.gate_sign import override, sign
from casemill.cli.pipe import reader_may_leave
from casemill.cli.show import json_option, print_json
from casemill.errors import UsageError

EXIT_CODES = {"open": 0, "shut": 1, "unjudged": 3}
FORMS = "text|markdown|junit|html|github|gitlab"


class GateGroup(click.Group):
    """A group that judges where no other of its commands is named: `casemill gate latest`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["judge", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[RUN_FILE|latest] [OPTIONS]")
        formatter.write_usage(ctx.command_path, "COMMAND [ARGS]...", prefix="       ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options of judging stand here too, since its name may be left out."""
        click.Command.format_options(self.commands["judge"], ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group(cls=GateGroup)
def gate() -> None:
    """Judge a run: open, shut or unjudged, and the way back from every red.

    Goes by policy.toml, overrides.toml, baseline.json, stability.json, the certificates of judges and the cases: files
    alone, no database, and nobody is called. Without RUN_FILE the newest run of the project. Exits with 0 when open,
    1 when shut, 3 when nobody can tell. A new policy judges an old run again at no cost.

    Example: casemill gate latest --report markdown=comment.md --report junit=gate.xml
    """


@gate.command()
@click.argument("run_file", default="latest", metavar="[RUN_FILE|latest]")
@click.option("--suite", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project.")
@click.option(
    "--report",
    "wanted",
    multiple=True,
    metavar="FORM[=FILE]",
    help=f"How to tell it: {FORMS}. To a file, or printed; may be given several times. Default: text.",
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Where the one report goes."
)
@json_option
@click.pass_context
def judge(
    ctx: click.Context, *, run_file: str, suite: Path | None, wanted: tuple[str, ...], out: Path | None, as_json: bool
) -> None:
    """Judge a run; the name of this command may be left out.

    Example: casemill gate run.jsonl --suite evals --report html=gate.html
    """
    from casemill.cli.gate_place import judged_run
    from casemill.disk import write_whole
    from casemill.gate import reports
    from casemill.gate.report.text import render as as_text

    asked = [_asked(each, out=out, alone=len(wanted) == 1) for each in wanted]
    if out is not None and len(wanted) != 1:
        raise UsageError("--out needs exactly one --report", hint="name a file for each: --report junit=gate.xml")
    renders = [(reports.get(each.form), each.path) for each in asked]
    judged = judged_run(ctx.obj, run_file, suite=suite)
    run, judgement = judged.run, judged.judgement
    for render, path in renders:
        if path is not None:
            write_whole(path, render(judgement, run))
    with reader_may_leave():
        printed = [each.form for each in asked if each.path is None]
        if as_json:
            print_json(judgement)
        for form in () if as_json else printed or ["text"]:
            # Ours needs no look at what other packages offer, which takes longer than judging.
            said = as_text(judgement, run, colour=_colour()) if form == "text" else reports.get(form)(judgement, run)
            click.echo(said, nl=False)
    ctx.exit(EXIT_CODES[judgement.state])


class _Asked(NamedTuple):
    """A report and the file it goes to; None: it is printed."""

    form: str
    path: Path | None


def _asked(given: str, *, out: Path | None, alone: bool) -> _Asked:
    form, named, file = given.partition("=")
    if named and not file:
        raise UsageError(f"--report {given} names no file", hint=f"--report {form}=gate.{form}")
    return _Asked(form, Path(file) if named else out if alone else None)


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


gate.add_command(comment)
gate.add_command(read)
gate.add_command(sign)
gate.add_command(override)
