"""`casemill`: a table of commands, each imported only when it is used."""

import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from casemill import __version__
from casemill.cli.pipe import give_up_output, open_closed, reader_may_leave
from casemill.errors import CANNOT_TELL, INTERRUPTED, CasemillError

COMMANDS = {
    "init": "casemill.cli.init:init",
    "demo": "casemill.cli.demo:demo",
    "ingest": "casemill.cli.ingest:ingest",
    "anonymize": "casemill.cli.anonymize:anonymize",
    "mask": "casemill.cli.mask:mask",
    "leaks": "casemill.cli.leaks:leaks",
    "restore": "casemill.cli.restore:restore",
    "erase": "casemill.cli.erase:erase",
    "triage": "casemill.cli.triage:triage",
    "review": "casemill.cli.review:review",
    "normalize": "casemill.cli.normalize:normalize",
    "admit": "casemill.cli.admit:admit",
    "suite": "casemill.cli.suite:suite",
    "run": "casemill.cli.run:run",
    "runs": "casemill.cli.runs:runs",
    "judge": "casemill.cli.judge:judge",
    "gate": "casemill.cli.gate:gate",
    "compare": "casemill.cli.compare:compare",
    "baseline": "casemill.cli.baseline:baseline",
    "work": "casemill.cli.work:work",
    "serve": "casemill.cli.serve:serve",
    "status": "casemill.cli.status:status",
    "settings": "casemill.cli.settings:settings",
    "db": "casemill.cli.db:db",
}
SUMMARIES = {
    "init": "Lay out a project in this folder.",
    "demo": "Run the whole road on a packaged shop.",
    "ingest": "Bring tickets and incidents into the vault.",
    "anonymize": "Mask what waits in the vault and put it on the desk.",
    "mask": "Mask a text: a filter that needs no project.",
    "leaks": "Look for anything personal in what left the vault.",
    "restore": "Show one name that was masked; it is written down.",
    "erase": "Erase a ticket or a person everywhere, with a certificate.",
    "triage": "Propose whose failure each ticket tells of.",
    "review": "Decide on tickets, one a screen.",
    "normalize": "Draft cases from decided tickets.",
    "admit": "Say yes or no to drafted cases.",
    "suite": "List, lint, freeze and pull the cases.",
    "run": "Put the suite to the AI under test.",
    "runs": "List run files, bring them to the desk.",
    "judge": "Models that grade replies: tried, calibrated, listed.",
    "gate": "Judge a run: open, shut or unjudged.",
    "compare": "Lay two runs side by side.",
    "baseline": "Accept a run as what to compare with.",
    "work": "Do every automatic step that is due.",
    "serve": "Receive webhooks and traces.",
    "status": "What waits where, and the one thing to do next.",
    "settings": "Every setting and where it came from.",
    "db": "Create or upgrade the databases.",
}


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, not to list it."""

    def list_commands(self, _: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        with reader_may_leave():
            return super().invoke(ctx)

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="casemill", message="%(prog)s %(version)s")
@click.option(
    "--project",
    type=click.Path(path_type=Path, file_okay=False),
    help="Project folder; default: the nearest one above that holds casemill.toml.",
)
@click.pass_context
def casemill(ctx: click.Context, project: Path | None) -> None:
    """Support tickets in, eval cases in your Git, a gate that opens or shuts out.

    Example: casemill init && casemill ingest file tickets.jsonl && casemill work && casemill status
    """
    from casemill.cli.project import Project

    ctx.obj = Project(project)


def _stop(*_: object) -> None:
    """End as on Ctrl-C, also where Ctrl-C itself is ignored, as for a job in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)


def main(argv: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code; an error is one message, never a traceback. SIGTERM is Ctrl-C."""
    open_closed()
    signal.signal(signal.SIGTERM, _stop)
    try:
        code: Any = casemill.main(args=list(argv) if argv is not None else None, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        code = 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; what was done is kept.", err=True)
        code = INTERRUPTED
    except CasemillError as error:
        click.echo(f"{click.style('error:', fg='red')} {error}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
        code = error.exit_code
    except OSError as error:
        where = error.filename or "the system refuses"
        click.echo(f"{click.style('error:', fg='red')} {where}: {error.strerror or type(error).__name__}", err=True)
        click.echo("  make room or give the right, then run again", err=True)
        give_up_output()
        code = CANNOT_TELL
    sys.exit(code if isinstance(code, int) else 0)
