"""A case that did not pass, and the way back from it: its file, its ticket, the helpdesk, the desk."""

from urllib.parse import quote

from casemill.domain.gate import Red
from casemill.domain.run import Run, RunHead, Verdict
from casemill.domain.wording import named
from casemill.domain.yardstick import Apart
from casemill.gate.readings import WORDS
from casemill.gate.rules import Rules
from casemill.gate.weigh import Weighed

SAID_AT_MOST = 240
# A history shorter than this says nothing.
FEWEST_TRIALS = 3


def red_of(each: Weighed, rules: Rules, *, run: Run, desk_url: str | None) -> Red:
    """The red for a verdict that is not a pass."""
    verdict, lineage = each.verdict, each.case.lineage if each.case else None
    desk = (
        f"{desk_url.rstrip('/')}/review/{quote(lineage.key, safe=':', errors='replace')}"
        if desk_url and lineage
        else None
    )
    assert verdict.result != "pass"
    return Red(
        case=verdict.case,
        failure_mode=verdict.failure_mode,
        severity=each.severity,
        result=verdict.result,
        reason="; ".join(part for part in (_reason(verdict), each.aside) if part),
        said=_said(verdict),
        path=rules.paths.get(verdict.case),
        ticket=lineage.key if lineage else None,
        link=lineage.link if lineage else None,
        desk=desk,
        before=_before(verdict, rules, head=run.head),
        override=each.override,
        blocks=each.blocks,
        golden=each.case.golden if each.case else None,
        doubt=each.doubt if verdict.result != "error" else None,
        history=each.history.told if each.history and each.history.trials >= FEWEST_TRIALS else None,
        read=_read(verdict, rules, run=run),
    )


def _reason(verdict: Verdict) -> str:
    grades = [grade for trial in verdict.trials for grade in trial.grades if grade.result != "pass"]
    return verdict.reason or (grades[0].reason if grades else "")


def reply_of(verdict: Verdict) -> str:
    """The reply of the first trial that failed, else of the first that has one, as it came."""
    failing = [trial for trial in verdict.trials if any(grade.result == "fail" for grade in trial.grades)]
    reply = next((trial.reply for trial in (*failing, *verdict.trials) if trial.reply), None)
    return reply.text if reply else ""


def _said(verdict: Verdict) -> str:
    line = " ".join(reply_of(verdict).split())
    return line if len(line) <= SAID_AT_MOST else line[: SAID_AT_MOST - 1] + "…"


def _before(verdict: Verdict, rules: Rules, *, head: RunHead) -> str | None:
    """What the baseline of this target says of the case."""
    accepted = rules.baseline.get(head.target)
    kept = accepted.verdicts.get(verdict.case) if accepted else None
    if accepted is None or kept is None:
        return None
    if kept.digest != verdict.digest:
        return f"{kept.result}, in an older content"
    other = Apart(accepted.yardsticks, head.yardsticks).names(kept.yardsticks, verdict.yardsticks)
    return f"{kept.result}, graded by another {named(other)}" if other else kept.result


def _read(verdict: Verdict, rules: Rules, *, run: Run) -> str | None:
    """How somebody read this red, or the last one of this case in the same content."""
    found = [
        reading
        for reading in rules.readings
        if (reading.case, reading.digest, reading.target) == (verdict.case, verdict.digest, run.head.target)
    ]
    if not found:
        return None
    here = [reading for reading in found if reading.run == run.head.id]
    last = max(here or found, key=lambda reading: reading.at)
    note = f": {last.note}" if last.note else ""
    when = "" if here else f", in run {last.run}"
    return f"{WORDS[last.read_as]}, says {last.who} on {last.at:%Y-%m-%d}{when}{note}"
