"""One HTML file that opens from a disk: no script, nothing fetched; foreign text is text and nothing else."""

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from casemill.domain.comparison import Slice
from casemill.domain.wording import percent
from casemill.gate.safe import UNSEEN, one_line, unobeyed, web_address

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1c2024, #e8eaed); --soft: light-dark(#5b6470, #a3acb8);
  --line: light-dark(#dfe3e8, #333a43); --wash: light-dark(#f5f6f8, #1d2126); --ground: light-dark(#fff, #14171a);
  --accent: light-dark(#0b57a4, #8ab8f0); --good: light-dark(#1a6b3a, #7fcf9d); --warn: light-dark(#7a4b00, #e6b566);
  --bad: light-dark(#a3221b, #f0938d); }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem } h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem }
h3 { font-size: 1rem; margin: 1.25rem 0 .4rem } p, ul { margin: .4rem 0 } ul { padding-left: 1.25rem }
.soft { color: var(--soft) } .good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) }
.state { border-left: .4rem solid currentColor; padding-left: .9rem; margin-bottom: 1rem }
.state p { color: var(--ink) } a { color: var(--accent) }
code, pre, .id { font-family: ui-monospace, monospace; font-size: .93em }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere } th { font-weight: 600 } td.n, th.n { text-align: right; white-space: nowrap }
td > .good, td > .bad, td > .warn, td > .soft { white-space: nowrap } td:first-child { min-width: 3em }
@media (min-width: 40rem) { td:not(:last-child), th { overflow-wrap: break-word } }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .5rem 0; background: var(--wash) }
summary { padding: .5rem .75rem; cursor: pointer; overflow-wrap: anywhere }
summary::marker { color: var(--soft) }
details > div { padding: .25rem .75rem .75rem; border-top: 1px solid var(--line); background: var(--ground);
  border-radius: 0 0 .4rem .4rem }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .3rem .75rem; margin: .5rem 0 0 }
dt { color: var(--soft) } dd { margin: 0; overflow-wrap: anywhere }
blockquote { margin: .5rem 0; padding: .5rem .75rem; border-left: .25rem solid var(--accent); background: var(--wash);
  white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem; overflow: auto }
svg { display: block; width: 8rem; height: .8rem }
@media print { details { break-inside: avoid } body { font-size: 12px } }
tbody th { font-weight: inherit }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr } dt { margin-top: .3rem } }
@media (max-width: 60rem) {
  .stack, .stack caption, .stack tbody, .stack tbody th, .stack td { display: block }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  .stack tbody { border-top: 1px solid var(--line) }
  .stack tbody tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .1rem 1rem;
    padding: .6rem 0; border-bottom: 1px solid var(--line) }
  .stack tbody th, .stack tbody td { border: 0; padding: 0; overflow-wrap: anywhere }
  .stack tbody th { order: -1; grid-column: 1 / -1; font-weight: 600 }
  .stack tbody td, .stack tbody td.n { position: relative; min-width: 0; padding-left: 7.5rem; text-align: left;
    white-space: normal }
  .stack tbody td[data-label]::before { content: attr(data-label); content: attr(data-label) / ""; position: absolute;
    left: 0; color: var(--soft) }
  .stack tbody td:last-child { grid-column: 1 / -1 } .stack tbody td:empty { display: none }
}
@media (min-width: 40rem) and (max-width: 60rem) { .stack tbody td:not([data-label]) { grid-column: -2 / -1 } }
"""
MOST_COLUMNS = 4


def document(title: str, body: Iterable[str]) -> str:
    """The whole file."""
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<title>{text(title)}</title>\n<style>{STYLE}</style>\n</head>\n'
    )
    return head + "<body>\n<main>\n" + "\n".join(body) + "\n</main>\n</body>\n</html>\n"


def text(foreign: str) -> str:
    """Foreign text on one line, as text."""
    return escape(one_line(foreign))


def lines(foreign: str, *, most: int) -> str:
    """Foreign text with its own lines, as text; cut at `most` characters and said so."""
    kept = "\n".join(UNSEEN.sub(" ", line.rstrip()) for line in foreign[:most].splitlines())
    return escape(unobeyed(kept)) + (f"\n… and {len(foreign) - most:,} more characters" if len(foreign) > most else "")


def link(address: str | None, words: str) -> str:
    """A link where it leads to the web, nothing elsewhere."""
    safe = web_address(address)
    return f'<a href="{escape(safe)}" rel="noreferrer">{text(words)}</a>' if safe else ""


class _Column(NamedTuple):
    """A column of a table: its words, whether it holds numbers, whether it names the row."""

    words: str
    number: bool
    names: bool

    @classmethod
    def of(cls, head: str) -> "_Column":
        return cls(head.rstrip("#*"), head.endswith("#"), head.endswith("*"))


def table(caption: str, heads: Iterable[str], *, rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table; cells are HTML already. A head that ends in `#` is of numbers, one that ends in `*` of what names a row.

    One of many columns is laid out as blocks where the page is narrow, each value behind its label. It says by roles
    what it is, since a browser no longer takes a table that is laid out otherwise for one.
    """
    columns = [_Column.of(head) for head in heads]
    stacks = len(columns) > MOST_COLUMNS
    kind = ' class="stack" role="table"' if stacks else ""
    group, row_is = (' role="rowgroup"', ' role="row"') if stacks else ("", "")
    yield f"<table{kind}><caption>{text(caption)}</caption>"
    named = "".join(_head(one, stacks=stacks) for one in columns)
    yield f"<thead{group}><tr{row_is}>{named}</tr></thead><tbody{group}>"
    for row in rows:
        cells = (_cell(one, cell, stacks=stacks) for one, cell in zip(columns, row, strict=True))
        yield f"<tr{row_is}>{''.join(cells)}</tr>"
    yield "</tbody></table>"


