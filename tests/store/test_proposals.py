"""Proposals: the newest one about the talk as it stands."""

import make
from casemill.domain.word import changed
from casemill.store import Desk, proposals, tickets

KEY = "zendesk:48213"


def test_the_newest_proposal_about_a_version_is_the_latest(desk: Desk) -> None:
    with desk.write() as db:
        first = proposals.add(db, make.proposal())
        second = proposals.add(db, make.proposal(origin="product", failures=()))
        assert first < second
        assert proposals.latest(db, KEY, 1) == make.proposal(origin="product", failures=(), id=second)
        assert proposals.latest(db, KEY, 2) is None


def test_the_same_proposal_again_is_not_kept_twice(desk: Desk) -> None:
    with desk.write() as db:
        assert proposals.add(db, make.proposal()) == proposals.add(db, changed(make.proposal(), id=99))


def test_a_proposal_holds_for_later_versions_of_the_same_talk_only(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        id = proposals.add(db, make.proposal())
        tickets.put(db, make.ticket(version=2, digest="sha256:two", csat="good"))
        assert proposals.latest(db, KEY, 2) == make.proposal(id=id)
        assert proposals.of_tickets(db, [KEY]) == {KEY: make.proposal(id=id)}
        tickets.put(db, make.ticket(version=3, digest="sha256:three", turns=make.turns(("customer", "new talk"))))
        assert proposals.latest(db, KEY, 3) is None
        assert proposals.of_tickets(db, [KEY]) == {}


def test_many_tickets_are_asked_for_at_once(desk: Desk) -> None:
    keys = [f"zendesk:{number}" for number in range(1100)]
    with desk.write() as db:
        for number in (0, 1099):
            tickets.put(db, make.ticket(str(number)))
            proposals.add(db, make.proposal(f"zendesk:{number}"))
        assert list(proposals.of_tickets(db, [*keys, *keys])) == ["zendesk:0", "zendesk:1099"]
        assert proposals.of_tickets(db, []) == {}
