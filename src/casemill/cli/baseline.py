"""`casemill baseline`: what later runs are compared with."""

from pathlib import Path

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, report


@click.group()
def baseline() -> None:
    """What later runs are compared with.

    Example: casemill baseline accept latest
    """


@baseline.command()
@click.argument("run_file", default="latest", metavar="[RUN_FILE|latest]")
@click.option("--suite", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project.")
@json_option
@click.pass_obj
def accept(project: Project, *, run_file: str, suite: Path | None, as_json: bool) -> None:
    """Accept a whole run as the baseline of its target; writes baseline.json and stability.json.

    Only a run for which the gate is open is accepted. Accepting a run twice changes nothing.

    Example: casemill baseline accept .casemill/runs/42.jsonl
    """
    from casemill.cli.gate_place import judged_run
    from casemill.gate import accept as accept_run

    judged = judged_run(project, run_file, suite=suite)
    left = judged.rules.left_out(judged.run)
    done = accept_run(judged.run, judged.folder, now=utc_now(), state=judged.judgement.state, left=left)
    results = ", ".join(f"{count} {result}" for result, count in sorted(done.results.items()))
    text = (
        f"Run {done.run} is the baseline of {done.target}: {results}; "
        f"{counted(done.different, 'verdict differs', many='verdicts differ')} from the one before.\n  {done.path}"
    )
    report(done._asdict() | {"path": str(done.path)}, text, as_json=as_json)


@baseline.command()
@click.argument("run_files", nargs=-1, metavar="[RUN_FILE|latest]...")
@click.option("--suite", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project.")
@json_option
@click.pass_obj
def count(project: Project, *, run_files: tuple[str, ...], suite: Path | None, as_json: bool) -> None:
    """Count the trials of runs, shut ones too, into stability.json, and accept nothing.

    By this history the gate tells a flake from a regression: a case whose pass rate is surely neither near 0 nor near 1
    (90 % interval) is set aside, unless it is a P0. Each run is counted once.

    Example: casemill baseline count .casemill/runs/*.jsonl
    """
    from casemill.cli.suite_place import run_path, suite_place
    from casemill.gate import count_trials
    from casemill.gate.baseline import read_stability
    from casemill.run import read_run

    folder = suite_place(project, suite).folder
    runs = [read_run(run_path(project, name)) for name in run_files or ("latest",)]
    new = [run.head.id for run in runs if count_trials(run, folder)]
    flaky = sorted({case for case, by in read_stability(folder).items() for each in by.values() if each.flickers})
    by_chance = counted(len(flaky), "case passes", many="cases pass")
    text = f"Counted {counted(len(new), 'run')}; {by_chance} and fail by chance."
    report({"counted": new, "flaky": flaky}, "\n".join([text, *(f"  {case}" for case in flaky)]), as_json=as_json)
