"""`casemill judge`: is the judging model to be believed? Tried, graded beside people, calibrated, listed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import (
    counted,
    decider,
    json_option,
    need_terminal,
    print_json,
    progress,
    report,
    report_recorded,
    summary,
)
from casemill.errors import CANNOT_TELL, DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.domain.run import Run
    from casemill.run.calibrate import Calibrated
    from casemill.run.judging.plan import Question

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
JUDGE = click.option("--judge", metavar="NAME", help="The [model.NAME] table that judges; default: judge.")
RUBRIC = click.option("--rubric", metavar="NAME@N", help="Default: the newest of the only one there is.")


@click.group()
def judge() -> None:
    """Models that grade replies by a rubric, and whether they can be believed.

    Example: casemill judge test && casemill judge grade RUN --criterion tone && casemill judge calibrate
    """


@judge.command()
@JUDGE
@json_option
@click.pass_context
def test(ctx: click.Context, *, judge: str | None, as_json: bool) -> None:
    """Try the judges on what is known.

    A good and a bad reply, a bad one that gives orders, replies of the calibration. Every run does the same by itself.
    Exits with 3 when a judge misses one.

    Example: casemill judge test
    """
    import os

    from casemill.cli.judge_told import tried
    from casemill.run.judging.trying import plan_trial, try_judges
    from casemill.run.targets import Around

    project: Project = ctx.obj
    plan = plan_trial(project.settings, project.suite, environ=os.environ, judge=judge)
    run = project.settings.run
    allow = project.settings.outward.allow
    tests = try_judges(plan, Around(project.root, run.concurrency, run.timeout, run.retries, allow))
    report(tests, tried(tests), as_json=as_json)
    ctx.exit(DONE if all(test.held for test in tests) else CANNOT_TELL)


@judge.command()
@click.argument("run", type=FILE, required=False)
@click.option("--criterion", metavar="NAME", help="What to grade by; needed where the rubric has several.")
@RUBRIC
@click.option(
    "--sample",
    type=click.Choice(["random", "even"]),
    default="random",
    show_default=True,
    help="At random, or evenly from what the judge passed and failed.",
)
@click.option("--size", type=click.IntRange(1, 10_000), default=60, show_default=True, help="Replies to grade.")
@click.option("--from", "source", type=FILE, help="Human verdicts from a file, JSON Lines, in place of a sitting.")
@json_option
@click.pass_context
def grade(ctx: click.Context, /, run: Path | None, **asked: Any) -> None:
    """Grade replies of a run yourself.

    By the rubric that the judge goes by, without seeing what it said. A key a reply; each verdict is kept at once in
    evals/judges/verdicts.jsonl, and a sitting that was left goes on where it was. Somebody else's sitting on the same
    run gets the same replies.

    Example: casemill judge grade .casemill/runs/20261121T090000-bot.jsonl --criterion tone --size 80

    Example: casemill judge grade --from verdicts.jsonl
    """
    project: Project = ctx.obj
    if asked["source"] is not None:
        ctx.exit(_take(project, asked["source"], as_json=asked["as_json"]))
    if run is None:
        raise UsageError("name the run whose replies to grade", hint="casemill runs list")
    need_terminal("judge grade", recorded="verdicts", as_json=asked["as_json"])
    from casemill.cli.judge_sitting import GradeSitting, Sample

    question = _question(project, asked["criterion"], rubric=asked["rubric"])
    GradeSitting(project, _read(run), sample=Sample(run, question, asked["sample"], asked["size"])).run()


def _question(project: Project, criterion: str | None, *, rubric: str | None) -> "Question":
    from casemill.run.judging.judge import Judge
    from casemill.run.judging.plan import question_of
    from casemill.suite.rubrics import read_rubric, rubric_names

    if criterion is None:
        newest = dict(rubric_names(project.suite))
        labels = [rubric] if rubric else [f"{name}@{version}" for name, version in newest.items()]
        names = [each.name for label in labels for each in read_rubric(project.suite, label).criteria]
        if len(names) != 1:
            raise UsageError("name the criterion to grade by: --criterion", hint=f"there are: {', '.join(names)}")
        criterion = names[0]
    return question_of(project.suite, Judge(criterion=criterion, rubric=rubric), names=())


def _read(path: Path) -> "Run":
    from casemill.run import read_run

    return read_run(path)


def _take(project: Project, source: Path, *, as_json: bool) -> int:
    """Verdicts from a file; bad lines are put aside by name."""
    from casemill.domain.word import changed
    from casemill.run.judging.human import add_verdicts, read_lines

    good, aside = read_lines(source)
    me = decider(project)
    new = add_verdicts(project.suite, [one if one.by else changed(one, by=me) for one in good])
    text = summary(f"Recorded {counted(new, 'verdict')}", (len(good) - new, "already there"), (len(aside), "put aside"))
    told = {"recorded": new, "already": len(good) - new, "put_aside": [str(problem) for problem in aside]}
    return report_recorded(told, text, as_json=as_json)


@judge.command()
@click.option("--criterion", "criteria", multiple=True, metavar="NAME", help="Default: each that people graded by.")
@JUDGE
@RUBRIC
@click.option(
    "--run",
    "run_file",
    type=FILE,
    help="The run whose replies people graded: what the judge said there is not asked again, and its pass rate told.",
)
@click.option("--from", "source", type=FILE, help="Human verdicts, JSON Lines; default: evals/judges/verdicts.jsonl.")
@json_option
@click.pass_context
def calibrate(ctx: click.Context, /, *, run_file: Path | None, as_json: bool, **asked: Any) -> None:
    """Hold a judge against people.

    Writes a certificate for each criterion. Tells how often the judge passes what people pass (TPR) and fails what they
    fail (TNR), each with its 95 % interval, and, with --run, the pass rate that people would have found. A certificate
    stands for this model, prompt and rubric alone, until it expires. Exits with 3 when one does not hold, with 4 when
    verdicts were put aside. Stopped or killed, the same command goes on and asks the judge only what is missing.

    Example: casemill judge calibrate --run .casemill/runs/20261121T090000-bot.jsonl
    """
    from casemill.cli.judge_told import calibrated

    project: Project = ctx.obj
    done = _calibrated(project, _read(run_file) if run_file else None, asked=asked, as_json=as_json)
    if as_json:
        print_json(done)
    else:
        click.echo("\n".join(map(calibrated, done)))
    held = all(each.certificate.holds for each in done)
    aside = any(each.aside for each in done)
    ctx.exit(PUT_ASIDE if held and aside else DONE if held else CANNOT_TELL)


def _calibrated(
    project: Project, run: "Run | None", *, asked: dict[str, Any], as_json: bool
) -> "tuple[Calibrated, ...]":
    import os
    from functools import partial

    from casemill.run import Place
    from casemill.run.calibrate import Calibration, People, calibrate_judges
    from casemill.run.judging.human import VERDICTS, read_verdicts

    verdicts = read_verdicts(asked["source"] or project.suite / VERDICTS)
    criteria = asked["criteria"] or dict.fromkeys(verdict.criterion for verdict in verdicts)
    if not criteria:
        raise UsageError("nobody graded anything yet", hint="grade some replies: casemill judge grade RUN")
    place = Place(project.root, project.settings, os.environ)
    judge = asked["judge"] or "judge"
    orders = [Calibration(criterion=criterion, judge=judge, rubric=asked["rubric"]) for criterion in criteria]
    watched = partial(progress, as_json=as_json)
    return calibrate_judges(orders, place, people=People(verdicts, run), now=utc_now(), watched=watched)


@judge.command("list")
@JUDGE
@json_option
@click.pass_obj
def list_standings(project: Project, *, judge: str | None, as_json: bool) -> None:
    """List how far each judge is to be believed.

    By each criterion: calibrated (valid), stale, expired, below the floor, or never held against people (none).

    Example: casemill judge list
    """
    import os

    from casemill.cli.judge_told import stands
    from casemill.run.judging.trying import plan_trial, standings

    plan = plan_trial(project.settings, project.suite, environ=os.environ, judge=judge)
    told = standings(plan, now=utc_now())
    report(told, "\n".join(map(stands, told)), as_json=as_json)
