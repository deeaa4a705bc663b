"""Drafts at the terminal: admit, edit or reject. What a key means is decided in `normalize`."""

from typing import TYPE_CHECKING

import click

from casemill.cli.keys import read_line
from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, summary
from casemill.cli.sitting import Action, Sitting, told
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.normalize.queue import DraftQuestion
    from casemill.review.screen import Line


def pull(project: Project) -> list[str]:
    """Waiting Changes become files at once; the paths that were written, inside the project."""
    from casemill.sync import pull_changes

    suite = project.settings.suite
    done = pull_changes(project.desk, project.suite, now=utc_now(), commit=suite.commit, branch=suite.branch)
    return [f"{suite.path}/{path}" for path in done.written]


def admitted(cases: int, *, quarantined: int) -> str:
    """`Admitted 3 cases (1 quarantined)`; `cases` counts the quarantined too."""
    return f"Admitted {counted(cases, 'case')}" + (f" ({quarantined:,} quarantined)" if quarantined else "")


class AdmitSitting(Sitting["DraftQuestion"]):
    """A draft a page; a yes is a file of the suite at once."""

    def actions(self) -> "dict[str, Action[DraftQuestion]]":
        return {
            "y": Action("admit", self._admit),
            "e": Action("edit", self._edit),
            "n": Action("reject", self._reject),
            "s": Action("skip", self.skip),
            "m": Action("more", self.more),
            "q": Action("quit", self.quit),
        }

    def next_question(self) -> "DraftQuestion | None":
        from casemill.normalize.queue import next_draft

        return next_draft(self.desk, by=self.me, now=utc_now(), minutes=self.minutes, skip=self.skipped)

    def page(self, question: "DraftQuestion", *, width: int, height: int | None) -> "tuple[Line, ...]":
        from casemill.normalize.screen import page

        return page(question, width=width, height=height)

    def closing(self) -> str:
        """The last decision, then the session in one line."""
        active, quarantined, rejected = (self.tally[name] for name in ("active", "quarantined", "rejected"))
        first = admitted(active + quarantined, quarantined=quarantined)
        line = summary(first, (rejected, "rejected"), (len(self.skipped), "skipped"))
        rest = "" if self.over or self.skipped else " No draft waits."
        return f"{self.message}\n{line}{rest}".lstrip("\n")

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
                click.secho(told(error), fg="red")
                if not click.confirm("Edit again?", default=True):
                    return
                text = given
                continue
            self.message = "Edited and checked again."
            return

    def _reject(self, question: "DraftQuestion") -> None:
        from casemill.normalize.admit import reject

        assert question.draft.id is not None
        why = read_line("Why not? (Enter or Esc: back)")
        if not why:
            return
        reject(self.desk, question.draft.id, why=why, by=self.me, now=utc_now())
        self.tally["rejected"] += 1
        self.held = None
        self.message = f"Rejected: {question.draft.case.id}"
