"""`casemill suite`: the cases listed, linted, frozen, exported, and pulled from the desk."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, print_json, report
from casemill.cli.suite_export import export
from casemill.errors import DONE, USAGE

if TYPE_CHECKING:
    from casemill.suite import Checks, Finding, Frozen, Suite

SUITE = click.option(
    "--suite", "given", type=click.Path(path_type=Path), metavar="PATH", help="The suite folder; needs no project."
)


@click.group()
def suite() -> None:
    """The cases in your Git: list, lint, freeze, export, pull.

    Example: casemill suite list
    """


@suite.command("list")
@click.option("--cases", is_flag=True, help="One line a case.")
@SUITE
@json_option
@click.pass_context
def list_cases(ctx: click.Context, *, cases: bool, given: Path | None, as_json: bool) -> None:
    """Count the cases by failure mode, severity and status; exit 2 when a file cannot be read.

    Example: casemill suite list --cases
    """
    from casemill.cli.suite_place import suite_place
    from casemill.suite import read_suite

    place = suite_place(ctx.obj, given)
    read = read_suite(place.folder, cache=place.cache)
    if as_json:
        print_json(_plain(read))
    else:
        click.echo("\n".join(_case_lines(read) if cases else _count_lines(read)))
    for problem in read.problems:
        click.echo(f"{click.style('error:', fg='red')} {problem}", err=True)
    ctx.exit(USAGE if read.problems else DONE)


def _plain(read: "Suite") -> dict[str, object]:
    keys = ("id", "failure_mode", "severity", "stratum", "status", "features")
    return {
        "digest": read.digest,
        "taxonomy": read.taxonomy.version,
        "cases": [
            {key: getattr(case, key) for key in keys} | {"path": str(read.paths[case.id]), "digest": case.digest}
            for case in read.cases
        ],
        "problems": [str(problem) for problem in read.problems],
    }


def _case_lines(read: "Suite") -> list[str]:
    ordered = sorted(read.cases, key=lambda case: (case.severity, case.failure_mode, case.id))
    return [f"{case.severity}  {case.status:<12}{case.failure_mode:<24}{case.id}" for case in ordered] or [NONE]


NONE = "No case yet. Admit drafts: casemill admit"


def _count_lines(read: "Suite") -> list[str]:
    if not read.cases:
        return [NONE]
    rows: dict[str, list[int]] = {}
    columns = ["P0", "P1", "P2", "active", "quarantined", "retired"]
    for case in read.cases:
        row = rows.setdefault(case.failure_mode, [0] * len(columns))
        row[columns.index(case.severity)] += 1
        row[columns.index(case.status)] += 1
    rows["all"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    width = max(len("failure mode"), *map(len, rows))
    head = f"{'failure mode':<{width}}" + "".join(f"{column:>{max(len(column) + 2, 6)}}" for column in columns)
    return [
        head,
        *(
            f"{mode:<{width}}" + "".join(f"{n or '-':>{max(len(c) + 2, 6)}}" for c, n in zip(columns, row, strict=True))
            for mode, row in sorted(rows.items(), key=lambda item: (item[0] == "all", item[0]))
        ),
    ]


@suite.command()
@SUITE
@json_option
@click.pass_context
def lint(ctx: click.Context, *, given: Path | None, as_json: bool) -> None:
    """Check every file of the suite; each finding has its file and line. Exit 2 on errors.

    Example: casemill suite lint
    """
    from casemill.cli.suite_place import suite_place
    from casemill.suite import lint as lint_suite
    from casemill.suite import read_suite

    place = suite_place(ctx.obj, given)
    read = read_suite(place.folder, cache=place.cache)
    findings = (
        *lint_suite(place.folder, now=utc_now(), checks=_checks(ctx.obj, place.folder), suite=read),
        *_rules(place.folder),
    )
    errors = sum(finding.level == "error" for finding in findings)
    lines = [f"{finding.text}" + (f"\n  {finding.hint}" if finding.hint else "") for finding in findings]
    if pastes := [finding.paste for finding in findings if finding.paste]:
        lines += [
            "",
            f"What accepts the first of these in {place.folder / 'leaks.toml'}, for whoever can answer for it:",
        ]
        lines += ["", pastes[0], ""]
    warnings = counted(len(findings) - errors, "warning")
    lines.append(f"{counted(len(read.cases), 'case')}: {counted(errors, 'error')}, {warnings}.")
    report(findings, "\n".join(lines), as_json=as_json)
    ctx.exit(USAGE if errors else DONE)


def _checks(project: Project, folder: Path, *, supersede: tuple[str, ...] = ()) -> "Checks":
    """What lint and freezing need from above: whether a grader would take an assertion's arguments, and finds the files
    it needs; which these are; and the company's own words."""
    from casemill.cli.suite_place import project_root, settings_here
    from casemill.run.graders import Surroundings, complaint
    from casemill.run.yardsticks import yardsticks_of
    from casemill.suite import Checks

    around = Surroundings(project_root(project) or Path.cwd(), folder, utc_now())
    keep = settings_here(project).anonymize.keep
    return Checks(
        assertion=lambda assertion: complaint(assertion, around),
        supersede=supersede,
        keep=keep,
        yardsticks=lambda cases: yardsticks_of(cases, around).digests,
    )


