"""Rates with their intervals, by type and language; too few say so; a sample that leans is weighed back."""

import pytest

import make
from casemill.review import leak_report
from casemill.stats import wilson
from casemill.store import Desk, leaks

NAME = make.mark()
OVER = make.mark(start=6, end=15, label="ORDER", hides_none=True)


def read(desk: Desk, number: int, **said: object) -> None:
    with desk.write() as db:
        told = {"language": "en", "chance": 0.5, "read": f"sha256:{number}"} | said
        leaks.add(db, make.leak_review(f"zendesk:{number}", **told))


def test_nothing_read_is_told_as_nothing(desk: Desk) -> None:
    report = leak_report(desk)
    assert (report.tickets, report.leaks.n, report.leaks.share) == (0, 0, None)
    assert report.lines == ("No ticket of a sample was read yet.",)


def test_rates_are_shares_of_tickets_with_their_wilson_interval(desk: Desk) -> None:
    for number in range(18):
        read(desk, number)
    read(desk, 18, verdict="leak", marks=(NAME, make.mark("subject"), OVER))
    read(desk, 19, verdict="over_masked", marks=(OVER,))
    report = leak_report(desk)
    assert (report.leaks.hits, report.leaks.n) == (1, 20)
    assert (report.leaks.low, report.leaks.high) == pytest.approx(wilson(1, 20))
    assert report.over_masked.hits == 2
    assert {one.name: (one.leaks.hits, one.over_masked.hits) for one in report.by_type} == {
        "NAME": (1, 0),
        "ORDER": (0, 2),
    }
    assert report.marks == 2
    assert report.lines[1] == "  leak          5 % (95 % interval 0.8 % to 23.6 %), seen in 1 of 20"


def test_under_twenty_there_is_not_enough_data(desk: Desk) -> None:
    for number in range(19):
        read(desk, number, language="ru" if number < 5 else None)
    report = leak_report(desk)
    assert report.leaks.told == "seen in 0 of 19 (not enough data)"
    assert [(one.name, one.leaks.n) for one in report.by_language] == [("ru", 5), ("not told", 14)]


def test_doubtful_tickets_that_were_drawn_more_often_weigh_less_in_every_rate(desk: Desk) -> None:
    for number in range(20):
        read(desk, number, chance=1.0, verdict="leak", marks=(NAME,))
    for number in range(20, 40):
        read(desk, number, chance=0.1)
    report = leak_report(desk)
    for rate in (report.leaks, report.by_type[0].leaks, report.by_language[0].leaks):
        assert (rate.hits, rate.n) == (20, 40)
        assert rate.share == pytest.approx(20 / 220)
        assert rate.low is not None
        assert rate.high is not None
        assert rate.low < 20 / 220 < rate.high


def test_a_ticket_that_was_drawn_twice_counts_once_as_it_was_read_last(desk: Desk) -> None:
    read(desk, 1, verdict="over_masked", marks=(OVER,))
    read(desk, 1, read="sha256:anew")
    report = leak_report(desk)
    assert (report.tickets, report.over_masked.hits) == (1, 0)


def test_what_was_read_again_or_out_of_turn_is_counted_apart(desk: Desk) -> None:
    read(desk, 1)
    read(desk, 1, read="sha256:anew", chance=None)
    read(desk, 2, chance=None, verdict="leak", marks=(NAME,))
    report = leak_report(desk)
    assert (report.tickets, report.leaks.hits, report.apart.hits, report.apart.n) == (1, 0, 1, 2)
    assert report.lines[-1] == "Read apart, again after a leak or out of turn: 1 of 2 leak."


def test_a_verdict_that_was_taken_back_counts_for_nothing(desk: Desk) -> None:
    read(desk, 1, verdict="leak", marks=(NAME,))
    with desk.write() as db:
        leaks.add(db, make.leak_review("zendesk:1", verdict="undo", undoes=leaks.all_reviews(db)[0].id))
    assert leak_report(desk).tickets == 0


def test_a_lost_fact_found_in_the_same_texts_does_not_unsay_a_leak(desk: Desk) -> None:
    read(desk, 1, verdict="leak", marks=(NAME,))
    read(desk, 1, verdict="over_masked", marks=(OVER,), chance=None)
    report = leak_report(desk)
    assert (report.tickets, report.leaks.hits, report.over_masked.hits, report.apart.n) == (1, 1, 1, 0)


def test_fine_after_a_leak_in_the_same_texts_is_the_last_word(desk: Desk) -> None:
    read(desk, 1, verdict="leak", marks=(NAME,))
    read(desk, 1, verdict="fine")
    assert leak_report(desk).leaks.hits == 0
