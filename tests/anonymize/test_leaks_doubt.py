"""Words that only masking ever took for a name are weighed by how everybody else writes them."""

import pytest

from casemill.anonymize.leaks_doubt import Doubts, Leak
from casemill.anonymize.leaks_known import Met, Own, text_of
from casemill.domain.placeholder import Entity

LEAK = Leak(where="here", type="NAME", how="digest")


def counts(doubts: Doubts) -> list[bool]:
    return [counted for _, counted in doubts.settled()]


def kept(*words: str, meant: bool = True, tickets: int = 1) -> Doubts:
    """The words stand open in so many tickets."""
    doubts = Doubts()
    for number in range(tickets):
        doubts.keep(LEAK, Met(0, "NAME", "digest", words, meant), ticket=f"file:{number}")
    return doubts


def test_a_name_that_nobody_writes_small_counts() -> None:
    assert counts(kept("olga", "falk")) == [True]


def test_words_that_two_tickets_write_small_are_everyday_speech() -> None:
    doubts = kept("air", "purifier")
    doubts.hear(text_of("The air purifier is loud, the air purifier!"), "file:1")
    assert counts(doubts) == [True]
    doubts.hear(text_of("your air purifier"), "file:2")
    assert counts(doubts) == [False]


def test_one_everyday_word_in_a_name_does_not_make_it_speech() -> None:
    doubts = kept("air", "falk")
    for ticket in ("file:1", "file:2"):
        doubts.hear(text_of("the air"), ticket)
    assert counts(doubts) == [True]


def test_what_stands_open_in_more_tickets_than_masked_it_was_masked_by_a_slip() -> None:
    assert counts(kept("east", "pier", tickets=1)) == [True]
    assert counts(kept("east", "pier", tickets=2)) == [False, False]
    doubts = kept("dana", "kim", tickets=2)
    for number in (7, 8, 8):
        doubts.count(f"file:{number}", Own(entities=[Entity(label="NAME", number=1, values=("Dana Kim",))]))
    assert counts(doubts) == [True, True]


def test_what_was_made_of_a_ticket_does_not_speak_for_the_words() -> None:
    doubts = kept("olga", "falk")
    for _ in range(9):
        doubts.keep(LEAK, Met(0, "NAME", "digest", ("olga", "falk")), ticket=None)
    assert all(counts(doubts))


@pytest.mark.parametrize("words", [("june",), ("мая",), ("қазан",), ("monday", "12")])
def test_a_date_is_nobody(words: tuple[str, ...]) -> None:
    assert counts(kept(*words)) == [False]


def test_one_word_that_is_not_written_as_a_name_is_in_doubt() -> None:
    assert counts(kept("heater", meant=False)) == [False]
