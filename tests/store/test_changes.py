"""Changes wait in order until their file is written."""

import make
from casemill.store import Desk, changes


def test_changes_wait_in_the_order_they_were_said(desk: Desk) -> None:
    with desk.write() as db:
        ids = [changes.add(db, make.change(f"cases/a/{name}.yaml")) for name in "cab"]
        assert [change.id for change in changes.waiting(db)] == ids
        assert changes.waiting(db)[0] == make.change("cases/a/c.yaml", id=ids[0])
        changes.mark_written(db, ids[1], make.NOW)
        changes.mark_written(db, ids[1], make.NOW)
        assert [change.id for change in changes.waiting(db)] == [ids[0], ids[2]]
        assert changes.counts(db) == {"waiting": 2, "written": 1}


def test_the_same_change_is_said_once(desk: Desk) -> None:
    with desk.write() as db:
        id = changes.add(db, make.change())
        assert changes.add(db, make.change(by="somebody else")) == id
        changes.mark_written(db, id, make.NOW)
        assert changes.add(db, make.change()) == id
        assert changes.counts(db) == {"written": 1}


def test_a_file_may_go_back_to_what_it_was_before(desk: Desk) -> None:
    with desk.write() as db:
        for text in ("one", "two", "one"):
            changes.add(db, make.change(kind="supersede", text=text))
        assert [change.text for change in changes.waiting(db)] == ["one", "two", "one"]


def test_a_file_that_went_another_way_is_written_once_more(desk: Desk) -> None:
    with desk.write() as db:
        id = changes.add(db, make.change())
        changes.mark_written(db, id, make.NOW)
        changes.wait_again(db, id)
        assert [change.id for change in changes.waiting(db)] == [id]
