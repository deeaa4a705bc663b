"""What `casemill judge` tells a person, as text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from casemill.cli.show import counted
from casemill.domain.wording import percent

if TYPE_CHECKING:
    from casemill.domain.calibration import Measured
    from casemill.domain.run import SelfTest
    from casemill.run.calibrate import Calibrated
    from casemill.run.judging.trying import Standing

KINDS = {
    "good": "a good reply",
    "bad": "a bad reply",
    "injected": "a bad reply that gives orders",
    "anchor": "a reply of its calibration",
}
MOST_ASIDE = 5


def tried(tests: "Sequence[SelfTest]") -> str:
    """How many self-tests held, and each that did not."""
    missed = [test for test in tests if not test.held]
    lines = [
        f"  {test.judge}, {test.by}: {KINDS[test.kind]} should {test.wanted}; it says {test.said}: {test.reason}"
        for test in missed
    ]
    return "\n".join([f"{len(tests) - len(missed)} of {counted(len(tests), 'self-test')} held.", *lines])


def calibrated(done: "Calibrated") -> str:
    """What one calibration came to."""
    return "\n".join(_calibrated(done))


def _calibrated(done: "Calibrated") -> Iterator[str]:
    it, table = done.certificate, done.certificate.table
    stands = f"holds until {it.expires}" if it.holds else "does not hold"
    yield f"{it.criterion} by {it.judge} ({it.model}): {stands}"
    yield from (f"  {why}" for why in it.because)
    kappa = f", kappa {it.kappa:.2f}" if it.kappa is not None else ""
    people = f" (people with each other: {it.people_kappa:.2f})" if it.people_kappa is not None else ""
    yield f"  TPR {_rate(it.tpr)}, TNR {_rate(it.tnr)}{kappa}{people}"
    yield f"  people passed {table.pass_pass + table.pass_fail}, of these the judge {table.pass_pass}"
    yield f"  people failed {table.fail_pass + table.fail_fail}, of these the judge {table.fail_fail}"
    if table.unsure:
        yield f"  on {counted(table.unsure, 'reply', many='replies')} the judge gave no verdict"
    if told := it.pass_rate:
        yield f"  people would pass {_rate(told.rate)} of run {told.run}, by {told.method}"
        yield f"  the judge passed {_rate(told.judged)} of it"
    if done.untold:
        yield f"  no pass rate of the run: {done.untold}"
    yield from (f"  put aside: {why}" for why in done.aside[:MOST_ASIDE])
    if len(done.aside) > MOST_ASIDE:
        yield f"  … and {len(done.aside) - MOST_ASIDE:,} more"
    cost = f" for ${done.cost:.4f}" if done.cost is not None else ""
    kept = f", {counted(done.kept, 'answer')} kept from before" if done.kept else ""
    yield f"  {counted(done.calls, 'call')}{cost}{kept}; {done.file}"


def stands(one: "Standing") -> str:
    """How a judge stands by one criterion, in a line."""
    head = f"{one.judge:<12} {one.rubric:<14} {one.criterion:<20} {one.state:<8}"
    if one.state == "valid" and (it := one.certificate):
        return f"{head} TPR {_rate(it.tpr)}, TNR {_rate(it.tnr)}, until {it.expires}"
    return f"{head} {one.why}"


def _rate(rate: "Measured | None") -> str:
    return f"{percent(rate.value)} ({percent(rate.low)} to {percent(rate.high)})" if rate else "unknown"