def _rules(folder: Path) -> "list[Finding]":
    """The gate's own files, linted with the rest."""
    from casemill.gate.rules import check_rules
    from casemill.suite import Finding

    return [
        Finding(path=str(error.path), line=error.line, message=error.reason, hint=error.hint)
        for error in check_rules(folder)
    ]


@suite.command()
@click.option("--note", default="", metavar="TEXT", help="What this release is for; goes into its notes.")
@click.option(
    "--supersede", multiple=True, metavar="CASE", help="Accept the new content of a released case; '*' for all."
)
@click.option("--unread", is_flag=True, help="Freeze though nobody was asked to read for leaks; the notes say so.")
@json_option
@click.pass_obj
def freeze(project: Project, *, note: str, supersede: tuple[str, ...], unread: bool, as_json: bool) -> None:
    """Make the next release of the active cases: releases/N.lock, and N.md with what changed, in words.

    It pins the cases and what the files say by which they are graded: rubrics, presets, schemas. Nothing is written
    when lint finds errors, or when nothing changed. Where there is a desk, people have read a sample of the tickets for
    leaks first (casemill leaks), and what they found is masked.

    Example: casemill suite freeze --note "Return policy of December"
    """
    from casemill.cli.freeze_gate import read_for_leaks
    from casemill.cli.suite_place import suite_place
    from casemill.suite import freeze as freeze_suite

    folder = suite_place(project, None).folder
    notes = [note.strip(), read_for_leaks(project, folder, unread=unread)]
    told, checks = "\n\n".join(filter(None, notes)), _checks(project, folder, supersede=supersede)
    frozen = freeze_suite(folder, by=project.me, now=utc_now(), note=told, checks=checks)
    plain = {
        "release": frozen.release.number,
        "digest": frozen.release.digest,
        "path": str(frozen.path),
        "new": frozen.new,
        "added": frozen.added,
        "removed": frozen.removed,
        "changed": frozen.changed,
        "yardsticks": frozen.yardsticks,
    }
    report(plain, _frozen_text(frozen), as_json=as_json)


def _frozen_text(frozen: "Frozen") -> str:
    if not frozen.new:
        return f"Nothing changed since release {frozen.release.number}. {frozen.path}"
    counts = f"{len(frozen.added)} added, {len(frozen.removed)} removed, {len(frozen.changed)} superseded"
    cases = counted(len(frozen.release.cases), "case")
    by = f"Graded by other files now: {', '.join(frozen.yardsticks)}.\n" if frozen.yardsticks else ""
    return f"Froze release {frozen.release.number}: {cases} ({counts}). {frozen.path}\n{by}Next: casemill run"


suite.add_command(export)


@suite.command()
@json_option
@click.pass_obj
def pull(project: Project, *, as_json: bool) -> None:
    """Write the desk's waiting changes into the suite's files; a commit when [suite] commit is set.

    Example: casemill suite pull
    """
    from casemill.sync import pull_changes

    settings = project.settings.suite
    pulled = pull_changes(project.desk, project.suite, now=utc_now(), commit=settings.commit, branch=settings.branch)
    lines = [f"  {path}" for path in pulled.written]
    same = f", {pulled.same} there already" if pulled.same else ""
    report(pulled, "\n".join([*lines, f"Pulled {counted(len(pulled.written), 'file')}{same}."]), as_json=as_json)
