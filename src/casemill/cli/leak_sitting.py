"""Masked tickets at the terminal, read whole for leaks. What a verdict may say is decided in `review`."""

from typing import TYPE_CHECKING, Literal

import click

from casemill.cli.keys import read_key, read_line
from casemill.cli.leak_marking import ask_marks, told_marks
from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted
from casemill.cli.sitting import COLOURS, Action, Sitting

if TYPE_CHECKING:
    from casemill.domain.leak import LeakVerdict
    from casemill.review import LeakQuestion
    from casemill.review.screen import Line

HELP = """f  fine         nobody can be told from this ticket, and its facts stand
l  leak         something personal is left: type the words or pick them, and say what they are
o  over-masked  a placeholder hides a fact, not a person
n  note         write something down; the question stays open
s  skip         leave it for later or for others
u  undo         take your last verdict back
space, b        the next page of a long ticket, the one before
m  all          the whole ticket in one go
q  quit         what you said is kept"""
DONE_WORDS = {"fine": "fine", "leak": "with a leak", "over_masked": "over-masked"}


class LeakSitting(Sitting["LeakQuestion"]):
    """A whole ticket a screen, in pages where it is long; it is fine only when all of them were shown."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.page_number, self.pages, self.seen = 0, 1, 0
        self.reading: int | None = None

    def actions(self) -> "dict[str, Action[LeakQuestion]]":
        return {
            "f": Action("fine", self._fine),
            "l": Action("leak", lambda question: self._mark(question, first="l")),
            "o": Action("over-masked", lambda question: self._mark(question, first="o")),
            "n": Action("note", self._note),
            "s": Action("skip", self.skip),
            "u": Action("undo", self._undo),
            " ": Action("next", lambda _: self._turn(1)),
            "b": Action("back", lambda _: self._turn(-1)),
            "m": Action("all", self.more),
            "?": Action("help", self._help),
            "q": Action("quit", self.quit),
        }

    def named_actions(self) -> "dict[str, Action[LeakQuestion]]":
        """Pages are named only where there are some."""
        paging = (" ", "b", "m") if self.pages == 1 or self.whole else ()
        return {"space" if key == " " else key: one for key, one in self.keys.items() if key not in paging}

    def next_question(self) -> "LeakQuestion | None":
        from casemill.review import next_leak_ask

        return next_leak_ask(self.desk, by=self.me, now=utc_now(), minutes=self.minutes, skip=self.skipped)

    def page(self, question: "LeakQuestion", *, width: int, height: int | None) -> "tuple[Line, ...]":
        from casemill.review.leaks_screen import pages, whole

        if self.reading != question.ask.id:
            self.reading, self.page_number, self.seen = question.ask.id, 0, 0
        if height is None:
            self.seen = self.pages
            return whole(question, width=width)
        cut = pages(question, width=width, height=height)
        self.pages = len(cut)
        self.page_number = min(self.page_number, len(cut) - 1)
        self.seen = max(self.seen, self.page_number + 1)
        return cut[self.page_number]

    def painted(self, line: "Line") -> str:
        """Placeholders stand out by their brackets, and on a terminal by their colour."""
        from casemill.domain.placeholder import PLACEHOLDER

        style = COLOURS.get(line.style, {})
        parts, position = [], 0
        for match in PLACEHOLDER.finditer(line.text):
            parts += [click.style(line.text[position : match.start()], **style), click.style(match[0], reverse=True)]
            position = match.end()
        return "".join((*parts, click.style(line.text[position:], **style)))

    def closing(self) -> str:
        parts = ", ".join(f"{n} {DONE_WORDS[name]}" for name, n in self.tally.items() if n)
        skipped = f" {counted(len(self.skipped), 'ticket')} skipped." if self.skipped else " Nothing waits."
        rest = "" if self.over else skipped
        mask = "\nNext: casemill anonymize masks what you marked." if self.tally["leak"] else ""
        return f"Read {counted(self.tally.total(), 'ticket')}{': ' + parts if parts else ''}.{rest}{mask}"

    def _fine(self, question: "LeakQuestion") -> None:
        if self.seen < self.pages:
            self.message = f"There is more: page {self.seen + 1} of {self.pages} was not shown yet (space)."
            return
        self._record(question, "fine")

    def _mark(self, question: "LeakQuestion", *, first: Literal["l", "o"]) -> None:
        # Stays when the person goes back on the way.
        self.message = "Nothing was marked."
        marks = ask_marks(question.ticket, first=first)
        self._record(question, "over_masked" if all(mark.hides_none for mark in marks) else "leak", marks=marks)
        self.message += f" {told_marks(marks)}"

    def _note(self, question: "LeakQuestion") -> None:
        text = read_line("Note, without the words themselves (Enter or Esc: back)")
        if text:
            self._record(question, "note", note=text)

    def _record(self, question: "LeakQuestion", verdict: "LeakVerdict", **said: object) -> None:
        from casemill.domain.leak import LeakReview
        from casemill.domain.ticket import texts_digest
        from casemill.review import record_verdict

        now, ticket = utc_now(), question.ticket
        about = {"ticket": ticket.key, "version": ticket.version, "read": texts_digest(ticket), "ask": question.ask.id}
        record_verdict(self.desk, LeakReview(verdict=verdict, by=self.me, at=now, **about, **said), now=now)  # type: ignore[arg-type]
        if verdict != "note":
            self.tally[verdict] += 1
            self.held = None
        self.message = f"{ticket.key}: {verdict.replace('_', '-')}."

    def _undo(self, _: "LeakQuestion") -> None:
        from casemill.review import undo_verdict

        taken = undo_verdict(self.desk, by=self.me, now=utc_now())
        if taken is None:
            self.message = "There is nothing of yours to take back."
            return
        self.let_go()
        if self.tally[taken.verdict]:
            self.tally[taken.verdict] -= 1
        self.message = f"Taken back: {taken.verdict.replace('_', '-')} on {taken.ticket}."

    def _turn(self, step: int) -> None:
        self.page_number = max(0, min(self.pages - 1, self.page_number + step))

    def _help(self, _: "LeakQuestion") -> None:
        click.echo(f"\n{HELP}\nAny key goes on.")
        read_key()
