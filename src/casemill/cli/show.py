"""How commands print: one summary line, JSON on request, a bar on a terminal, colour only there; what they all ask."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from casemill.domain.progress import SILENT, Progress
from casemill.domain.wording import counted as counted
from casemill.errors import DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.cli.project import Project

Command = TypeVar("Command", bound=Callable[..., Any])
MOST_NAMED = 20
_WITH_A_FILE = "a bad line is named by file and line; write it to a file first, as decisions.jsonl"


def json_option(command: Command) -> Command:
    """`--json`: the report as one JSON object on standard output, nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")(command)


def from_option(told: str) -> Callable[[Command], Command]:
    """`--from FILE`: what would be said at the terminal, from a file."""
    kind = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
    return click.option("--from", "source", type=kind, callback=_no_dash, help=told)


def _no_dash(_: click.Context, __: click.Parameter, given: Path | None) -> Path | None:
    if given == Path("-"):
        raise UsageError("--from needs a file: what is decided is not read from standard input", hint=_WITH_A_FILE)
    return given


def need_terminal(command: str, *, recorded: str, as_json: bool) -> None:
    """A UsageError where nobody can press a key; the `recorded` (`decisions`) may then come from a file."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = f"or {recorded} from a file: casemill {command} --from {recorded}.jsonl"
        raise UsageError(f"casemill {command} needs a terminal", hint=hint)
    if as_json:
        raise UsageError(f"--json reports on recorded {recorded}", hint=f"casemill {command} --from FILE --json")


def decider(project: "Project") -> str | None:
    """Who decided where a record does not say; a record without a name is then a bad line, not a bad file."""
    try:
        return project.me
    except UsageError:
        return None


def print_json(value: Any) -> None:
    """One JSON document, indented, keys in the order of the word's fields."""
    import msgspec
    import orjson

    plain = msgspec.to_builtins(value)
    click.echo(orjson.dumps(plain, option=orjson.OPT_INDENT_2).decode())


def report(value: Any, text: str, *, as_json: bool) -> None:
    """The same report for a program or for a person."""
    if as_json:
        print_json(value)
    else:
        click.echo(text)


def report_recorded(value: dict[str, Any], text: str, *, as_json: bool) -> int:
    """The report on a file of decisions, the first of its `put_aside` named on standard error; the exit code."""
    aside = value["put_aside"]
    for problem in aside[:MOST_NAMED]:
        click.echo(problem, err=True)
    if len(aside) > MOST_NAMED:
        click.echo(f"… and {len(aside) - MOST_NAMED:,} more; --json names them all", err=True)
    report(value, text, as_json=as_json)
    return PUT_ASIDE if aside else DONE


def summary(first: str, *more: tuple[int, str]) -> str:
    """`Recorded 2 decisions, 1 already there.`: the first part always, of the others those that count something."""
    return ", ".join([first, *(f"{n:,} {what}" for n, what in more if n)]) + "."


class _Bar:
    """A progress bar on standard error; drawn at most ten times a second."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.bar: Any = None

    def start(self, total: int | None) -> None:
        self.close()
        self.bar = click.progressbar(
            length=total or 0, label=self.label, file=sys.stderr, update_min_steps=max(1, (total or 0) // 200)
        )
        self.bar.__enter__()

    def step(self, done: int = 1) -> None:
        if self.bar is not None:
            self.bar.update(done)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None


@contextmanager
def progress(label: str, *, as_json: bool = False) -> Iterator[Progress]:
    """A bar while something long runs; silent when standard error is not a terminal."""
    if as_json or not sys.stderr.isatty():
        yield SILENT
        return
    bar = _Bar(label)
    try:
        yield bar
    finally:
        bar.close()
