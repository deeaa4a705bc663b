"""From ticket to trace: what a ticket looks for, by what a trace is found, and which of the traces found are meant.

In this order: the trace's id that the ticket names; the conversation, which the AI's tracing calls as the helpdesk
does; the replies themselves, word for word; the requester and the time, which is weak and counts only where it leaves
one conversation.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from casemill.domain.arrival import Reading
from casemill.ingest.spans.words import AI, Span, plain_id
from casemill.ingest.values import plain
from casemill.store.traces import Key, LinkKind, Offer, Wish

WINDOW = timedelta(hours=24)
_TELLING = 40
_MOST_WORDS = 8
_TAG = re.compile(r"trace[:_-]([0-9a-f]{32})", re.IGNORECASE)
_NAMED = re.compile(
    r"\b00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}\b|\btrace(?:[ _-]?id)?\b\W{0,4}([0-9a-f]{32})\b", re.IGNORECASE
)


class Link(NamedTuple):
    """The traces that are meant and by what they were found; or why those that were found are not."""

    traces: tuple[str, ...] = ()
    by: LinkKind | None = None
    why: str | None = None


def wishes_of(reading: Reading) -> tuple[Wish, ...]:
    """What a ticket looks for."""
    ticket = reading.ticket
    wishes = [Wish(Key("id", id)) for id in dict.fromkeys(named_ids(reading))]
    talks = (ticket.external_id, ticket.key)
    wishes += [Wish(Key("conversation", talk)) for talk in talks if talk]
    replies = [turn.text for turn in ticket.turns if turn.role == "assistant"]
    wishes += [Wish(Key("words", words)) for words in telling(replies)]
    if ticket.created_at is not None:
        since, until = ticket.created_at - WINDOW, max(ticket.created_at, ticket.updated_at or ticket.created_at)
        wishes += [Wish(Key("user", user), since, until) for user in _requester(reading)]
    return tuple(wishes)


def named_ids(reading: Reading) -> Iterator[str]:
    """The ids that the ticket names: in its field, a tag, or a text that holds a traceparent or says `trace id`."""
    ticket = reading.ticket
    if ticket.trace and (id := plain_id(ticket.trace)) is not None:
        yield id
    for tag in ticket.tags:
        if found := _TAG.fullmatch(tag):
            yield found[1].lower()
    texts = [ticket.trace or "", ticket.resolution or "", *(turn.text for turn in ticket.turns)]
    for text in (*texts, *(event.text for event in ticket.events)):
        for named in _NAMED.finditer(text):
            yield (named[1] or named[2]).lower()


def _requester(reading: Reading) -> list[str]:
    """The requester by id and address, as tracing may call them."""
    first = next((who for who in reading.people if who.role == "customer"), None)
    known = [reading.requester, *((first.id, *first.emails) if first else ())]
    return list(dict.fromkeys(value.casefold() for value in known if value))


def keys_of(span: Span) -> tuple[Key, ...]:
    """By what a span's trace is found."""
    keys = [Key("conversation", span.conversation)] if span.conversation else []
    keys += [Key("user", span.user.casefold())] if span.user else []
    said = [*span.input, *span.output] if span.kind == "model" else []
    replies = [plain(one.get("content")) for one in said if str(one.get("role")).casefold() in AI]
    keys += [Key("words", words) for words in telling(replies, most=200)]
    return tuple(keys)


def telling(texts: Iterable[str], *, most: int = _MOST_WORDS) -> list[str]:
    """Replies that are long enough to be told from others, as they are compared, the longest first."""
    bare = {"".join(re.findall(r"\w+", text.casefold())) for text in texts}
    return sorted((text for text in bare if len(text) >= _TELLING), key=lambda text: (-len(text), text))[:most]


def choose(offers: Sequence[Offer]) -> Link:
    """Which traces are meant, by the first kind of key that found any."""
    found: dict[LinkKind, list[Offer]] = defaultdict(list)
    for offer in offers:
        found[offer.key.kind].append(offer)
    for kind in ("id", "conversation"):
        if named := found.get(kind):
            return Link(tuple(dict.fromkeys(offer.trace for offer in named)), kind)
    if words := found.get("words"):
        return _by_words(words)
    traces = tuple(dict.fromkeys(offer.trace for offer in found["user"]))
    if len(traces) > 1:
        return Link(why=f"{len(traces)} traces of the same user lie about that time: none was taken")
    return Link(traces, "user") if traces else Link()


def _by_words(offers: Sequence[Offer]) -> Link:
    """The trace with the most of the replies; two alike cannot be told apart."""
    shared = Counter(offer.trace for offer in offers)
    (best, most), *others = shared.most_common(2)
    if others and others[0][1] == most:
        return Link(why="two traces hold these replies alike: none was taken")
    return Link((best,), "words")
