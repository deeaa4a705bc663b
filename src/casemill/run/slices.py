"""A run cut by what its cases are about: where it is weak, how many cases say so, and how sure that is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from casemill.domain.case import Card, Case
from casemill.domain.comparison import Slice
from casemill.domain.run import Run, Verdict
from casemill.domain.yardstick import Apart
from casemill.run.compare import Side
from casemill.stats import surely_under, wilson

# A slice of fewer cases than this is shown and never called weak.
FEWEST = 5
SHORT, LONG = 30, 120
NO_CARD = Card()


KINDS = ("mode", "intent", "kind", "language", "length", "urgency", "policy", "source")

# A label, whether the case passed, and its rate in the run compared with: few enough differ to be counted.
Alike = tuple[str | None, bool, float | None]


def cut_run(run: Run, cases: Mapping[str, Case], *, before: Side | None = None) -> tuple[Slice, ...]:
    """Every slice of the verdicts that could tell, by label; weak ones first, then the lowest rates.

    A case without a label is in no slice of that kind. Nothing is said where all cases share one label.
    """
    told = [verdict for verdict in run.verdicts if verdict.result != "error"]
    passed = [verdict.result == "pass" for verdict in told]
    apart = Apart(before.yardsticks if before else None, run.head.yardsticks)
    stood = [_stood(verdict, before, apart=apart) for verdict in told]
    columns = zip(*(_labels(verdict, cases.get(verdict.case)) for verdict in told), strict=True)
    found: list[Slice] = []
    for of, labels in zip(KINDS, columns, strict=False):
        found += _slices(of, Counter(zip(labels, passed, stood, strict=True)))
    return tuple(sorted(found, key=lambda slice: (not slice.weak, slice.rate, -slice.cases, slice.of, slice.name)))


def _labels(verdict: Verdict, case: Case | None) -> tuple[str | None, ...]:
    """One for each of KINDS; a case without a file is known by its failure mode alone."""
    if case is None:
        return (verdict.failure_mode, *(None for _ in KINDS[1:]))
    card = case.card or NO_CARD
    source = case.lineage.source if case.lineage else None
    return (
        verdict.failure_mode,
        card.intent,
        case.stratum,
        card.language,
        _length(case),
        card.urgency,
        card.policy,
        source,
    )


def _length(case: Case) -> str:
    """By the words of the customer: under 30, up to 120, more."""
    words = 0
    for turn in case.input.turns:
        if turn.customer:
            words += turn.customer.count(" ") + 1
    return "short" if words < SHORT else "medium" if words <= LONG else "long"


def _stood(verdict: Verdict, before: Side | None, *, apart: Apart) -> float | None:
    """What the case came to in the other run; None unless it was there in the same content, graded by the same files,
    and could tell."""
    was = before.cases.get(verdict.case) if before else None
    if was is None or was.digest != verdict.digest or apart.names(was.yardsticks, verdict.yardsticks):
        return None
    return was.rate


def _slices(of: str, alike: Mapping[Alike, int]) -> Iterator[Slice]:
    groups: dict[str, list[tuple[bool, float | None, int]]] = {}
    for (name, passed, before), count in alike.items():
        if name:
            groups.setdefault(name, []).append((passed, before, count))
    cases = {name: sum(count for _, _, count in group) for name, group in groups.items()}
    passes = {name: sum(count for passed, _, count in group if passed) for name, group in groups.items()}
    for name, group in groups.items() if len(groups) > 1 else ():
        others = sum(passes.values()) - passes[name], sum(cases.values()) - cases[name]
        yield Slice(
            of=of,
            name=name,
            cases=cases[name],
            passed=passes[name],
            interval=wilson(passes[name], cases[name]) or (0.0, 1.0),
            weak=cases[name] >= FEWEST and surely_under((passes[name], cases[name]), others),
            before=_rate_before(group),
        )


def _rate_before(group: Iterable[tuple[bool, float | None, int]]) -> float | None:
    """None unless every case of the slice was there in the same content."""
    rates = [(before, count) for _, before, count in group]
    known = [(before, count) for before, count in rates if before is not None]
    if len(known) < len(rates):
        return None
    return sum(before * count for before, count in known) / sum(count for _, count in known)
