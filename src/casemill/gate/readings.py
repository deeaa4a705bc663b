"""`readings.jsonl`: how people read the reds of a target, one line each, only ever added; counted over time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from casemill.disk import append_whole
from casemill.domain.change import Change
from casemill.domain.failure import Severity
from casemill.domain.gate import Judgement, ReadAs, Red, RedRead
from casemill.domain.run import Run, Verdict
from casemill.domain.word import digest_of
from casemill.errors import FileError, UsageError
from casemill.suite.edit import edit_case

FILE = "readings.jsonl"
WORDS: Mapping[ReadAs, str] = {
    "regression": "the AI got worse",
    "stale": "the case is out of date",
    "grader_wrong": "the grader is wrong",
    "flaky": "it passes and fails by chance",
}

_decoder = msgspec.json.Decoder(RedRead)


def read_readings(folder: Path) -> tuple[RedRead, ...]:
    """Every reading of a suite folder, oldest first; none where there is no file. A FileError names the line."""
    path = folder / FILE
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_decoder.decode(line))
            except msgspec.DecodeError as error:
                hint = "a merge that left both sides? keep every whole line, in any order"
                raise FileError(path, f"is not a reading: {error}", line=number, hint=hint) from None
    return tuple(found)


def add_reading(folder: Path, reading: RedRead) -> bool:
    """Writes one more line; False when the same person read this red so already. The last one of a red stands."""
    before = read_readings(folder)
    stands = standing_readings(before).get((reading.run, reading.case))
    if stands is not None and (stands.read_as, stands.who, stands.note) == (reading.read_as, reading.who, reading.note):
        return False
    append_whole(folder / FILE, msgspec.json.encode(reading) + b"\n")
    return True


def standing_readings(readings: Iterable[RedRead]) -> dict[tuple[str, str], RedRead]:
    """By run and case the reading that stands: the last one."""
    return {(reading.run, reading.case): reading for reading in sorted(readings, key=lambda each: each.at)}


def counts_of(readings: Iterable[RedRead]) -> dict[ReadAs, int]:
    """How often reds were read as what; each red once."""
    found = Counter(reading.read_as for reading in standing_readings(readings).values())
    return {read_as: found[read_as] for read_as in WORDS if found[read_as]}


def counts_by_month(readings: Iterable[RedRead]) -> dict[str, dict[ReadAs, int]]:
    """The same for each month (YYYY-MM), oldest first."""
    months: dict[str, list[RedRead]] = {}
    for reading in standing_readings(readings).values():
        months.setdefault(f"{reading.at:%Y-%m}", []).append(reading)
    return {month: counts_of(months[month]) for month in sorted(months)}


def red_named(judgement: Judgement, case: str) -> Red:
    """The red of a case that failed or flickered; a UsageError when the run has none of that name."""
    found = [red for red in judgement.reds if red.result != "error"]
    for red in found:
        if red.case == case:
            return red
    names = ", ".join(red.case for red in found[:5]) or "none"
    raise UsageError(f"{case} is no red of run {judgement.run}", hint=f"its reds: {names}")


def grader_of(run: Run, case: str) -> str:
    """The grader that failed a case, the first of them; a judge with its criterion."""
    for grade in (grade for verdict in _verdicts(run, case) for trial in verdict.trials for grade in trial.grades):
        if grade.result == "fail":
            return f"judge {grade.judged.criterion}" if grade.judged else grade.grader
    return ""


def change_for(reading: RedRead, text: str, *, path: str, severity: Severity) -> Change | None:
    """The Change that a reading leads to: the case file marked stale, or set aside; None when the case may stay.

    A P0 is never set aside, since a quarantined case is not put: it is mended, or superseded.

    `text` is the file as it stands, `path` where it stands inside the suite folder. Comments and order survive.
    """
    if reading.read_as == "regression" or (severity == "P0" and reading.read_as != "stale"):
        return None
    mark = {"since": reading.at.date().isoformat(), "because": reading.note or WORDS[reading.read_as]}
    stale = reading.read_as == "stale"
    edits = {"stale": mark} if stale else {"status": "quarantined", "quarantine": mark}
    edited = edit_case(text, edits, path=path)
    return Change(
        kind="mark_stale" if stale else "supersede",
        path=path,
        text=edited,
        digest=digest_of(edited.encode()),
        why=f"a red of run {reading.run} was read: {WORDS[reading.read_as]}",
        case=reading.case,
        by=reading.who,
        at=reading.at,
    )


def _verdicts(run: Run, case: str) -> list[Verdict]:
    return [verdict for verdict in run.verdicts if verdict.case == case]
