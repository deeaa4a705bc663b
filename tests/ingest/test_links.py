"""A ticket finds its trace by the link order, and says so when it cannot tell which is meant."""

from datetime import timedelta
from typing import Any

import pytest

import make
from casemill.domain.arrival import Identity, Reading
from casemill.domain.ticket import Turn
from casemill.domain.word import changed
from casemill.ingest.links import choose, keys_of, named_ids, telling, wishes_of
from casemill.ingest.spans.words import Span
from casemill.store.traces import Key, LinkKind, Offer
from ingest.tracing import REPLIED, TRACE


def reading(**fields: Any) -> Reading:
    who = Identity(role="customer", id="U77", names=("Anna",), emails=("Anna.K@example.com",))
    return Reading(ticket=make.ticket(**fields), people=(who,), requester="U77")


def offer(kind: LinkKind, trace: str, value: str = "x") -> Offer:
    return Offer(Key(kind, value), trace, make.NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"trace": TRACE},
        {"trace": f"00-{TRACE}-b7ad6b7169203331-01"},
        {"tags": ("vip", f"trace:{TRACE.upper()}")},
        {"turns": (Turn(role="note", text=f"see traceparent 00-{TRACE}-b7ad6b7169203331-01."),)},
        {"turns": (Turn(role="note", text=f"Trace ID: {TRACE}"),)},
        {"resolution": f"trace {TRACE} shows it"},
    ],
)
def test_a_trace_is_named_by_field_tag_note_or_traceparent(fields: dict[str, Any]) -> None:
    assert list(dict.fromkeys(named_ids(reading(**fields)))) == [TRACE]


def test_hexadecimal_digits_alone_are_no_trace() -> None:
    assert not list(named_ids(reading(turns=(Turn(role="note", text=f"digest {TRACE}"),))))


def test_a_ticket_looks_for_id_conversation_words_and_user() -> None:
    ticket = {"trace": TRACE, "turns": make.turns(("assistant", REPLIED), ("assistant", "ok")), "created_at": make.NOW}
    found = wishes_of(reading(**ticket))
    assert {(wish.key.kind, wish.key.value) for wish in found} == {
        ("id", TRACE),
        ("conversation", "48213"),
        ("conversation", "zendesk:48213"),
        ("words", telling([REPLIED])[0]),
        ("user", "u77"),
        ("user", "anna.k@example.com"),
    }
    assert {wish.since for wish in found if wish.key.kind == "user"} == {make.NOW - timedelta(hours=24)}


def test_a_user_is_looked_for_only_where_the_time_is_known() -> None:
    bare = reading()
    undated = changed(bare, ticket=changed(bare.ticket, created_at=None, updated_at=None))
    assert "user" not in {wish.key.kind for wish in wishes_of(undated)}


def test_a_span_is_found_by_what_it_tells() -> None:
    output = ({"role": "assistant", "content": REPLIED},)
    span = Span(TRACE, "s", "model", conversation="48213", user="U77", output=output)
    assert [key.kind for key in keys_of(span)] == ["conversation", "user", "words"]
    assert keys_of(span._replace(kind="other"))[-1].kind == "user"


def test_the_first_kind_that_found_any_decides() -> None:
    all_kinds: list[LinkKind] = ["user", "words", "conversation", "id"]
    offers = [offer(kind, kind) for kind in all_kinds]
    for kind in reversed(all_kinds):
        found = choose(offers)
        assert (found.traces, found.by) == ((kind,), kind)
        offers.pop()
    assert choose([]).by is None


def test_a_conversation_of_several_traces_is_joined_whole() -> None:
    assert choose([offer("conversation", "a"), offer("conversation", "b")]).traces == ("a", "b")


def test_by_words_the_trace_with_most_of_them_is_meant_and_two_alike_are_none() -> None:
    offers = [offer("words", "a", "1"), offer("words", "a", "2"), offer("words", "b", "1")]
    assert choose(offers).traces == ("a",)
    tied = choose([*offers, offer("words", "b", "2")])
    assert (tied.traces, tied.why) == ((), "two traces hold these replies alike: none was taken")


def test_by_user_and_time_several_traces_are_none() -> None:
    assert choose([offer("user", "a"), offer("user", "a", "mail")]).traces == ("a",)
    several = choose([offer("user", "a"), offer("user", "b")])
    assert (several.traces, several.by) == ((), None)
    assert several.why == "2 traces of the same user lie about that time: none was taken"


@pytest.mark.parametrize("role", ["assistant", "model", "AI", "ai"])
def test_a_reply_is_a_key_whatever_tracing_calls_the_model(role: str) -> None:
    span = Span("t1", "s1", "model", output=({"role": role, "content": REPLIED},))
    assert [key.kind for key in keys_of(span)] == ["words"]
