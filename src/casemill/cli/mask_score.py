"""`casemill mask score`: how well masking does on texts whose personal data somebody has marked."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from casemill.cli.show import counted, json_option, report
from casemill.errors import DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.personal.score import Interval, Mentions, Precision, Score

HEADS = {"go": "MUST GO", "stay": "MUST STAY", "either": "NEITHER"}
SAID = {"go": "masked to 90 %", "stay": "touched", "either": "masked to 90 %"}


@click.command()
@click.argument("gold", metavar="GOLD.jsonl[.gz]", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--lower", is_flag=True, help="Score the whole text in lower case.")
@click.option("--known/--no-known", default=True, help="Mask with the people that a line's `known` names (default).")
@json_option
@click.pass_context
def score(ctx: click.Context, gold: Path, *, lower: bool, known: bool, as_json: bool) -> None:
    """Mask every line of GOLD and compare with its spans.

    A line is {"text", "spans": [{"start", "end", "type"}]}, or a dialogue {"messages", "known", "spans": [{"message",
    "start", "end", "type"}]}. A span with "pii": false must stay, with true must go; where it says nothing, its type
    decides, as the heads of the table show. A line that is neither is left out and named; the exit code is then 4.

    Example: casemill mask score gold.jsonl.gz --lower
    """
    from casemill.personal.score import How
    from casemill.personal.score import score as score_lines

    with _lines(gold) as lines:
        found = score_lines(lines, how=How(lower=lower, known=known))
    for number in found.bad_lines[:20]:
        click.echo(f"{gold}:{number}: is no text with spans inside it; left out", err=True)
    report(found, as_table(found), as_json=as_json)
    ctx.exit(PUT_ASIDE if found.bad_lines else DONE)


@contextmanager
def _lines(path: Path) -> Iterator[BinaryIO]:
    """The file, unpacked where it is packed."""
    with path.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
        plain.seek(0)
        if not packed:
            yield plain
            return
        with gzip.open(plain) as file:
            try:
                yield file  # type: ignore[misc]
            except (EOFError, gzip.BadGzipFile) as error:
                raise UsageError(f"{path} is no whole gzip file", hint="pack it again") from error


def as_table(found: "Score") -> str:
    """The score for a person, at most 100 columns wide."""
    lines = [f"{counted(found.documents, 'document')}, {found.characters:,} characters"]
    for duty, sums in (("go", found.must_go), ("stay", found.must_stay), ("either", None)):
        rows = [row for row in found.types if row.duty == duty]
        if not rows:
            continue
        lines += ["", _row(HEADS[duty], ("n", SAID[duty], "", "95 % interval"))]
        lines += [_mentions(row) for row in rows]
        if sums and len(rows) > 1:
            lines.append(_mentions(sums))
    if found.labels:
        lines += ["", _row("MASKED AS", ("spans", "on such a type", "", "95 % interval"))]
        lines += [_precision(row) for row in found.labels]
    lines += ["", f"Over-masked: {_share(found.over_masked, found.other_characters)} of the characters outside gold."]
    if found.identifying:
        leaking = _share(found.leaking, found.identifying)
        lines.append(f"Documents with a leak: {found.leaking:,} of {found.identifying:,} ({leaking}).")
    return "\n".join(lines)


def _mentions(row: "Mentions") -> str:
    hits = row.touched if row.duty == "stay" else row.masked
    return _counts(row.type, hits, n=row.n, interval=row.interval)


def _precision(row: "Precision") -> str:
    return _counts(row.label, row.right, n=row.masked, interval=row.interval)


def _counts(name: str, hits: int, *, n: int, interval: "Interval") -> str:
    low, high = interval or (0.0, 0.0)
    between = f"{low:7.2%} – {high:7.2%}" if interval else ""
    return _row(name, (f"{n:,}", f"{hits:,}", _share(hits, n), between))


def _row(name: str, cells: tuple[str, str, str, str]) -> str:
    n, hits, share, between = cells
    name = "".join(sign if sign.isprintable() else "?" for sign in name) or "–"
    return f"{name[:28]:<30}{n:>8}{hits:>18}{share:>10}{between:>22}".rstrip()


def _share(hits: int, n: int) -> str:
    return f"{hits / n:.2%}" if n else "–"
