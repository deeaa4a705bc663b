"""What a run is going to take, told before anybody is called: calls, tokens, money, time."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec

from casemill.domain.case import Case
from casemill.domain.run import Run, RunHead
from casemill.domain.word import Word
from casemill.errors import FileError, SettingsError
from casemill.run.execute import Ready, make_ready
from casemill.run.input import told
from casemill.run.judging import Estimate
from casemill.run.live import recorded_answers
from casemill.run.order import RUNS, Order, Place
from casemill.run.record import read_run
from casemill.run.targets import Target
from casemill.run.verdict import RULES
from casemill.settings import Price

LETTERS_A_TOKEN = 4
TOKENS_OF_A_REPLY = 250
TOKENS_OF_A_VERDICT = 80
MOST_LOOKED_AT = 50


class Part(Word, omit_defaults=True):
    """What the target, or the judge, is going to take: calls when every case passes at once, and when every case fails
    until that is sure; the tokens, and US dollars where a price is known, of the fewer."""

    calls: int = 0
    most_calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


class Forecast(Word, omit_defaults=True):
    """What a run is going to take. `by` says what the figures rest on; `seconds` is None where no run has told how
    long the target takes."""

    target: str
    release: int
    cases: int
    asked: Part
    judged: Part
    by: str
    seconds: float | None = None
    narrowed: str = ""
    told: tuple[str, ...] = ()


def forecast_order(order: Order, place: Place, *, now: datetime) -> Forecast:
    """What an order would take. Nobody is called and nothing is written; what cannot work is a UsageError as it would
    be in the run itself."""
    ready = make_ready(order, place, now=now)
    missing = ready.judging.missing if ready.judging else None
    trials = [_trials(case, ready, place=place) for case in ready.chosen.cases]
    asked, by, seconds = _asked(ready, trials, place=place)
    return Forecast(
        target=ready.named.name,
        release=ready.chosen.release.number if ready.chosen.release else 0,
        cases=len(ready.chosen.cases),
        asked=asked,
        judged=_judged(ready, trials, place=place),
        by=by,
        seconds=seconds,
        narrowed=ready.chosen.narrowed,
        told=(*ready.chosen.told, *((missing,) if missing else ())),
    )


Trials = list[tuple[int, int]]


def _trials(case: Case, ready: Ready, *, place: Place) -> tuple[int, int]:
    """How often a case is put when it passes, and at most."""
    settings, order = place.settings.run, ready.order
    trials = order.trials or settings.trials
    confirm = settings.confirm if order.confirm is None else order.confirm
    return trials, max(trials, RULES[case.severity].of) if confirm else trials


def _asked(ready: Ready, trials: Trials, *, place: Place) -> tuple[Part, str, float | None]:
    """The target's part, what it rests on, and seconds for the whole."""
    target, cases = ready.named.target, ready.chosen.cases
    turns = [0 if target.calls_nobody else _turns(case, target) for case in cases]
    calls = sum(few * turn for (few, _), turn in zip(trials, turns, strict=True))
    most = sum(many * turn for (_, many), turn in zip(trials, turns, strict=True))
    before = _before(ready, place)
    if before is None:
        letters = sum(len(msgspec.json.encode(told(case))) for case in cases) + _prompt(ready, place) * len(cases)
        share = calls / len(cases) / LETTERS_A_TOKEN
        tokens, seconds = (round(letters * share), calls * TOKENS_OF_A_REPLY), None
        by = f"about {LETTERS_A_TOKEN} letters a token and {TOKENS_OF_A_REPLY} tokens a reply"
    else:
        spent = before.end.spent if before.end else None
        assert spent is not None
        share = calls / spent.calls
        tokens = (round(spent.usage.input_tokens * share), round(spent.usage.output_tokens * share))
        latency = spent.latency_ms
        seconds = round(latency / 1000 * calls / ready.around.concurrency, 1) if latency is not None else None
        by = f"what run {before.head.id} took"
    cost = _cost(tokens, target.price)
    part = Part(calls=calls, most_calls=most, input_tokens=tokens[0], output_tokens=tokens[1], cost=cost)
    return part, by, seconds


def _judged(ready: Ready, trials: Trials, *, place: Place) -> Part:
    """The judge's part, self-tests included."""
    judging = ready.judging
    if judging is None or judging.missing:
        return Part()
    each = [judging.estimate(case) for case in ready.chosen.cases]
    tests = judging.estimate_self_tests()
    few = [(one, times) for one, (times, _) in zip(each, trials, strict=True)]
    total = Estimate(
        tests.calls + sum(one.calls * times for one, times in few),
        tests.input_tokens + sum(one.input_tokens * times for one, times in few),
    )
    most = tests.calls + sum(one.calls * many for one, (_, many) in zip(each, trials, strict=True))
    tokens = (total.input_tokens, total.calls * TOKENS_OF_A_VERDICT)
    models = place.settings.model
    prices = {models[head.name].price for head in judging.heads if head.name in models}
    cost = _cost(tokens, prices.pop()) if len(prices) == 1 else None
    return Part(calls=total.calls, most_calls=most, input_tokens=tokens[0], output_tokens=tokens[1], cost=cost)


def _turns(case: Case, target: Target) -> int:
    """Calls of the target for one trial: one, and one for each earlier answer of a talk that is played live."""
    live = case.input.live and not target.answers_whole_talks
    return 1 + (sum(1 for _ in recorded_answers(case.input.turns)) if live else 0)


def _prompt(ready: Ready, place: Place) -> int:
    """Letters that go along with every call: the prompt, where the target has one."""
    if not hasattr(ready.named.target, "system"):
        return 0
    try:
        return max((len(text) for text in ready.named.target.files(place.root)), default=0)
    except SettingsError:
        return 0


def _before(ready: Ready, place: Place) -> Run | None:
    """The newest run of the same target, in the settings that it has now, that tells its tokens."""
    digest = ready.named.target.fingerprint(place.root)
    for path in _newest(place.root / RUNS):
        try:
            with path.open("rb") as file:
                head = msgspec.json.decode(file.readline(), type=RunHead)
            if (head.target, head.target_digest) != (ready.named.name, digest):
                continue
            run = read_run(path)
        except (OSError, msgspec.DecodeError, FileError):
            continue
        spent = run.end.spent if run.end else None
        if spent is not None and spent.calls and spent.usage.input_tokens:
            return run
    return None


def _newest(folder: Path) -> Iterator[Path]:
    files = sorted(((path.stat().st_mtime_ns, path.name, path) for path in folder.glob("*.jsonl")), reverse=True)
    return (path for _, _, path in files[:MOST_LOOKED_AT])


def _cost(tokens: tuple[int, int], price: Price | None) -> float | None:
    return None if price is None else (tokens[0] * price.input + tokens[1] * price.output) / 1_000_000
