"""A case that did not pass, and the way back from it: its file, its ticket, the helpdesk, the desk."""

from urllib.parse import quote

from casemill.domain.gate import Red
from casemill.domain.run import Verdict
from casemill.gate.rules import Rules
from casemill.gate.weigh import Weighed

SAID_AT_MOST = 240


def red_of(each: Weighed, rules: Rules, *, target: str, desk_url: str | None) -> Red:
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
        before=_before(verdict, rules, target=target),
        override=each.override,
        blocks=each.blocks,
    )


def _reason(verdict: Verdict) -> str:
    grades = [grade for trial in verdict.trials for grade in trial.grades if grade.result != "pass"]
    return verdict.reason or (grades[0].reason if grades else "")


def _said(verdict: Verdict) -> str:
    """The reply of the first trial that failed, else of the first that has one, in one short line."""
    failing = [trial for trial in verdict.trials if any(grade.result == "fail" for grade in trial.grades)]
    reply = next((trial.reply for trial in (*failing, *verdict.trials) if trial.reply), None)
    line = " ".join(reply.text.split()) if reply else ""
    return line if len(line) <= SAID_AT_MOST else line[: SAID_AT_MOST - 1] + "…"


def _before(verdict: Verdict, rules: Rules, *, target: str) -> str | None:
    """What the baseline of this target says of the case."""
    accepted = rules.baseline.get(target)
    kept = accepted.verdicts.get(verdict.case) if accepted else None
    if kept is None:
        return None
    return kept.result if kept.digest == verdict.digest else f"{kept.result}, in an older content"
