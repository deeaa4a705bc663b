"""A text while it is masked: what was found is covered, so that the rest is looked at as it will stand."""

from bisect import bisect
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, TypeAlias

from casemill.domain.placeholder import LABELS, Span
from casemill.personal.context import lower
from casemill.personal.folding import folded
from casemill.personal.invisible import without_invisible
from casemill.personal.keep import facts
from casemill.personal.months import days_abroad
from casemill.personal.veil import Place, Places, cover, cover_placeholders

if TYPE_CHECKING:
    from casemill.personal.tagger import Tagging

# Covering a name can show another; a text that never comes to rest is left after so many rounds.
ROUNDS = 6
Cues: TypeAlias = Callable[[str, str], Iterable[Span]]
NOWHERE: AbstractSet[Place] = frozenset()


class Page:
    """`work` is the text with everything found covered, `lowered` the same in lower case.

    What nobody sees is not there, and what looks like a plain sign is one: `text` is so, `given` is as it was.

    The first `lead` characters only tell what the text is: they are read, and nothing in them is masked.
    `look` and `read` say what is still to be done: the detectors' look, and the reading for names.
    """

    def __init__(self, text: str, *, searched: bool, lead: int = 0, labels: AbstractSet[str] = LABELS) -> None:
        self.given = text
        seen, self._places = without_invisible(text)
        self.text = folded(seen)
        self.searched = searched
        self._lead = lead
        self.work = cover_placeholders(self.text, labels)
        self.lowered = lower(self.work)
        self.spans: list[Span] = []
        self.fresh: tuple[Span, ...] = ()
        self.look = True
        self.read = True
        self.before: Page | None = None
        self.models: tuple[str, ...] = ()
        self.doubt = 0.0
        self._doubted: Sequence[tuple[Span, float]] = ()
        self.cued: AbstractSet[Place] = NOWHERE
        self.tagged: Sequence[Span] = ()
        self._rounds = ROUNDS if searched else 0
        self._asked: str | None = None
        self._facts: Places | None = None
        self._capitals: bool | None = None
        self._announced: list[Span] | None = None

    @property
    def untagged(self) -> bool:
        """Whether the tagger should see the text: it has not yet, or the text has changed since."""
        return self._rounds > 0 and self.work is not self._asked

    def asks(self) -> str:
        self._asked = self.work
        return self.work

    def answered(self, tagging: "Tagging") -> None:
        """What the tagger found. Where it has no model it is not asked again."""
        self._rounds = self._rounds - 1 if tagging.models else 0
        self.models = self.models or tagging.models
        self.doubt = max(self.doubt, tagging.doubt)
        self.tagged = tagging.spans
        if tagging.spans:
            self._doubted = list(zip(tagging.spans, tagging.doubts, strict=True))
            self.read = True

    def doubt_of(self, span: Span) -> float:
        """How much the tagger doubts what it said about a place; 0 where it said nothing."""
        least: float | None = None
        place = bisect(self._doubted, span.start, key=_end)
        while place < len(self._doubted) and self._doubted[place][0].start < span.end:
            doubt = self._doubted[place][1]
            least = doubt if least is None else min(least, doubt)
            place += 1
        return least or 0.0

    @property
    def capitals(self) -> bool:
        """Whether all of the text, as it stands, is in capitals."""
        if self._capitals is None:
            self._capitals = self.work.isupper()
        return self._capitals

    def announced(self, cues: Cues) -> list[Span]:
        """What the cues say of the text as it stands; they are asked once."""
        if self._announced is None:
            self._announced = list(cues(self.work, self.lowered))
        return self._announced

    def original(self, span: Span) -> Place:
        """Where a span of the text is in the text as it was given."""
        if self._places is None:
            return span.start, span.end
        return self._places[span.start], self._places[span.end - 1] + 1

    def facts(self) -> Places:
        """Where the text as it stands has facts."""
        if self._facts is None:
            self._facts = Places((*facts(self.work), *days_abroad(self.lowered)))
        return self._facts

    def take(self, found: tuple[Span, ...]) -> None:
        """Mask these as well; a span that holds taken ones takes their place."""
        if self._lead:
            found = tuple(span for span in found if self.original(span)[1] > self._lead)
        self.fresh = found
        self.look = self.read = bool(found)
        self.tagged = ()
        if not found:
            return
        places = [(span.start, span.end) for span in found]
        if self.spans:
            grown = Places(places)
            self.spans = [span for span in self.spans if not grown.hold(span.start, span.end)]
        self.spans += found
        self.work = cover(self.work, places)
        self.lowered = cover(self.lowered, places)
        self._facts = self._announced = self._capitals = None


def _end(doubted: tuple[Span, float]) -> int:
    return doubted[0].end
