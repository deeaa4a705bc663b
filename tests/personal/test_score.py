"""Gold spans against what is masked: leaks, precision, what need not be masked, facts."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from casemill.personal.score import AS_IT_STANDS, How, Score, score
from casemill.personal.score_types import duty_of, families, family_of, is_right


def lines(*rows: Any) -> Iterator[bytes]:
    return (json.dumps(row, ensure_ascii=False).encode() if not isinstance(row, bytes) else row for row in rows)


def gold(text: str, *marked: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A gold line: each (piece, type), or (piece, type) with pii in `more`."""
    spans = [
        {"start": text.index(piece), "end": text.index(piece) + len(piece), "type": kind} for piece, kind in marked
    ]
    return {"text": text, "spans": [span | more for span in spans]}


def one(found: Score, kind: str) -> tuple[int, int, int]:
    [row] = [row for row in found.types if row.type == kind]
    return row.n, row.masked, row.touched


def test_a_mention_counts_as_masked_from_nine_tenths_on() -> None:
    text = "write to anna@shop.test, order 548921"
    found = score(lines(gold(text, ("anna@shop.test", "EMAIL_ADDRESS"), ("order 548921", "ORDER_ID"))))
    assert one(found, "EMAIL_ADDRESS") == (1, 1, 1)
    assert one(found, "ORDER_ID") == (1, 0, 1)
    assert (found.must_go.n, found.must_go.masked, found.leaking, found.identifying) == (2, 1, 1, 1)


def test_intervals_come_with_every_rate() -> None:
    found = score(lines(gold("mail anna@shop.test", ("anna@shop.test", "EMAIL"))))
    assert found.must_go.interval is not None
    assert 0.2 < found.must_go.interval[0] < found.must_go.interval[1] == 1.0
    assert found.must_stay.interval is None


def test_a_label_is_right_where_it_touches_a_fitting_type() -> None:
    text = "mail anna@shop.test and order 548921"
    found = score(lines(gold(text, ("anna@shop.test", "EMAIL"), ("548921", "DATE"))))
    assert {row.label: (row.masked, row.right) for row in found.labels} == {"EMAIL": (1, 1), "ORDER": (1, 0)}


def test_over_masking_counts_the_characters_outside_every_gold_span() -> None:
    text = "mail anna@shop.test and order 548921"
    found = score(lines(gold(text, ("anna@shop.test", "EMAIL"))))
    assert (found.over_masked, found.other_characters) == (6, len(text) - 14)


def test_facts_touched_are_those_that_say_so_or_are_facts_by_type() -> None:
    text = "order 548921 of 2026-11-03"
    said = score(lines(gold(text, ("548921", "ROOM"), pii=False)))
    assert (said.must_stay.n, said.must_stay.touched) == (1, 1)
    by_type = score(lines(gold(text, ("2026-11-03", "DATE_TIME"))))
    assert (by_type.must_stay.n, by_type.must_stay.touched) == (1, 0)


def test_a_date_that_the_text_calls_a_birth_date_may_go_unless_gold_says_that_it_stays() -> None:
    text = "born on 03/17/1985"
    assert score(lines(gold(text, ("03/17/1985", "DATE_TIME")))).must_stay.touched == 0
    assert score(lines(gold(text, ("03/17/1985", "DATE"), pii=False))).must_stay.touched == 1


def test_a_dialogue_is_masked_together_and_with_its_known_only_when_asked() -> None:
    row = {
        "messages": [{"role": "user", "content": "talk to qx.77 there"}, {"role": "assistant", "content": None}],
        "known": ["qx.77"],
        "spans": [{"message": 0, "start": 8, "end": 13, "type": "USERNAME"}],
    }
    assert score(lines(row)).must_go.masked == 1
    assert score(lines(row), how=How(known=False)).must_go.masked == 0


def test_spans_may_stand_in_the_label() -> None:
    row = {"messages": [{"content": "order 548921"}], "label": {"pii": [{"start": 6, "end": 12, "type": "ORDER_ID"}]}}
    assert score(lines(row)).must_go.masked == 1


def test_lower_case_is_scored_on_the_lowered_text() -> None:
    found = score(lines(gold("ORDER 548921", ("548921", "ORDER"))), how=How(lower=True))
    assert (found.must_go.masked, found.characters) == (1, 12)


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b'{"spans": []}', b'{"text": "a", "spans": [{"start": 0, "end": 9}]}', b'{"messages": [7]}', b"\xff"],
)
def test_a_line_that_cannot_be_read_is_named_and_left_out(line: bytes) -> None:
    found = score(lines(gold("hello"), line, b"\n", gold("hello")))
    assert (found.documents, found.bad_lines) == (2, (2,))


def test_lines_are_read_as_they_are_needed() -> None:
    """A file may be larger than memory: nothing of a document is kept once it is counted."""
    read = 0

    def many() -> Iterator[bytes]:
        nonlocal read
        for _ in range(3000):
            read += 1
            yield b'{"text": "order 548921", "spans": [{"start": 6, "end": 12, "type": "ORDER"}]}'

    assert score(many(), how=AS_IT_STANDS).must_go.n == read == 3000


def test_every_type_has_one_family_in_whatever_letters() -> None:
    names = [name for _, _, row in families() for name in row]
    assert len(names) == len(set(names))
    assert family_of("credit-card") == family_of("Credit Card") == "CARD"
    assert (family_of("LocOrg"), family_of("nothing known")) == ("PLACE", "OTHER")


def test_pii_decides_before_the_type() -> None:
    assert [duty_of("DATE", flag) for flag in (None, True, False)] == ["stay", "go", "stay"]
    assert duty_of("GPE", None) == "either"


def test_our_labels_fit_the_types_of_other_schemes() -> None:
    assert is_right("NAME", "PERSON")
    assert is_right("ADDRESS", "STREET_ADDRESS")
    assert is_right("ZIP", "STREET_ADDRESS")
    assert is_right("ORDER", "RESERVATION_ID")
    assert not is_right("NAME", "ORGANIZATION")


def test_a_span_that_does_not_say_what_it_is_spoils_its_line() -> None:
    bare = {"start": 0, "end": 4}
    found = score(lines({"text": "Anna", "spans": [bare]}, {"text": "Anna", "spans": [bare | {"pii": True}]}))
    assert (found.bad_lines, found.must_go.n) == ((1,), 1)


def test_a_mark_at_the_beginning_of_the_file_spoils_nothing() -> None:
    assert score([b"\xef\xbb\xbf" + json.dumps(gold("Anna", ("Anna", "PERSON"))).encode()]).documents == 1
