"""Tickets on the desk: versions, the talk they tell, and moving on."""

from datetime import timedelta

import pytest

import make
from casemill.domain.ticket import Turn
from casemill.store import Desk, asks, drafts, tickets

KEY = "zendesk:48213"


def test_the_same_digest_changes_nothing(desk: Desk) -> None:
    with desk.write() as db:
        assert tickets.put(db, make.ticket()) == "new"
        assert tickets.put(db, make.ticket(subject="another reading")) == "same"
    with desk.read() as db:
        assert tickets.get(db, KEY) == make.ticket()
        assert tickets.counts(db) == {"masked": 1}


def test_a_ticket_comes_back_as_the_word_it_was(desk: Desk) -> None:
    whole = make.ticket(
        turns=(Turn(role="customer", text="café 🙂 'quoted' \"double\" % :x", at=make.NOW),),
        tags=("a", "b"),
        updated_at=make.NOW + timedelta(microseconds=7),
        person="ab" * 16,
    )
    with desk.write() as db:
        tickets.put(db, whole)
    with desk.read() as db:
        assert tickets.get(db, KEY) == whole


def test_new_talk_starts_again_as_masked_and_takes_the_questions_and_drafts_back(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        tickets.move(db, KEY, version=1, frm=("masked",), to="drafted")
        asks.ask(db, kind="draft", ticket=KEY, version=1, why="a draft", now=make.NOW)
        draft = drafts.put(db, make.draft())
        more = make.ticket(version=2, digest="sha256:two", turns=make.turns(("customer", "still nothing")))
        assert tickets.put(db, more) == "changed"
    with desk.read() as db:
        assert tickets.state_of(db, KEY) == "masked"
        assert asks.open_counts(db) == {}
        assert drafts.state_of(db, draft) == "rejected"
        assert tickets.get(db, KEY) == more
        assert tickets.get(db, KEY, 1) == make.ticket()


def test_the_same_talk_keeps_its_state_and_its_questions(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        tickets.move(db, KEY, version=1, frm=("masked",), to="proposed")
        asks.ask(db, kind="review", ticket=KEY, version=1, why="unsure", now=make.NOW)
        assert tickets.put(db, make.ticket(version=2, digest="sha256:two", csat="good")) == "changed"
    with desk.read() as db:
        assert tickets.state_of(db, KEY) == "proposed"
        assert asks.open_counts(db) == {"review": 1}


def test_what_was_said_of_an_older_version_of_the_same_talk_still_moves_the_ticket(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        tickets.put(db, make.ticket(version=2, digest="sha256:two", csat="good"))
        assert tickets.move(db, KEY, version=1, frm=("masked",), to="proposed")
        tickets.put(db, make.ticket(version=3, digest="sha256:three", turns=make.turns(("customer", "new talk"))))
        assert not tickets.move(db, KEY, version=2, frm=("masked",), to="proposed")
        assert tickets.move(db, KEY, version=3, frm=("masked",), to="proposed")


def test_a_move_compares_before_it_sets(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        assert not tickets.move(db, KEY, version=1, frm=("proposed", "decided"), to="drafted")
        assert tickets.move(db, KEY, version=1, frm=("masked",), to="stuck", reason="no reply of the AI")
        assert not tickets.move(db, KEY, version=1, frm=("masked",), to="stuck")
        assert not tickets.move(db, "zendesk:none", version=1, frm=("masked",), to="stuck")
        assert tickets.in_state(db, "stuck")[0].reason == "no reply of the AI"


def test_a_version_that_comes_late_does_not_become_the_newest(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket(version=2, digest="sha256:two", subject="second"))
        tickets.put(db, make.ticket(version=1, digest="sha256:one", subject="first"))
        newest = tickets.get(db, KEY)
        assert newest
        assert newest.subject == "second"
        assert tickets.counts(db) == {"masked": 1}


def test_a_vault_begun_anew_counts_on_where_the_desk_is(desk: Desk) -> None:
    with desk.write() as db:
        tickets.put(db, make.ticket())
        assert tickets.put(db, make.ticket(digest="sha256:another", subject="after")) == "changed"
        newest = tickets.get(db, KEY)
        assert newest
        assert (newest.version, newest.subject) == (2, "after")


def test_pages_by_state_miss_nothing_and_repeat_nothing(desk: Desk) -> None:
    ids = [str(number) for number in range(7)]
    with desk.write() as db:
        for id in ids:
            tickets.put(db, make.ticket(id))
        tickets.move(db, "zendesk:3", version=1, frm=("masked",), to="proposed")
    seen, after = [], 0
    with desk.read() as db:
        while page := tickets.in_state(db, "masked", after=after, limit=2):
            seen += [row.ticket.external_id for row in page]
            after = page[-1].id
        assert seen == ["0", "1", "2", "4", "5", "6"]
        assert [row.ticket.external_id for row in tickets.everything(db)] == ids


def test_everything_goes_past_one_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "PAGE", 2)
    with desk.write() as db:
        for number in range(5):
            tickets.put(db, make.ticket(str(number)))
        assert len(list(tickets.everything(db))) == 5


def test_nul_is_never_stored(desk: Desk) -> None:
    said = make.turns(("customer", "a\0b\\u0000c"))
    with desk.write() as db:
        tickets.put(db, make.ticket(turns=said, subject="x\0y", external_id="4\08"))
    with desk.read() as db:
        (row,) = tickets.everything(db)
    assert (row.ticket.subject, row.ticket.turns[0].text) == ("xy", "ab\\u0000c")


def test_a_ticket_that_is_not_there_is_none(desk: Desk) -> None:
    with desk.read() as db:
        assert tickets.get(db, KEY) is None
        assert tickets.state_of(db, KEY) is None
