"""Loose values become ours."""

from datetime import UTC, datetime
from typing import Any

import pytest

import make
from casemill.ingest.speakers import Cast
from casemill.ingest.values import csat, flag, from_the_future, moment, plain, role, texts

SAME = (
    *("2026-05-01T09:30:00Z", "2026-05-01 09:30", "2026-05-01T12:30:00+03:00", "2026-05-01 09:30:00 UTC"),
    *(1777627800, 1777627800000, "1777627800", "01.05.2026 9:30", "Fri, 01 May 2026 09:30:00 +0000"),
)


@pytest.mark.parametrize("value", SAME)
def test_a_moment_is_the_same_however_it_is_written(value: Any) -> None:
    assert moment(value) == datetime(2026, 5, 1, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", ["03/04/2026", "soon", "", None, True, 5, "99.99.2026", [], float("nan"), 1e300])
def test_what_is_unclear_is_no_moment(value: Any) -> None:
    assert moment(value) is None


def test_a_slash_date_is_read_when_only_one_reading_is_possible() -> None:
    assert moment("25/04/2026") == moment("04/25/2026") == datetime(2026, 4, 25, tzinfo=UTC)


def test_only_what_is_more_than_a_day_ahead_is_the_future() -> None:
    assert from_the_future("2026-11-22T08:00:00Z", now=make.NOW) is None
    assert from_the_future(None, "2031-01-01", now=make.NOW) == datetime(2031, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", ["good", "good_with_comment", 5, "4", True, {"score": "good"}, "хорошо", "👍"])
def test_these_are_good(value: Any) -> None:
    assert csat(value) == "good"


@pytest.mark.parametrize("value", ["bad", "bad_with_comment", 1, "2", False, {"score": "bad"}, "Плохо"])
def test_these_are_bad(value: Any) -> None:
    assert csat(value) == "bad"


@pytest.mark.parametrize("value", ["offered", "unoffered", 3, None, "", {}, 100])
def test_these_are_neither(value: Any) -> None:
    assert csat(value) is None


def test_roles_of_many_makers() -> None:
    told = ["user", "Human", "end-user", "ai", "chatbot", "admin", "internal", "tool", "system", {"type": "bot"}]
    assert [role(word, Cast()) for word in told] == [
        *("customer", "customer", "customer", "assistant", "assistant", "agent", "note", "tool", None, "assistant")
    ]


def test_flags_lists_and_texts() -> None:
    assert [flag(word) for word in (True, "да", "0", None, "maybe")] == [True, True, False, None, None]
    assert texts("a, b;c") == texts(["a", "b", "c"]) == ("a", "b", "c")
    assert plain([{"type": "text", "text": "one"}, {"type": "image_url"}, "two"]) == "one\ntwo"
    assert plain("<p>a &amp; b</p>") == "a & b"
