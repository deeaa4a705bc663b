"""Maskings that share the tagger: each stops where it has texts to be tagged, and goes on with what was found."""

from collections import OrderedDict
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar

if TYPE_CHECKING:
    from casemill.personal.tagger import Tagging

T = TypeVar("T")
Steps: TypeAlias = "Generator[list[str], list[Tagging], T]"
# So many characters wait for the tagger at once: enough for one pass over many texts, and no more memory.
AT_ONCE = 200_000
_SHORT = 48
_REMEMBERED = 8192
_seen: "OrderedDict[str, Tagging]" = OrderedDict()


def alone(steps: "Steps[T]") -> T:
    """One masking, to its end."""
    [done] = together([steps])
    return done


def together(many: "Sequence[Steps[T]]") -> list[T]:
    """All of them, to their ends: what they wait for is tagged in one go. Each ends as it would alone."""
    done: dict[int, T] = {}
    waiting: dict[int, list[str]] = {}
    for place, steps in enumerate(many):
        _advance(place, steps, None, waiting=waiting, done=done)
    while waiting:
        answers = iter(_tagged([text for texts in waiting.values() for text in texts]))
        asked, waiting = waiting, {}
        for place, texts in asked.items():
            _advance(place, many[place], [next(answers) for _ in texts], waiting=waiting, done=done)
    return [done[place] for place in range(len(many))]


def in_batches(many: "Iterable[tuple[int, Steps[T]]]") -> Iterator[T]:
    """As `together`, for any number of maskings; each comes with the size of its texts in characters."""
    batch: list[Steps[T]] = []
    size = 0
    for weight, steps in many:
        batch.append(steps)
        size += weight
        if size >= AT_ONCE:
            yield from together(batch)
            batch, size = [], 0
    yield from together(batch)


def _advance(  # noqa: PLR0917 - one step of a coroutine and its two places to go
    place: int, steps: "Steps[T]", answer: "list[Tagging] | None", *, waiting: dict[int, list[str]], done: dict[int, T]
) -> None:
    try:
        waiting[place] = next(steps) if answer is None else steps.send(answer)
    except StopIteration as stop:
        done[place] = stop.value


def _tagged(texts: Sequence[str]) -> "list[Tagging]":
    """The tagger's answers; names of arguments and states come again and again, each text is asked about once."""
    new = dict.fromkeys(text for text in texts if text not in _seen)
    answers = _tag(list(new)) if new else {}
    found = [answers[text] if text in answers else _seen[text] for text in texts]
    for text, answer in answers.items():
        if len(text) <= _SHORT:
            _seen[text] = answer
    while len(_seen) > _REMEMBERED:
        _seen.popitem(last=False)
    return found


def _tag(texts: list[str]) -> "dict[str, Tagging]":
    from casemill.personal.tagger import tag

    return dict(zip(texts, tag(texts), strict=True))
