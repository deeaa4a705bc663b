"""Replies at the terminal, graded by a person with the rubric that the judge goes by; a key a reply."""

import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from casemill.cli.keys import ESCAPE, Back, read_key, read_line
from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.domain.calibration import HumanVerdict
    from casemill.domain.calibration import Sample as Kind
    from casemill.domain.run import Run
    from casemill.run.judging.human import Drawn
    from casemill.run.judging.plan import Question

SCORES = "12345"
HELP = """p f      pass, fail                    1-5  the score, on criteria that have one
n        a note on this reply          s    skip: leave it for another sitting
u        take your last verdict back   g    the whole guidance
q        quit; every verdict is kept"""


class Sample(NamedTuple):
    """What is graded: replies of which run file, by which criterion, how they are drawn, how many of them."""

    file: Path
    question: "Question"
    kind: "Kind"
    size: int


class GradeSitting:
    """One criterion, one reply a page, in an order that tells nothing, without the judge's word."""

    def __init__(self, project: Project, run: "Run", *, sample: Sample) -> None:
        self.project, self.run_file, self.sample = project, run, sample
        self.me = project.me
        self.criterion = sample.question.criterion
        self.drawn = self._draw()
        self.skipped: set[str] = set()
        self.note, self.message, self.given = "", "", 0

    def run(self) -> None:
        """Until every drawn reply is graded, or the person leaves; then the closing line."""
        while (one := self._next()) is not None:
            self._show(one)
            try:
                if not self._act(one, read_key()):
                    break
            except Back:
                pass
        left = len(self.drawn) - len(self._done())
        rest = f" {counted(left, 'reply', many='replies')} left; the same command goes on." if left else ""
        click.echo(f"Graded {counted(self.given, 'reply', many='replies')} by {self.criterion.name}.{rest}")
        if not left:
            named = f"--criterion {self.criterion.name}{self._rubric_named()}"
            click.echo(f"Next: casemill judge calibrate {named} --run {self.sample.file}")

    def _rubric_named(self) -> str:
        """The option that is needed where there are several rubrics."""
        from casemill.suite.rubrics import rubric_names

        several = len({name for name, _ in rubric_names(self.project.suite)}) > 1
        return f" --rubric {self.sample.question.rubric.label}" if several else ""

    def _draw(self) -> "tuple[Drawn, ...]":
        from casemill.run.judging.human import drawn, gradable
        from casemill.suite import read_suite

        cases = {case.id: case for case in read_suite(self.project.suite).cases}
        rubric = self.sample.question.rubric.name
        replies = gradable(self.run_file, cases, criterion=self.criterion.name, rubric=rubric)
        seed = f"{self.run_file.head.id} {self.criterion.name}"
        found = drawn(replies, sample=self.sample.kind, wanted=self.sample.size, seed=seed)
        if not found:
            why = "was judged" if self.sample.kind == "even" else "is to be judged"
            raise UsageError(f"no reply of this run {why} by {self.criterion.name}", hint="casemill judge list")
        return found

    def _done(self) -> set[str]:
        """The cases of this run that this person graded by this criterion as it reads."""
        from casemill.run.judging.human import VERDICTS, read_verdicts, said_by

        path = self.project.suite / VERDICTS
        told = read_verdicts(path) if path.exists() else ()
        here = {verdict.case for verdict in told if said_by(verdict, **self._mine())}
        return {one.graded.case.id for one in self.drawn if one.graded.case.id in here}

    def _mine(self) -> dict[str, str]:
        """What tells this person's verdicts of this sitting from all others."""
        from casemill.suite.rubrics import criterion_digest

        digest = criterion_digest(self.sample.question.rubric, self.criterion)
        return {"by": self.me, "run": self.run_file.head.id, "criterion": self.criterion.name, "digest": digest}

    def _next(self) -> "Drawn | None":
        done = self._done() | self.skipped
        return next((one for one in self.drawn if one.graded.case.id not in done), None)

    def _act(self, one: "Drawn", key: str) -> bool:
        """What a key does; False ends the sitting."""
        scored = self.criterion.scale == "1-5"
        if scored and key in SCORES:
            self._record(one, score=int(key))
        elif not scored and key in ("p", "f"):
            self._record(one, result="pass" if key == "p" else "fail")
        elif key == "n":
            self.note = read_line("Note (Enter or Esc: back)")
        elif key == "s":
            self.skipped.add(one.graded.case.id)
            self.note = ""
        elif key == "u":
            self._take_back()
        elif key in ("g", "?"):
            self._help(guidance=key == "g")
        else:
            self.message = "That key does nothing here; ? shows what there is."
        return key not in ("q", ESCAPE)

    def _record(self, one: "Drawn", **said: Any) -> None:
        from casemill.run.judging.human import add_verdicts

        add_verdicts(self.project.suite, [self._verdict(one, **said)])
        self.note, self.given = "", self.given + 1

    def _verdict(self, one: "Drawn", *, result: str | None = None, score: int | None = None) -> "HumanVerdict":
        from casemill.domain.calibration import HumanVerdict
        from casemill.suite.rubrics import criterion_digest

        rubric = self.sample.question.rubric
        graded = one.graded
        if score is not None:
            result = "pass" if score >= self.criterion.pass_at else "fail"
        return HumanVerdict(
            criterion=self.criterion.name,
            result="pass" if result == "pass" else "fail",
            reply=graded.reply,
            case=graded.case.id,
            score=score,
            note=self.note,
            rubric=rubric.label,
            criterion_digest=criterion_digest(rubric, self.criterion),
            case_digest=graded.case.digest,
            run=self.run_file.head.id,
            trial=graded.trial,
            sample=self.sample.kind,
            chance=one.chance,
            by=self.me,
            at=utc_now(),
        )

    def _take_back(self) -> None:
        from casemill.run.judging.human import take_back

        taken = take_back(self.project.suite, **self._mine())
        self.given = max(0, self.given - 1) if taken else self.given
        self.message = f"Taken back: {taken.result} on {taken.case}." if taken else "There is nothing to take back."

    def _help(self, *, guidance: bool) -> None:
        text = f"{self.criterion.guidance}\n\n{self.sample.question.rubric.intro}" if guidance else HELP
        click.echo(f"\n{text}\n\nAny key goes on.")
        read_key()

    def _show(self, one: "Drawn") -> None:
        width = shutil.get_terminal_size((80, 24)).columns
        click.clear()
        place = self.drawn.index(one) + 1
        click.secho(f"{self.criterion.name}   {place} of {len(self.drawn)}   {one.graded.case.id}", bold=True)
        click.echo("\n".join(self._page(one, width=width)))
        if self.note:
            click.secho(f"Note: {self.note}", fg="yellow")
        if self.message:
            click.secho(self.message, bold=True)
        self.message = ""
        keys = "1-5 score" if self.criterion.scale == "1-5" else "p pass  f fail"
        click.echo(f"\n{keys}  n note  s skip  u undo  g guidance  ? help  q quit")

    def _page(self, one: "Drawn", *, width: int) -> Iterator[str]:
        from casemill.run.judging.prompting import TITLES
        from casemill.run.judging.showing import Material, TooLong

        yield from _wrapped(self.criterion.asks, width)
        for score in sorted(self.criterion.anchors, reverse=True):
            yield from _wrapped(f"{score}: {self.criterion.anchors[score]}", width)
        graded = one.graded
        try:
            shown = Material(self.project.suite).of(graded.case, graded.reply, sees=self.criterion.sees)
        except TooLong as error:
            yield from ("", f"This one cannot be shown: {error}. Skip it.")
            return
        for part in TITLES:
            if part in shown:
                yield ""
                yield click.style(TITLES[part], fg="cyan")
                yield from _wrapped(shown[part], width, indent="  ")


def _wrapped(text: str, width: int, *, indent: str = "") -> Iterator[str]:
    from casemill.review.screen import safe

    for paragraph in safe(text).split("\n"):
        lines = textwrap.wrap(paragraph, max(20, width - len(indent)), break_on_hyphens=False) or [""]
        yield from (f"{indent}{line}".rstrip() for line in lines)
