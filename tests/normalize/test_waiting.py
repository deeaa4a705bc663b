"""Decided tickets become drafts and questions, once each, whatever happens in between."""

from datetime import timedelta

import pytest

import make
from casemill.domain.failure import Failure
from casemill.domain.ticket import Ticket
from casemill.normalize import Drafted, draft_waiting
from casemill.normalize.admit import admit
from casemill.review import record
from casemill.settings import Suite
from casemill.store import Desk, articles, asks, drafts, proposals, reviews, tickets
from normalize.written import agent, bot, customer, ticket

NOTE = "Bot promised a refund. It should say that no refund was started."
PROMISE = Failure(mode="promised_action", severity="P0", turn=1)
HALF = Failure(mode="incomplete_answer", severity="P1", turn=1)


def decided(desk: Desk, one: Ticket, *failures: Failure) -> None:
    """Lays a ticket on the desk and records a person's decision about it."""
    with desk.write() as db:
        tickets.put(db, one)
        tickets.move(db, one.key, version=one.version, frm=("masked",), to="proposed")
        proposals.add(db, make.proposal(one.key, version=one.version))
    told = make.review(one.key, version=one.version, decision="correct", origin="model", failures=failures)
    record(desk, told, now=make.NOW)


def draft(desk: Desk) -> Drafted:
    return draft_waiting(desk, taxonomy=make.taxonomy(), settings=Suite(), now=make.NOW)


def test_every_failure_of_a_decided_ticket_becomes_a_draft_and_a_question(desk: Desk) -> None:
    decided(desk, make.ticket(), PROMISE, HALF)
    done = draft(desk)
    assert (done.drafted, done.tickets, done.failures) == (2, 1, 2)
    with desk.read() as db:
        found = drafts.of_ticket(db, "zendesk:48213")
        asked = [ask for ask in asks.of_ticket(db, "zendesk:48213") if ask.kind == "draft"]
        assert tickets.state_of(db, "zendesk:48213") == "drafted"
    assert [one.failure for one in found] == [1, 2]
    assert [ask.draft for ask in asked] == [one.id for one in found]
    assert asked[0].rank < asked[1].rank
    assert asked[0].why.startswith("P0 promised_action: ")


def test_a_second_run_changes_nothing(desk: Desk) -> None:
    decided(desk, make.ticket(), PROMISE)
    draft(desk)
    with desk.read() as db:
        before = (drafts.of_ticket(db, "zendesk:48213"), asks.of_ticket(db, "zendesk:48213"))
    assert draft(desk) == Drafted()
    with desk.read() as db:
        assert (drafts.of_ticket(db, "zendesk:48213"), asks.of_ticket(db, "zendesk:48213")) == before


def test_a_ticket_that_breaks_off_leaves_nothing_half_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(desk, make.ticket(), PROMISE, HALF)
    whole = asks.ask

    def breaks(*args: object, **kwargs: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(asks, "ask", breaks)
    with pytest.raises(KeyboardInterrupt):
        draft(desk)
    monkeypatch.setattr(asks, "ask", whole)
    with desk.read() as db:
        assert drafts.of_ticket(db, "zendesk:48213") == ()
        assert tickets.state_of(db, "zendesk:48213") == "decided"
    assert draft(desk).drafted == 2


def test_a_decision_taken_back_drops_its_drafts_and_a_new_one_makes_new_ones(desk: Desk) -> None:
    decided(desk, make.ticket(), PROMISE, HALF)
    draft(desk)
    later = make.NOW + timedelta(minutes=1)
    again = make.review(decision="correct", origin="model", failures=(PROMISE,), at=later)
    record(desk, again, now=later)
    assert draft(desk).drafted == 1
    with desk.read() as db:
        assert [one.failure for one in drafts.in_state(db, "open")] == [1]
        open_ones = [ask for ask in asks.of_ticket(db, "zendesk:48213") if ask.kind == "draft" and ask.state == "open"]
    assert len(open_ones) == 1


def test_a_new_version_of_an_admitted_ticket_supersedes_its_case(desk: Desk) -> None:
    decided(desk, make.ticket(), PROMISE)
    draft(desk)
    with desk.read() as db:
        (first,) = drafts.in_state(db, "open")
    assert first.id is not None
    admit(desk, first.id, case=first.case, by="lead@shop.test", now=make.NOW)
    grown = make.ticket(version=2, digest="sha256:new", turns=(*make.ticket().turns, customer("still nothing came")))
    with desk.write() as db:
        tickets.put(db, grown)
        other = Failure(mode="wrong_fact", severity="P1", turn=1)
        reviews.add(db, make.review(version=2, decision="correct", origin="model", failures=(other,)))
        tickets.move(db, grown.key, version=2, frm=("masked",), to="decided")
    draft(desk)
    with desk.read() as db:
        (second,) = drafts.in_state(db, "open")
    assert second.case.id == first.case.id
    assert second.case.failure_mode == "wrong_fact"


def test_a_case_that_still_holds_is_not_asked_about_again(desk: Desk) -> None:
    decided(desk, make.ticket(), PROMISE)
    draft(desk)
    with desk.read() as db:
        (first,) = drafts.in_state(db, "open")
    assert first.id is not None
    admit(desk, first.id, case=first.case, by="lead@shop.test", now=make.NOW)
    with desk.write() as db:
        tickets.move(db, "zendesk:48213", version=1, frm=("admitted",), to="decided")
    assert draft(desk) == Drafted(failures=1)
    with desk.read() as db:
        assert tickets.state_of(db, "zendesk:48213") == "admitted"


def test_a_decision_without_a_failure_is_put_aside_with_the_reason(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        tickets.move(db, "zendesk:48213", version=1, frm=("masked",), to="decided")
    assert draft(desk) == Drafted()
    with desk.read() as db:
        (row,) = tickets.in_state(db, "stuck")
    assert row.reason == "decided, but no failure is named: review it again"


def test_macro_and_articles_come_from_the_desk(desk: Desk) -> None:
    with desk.write() as db:
        articles.put(
            db, make.article("360", kind="macro", title="47: Refunds", text="Never promise.", revision="2026-03-01")
        )
        articles.put(db, make.article("KB-1042", revision="4"))
    one = make.ticket(resolution="KB-1042, resolved per macro 47", turns=make.ticket().turns[:4])
    decided(desk, one, PROMISE)
    draft(desk)
    with desk.read() as db:
        (found,) = drafts.in_state(db, "open")
    assert found.case.expect.behavior == "Never promise."
    assert found.case.lineage is not None
    assert (found.case.lineage.macro, found.case.lineage.articles) == ("47@2026-03-01", ("KB-1042@4",))
    assert found.case.lineage.proposal is not None
    assert found.case.lineage.review is not None


def test_the_summary_counts_what_people_must_still_do(desk: Desk) -> None:
    decided(desk, ticket(customer("is it big?"), bot("It is green."), agent("k"), note="done"), HALF)
    done = draft(desk)
    assert (done.without_expectation, done.not_red, done.without_good) == (1, 1, 1)
