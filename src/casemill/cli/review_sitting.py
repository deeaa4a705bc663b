"""Tickets at the terminal: accept, correct and the rest. What a key means is decided in `review`."""

from typing import TYPE_CHECKING

import click

from casemill.cli.keys import read_key, read_line
from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted
from casemill.cli.sitting import Action, Sitting

if TYPE_CHECKING:
    from casemill.domain.review import Decision
    from casemill.review import Question
    from casemill.review.screen import Line

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


class ReviewSitting(Sitting["Question"]):
    """A ticket a page, with what is proposed about it."""

    def __init__(self, project: Project) -> None:
        from casemill.suite import read_taxonomy

        super().__init__(project)
        self.taxonomy = read_taxonomy(project.suite)

    def actions(self) -> "dict[str, Action[Question]]":
        return {
            "a": Action("accept", lambda question: self._decide(question, "accept")),
            "c": Action("correct", self._correct),
            "n": Action("not a case", lambda question: self._decide(question, "not_a_case")),
            "d": Action("duplicate", self._duplicate),
            "s": Action("skip", self.skip),
            "u": Action("undo", self._undo),
            "t": Action("note", self._note),
            "m": Action("more", self.more),
            "?": Action("help", self._help),
            "q": Action("quit", self.quit),
        }

    def next_question(self) -> "Question | None":
        from casemill.review import next_ask

        return next_ask(self.desk, by=self.me, now=utc_now(), minutes=self.minutes, skip=self.skipped)

    def page(self, question: "Question", *, width: int, height: int | None) -> "tuple[Line, ...]":
        from casemill.review.screen import page

        return page(question, width=width, height=height)

    def closing(self) -> str:
        parts = ", ".join(f"{n} {DONE_WORDS[name]}" for name, n in self.tally.items() if n)
        skipped = f" {counted(len(self.skipped), 'ticket')} skipped." if self.skipped else " Nothing waits."
        rest = "" if self.over else skipped
        return f"Decided on {counted(self.tally.total(), 'ticket')}{': ' + parts if parts else ''}.{rest}"

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
        from casemill.cli.review_correction import ask_correction

        # Stays when the person goes back on the way.
        self.message = "Nothing was corrected."
        origin, failures = ask_correction(question, self.taxonomy)
        self._decide(question, "correct", origin=origin, failures=failures)

    def _duplicate(self, question: "Question") -> None:
        given = read_line("Duplicate of which ticket? (Enter or Esc: back)")
        if given:
            key = given if ":" in given else f"{question.ticket.source}:{given}"
            self._decide(question, "duplicate", duplicate_of=key)

    def _note(self, question: "Question") -> None:
        text = read_line("Note (Enter or Esc: back)")
        if text:
            self._decide(question, "note", note=text)

    def _undo(self, _: "Question") -> None:
        from casemill.review import undo

        taken = undo(self.desk, by=self.me, now=utc_now())
        if taken is None:
            self.message = "There is nothing of yours to take back."
            return
        self.let_go()
        if self.tally[taken.decision]:
            self.tally[taken.decision] -= 1
        self.message = f"Taken back: {taken.decision.replace('_', ' ')} on {taken.ticket}."

    def _help(self, _: "Question") -> None:
        click.echo(f"\n{HELP}\nAny key goes on.")
        read_key()
