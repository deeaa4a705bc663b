"""How commands print: one summary line, JSON on request, a bar on a terminal, colour only there."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from casemill.domain.progress import SILENT, Progress
from casemill.domain.wording import counted as counted

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """`--json`: the report as one JSON object on standard output, nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")(command)


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

