"""The tagger's verb: texts in, people, addresses, places, organizations out, each line read by its script's model."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from casemill.domain.placeholder import Span
from casemill.personal.tagger.reader import reader
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
    read = [(place, run) for place, text in enumerate(texts) for run in runs(text)]
    found: list[list[Tagging]] = [[] for _ in texts]
    for name in MODELS:
        mine = [pair for pair in read if pair[1].script == name]
        if mine:
            for (place, _), tagging in zip(mine, _read([run for _, run in mine], name), strict=True):
                found[place].append(tagging)
    return [parts[0] if len(parts) == 1 else _joined(parts) if parts else NOT_READ for parts in found]


def _read(runs: list[Run], name: str) -> list[Tagging]:
    """What a model takes the runs for; places are those of the texts."""
    taken = reader(name).read([run.text for run in runs])
    models = (name,)
    found = [Tagging((), (), doubt, models) for doubt in taken.doubts]
    for number, rows in groupby(taken.spans, itemgetter(0)):
        mine, begun = list(rows), runs[number].start
        spans = tuple(Span(start=begun + start, end=begun + end, label=label) for _, start, end, label, _ in mine)
        found[number] = Tagging(spans, tuple(doubt for *_, doubt in mine), taken.doubts[number], models)
    return found


def _joined(parts: list[Tagging]) -> Tagging:
    """What was found in the runs of one text, model by model."""
    pairs = [pair for part in parts for pair in zip(part.spans, part.doubts, strict=True)]
    pairs.sort(key=lambda pair: pair[0].start)
    return Tagging(
        spans=tuple(span for span, _ in pairs),
        doubts=tuple(doubt for _, doubt in pairs),
        doubt=max(part.doubt for part in parts),
        models=tuple(dict.fromkeys(name for part in parts for name in part.models)),
    )
