"""One person at the terminal: a question a screen, a key a decision. What a key means is decided in `review`."""

import shutil
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.review_keys import read_key
from casemill.cli.show import counted
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.domain.failure import Failure, Origin
    from casemill.domain.review import Decision
    from casemill.review import Question
    from casemill.review.screen import Style

COLOURS: "dict[Style, dict[str, object]]" = {
    "head": {"bold": True},
    "dim": {"dim": True},
    "customer": {"fg": "cyan"},
    "assistant": {"fg": "magenta"},
    "agent": {"fg": "green"},
    "tool": {"fg": "blue"},
    "note": {"fg": "yellow"},
    "failing": {"fg": "red"},
}
KEYS = {
    "a": "accept",
    "c": "correct",
    "n": "not a case",
    "d": "duplicate",
    "s": "skip",
    "u": "undo",
    "t": "note",
    "m": "more",
    "?": "help",
    "q": "quit",
}
# The same keys with the Cyrillic layout left on.
CYRILLIC = dict(zip("фствыгеьй", "acndsutmq", strict=True))
HELP = """a  accept      the proposal is right as it stands
c  correct     say whose failure it was and, for the AI's, what failed and where
n  not a case  nothing here the AI should be tested on
d  duplicate   another ticket tells the same
s  skip        leave it for later or for others
u  undo        take your last decision back
t  note        write something down; the question stays open
m  more        the whole conversation, nothing folded
q  quit        what you decided is kept"""
DONE_WORDS = {"accept": "accepted", "correct": "corrected", "not_a_case": "not a case", "duplicate": "duplicates"}


class Sitting:
    """A session of decisions; whatever is on the screen when it ends is given back to the queue."""

    def __init__(self, project: Project) -> None:
        from casemill.suite import read_taxonomy

        self.desk, self.me = project.desk, project.me
        self.minutes = project.settings.review.lease_minutes
        self.taxonomy = read_taxonomy(project.suite)
        self.tally: Counter[str] = Counter()
        self.skipped: set[int] = set()
        self.held: int | None = None
        self.message, self.whole, self.over = "", False, False
        self.actions: dict[str, Callable[[Question], None]] = {
            "a": lambda question: self._decide(question, "accept"),
            "c": self._correct,
            "n": lambda question: self._decide(question, "not_a_case"),
            "d": self._duplicate,
            "s": self._skip,
            "u": self._undo,
            "t": self._note,
            "m": self._more,
            "?": self._help,
            "q": self._quit,
        }

    def run(self) -> None:
        """Until nothing is asked any more, or the person leaves."""
        from casemill.review import next_ask
        from casemill.review.queue import give_back

        try:
            while not self.over:
                question = next_ask(
                    self.desk, by=self.me, now=utc_now(), minutes=self.minutes, skip=frozenset(self.skipped)
                )
                if question is None:
                    break
                self._hold(question)
                self._show(question)
                self._act(question)
        finally:
            if self.held is not None:
                give_back(self.desk, self.held, by=self.me)

    def told(self) -> str:
        """The session in one line."""
        decided = sum(self.tally.values())
        parts = ", ".join(f"{n} {DONE_WORDS[name]}" for name, n in self.tally.items() if n)
        rest = (
            ""
            if self.over
            else f" {counted(len(self.skipped), 'ticket')} skipped."
            if self.skipped
            else " Nothing waits."
        )
        return f"Decided on {counted(decided, 'ticket')}{': ' + parts if parts else ''}.{rest}"

    def _hold(self, question: "Question") -> None:
        if self.held != question.ask.id:
            self.whole = False
        self.held = question.ask.id

    def _show(self, question: "Question") -> None:
        from casemill.review.screen import page

        size = shutil.get_terminal_size((80, 24))
        click.clear()
        for line in page(question, width=size.columns, height=None if self.whole else size.lines - 4):
            click.secho(line.text, **COLOURS.get(line.style, {}))  # type: ignore[arg-type]
        click.echo()
        if self.message:
            click.secho(self.message, bold=True)
        self.message = ""
        click.echo("  ".join(f"{click.style(key, bold=True)} {name}" for key, name in KEYS.items()))

    def _act(self, question: "Question") -> None:
        key = read_key().lower()
        action = self.actions.get(CYRILLIC.get(key, key))
        if action is None:
            self.message = "That key does nothing here; ? shows what there is."
            return
        try:
            action(question)
        except UsageError as error:
            self.message = f"{error}" + (f" ({error.hint})" if error.hint else "")

    def _decide(self, question: "Question", decision: "Decision", **said: object) -> None:
        from casemill.domain.review import Review
        from casemill.review import record

        now = utc_now()
        about = {"ticket": question.ticket.key, "version": question.ticket.version, "ask": question.ask.id}
        record(self.desk, Review(decision=decision, by=self.me, at=now, **about, **said), now=now)  # type: ignore[arg-type]
        if decision != "note":
            self.tally[decision] += 1
            self.held = None
        self.message = f"{question.ticket.key}: {decision.replace('_', ' ')}."

    def _correct(self, question: "Question") -> None:
        from casemill.cli.review_correction import ask_failures, ask_origin

        origin: Origin | None = ask_origin()
        if origin is None:
            self.message = "Nothing was corrected."
            return
        failures: tuple[Failure, ...] | None = ask_failures(question, self.taxonomy) if origin == "model" else ()
        if failures is None:
            self.message = "Nothing was corrected."
            return
        self._decide(question, "correct", origin=origin, failures=failures)

    def _duplicate(self, question: "Question") -> None:
        given = click.prompt("Duplicate of which ticket? (Enter: none)", default="", show_default=False).strip()
        if given:
            key = given if ":" in given else f"{question.ticket.source}:{given}"
            self._decide(question, "duplicate", duplicate_of=key)

    def _note(self, question: "Question") -> None:
        text = click.prompt("Note (Enter: none)", default="", show_default=False).strip()
        if text:
            self._decide(question, "note", note=text)

    def _skip(self, question: "Question") -> None:
        from casemill.review.queue import give_back

        give_back(self.desk, question.ask.id, by=self.me)
        self.skipped.add(question.ask.id)
        self.held = None

    def _undo(self, question: "Question") -> None:
        from casemill.review import undo
        from casemill.review.queue import give_back

        taken = undo(self.desk, by=self.me, now=utc_now())
        if taken is None:
            self.message = "There is nothing of yours to take back."
            return
        give_back(self.desk, question.ask.id, by=self.me)
        self.held = None
        if self.tally[taken.decision]:
            self.tally[taken.decision] -= 1
        self.message = f"Taken back: {taken.decision.replace('_', ' ')} on {taken.ticket}."

    def _more(self, question: "Question") -> None:  # noqa: ARG002 - every key gets the question
        self.whole = True

    def _help(self, question: "Question") -> None:  # noqa: ARG002 - every key gets the question
        click.echo()
        click.echo(HELP)
        click.echo("Any key goes on.")
        read_key()

    def _quit(self, question: "Question") -> None:  # noqa: ARG002 - every key gets the question
        self.over = True
