"""A ticket's rows change in every table, and neither ids nor deciders nor anybody else's rows do."""

from collections.abc import Callable
from typing import Any

import make
from casemill.domain.change import Change
from casemill.domain.ticket import ToolCall, Turn
from casemill.store import Desk, asks, changes, desk_tables, remask, reviews, tickets
from casemill.store.remask import Anew, change_strings


def dots(text: str) -> str:
    return text.replace("Anna", "[NAME_1]")


def anew(text: Callable[[str], str] = dots) -> Anew:
    def file(change: Change) -> str:
        return text(change.text)

    return Anew(text, file)


def test_keys_and_numbers_change_only_in_what_a_payload_brought_along() -> None:
    value: dict[str, Any] = {
        "Anna": 1,
        "by": "Anna",
        "arguments": {"Anna": 7, "by": "Anna", "n": [701, True]},
        "n": 701,
    }
    changed = change_strings(value, lambda text: dots(text).replace("701", "[ORDER_1]"))
    assert changed == {
        "Anna": 1,
        "by": "Anna",
        "arguments": {"[NAME_1]": 7, "by": "[NAME_1]", "n": ["[ORDER_1]", True]},
        "n": 701,
    }


def test_only_the_ticket_s_rows_change_and_a_second_time_none(desk: Desk) -> None:
    turns = (Turn(role="customer", text="Anna wrote", by="Anna"), Turn(role="tool", call=ToolCall(name="f")))
    with desk.write() as db:
        for id in ("1", "2"):
            tickets.put(db, make.ticket(id, turns=turns))
            asks.ask(db, kind="review", ticket=f"zendesk:{id}", version=1, why="Anna?", now=make.NOW, whom="Anna")
            reviews.add(db, make.review(f"zendesk:{id}", note="Anna", by="Anna"))
        rewritten = remask.rewrite(db, "zendesk:1", cases=(), anew=anew())
        assert rewritten == 3
        assert remask.rewrite(db, "zendesk:1", cases=(), anew=anew()) == 0
        mine, theirs = (tickets.get(db, f"zendesk:{id}") for id in ("1", "2"))
        assert mine is not None
        assert theirs is not None
        assert [turn.by for turn in mine.turns] == ["[NAME_1]", None]
        assert theirs.turns == turns
        [ask] = asks.of_ticket(db, "zendesk:1")
        assert (ask.why, ask.whom) == ("[NAME_1]?", "Anna")
        [review] = reviews.of_ticket(db, "zendesk:1")
        assert (review.note, review.by) == ("[NAME_1]", "Anna")


def test_no_digest_is_left_of_a_note_as_it_was_written(desk: Desk) -> None:
    review = make.review("zendesk:1", note="Anna")
    with desk.write() as db:
        reviews.add(db, review)
        [before] = [row.digest for row in db.execute(desk_tables.reviews.select())]
        remask.rewrite(db, "zendesk:1", cases=(), anew=anew())
        [after] = [row.digest for row in db.execute(desk_tables.reviews.select())]
        remask.rewrite(db, "zendesk:1", cases=(), anew=anew())
        assert [row.digest for row in db.execute(desk_tables.reviews.select())] == [after]
    assert before != after


def test_a_change_is_digested_anew(desk: Desk) -> None:
    case = make.case().id
    with desk.write() as db:
        changes.add(db, make.change(text="why: Anna\n", case=case))
        changes.add(db, make.change("policy.toml", text="# Anna\n"))
        remask.rewrite(db, "zendesk:1", cases={case}, anew=anew())
        mine, other = changes.waiting(db)
    assert mine == make.change(text="why: [NAME_1]\n", case=case, id=mine.id)
    assert other.text == "# Anna\n"


def test_a_desk_is_wiped_while_it_is_open(desk: Desk) -> None:
    assert remask.wipe(desk)
