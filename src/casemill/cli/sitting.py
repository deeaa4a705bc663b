"""A person at the terminal: a question a page, a key an action. What a key means is decided in the rooms."""

import codecs
import os
import re
import select
import shutil
import sys
import termios
import tty
import unicodedata
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

import click

from casemill.cli.project import Project
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.domain.review import Ask
    from casemill.review.screen import Line, Style

COLOURS: "dict[Style, dict[str, Any]]" = {
    "head": {"bold": True},
    "dim": {"dim": True},
    "customer": {"fg": "cyan"},
    "assistant": {"fg": "magenta"},
    "agent": {"fg": "green"},
    "tool": {"fg": "blue"},
    "note": {"fg": "yellow"},
    "failing": {"fg": "red"},
}
ENTER, ESCAPE = ("\r", "\n"), "\x1b"
BACK = "Esc or q: back"
# The same keys with the Cyrillic layout left on.
CYRILLIC = dict(zip("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm", strict=True))
# An arrow or another key that says itself in several characters, or one character.
_KEY = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.)|.", re.DOTALL)
# How long the rest of an arrow key may take over a slow line before its first character is Esc.
_ARROW_SECONDS = 0.05


class Back(Exception):
    """The person thought better of it."""


class Asked(Protocol):
    """A question, held for this person while it is on the screen."""

    @property
    def ask(self) -> "Ask": ...


Question = TypeVar("Question", bound=Asked)


class Action(NamedTuple, Generic[Question]):
    """What a key does: its name under the page, and the deed."""

    name: str
    act: Callable[[Question], None]


class Sitting(ABC, Generic[Question]):
    """A session of decisions; whatever is on the screen when it ends is given back to the queue."""

    def __init__(self, project: Project) -> None:
        self.project, self.desk, self.me = project, project.desk, project.me
        self.minutes = project.settings.review.lease_minutes
        self.tally: Counter[str] = Counter()
        self.skipped: set[int] = set()
        self.held: int | None = None
        self.message, self.whole, self.over = "", False, False
        self.keys = self.actions()

    @abstractmethod
    def actions(self) -> dict[str, Action[Question]]:
        """By key, in the order in which they are named under the page."""

    @abstractmethod
    def next_question(self) -> Question | None:
        """The next one that was not skipped, held for `me`; the one on the screen as long as it is open."""

    @abstractmethod
    def page(self, question: Question, *, width: int, height: int | None) -> "tuple[Line, ...]":
        """The question, folded to `height` lines; None: everything."""

    @abstractmethod
    def closing(self) -> str:
        """The session in one line."""

    def run(self) -> None:
        """Until nothing is asked any more, or the person leaves; then the closing line."""
        try:
            while not self.over and (question := self.next_question()) is not None:
                if self.held != question.ask.id:
                    self.held, self.whole = question.ask.id, False
                self._show(question)
                self._act(question)
        finally:
            self.let_go()
        click.echo(self.closing())

    def let_go(self) -> None:
        """Let others have what was only looked at."""
        from casemill.review.queue import give_back

        if self.held is not None:
            give_back(self.desk, self.held, by=self.me)
        self.held = None

    def skip(self, question: Question) -> None:
        self.skipped.add(question.ask.id)
        self.let_go()

    def more(self, _: Question) -> None:
        self.whole = True

    def quit(self, _: Question) -> None:
        self.over = True

    def _show(self, question: Question) -> None:
        size = shutil.get_terminal_size((80, 24))
        click.clear()
        for line in self.page(question, width=size.columns, height=None if self.whole else size.lines - 4):
            click.secho(line.text, **COLOURS.get(line.style, {}))
        click.echo()
        if self.message:
            click.secho(self.message, bold=True)
        self.message = ""
        click.echo("  ".join(f"{click.style(key, bold=True)} {action.name}" for key, action in self.keys.items()))

    def _act(self, question: Question) -> None:
        action = self.keys.get(read_key())
        if action is None:
            self.message = "That key does nothing here" + ("; ? shows what there is." if "?" in self.keys else ".")
            return
        try:
            action.act(question)
        except Back:
            pass
        except UsageError as error:
            self.message = told(error)


def told(error: UsageError) -> str:
    """An error in one line; it may quote what somebody pasted."""
    from casemill.review.screen import safe

    return safe(f"{error}" + (f" ({error.hint})" if error.hint else ""))


def read_key() -> str:
    """The next key, as on a Latin layout; Ctrl-C, Ctrl-D and a terminal that went away end the command, never spin."""
    try:
        key = click.getchar().lower()
    except EOFError:
        raise click.Abort from None
    if not key:
        raise click.Abort
    return CYRILLIC.get(key, key)


def read_key_or_back() -> str:
    """The next key; Back on Esc and q."""
    key = read_key()
    if key in (ESCAPE, "q"):
        raise Back
    return key


def read_choice(keys: Collection[str]) -> str:
    """The next key that is one of `keys`; Back on Esc and q."""
    while (key := read_key_or_back()) not in keys:
        pass
    return key


def read_line(question: str) -> str:
    """What is typed up to Enter; Back on Esc. Backspace, Ctrl-W and Ctrl-U take back, arrows do nothing."""
    click.echo(f"{question}: ", nl=False)
    line = ""
    with _typed() as keys:
        for key in keys:
            if key in ENTER:
                return line.strip()
            if key == ESCAPE:
                raise Back
            now = _after(line, key)
            click.echo("\b \b" * _cells(line[len(now) :]) + now[len(line) :], nl=False)
            line = now
    raise click.Abort


def _after(line: str, key: str) -> str:
    """A line after one more key."""
    match key:
        case "\x7f" | "\b":
            return line[:-1]
        case "\x15":
            return ""
        case "\x17":
            return re.sub(r"\S*\s*$", "", line)
        case "\t":
            return f"{line} "
    return line if unicodedata.category(key[0]) == "Cc" else line + key


def _cells(text: str) -> int:
    """The columns that a text takes on the screen."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


@contextmanager
def _typed() -> Iterator[Iterator[str]]:
    """Keys as they are pressed, those pressed already too, none echoed; Ctrl-C interrupts as ever."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield _keys(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        click.echo()


def _keys(terminal: int) -> Iterator[str]:
    """Until Ctrl-D, or the terminal went away."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while given := os.read(terminal, 4096):
        if given.endswith(ESCAPE.encode()) and select.select([terminal], [], [], _ARROW_SECONDS)[0]:
            given += os.read(terminal, 4096)
        for key in _KEY.findall(decoder.decode(given)):
            if key == "\x04":
                return
            yield key
