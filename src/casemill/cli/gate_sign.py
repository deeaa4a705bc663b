"""`casemill gate sign` and `casemill gate override`: recorded yeses, each in its file beside the suite."""

from datetime import datetime
from pathlib import Path

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import json_option, report
from casemill.errors import UsageError

SUITE = click.option(
    "--suite", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project."
)
WHO = click.option("--who", metavar="NAME", help="Who says so. Default: [people] me, else Git's e-mail.")


@click.command()
@click.argument("run_file", default="latest", metavar="[RUN_FILE|latest]")
@click.option("--role", required=True, metavar="ROLE", help="As which role, one of policy.toml's [[sign_off]].")
@click.option("--note", default="", metavar="TEXT", help="What you looked at.")
@WHO
@SUITE
@json_option
@click.pass_obj
def sign(
    project: Project, *, run_file: str, role: str, note: str, who: str | None, suite: Path | None, as_json: bool
) -> None:
    """Sign a run off as a role that the policy asks for; writes signoffs.toml.

    What is signed is this run with these verdicts: changed afterwards, it must be signed again.

    Example: casemill gate sign latest --role pm --note "read all reds"
    """
    from casemill.cli.gate_place import judged_run, who_says
    from casemill.domain.gate import SignOff
    from casemill.gate import add_sign_off
    from casemill.gate.sign_off import digest_of_run

    judged = judged_run(project, run_file, suite=suite)
    run, by = judged.run, who_says(project, who)
    on = utc_now().date().isoformat()
    said = SignOff(run=run.head.id, role=role, who=by, on=on, digest=digest_of_run(run), note=note)
    new = add_sign_off(judged.folder, said, policy=judged.rules.policy)
    done = "signs" if new else "has signed already"
    text = f"{by} {done} as {role} for run {run.head.id}.\n  {judged.folder / 'signoffs.toml'}"
    report({"run": run.head.id, "role": role, "who": by, "new": new}, text, as_json=as_json)


@click.command()
@click.argument("case")
@click.option("--why", required=True, metavar="TEXT", help="Why it may fail until then.")
@click.option(
    "--until", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="The last day it counts."
)
@click.option("--commit", metavar="SHA", help="The commit it is said for. Default: the one that is checked out.")
@WHO
@SUITE
@json_option
@click.pass_obj
def override(
    project: Project,
    *,
    case: str,
    why: str,
    until: datetime,
    commit: str | None,
    who: str | None,
    suite: Path | None,
    as_json: bool,
) -> None:
    """Say yes to a P1 that fails, or to `drop`, a fall since the baseline; writes overrides.toml.

    A P0 has no yes. What is written is a proposal like any other line of Git: the gate goes by what was merged.

    Example: casemill gate override forgot-constraint-ab23cd --why "mended on Monday" --until 2026-12-01
    """
    from casemill.cli.gate_place import commit_here, who_says
    from casemill.cli.suite_place import suite_place
    from casemill.domain.gate import Override
    from casemill.gate import add_override

    folder = suite_place(project, suite).folder
    _refuse_p0(folder, case)
    named = {"rule": case} if case == "drop" else {"case": case}
    day = until.date().isoformat()
    if day < utc_now().date().isoformat():
        raise UsageError(f"{day} is past", hint="--until is the last day that it counts")
    said = Override(who=who_says(project, who), why=why, until=day, commit=commit or commit_here(), **named)
    path = add_override(folder, said)
    report(said, f"{said.who} says yes to {case} until {day}.\n  {path}", as_json=as_json)


def _refuse_p0(folder: Path, case: str) -> None:
    """A UsageError for a case that is not there, or that nobody may say yes to."""
    from casemill.suite import read_suite

    if case == "drop":
        return
    found = read_suite(folder).case(case)
    if found is None:
        raise UsageError(f"there is no case {case!r} in {folder}", hint="see them: casemill suite list")
    if found.severity == "P0":
        raise UsageError(
            f"{case} is a P0; nobody may say yes to it", hint="mend the AI, or supersede a case that is wrong"
        )
