"""Drafts: one open for a failure, settled once."""

import make
from casemill.store import Desk, drafts

KEY = "zendesk:48213"


def test_an_open_draft_is_written_over(desk: Desk) -> None:
    with desk.write() as db:
        id = drafts.put(db, make.draft())
        assert drafts.put(db, make.draft(missing=("a good reply",))) == id
        assert drafts.get(db, id) == make.draft(missing=("a good reply",), id=id)
        other = drafts.put(db, make.draft(failure=2))
        assert drafts.counts(db) == {"open": 2}
        assert [draft.id for draft in drafts.of_ticket(db, KEY)] == [id, other]


def test_a_draft_is_settled_once_and_a_new_one_may_follow(desk: Desk) -> None:
    with desk.write() as db:
        id = drafts.put(db, make.draft())
        assert drafts.settle(db, id, to="rejected", now=make.NOW)
        assert not drafts.settle(db, id, to="admitted", now=make.NOW)
        assert drafts.in_state(db, "open") == ()
        again = drafts.put(db, make.draft())
        assert again != id
        assert drafts.settle(db, again, to="admitted", now=make.NOW)
        assert drafts.counts(db) == {"rejected": 1, "admitted": 1}
        assert [draft.id for draft in drafts.in_state(db, "admitted")] == [again]
        assert (drafts.state_of(db, id), drafts.state_of(db, 99), drafts.get(db, 99)) == ("rejected", None, None)
