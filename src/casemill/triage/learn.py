"""The local proposer: learned on the fly from the decisions that stand, with nothing kept between runs.

Two models: whose failure, and for the AI's failures which mode (the first one named). One person's decisions count
at most as three: whoever writes many tickets does not teach the machine alone.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from casemill.domain.failure import Origin
from casemill.domain.review import Review
from casemill.domain.ticket import Ticket
from casemill.domain.word import canonical
from casemill.store import proposals, reviews, tickets
from casemill.triage.words import level, words_of

if TYPE_CHECKING:
    from casemill.store import Db
    from casemill.triage.classifier import Classifier, Example

FEWEST_REVIEWS = 40
MOST_REVIEWS = 5000
PERSON_COUNTS_AS = 3
RECIPE = "tfidf-svm-1"


class Lesson(NamedTuple):
    """A ticket a person decided on: what it says, whose failure it was, the first mode when it was the AI's."""

    ticket: Ticket
    origin: Origin
    mode: str | None = None


class Learned(NamedTuple):
    """What reviews teach about a ticket. `mode_probability` is 0 when no mode could be learned."""

    origin: Origin
    probability: float
    mode: str | None = None
    mode_probability: float = 0.0
    words: tuple[str, ...] = ()

    @property
    def sure(self) -> float:
        """Of all that is said: origin and, where there is one, mode."""
        return self.probability * (self.mode_probability if self.mode else 1.0)


class LocalProposer(NamedTuple):
    """The fitted models and the digest of what they were fitted on.

    `covers` is the share of the AI's failures whose mode was frequent enough to be learned: the others it cannot name.
    """

    digest: str
    lessons: int
    covers: float
    origins: "Classifier"
    modes: "Classifier | None"

    @property
    def name(self) -> str:
        return f"local@{self.digest}"

    def judge(self, ticket: Ticket) -> Learned:
        """Origin and, for the AI's own failures, mode; each with its calibrated probability."""
        text = words_of(ticket)
        whose = self.origins.guess(text)
        origin = cast(Origin, whose.label)
        if origin != "model" or self.modes is None:
            return Learned(origin, whose.probability, words=whose.words)
        which = self.modes.guess(text)
        return Learned(origin, whose.probability, which.label, which.probability, (*which.words, *whose.words))


def lessons_of(db: "Db") -> tuple[Lesson, ...]:
    """The newest standing decisions with their tickets, in the tickets' order; a duplicate teaches nothing."""
    found = []
    for review in reviews.all_standing(db)[-MOST_REVIEWS:]:
        ticket = tickets.get(db, review.ticket, review.version)
        if ticket is not None and ticket.turns and (lesson := _lesson(db, review, ticket=ticket)):
            found.append(lesson)
    return tuple(sorted(found, key=lambda lesson: lesson.ticket.key))


def learn(lessons: Sequence[Lesson]) -> LocalProposer | None:
    """A proposer, or None while there is too little: 40 decisions, two origins with five each."""
    if len(lessons) < FEWEST_REVIEWS:
        return None
    from casemill.triage.classifier import Classifier, enough

    groups = _groups(lessons)
    whose = enough(
        [_example(lesson, lesson.origin, group=group) for lesson, group in zip(lessons, groups, strict=True)]
    )
    if not whose:
        return None
    named = [
        _example(lesson, lesson.mode, group=group)
        for lesson, group in zip(lessons, groups, strict=True)
        if lesson.mode is not None
    ]
    which = enough(named)
    return LocalProposer(
        digest=_digest(lessons),
        lessons=len(lessons),
        covers=len(which) / len(named) if named else 0.0,
        origins=Classifier(_capped(whose)),
        modes=Classifier(_capped(which)) if which else None,
    )


def _lesson(db: "Db", review: Review, *, ticket: Ticket) -> Lesson | None:
    proposal = proposals.latest(db, review.ticket, review.version)
    if review.decision == "not_a_case":
        return _no_case(ticket, review.origin or (proposal.origin if proposal else None))
    if review.decision == "correct" and review.origin is not None:
        return _of(ticket, review.origin, modes=[failure.mode for failure in review.failures])
    if review.decision == "accept" and proposal is not None:
        return _of(ticket, proposal.origin, modes=[failure.mode for failure in proposal.failures])
    return None


def _no_case(ticket: Ticket, origin: Origin | None) -> Lesson:
    """ "Not a case" without a word on whose failure: what was proposed, unless that was the AI's; then nobody's."""
    return Lesson(ticket, origin if origin not in (None, "model") else "none")


def _of(ticket: Ticket, origin: Origin, *, modes: list[str]) -> Lesson:
    return Lesson(ticket, origin, modes[0] if modes and origin == "model" else None)


def _example(lesson: Lesson, label: str, *, group: str) -> "Example":
    from casemill.triage.classifier import Example

    return Example(words_of(lesson.ticket), label, group)


def _capped(examples: list["Example"]) -> list["Example"]:
    """A group of more than three shares the weight of three."""
    sizes = Counter(example.group for example in examples)
    return [example._replace(weight=min(1.0, PERSON_COUNTS_AS / sizes[example.group])) for example in examples]


def _groups(lessons: Sequence[Lesson]) -> list[str]:
    """Tickets of one person or with the same words (numbers apart) belong together, through any chain of such ties."""
    leader: dict[str, str] = {}

    def head(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for lesson in lessons:
        for tie in _ties(lesson.ticket):
            leader[head(tie)] = head(lesson.ticket.key)
    return [head(lesson.ticket.key) for lesson in lessons]


def _ties(ticket: Ticket) -> tuple[str, ...]:
    told = " ".join(turn.text for turn in ticket.turns if turn.role == "customer")
    same_words = hashlib.sha256(" ".join(level(told).split()).encode()).hexdigest()
    return (f"words:{same_words}", *((f"person:{ticket.person}",) if ticket.person else ()))


def _digest(lessons: Sequence[Lesson]) -> str:
    told = [[lesson.ticket.key, lesson.ticket.digest, lesson.origin, lesson.mode] for lesson in lessons]
    return hashlib.sha256(canonical([RECIPE, told])).hexdigest()[:12]
