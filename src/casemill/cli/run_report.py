"""What `casemill run` says when it is done, and beforehand."""

from typing import TYPE_CHECKING

from casemill.cli.show import counted

if TYPE_CHECKING:
    from casemill.run import Beside, Forecast, Ran
    from casemill.run.forecast import Part

MOST_DIFFERING = 20


def ran_told(ran: "Ran") -> str:
    """One run: a summary line, its file, what it spent, what kept it from telling, and what is next."""
    summary = (
        f"Ran {counted(ran.cases, 'case')} on {ran.target} in {ran.seconds:.1f} s: {ran.passed:,} passed, "
        f"{ran.failed:,} failed, {ran.flaky:,} flaky, {counted(ran.errors, 'error')}."
    )
    narrowed = [f"  narrowed by {ran.narrowed}"] if ran.narrowed else []
    left = [f"  the budget left out {counted(ran.left, 'case')}"] if ran.left else []
    reasons = [f"  {counted(count, 'error')}: {reason}" for reason, count in list(ran.errors_by.items())[:3]]
    told = [f"  {line}" for line in ran.told]
    spent = [f"  {line}" for line in _spent(ran)]
    return "\n".join(
        [summary, f"  {ran.file}", *spent, *narrowed, *left, *reasons, *told, f"Next: casemill gate {ran.file}"]
    )


def _spent(ran: "Ran") -> list[str]:
    from casemill.run.tally import told

    if ran.spent is None:
        return []
    calls = [counted(ran.spent.calls, "call")] if ran.spent.calls else []
    calls += [f"{counted(ran.spent.judge_calls, 'call')} of a judge"] if ran.spent.judge_calls else []
    calls += [f"{counted(ran.spent.kept, 'answer')} kept from before"] if ran.spent.kept else []
    tokens = told(ran.spent)
    return [", ".join([*calls, *([tokens] if tokens else [])])] if tokens or ran.spent.kept else []


def beside_told(beside: "Beside") -> str:
    """Several targets as a table, then the cases on which they differ."""
    head = ("", "passed", "failed", "flaky", "errors", "median ms", "tokens", "cost")
    rows = [head, *(_row(ran) for ran in beside.runs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [_line(row, widths) for row in rows]
    if beside.differing:
        lines += ["", f"They differ on {counted(len(beside.differing), 'case')}:"]
        for one in beside.differing[:MOST_DIFFERING]:
            results = zip(beside.runs, one.results, strict=True)
            lines.append(f"  {one.severity} {one.case}  {', '.join(f'{ran.target} {said}' for ran, said in results)}")
        if len(beside.differing) > MOST_DIFFERING:
            lines.append(f"  … and {len(beside.differing) - MOST_DIFFERING:,} more; --json names them all")
    else:
        lines += ["", "They do not differ on any case."]
    told = dict.fromkeys(line for ran in beside.runs for line in ran.told)
    files = [f"  casemill gate {ran.file}" for ran in beside.runs]
    return "\n".join([*lines, *told, "Next:", *files])


def _row(ran: "Ran") -> tuple[str, ...]:
    from casemill.run.tally import cost_told, tokens_told

    spent = ran.spent
    latency = f"{spent.latency_ms:,.0f}" if spent and spent.latency_ms is not None else "–"
    counts = (f"{count:,}" for count in (ran.passed, ran.failed, ran.flaky, ran.errors))
    tokens = (tokens_told(spent).removesuffix(" tokens") if spent else "") or "–"
    return (ran.target, *counts, latency, tokens, (cost_told(spent) if spent else "") or "–")


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
    return "  ".join([f"{row[0]:<{widths[0]}}", *cells])


def forecast_told(forecast: "Forecast") -> str:
    """What a run would take, before anybody is called."""
    lines = [f"{counted(forecast.cases, 'case')} on {forecast.target}:"]
    lines.append(f"  target  {_part(forecast.asked)}")
    if forecast.judged.calls:
        lines.append(f"  judge   {_part(forecast.judged)}")
    if forecast.seconds is not None:
        lines.append(f"  about {forecast.seconds:,.0f} s of the target's time")
    lines.append(f"  by {forecast.by}; nobody was called")
    lines += [f"  narrowed by {forecast.narrowed}"] if forecast.narrowed else []
    return "\n".join([*lines, *(f"  {line}" for line in forecast.told)])


def _part(part: "Part") -> str:
    from casemill.run.tally import money

    calls = counted(part.calls, "call")
    if part.most_calls > part.calls:
        calls += f" ({part.most_calls:,} at most, to be sure of fails)"
    tokens = f"about {part.input_tokens:,} tokens in and {part.output_tokens:,} out"
    cost = f", {money(part.cost)}" if part.cost is not None else ", no price known"
    return f"{calls}, {tokens}{cost}" if part.calls else "nobody is called"
