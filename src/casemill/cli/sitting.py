"""A person at the terminal: a question a page, a key an action. What a key means is decided in the rooms."""

import shutil
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, TypeVar

import click

from casemill.cli.keys import Back, read_key
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

    def named_actions(self) -> dict[str, Action[Question]]:
        """What is named under the page, as a person would call the key."""
        return self.keys

    @abstractmethod
    def next_question(self) -> Question | None:
        """The next one that was not skipped, held for `me`; the one on the screen as long as it is open."""

    @abstractmethod
    def page(self, question: Question, *, width: int, height: int | None) -> "tuple[Line, ...]":
        """The question, folded to `height` lines; None: everything."""

    def painted(self, line: "Line") -> str:
        """A line in its colour; `click.echo` takes colours out where there is no terminal."""
        return click.style(line.text, **COLOURS.get(line.style, {}))

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
            click.echo(self.painted(line))
        click.echo()
        if self.message:
            click.secho(self.message, bold=True)
        self.message = ""
        named = self.named_actions().items()
        click.echo("  ".join(f"{click.style(key, bold=True)} {action.name}" for key, action in named))

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
