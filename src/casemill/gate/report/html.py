"""The judgement as one HTML file: the state, the rules, reds first with reply, reason and way back, then the rest."""

from collections.abc import Iterator

from casemill.domain.gate import Judgement, Red, RuleTold
from casemill.domain.run import Run, Verdict
from casemill.domain.wording import counted
from casemill.gate.page import coloured, document, lines, link, slice_rows, table, text
from casemill.gate.phrases import compared, finding, flips_of, labelled, left_out, read_words, spent_words
from casemill.gate.safe import by_mode, by_severity, headline, next_step, subject
from casemill.gate.way_back import reply_of

# A page with more reds than this is read by nobody and opened by no browser.
MOST_REDS = 400
MOST_REPLY = 6_000
KINDS = {"open": "good", "shut": "bad", "unjudged": "warn"}
MARKS = {
    "held": ("✓ held", "good"),
    "broken": ("✗ broken", "bad"),
    "unknown": ("? cannot tell", "warn"),
    "told": ("· told", "soft"),
}
SLICES = ("by", "slice*", "cases#", "passed#", "95 % interval#", "", "before#")


def render(judgement: Judgement, run: Run | None = None) -> str:
    """A whole file of plain HTML; with the run, whole replies and every slice."""
    return document(f"casemill gate: {judgement.state}", _body(judgement, run))


def _body(judgement: Judgement, run: Run | None) -> Iterator[str]:
    yield f'<div class="state {KINDS[judgement.state]}"><h1>{text(judgement.state.capitalize())}</h1>'
    yield f"<p>{text(headline(judgement).partition(': ')[2])}</p></div>"
    at = f"{judgement.at:%Y-%m-%d %H:%M} UTC"
    yield f'<p class="soft">{text(subject(judgement))} · judged {at}</p>'
    if rest := judgement.because[1:]:
        yield "<ul>" + "".join(f"<li>{text(reason)}</li>" for reason in rest) + "</ul>"
    yield f"<p><strong>Next:</strong> {text(next_step(judgement))}</p>"
    yield from _rules(judgement.rules)
    yield from _reds(judgement, run)
    yield from _told(judgement)
    yield from _flips(judgement)
    yield from _slices(judgement)
    yield from _modes(run)
    yield from _small(judgement)


def _rules(rules: tuple[RuleTold, ...]) -> Iterator[str]:
    if rules:
        yield "<h2>Rules</h2>"
        rows = ((coloured(*MARKS[rule.state]), text(rule.title), "<br>".join(map(text, rule.told))) for rule in rules)
        yield from table("What the gate goes by, the gravest first", ("", "rule", "what it says"), rows=rows)


def _reds(judgement: Judgement, run: Run | None) -> Iterator[str]:
    if not judgement.reds:
        return
    verdicts = {verdict.case: verdict for verdict in run.verdicts} if run else {}
    yield f"<h2>{text(counted(len(judgement.reds), 'case'))} did not pass</h2>"
    left = MOST_REDS
    for severity, reds in by_severity(judgement.reds):
        yield f"<h3>{severity}: {len(reds)}</h3>"
        for red in reds[:left]:
            yield from _red(red, verdicts.get(red.case))
        left = max(0, left - len(reds))
    if (more := len(judgement.reds) - MOST_REDS) > 0:
        yield f"<p>… and {more:,} more; <code>casemill gate</code> lists them all.</p>"


def _red(red: Red, verdict: Verdict | None) -> Iterator[str]:
    mark = coloured("shuts the gate", "bad") if red.blocks else coloured("told", "soft")
    golden = f" · golden ({text(red.golden)})" if red.golden else ""
    yield f'<details{" open" if red.blocks else ""}><summary><span class="id">{text(red.case)}</span>'
    yield f" · {text(red.failure_mode)} · <strong>{red.result}</strong>{golden} · {mark}</summary><div>"
    if said := reply_of(verdict) if verdict else red.said:
        yield f"<blockquote>{lines(said, most=MOST_REPLY)}</blockquote>"
    told = [(label, text(value)) for label, value in labelled(red) if label != "said"]
    if verdict and len(verdict.trials) > 1:
        told.append(("trials", f"{len(verdict.trials)}"))
    told += [("case", f"<code>{text(red.path)}</code>")] if red.path else []
    links = [red.ticket and text(red.ticket), link(red.link, "in the helpdesk"), link(red.desk, "on the desk")]
    if back := " · ".join(filter(None, links)):
        told.append(("way back", back))
    yield "<dl>" + "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in told) + "</dl></div></details>"


def _told(judgement: Judgement) -> Iterator[str]:
    if judgement.told:
        yield "<h2>Told</h2><ul>" + "".join(f"<li>{text(line)}</li>" for line in judgement.told) + "</ul>"


def _flips(judgement: Judgement) -> Iterator[str]:
    found = judgement.comparison
    if found is None:
        return
    yield "<h2>Since the baseline</h2>"
    yield f"<p>{text(compared(found))}: <strong>{text(finding(found))}</strong>.</p>"
    if left := left_out(found):
        yield f'<p class="soft">Not compared: {text(left)}.</p>'
    rows = [
        (
            coloured(word, "bad" if word == "worse" else "good"),
            flip.severity,
            f'<span class="id">{text(flip.case)}</span>',
            f"{flip.before} → {flip.after}",
            text(flip.reason),
        )
        for word, flip in flips_of(found)
    ]
    if rows:
        heads = ("change", "severity", "case*", "verdict", "why")
        yield from table(f"Only what changed, against run {found.before}", heads, rows=rows)


def _slices(judgement: Judgement) -> Iterator[str]:
    if judgement.slices:
        yield "<h2>Weak spots</h2>"
        caption = "Weak: surely under the rate of all other cases, with the whole 95 % interval of the difference"
        yield from table(caption, SLICES, rows=slice_rows(judgement.slices))


def _modes(run: Run | None) -> Iterator[str]:
    if modes := by_mode(run):
        yield "<h2>Failure modes</h2>"
        rows = ((text(mode), f"{passed:,}", f"{total:,}") for mode, passed, total in modes)
        yield from table("Every case of the run", ("failure mode", "passed#", "cases#"), rows=rows)


def _small(judgement: Judgement) -> Iterator[str]:
    for title, words in (("Cost", spent_words(judgement.spent)), ("Reds read so far", read_words(judgement))):
        if words:
            yield f"<h2>{title}</h2><p>{text(words)}</p>"
