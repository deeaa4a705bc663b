"""One person at the terminal: a draft a screen, a key a decision. What a key means is decided in `normalize`."""

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
    from casemill.normalize.queue import DraftQuestion

COLOURS: dict[str, dict[str, object]] = {
    "head": {"bold": True},
    "dim": {"dim": True},
    "customer": {"fg": "cyan"},
    "assistant": {"fg": "magenta"},
    "agent": {"fg": "green"},
    "tool": {"fg": "blue"},
    "note": {"fg": "yellow"},
    "failing": {"fg": "red"},
}
KEYS = {"y": "admit", "e": "edit", "n": "reject", "s": "skip", "m": "more", "q": "quit"}
# The same keys with the Cyrillic layout left on.
CYRILLIC = dict(zip("нутыьй", "yensmq", strict=True))


def pull(project: Project) -> list[str]:
    """Waiting Changes become files at once; the paths that were written, inside the project."""
    from casemill.sync import pull_changes

    suite = project.settings.suite
    done = pull_changes(project.desk, project.suite, now=utc_now(), commit=suite.commit, branch=suite.branch)
    return [f"{suite.path}/{path}" for path in done.written]


class Sitting:
    """A session of decisions; whatever is on the screen when it ends is given back to the queue."""

    def __init__(self, project: Project) -> None:
        self.project, self.desk, self.me = project, project.desk, project.me
        self.minutes = project.settings.review.lease_minutes
        self.tally: Counter[str] = Counter()
        self.skipped: set[int] = set()
        self.held: int | None = None
        self.message, self.whole, self.over = "", False, False
        self.actions: dict[str, Callable[[DraftQuestion], None]] = {
            "y": self._admit,
            "e": self._edit,
            "n": self._reject,
            "s": self._skip,
            "m": self._more,
            "q": self._quit,
        }

    def run(self) -> None:
        """Until no draft waits any more, or the person leaves."""
        from casemill.normalize.queue import give_back, next_draft

        try:
            while not self.over:
                skip = frozenset(self.skipped)
                question = next_draft(self.desk, by=self.me, now=utc_now(), minutes=self.minutes, skip=skip)
                if question is None:
                    break
                if self.held != question.ask.id:
                    self.held, self.whole = question.ask.id, False
                self._show(question)
                self._act(question)
        finally:
            if self.held is not None:
                give_back(self.desk, self.held, by=self.me)

    def told(self) -> str:
        """The last decision, then the session in one line."""
        parts = [f"Admitted {counted(self.tally['active'] + self.tally['quarantined'], 'case')}"]
        if self.tally["quarantined"]:
            parts[0] += f" ({self.tally['quarantined']:,} quarantined)"
        parts += [f"{self.tally['rejected']:,} rejected"] if self.tally["rejected"] else []
        parts += [f"{len(self.skipped):,} skipped"] if self.skipped else []
        rest = "" if self.over or self.skipped else " No draft waits."
        return f"{self.message}\n{', '.join(parts)}.{rest}".lstrip("\n")

    def _show(self, question: "DraftQuestion") -> None:
        from casemill.normalize.screen import page

        size = shutil.get_terminal_size((80, 24))
        click.clear()
        for line in page(question, width=size.columns, height=None if self.whole else size.lines - 4):
            click.secho(line.text, **COLOURS.get(line.style, {}))  # type: ignore[arg-type]
        click.echo()
        if self.message:
            click.secho(self.message, bold=True)
        self.message = ""
        click.echo("  ".join(f"{click.style(key, bold=True)} {name}" for key, name in KEYS.items()))

    def _act(self, question: "DraftQuestion") -> None:
        key = read_key().lower()
        action = self.actions.get(CYRILLIC.get(key, key))
        if action is None:
            self.message = "That key does nothing here."
            return
        try:
            action(question)
        except UsageError as error:
            self.message = _told(error)

    def _admit(self, question: "DraftQuestion") -> None:
        from casemill.normalize.admit import admit

        draft = question.draft
        assert draft.id is not None
        done = admit(self.desk, draft.id, case=draft.case, by=self.me, now=utc_now())
        self.tally[done.case.status] += 1
        self.held = None
        written = [path for path in pull(self.project) if path.endswith(f"{done.case.id}.yaml")]
        self.message = f"Admitted, {done.case.status}: {', '.join(written) or done.case.id}"

    def _edit(self, question: "DraftQuestion") -> None:
        """The case in the person's editor, again and again until it is a case or they give up."""
        from casemill.normalize.admit import edit_text, read_edited, revise

        assert question.draft.id is not None
        text = edit_text(question.draft)
        while True:
            given = click.edit(text, extension=".yaml")
            if given is None or given == text:
                self.message = self.message or "Nothing was changed."
                return
            try:
                revise(self.desk, question.draft.id, case=read_edited(given))
            except UsageError as error:
                click.secho(_told(error), fg="red")
                if not click.confirm("Edit again?", default=True):
                    return
                text = given
                continue
            self.message = "Edited and checked again."
            return

    def _reject(self, question: "DraftQuestion") -> None:
        from casemill.normalize.admit import reject

        assert question.draft.id is not None
        why = click.prompt("Why not? (Enter: go back)", default="", show_default=False).strip()
        if not why:
            return
        reject(self.desk, question.draft.id, why=why, by=self.me, now=utc_now())
        self.tally["rejected"] += 1
        self.held = None
        self.message = f"Rejected: {question.draft.case.id}"

    def _skip(self, question: "DraftQuestion") -> None:
        from casemill.normalize.queue import give_back

        give_back(self.desk, question.ask.id, by=self.me)
        self.skipped.add(question.ask.id)
        self.held = None

    def _more(self, question: "DraftQuestion") -> None:  # noqa: ARG002 - every key gets the question
        self.whole = True

    def _quit(self, question: "DraftQuestion") -> None:  # noqa: ARG002 - every key gets the question
        self.over = True


def _told(error: UsageError) -> str:
    """An error in one line; it may quote what somebody pasted."""
    from casemill.review.screen import safe

    return safe(f"{error}" + (f" ({error.hint})" if error.hint else ""))
