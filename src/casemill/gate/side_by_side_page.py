"""Two runs side by side as one HTML file: the finding, both sides, flips with their reasons, slices."""

from collections.abc import Iterator

from casemill.domain.comparison import Comparison
from casemill.gate.page import coloured, document, slice_rows, table, text
from casemill.gate.phrases import compared, finding, left_out
from casemill.gate.side_by_side import SideBySide
from casemill.gate.side_by_side_text import WORDS, shown, yardsticks

KINDS = {"fell": "bad", "rose": "good", "steady": "good", "too_few": "warn"}
SLICES = ("by", "slice*", "cases#", "passed#", "95 % interval#", "", "before#")


def render(both: SideBySide) -> str:
    """A whole file of plain HTML."""
    return document(f"casemill compare: {both.before.run} and {both.after.run}", _body(both))


def _body(both: SideBySide) -> Iterator[str]:
    found = both.comparison
    if found is None:
        yield '<div class="state warn"><h1>Nothing to compare</h1>'
        yield "<p>No case was answered in both runs in the same content and graded by the same files.</p></div>"
    else:
        yield f'<div class="state {KINDS[found.says]}"><h1>{WORDS[found.says].capitalize()}</h1>'
        yield f"<p>{text(compared(found))}; {text(finding(found))}.</p></div>"
    yield f"<dl><dt>before</dt><dd>{text(shown(both.before))}</dd><dt>now</dt><dd>{text(shown(both.after))}</dd></dl>"
    yield from (f'<p class="warn">{text(line[:1].upper() + line[1:])}.</p>' for line in yardsticks(both))
    if found is not None:
        yield from _flips(found)
    if both.slices:
        yield "<h2>Slices of the later run</h2>"
        yield from table("Weak: surely under the rate of all other cases", SLICES, rows=slice_rows(both.slices))


def _flips(found: Comparison) -> Iterator[str]:
    if left := left_out(found):
        yield f'<p class="soft">Not compared: {text(left)}.</p>'
    for word, flips in (("worse", found.worse), ("better", found.better)):
        yield f"<h2>{word.capitalize()}: {len(flips)}</h2>"
        kind = "bad" if word == "worse" else "good"
        rows = [
            (
                flip.severity,
                f'<span class="id">{text(flip.case)}</span>',
                text(flip.failure_mode),
                coloured(f"{flip.before} → {flip.after}", kind),
                text(flip.reason),
            )
            for flip in flips
        ]
        if rows:
            heads = ("severity", "case*", "failure mode", "verdict", "why")
            yield from table("The reason is that of the run that did not pass", heads, rows=rows)
    if not (found.worse or found.better):
        yield "<p>No verdict changed.</p>"