def _head(column: _Column, *, stacks: bool) -> str:
    numbers = _class(column.number)
    if not column.words:
        return f"<td{_role('cell', stacks=stacks)}{numbers}></td>"
    return f'<th scope="col"{_role("columnheader", stacks=stacks)}{numbers}>{text(column.words)}</th>'


def _cell(column: _Column, cell: str, *, stacks: bool) -> str:
    if column.names:
        return f'<th scope="row"{_role("rowheader", stacks=stacks)}>{cell}</th>'
    label = f' data-label="{text(column.words)}"' if stacks and column.words and cell else ""
    return f"<td{_role('cell', stacks=stacks)}{_class(column.number)}{label}>{cell}</td>"


def _role(role: str, *, stacks: bool) -> str:
    return f' role="{role}"' if stacks else ""


def _class(is_number: bool) -> str:
    return ' class="n"' if is_number else ""


def coloured(words: str, kind: str) -> str:
    return f'<span class="{kind}">{text(words)}</span>'


def slice_rows(slices: Iterable[Slice]) -> Iterator[tuple[str, ...]]:
    """For a table of label, slice, cases, rate, interval, drawn interval and rate before."""
    for each in slices:
        low, high = each.interval
        kind = "bad" if each.weak else "accent"
        yield (
            text(each.of),
            f"<strong>{text(each.name)}</strong>" + (" " + coloured("weak", "bad") if each.weak else ""),
            f"{each.cases:,}",
            percent(each.rate),
            f"{percent(low)} to {percent(high)}",
            _drawn(low, high, rate=each.rate, kind=kind),
            percent(each.before) if each.before is not None else "",
        )


def _drawn(low: float, high: float, *, rate: float, kind: str) -> str:
    """The interval as a bar of 100 by 10, the rate as a stroke on it; the numbers stand beside as text."""
    span = (
        f'<rect x="{low * 100:.1f}" y="3" width="{max(0.8, (high - low) * 100):.1f}" height="4" '
        f'fill="var(--{kind})" opacity=".45"/>'
    )
    stroke = f'<rect x="{min(98.5, rate * 100):.1f}" y="1" width="1.5" height="8" fill="var(--{kind})"/>'
    ground = '<rect x="0" y="4.5" width="100" height="1" fill="var(--line)"/>'
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{ground}{span}{stroke}</svg>'
