"""`casemill gate read`: how people read the reds of a run, kept beside the suite and counted over time."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemill.cli.gate_sign import SUITE, WHO
from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, from_option, json_option, need_terminal, report
from casemill.errors import UsageError

if TYPE_CHECKING:
    from casemill.cli.gate_place import Judged
    from casemill.domain.gate import RedRead

KEYS = {"r": "regression", "s": "stale", "g": "grader_wrong", "f": "flaky"}


@click.command()
@click.argument("run_file", default="latest", metavar="[RUN_FILE|latest]")
@click.option("--case", metavar="CASE", help="Read this red alone; needs --as.")
@click.option("--as", "read_as", type=click.Choice(list(KEYS.values())), help="How it is read.")
@click.option("--note", default="", metavar="TEXT", help="What you saw; becomes the reason in the case file.")
@click.option("--counts", is_flag=True, help="Only tell how reds were read so far, by month.")
@from_option("Readings from a file of JSON lines: case, read_as, note, who.")
@WHO
@SUITE
@json_option
@click.pass_obj
def read(project: Project, /, *, run_file: str, counts: bool, suite: Path | None, as_json: bool, **said: Any) -> None:
    """Say of each red what it is: a regression, a stale case, a wrong grader, or a flake.

    On a terminal one red after the other; with --case and --as one; with --from many. Readings go to readings.jsonl
    beside the suite, one line each. A stale case, a wrong grader and a flake lead to a Change where there is a desk:
    `casemill suite pull` marks the case stale or sets it aside. No reading opens the gate by itself.

    Example: casemill gate read latest --case wrong-fact-7q3k2d --as stale --note "prices changed on Monday"
    """
    from casemill.cli.gate_place import judged_run

    if counts:
        return _tell_counts(project, suite, as_json=as_json)
    judged = judged_run(project, run_file, suite=suite)
    recorded = list(_recorded(project, judged, said=said))
    if not recorded and said["source"] is None:
        need_terminal("gate read", recorded="readings", as_json=as_json)
        from casemill.cli.gate_read_sitting import sit

        given = sit(project, judged, who=said["who"])
    else:
        given = iter(recorded)
    recorded, lines = [], []
    for reading in given:  # each is kept as it comes: whoever stops half-way has lost nothing
        lines.append(_keep(project, judged, reading=reading))
        recorded.append(reading)
    report(
        recorded,
        "\n".join([f"Read {counted(len(recorded), 'red')} of run {judged.run.head.id}.", *lines]),
        as_json=as_json,
    )
    return None


def _recorded(project: Project, judged: "Judged", *, said: dict[str, Any]) -> "Iterator[RedRead]":
    """What was said on the command line or in a file; every one is checked before any is kept."""
    if (said["case"] is None) != (said["read_as"] is None):
        raise UsageError("--case and --as go together", hint="casemill gate read --case CASE --as stale")
    if said["case"] is not None:
        yield made(project, judged, said={key: said[key] for key in ("case", "read_as", "note", "who")})
    if said["source"] is not None:
        yield from _from_file(project, judged, source=said["source"], who=said["who"])


def _from_file(project: Project, judged: "Judged", *, source: Path, who: str | None) -> "Iterator[RedRead]":
    import msgspec

    from casemill.errors import FileError

    for number, line in enumerate(source.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            told = msgspec.json.decode(line, type=dict[str, str])
            if unknown := told.keys() - {"case", "read_as", "note", "who"}:
                raise UsageError(f"there is no key {min(unknown)!r}")
            if told.get("read_as") not in KEYS.values():
                raise UsageError(f"read_as must be one of: {', '.join(KEYS.values())}")
            yield made(project, judged, said={"case": "", "note": "", "who": who} | told)
        except (msgspec.DecodeError, UsageError) as error:
            raise FileError(source, f"{error}", line=number, hint=getattr(error, "hint", None)) from None


def made(project: Project, judged: "Judged", *, said: dict[str, Any]) -> "RedRead":
    """One reading; a UsageError when the run has no such red."""
    from casemill.cli.gate_place import who_says
    from casemill.domain.gate import RedRead
    from casemill.gate.readings import grader_of, red_named

    red, run = red_named(judged.judgement, said["case"]), judged.run
    digest = next(verdict.digest for verdict in run.verdicts if verdict.case == red.case)
    return RedRead(
        case=red.case,
        digest=digest,
        run=run.head.id,
        target=run.head.target,
        read_as=said["read_as"],
        who=who_says(project, said["who"]),
        at=utc_now(),
        failure_mode=red.failure_mode,
        grader=grader_of(run, red.case),
        note=said["note"],
    )


def _keep(project: Project, judged: "Judged", *, reading: "RedRead") -> str:
    """The reading in its file, and the Change that it leads to; what became of it, in a line."""
    from casemill.gate import add_reading
    from casemill.gate.readings import WORDS, change_for

    new = add_reading(judged.folder, reading)
    told = f"  {reading.case}: {WORDS[reading.read_as]}" + ("" if new else "; recorded already")
    path, case = judged.rules.paths.get(reading.case), judged.rules.cases.get(reading.case)
    if path is None or case is None:
        return told
    inside = Path(path).relative_to(judged.folder).as_posix()
    change = change_for(reading, Path(path).read_text(encoding="utf-8"), path=inside, severity=case.severity)
    if change is None:
        grave = case.severity == "P0" and reading.read_as != "regression"
        return f"{told}; a P0 is not set aside: mend the AI, or supersede the case" if grave else told
    if not _has_desk(project):
        mark = "stale: {since, because}" if change.kind == "mark_stale" else "status: quarantined"
        return f"{told}; there is no desk here: write `{mark}` into {path}"
    from casemill.sync import propose_change

    propose_change(project.desk, change)
    return f"{told}; a Change waits: casemill suite pull"


def _has_desk(project: Project) -> bool:
    """Whether somebody has laid one out; looking makes none."""
    from casemill.cli.suite_place import project_root

    if project_root(project) is None:
        return False
    from casemill.store.schema import look

    return any(one.name == "desk" and one.version for one in look(project.settings.store, root=project.root))


def _tell_counts(project: Project, suite: Path | None, *, as_json: bool) -> None:
    from casemill.cli.suite_place import suite_place
    from casemill.gate.readings import counts_by_month, read_readings

    months = counts_by_month(read_readings(suite_place(project, suite).folder))
    lines = [
        f"{month}  " + ", ".join(f"{count} {read_as.replace('_', ' ')}" for read_as, count in counts.items())
        for month, counts in months.items()
    ]
    report(months, "\n".join(lines) or "Nobody has read a red yet.", as_json=as_json)
