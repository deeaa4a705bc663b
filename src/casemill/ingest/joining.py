"""A ticket and its traces become one: the trace's turns among the ticket's own, each said once; pure."""

from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher

from casemill.domain.arrival import Reading
from casemill.domain.ticket import Traced, Turn
from casemill.domain.word import canonical, changed, digest_of
from casemill.domain.wording import counted
from casemill.ingest.links import Link, named_ids
from casemill.ingest.spans.forms import read_span
from casemill.ingest.spans.thread import thread_of
from casemill.ingest.spans.words import BadSpan, Span

MOST_ALIGNED = 250
_SPOKEN = ("customer", "assistant", "tool")


def joined(reading: Reading, link: Link, *, contents: Sequence[Sequence[bytes]]) -> Reading:
    """The reading with the traces of its link, each given as its spans' containers; says what none explains."""
    traces = [_read(own) for own in contents if own]
    spans = [span for own, _ in traces for span in own]
    thread = thread_of([own for own, _ in traces])
    ticket = reading.ticket
    turns = merged(ticket.turns, thread.turns) if thread.turns else ticket.turns
    models, prompts = _names(spans, "model"), _names(spans, "prompt")
    bad = sum(count for _, count in traces)
    lacking = [f"{counted(bad, 'span')} of the trace cannot be read"] if bad else []
    lacking += ["the trace is too long to be joined whole: its beginning is left out"] if thread.is_cut else []
    found = bool(spans)
    traced = Traced(
        ids=link.traces if found else (),
        by=link.by if found else None,
        models=models,
        prompts=prompts,
        digest=_digest(contents) if found else None,
        missing=(*lacking, *_unexplained(reading, thread.turns, link=link, spans=spans)),
    )
    told = changed(
        ticket,
        turns=turns,
        trace=next(iter(traced.ids), ticket.trace),
        model=ticket.model or next(iter(models), None),
        traced=traced if found or traced.missing else None,
    )
    return changed(reading, ticket=told)


def _read(contents: Sequence[bytes]) -> tuple[list[Span], int]:
    """The spans of a trace, and how many cannot be read."""
    spans: list[Span] = []
    bad = 0
    for content in contents:
        try:
            spans.append(read_span(content))
        except BadSpan:
            bad += 1
    return spans, bad


def _names(spans: Sequence[Span], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(getattr(span, name) for span in spans if getattr(span, name)))


def _digest(contents: Sequence[Sequence[bytes]]) -> str:
    return digest_of(canonical(sorted(digest_of(content) for own in contents for content in own)))


def _unexplained(reading: Reading, said: Sequence[Turn], *, link: Link, spans: Sequence[Span]) -> list[str]:
    """What no trace explains, in words."""
    ids = list(dict.fromkeys(named_ids(reading)))
    if not spans:
        if ids:
            return [f"the trace {ids[0]} that the ticket names has not come"]
        return [link.why] if link.why else []
    missing = [f"the trace {id} that the ticket names has not come" for id in ids if id not in link.traces]
    if not said:
        return [*missing, "the trace holds no messages: its tracing does not record content"]
    known = {_key(turn) for turn in said}
    replies = [turn for turn in reading.ticket.turns if turn.role == "assistant" and _key(turn) not in known]
    if replies:
        count = len(replies)
        missing.append(f"{count} {'reply is' if count == 1 else 'replies are'} in no trace")
    if not any(turn.call for turn in said):
        missing.append("the trace tells of no tool call")
    if not any(span.model for span in spans):
        missing.append("the trace names no model")
    if not any(span.prompt for span in spans):
        missing.append("the trace names no prompt version")
    return missing


def merged(own: Sequence[Turn], traced: Sequence[Turn]) -> tuple[Turn, ...]:
    """The ticket's turns and the trace's in one order: what both tell is told once, at the ticket's place and time.

    Between two turns that both tell, the trace comes first, but for what was said before it began; where they share
    nothing, the trace took place before the ticket was written.
    """
    own, traced = list(own), list(traced)
    if len(own) > MOST_ALIGNED or len(traced) > MOST_ALIGNED:
        known = {_key(turn) for turn in traced}
        return (*traced, *(turn for turn in own if turn.role not in _SPOKEN or _key(turn) not in known))
    matcher = SequenceMatcher(None, [_key(turn) for turn in own], [_key(turn) for turn in traced], autojunk=False)
    turns: list[Turn] = []
    at, there = 0, 0
    for block in matcher.get_matching_blocks():
        turns += _between(own[at : block.a], traced[there : block.b])
        pairs = zip(own[block.a : block.a + block.size], traced[block.b : block.b + block.size], strict=True)
        turns += [_one(mine, theirs) for mine, theirs in pairs]
        at, there = block.a + block.size, block.b + block.size
    known = {_key(turn) for turn in traced}
    return _once(turns, known)


def _between(own: Sequence[Turn], traced: Sequence[Turn]) -> list[Turn]:
    begun = next((turn.at for turn in traced if turn.at), None)
    before = [turn for turn in own if _is_before(turn, begun)]
    return [*before, *traced, *(turn for turn in own if not _is_before(turn, begun))]


def _is_before(turn: Turn, begun: datetime | None) -> bool:
    return begun is not None and turn.at is not None and turn.at < begun


def _one(mine: Turn, theirs: Turn) -> Turn:
    """The same turn told twice: whose it is the trace knows, when and by whom the ticket."""
    call = mine.call
    if call is not None and call.result is None and theirs.call is not None:
        call = changed(call, result=theirs.call.result)
    return changed(mine, role=theirs.role, call=call)


def _once(turns: Sequence[Turn], known: set[str]) -> tuple[Turn, ...]:
    """Without what stands twice because ticket and trace tell it in another order: long texts only."""
    met: set[str] = set()
    kept: list[Turn] = []
    for turn in turns:
        key = _key(turn)
        if turn.role in _SPOKEN and key in known and key in met and len(key) > 40:
            continue
        met.add(key)
        kept.append(turn)
    return tuple(kept)


def _key(turn: Turn) -> str:
    """Equal for the same turn in ticket and trace, whoever each takes its speaker for."""
    if turn.call is not None:
        return f"call {turn.call.name} {canonical(turn.call.arguments).decode()}"
    if turn.role in ("note", "tool"):
        return f"{turn.role} {turn.text}"
    return "".join(turn.text.casefold().split())
