"""The tagger's verb: texts in, people, addresses, places, organizations out, each line read by its script's model."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casemill.domain.placeholder import Span
from casemill.personal.tagger.reader import Reader, reader
from casemill.personal.tagger.script import MODELS, Run, runs

# Characters read in one pass; bounds the memory of a batch.
_AT_ONCE = 1_000_000


class Tagging(NamedTuple):
    """What one text holds: NAME, ADDRESS, PLACE, ORG, in order, never overlapping, and how sure that is.

    `doubts` has one number a span, `doubt` is the text's least sure decision, also of words nearly taken: 0 is sure,
    1 is a coin. `models` names which ran; none where no model knows the script.
    """

    spans: tuple[Span, ...] = ()
    doubts: tuple[float, ...] = ()
    doubt: float = 0.0
    models: tuple[str, ...] = ()


NOT_READ = Tagging()


def tag(texts: Sequence[str]) -> list[Tagging]:
    """Tag the texts; the same text is tagged the same whatever stands beside it in the batch."""
    found: list[Tagging] = []
    for batch in _batches(texts):
        found += _tagged(batch)
    return found


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    start = size = 0
    for place, text in enumerate(texts):
        if size and size + len(text) > _AT_ONCE:
            yield texts[start:place]
            start, size = place, 0
        size += len(text)
    yield texts[start:]


def _tagged(texts: Sequence[str]) -> list[Tagging]:
    read: list[tuple[int, Run]] = [(place, run) for place, text in enumerate(texts) for run in runs(text)]
    drafts = [_Draft([], [], [], set()) for _ in texts]
    for name in MODELS:
        mine = [(place, run) for place, run in read if run.script == name]
        if mine:
            _read(reader(name), name, runs=mine, drafts=drafts)
    return [_finished(draft) if draft.models else NOT_READ for draft in drafts]


class _Draft(NamedTuple):
    """A text's spans while its runs are read, model by model."""

    spans: list[Span]
    doubts: list[float]
    least_sure: list[float]
    models: set[str]


def _read(model: Reader, name: str, *, runs: list[tuple[int, Run]], drafts: list[_Draft]) -> None:
    taken = model.read([run.text for _, run in runs])
    for number, start, end, label, doubt in taken.spans:
        place, run = runs[number]
        drafts[place].spans.append(Span(start=run.start + start, end=run.start + end, label=label))
        drafts[place].doubts.append(doubt)
    for (place, _), doubt in zip(runs, taken.doubts, strict=True):
        drafts[place].least_sure.append(doubt)
        drafts[place].models.add(name)


def _finished(draft: _Draft) -> Tagging:
    models = tuple(name for name in MODELS if name in draft.models)
    spans, doubts = draft.spans, draft.doubts
    if len(models) > 1:
        both = sorted(zip(spans, doubts, strict=True), key=lambda pair: pair[0].start)
        spans, doubts = [span for span, _ in both], [doubt for _, doubt in both]
    return Tagging(tuple(spans), tuple(doubts), max(draft.least_sure), models)
