"""Asks: asked once, held by one, answered once."""

import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import make
from casemill.domain.review import Ask
from casemill.store import Db, Desk, asks

KEY = "zendesk:48213"
LATER = make.NOW + timedelta(minutes=31)


def ask(db: Db, ticket: str = KEY, rank: int = 0, whom: str | None = None) -> int:
    return asks.ask(db, kind="review", ticket=ticket, version=1, why="unsure", now=make.NOW, rank=rank, whom=whom)


def claim(db: Db, by: str, now: datetime = make.NOW, skip: tuple[int, ...] = ()) -> Ask | None:
    return asks.claim(db, kind="review", by=by, now=now, minutes=30, skip=skip)


def test_a_question_is_open_once(desk: Desk) -> None:
    with desk.write() as db:
        first = ask(db)
        assert ask(db) == first
        assert asks.ask(db, kind="second", ticket=KEY, version=1, why="unsure", now=make.NOW) != first
        assert asks.ask(db, kind="review", ticket=KEY, version=2, why="unsure", now=make.NOW) != first
        assert asks.ask(db, kind="draft", ticket=KEY, version=1, why="", now=make.NOW, draft=1) != asks.ask(
            db, kind="draft", ticket=KEY, version=1, why="", now=make.NOW, draft=2
        )
        assert asks.open_counts(db) == {"review": 2, "second": 1, "draft": 2}


def test_an_ask_comes_back_as_it_was_asked(desk: Desk) -> None:
    with desk.write() as db:
        told = {"kind": "still_true", "ticket": KEY, "version": 2, "why": "old", "draft": 4, "case": "a-b-234567"}
        id = asks.ask(db, now=make.NOW, rank=3, whom="eve", **told)  # type: ignore[arg-type]
        assert asks.get(db, id) == Ask(id=id, rank=3, whom="eve", created_at=make.NOW, **told)  # type: ignore[arg-type]
        assert asks.get(db, id + 1) is None


def test_the_lowest_rank_is_asked_first_then_the_oldest(desk: Desk) -> None:
    with desk.write() as db:
        late, soon, also = ask(db, "zendesk:1", 5), ask(db, "zendesk:2", 1), ask(db, "zendesk:3", 1)
        for wanted in (soon, also, late):
            held = claim(db, f"reader {wanted}")
            assert held
            assert held.id == wanted


def test_a_held_ticket_is_not_given_out_twice_until_the_lease_runs_out(desk: Desk) -> None:
    with desk.write() as db:
        id = ask(db)
        mine = claim(db, "ann")
        assert mine
        assert (mine.leased_by, mine.leased_until) == ("ann", make.NOW + timedelta(minutes=30))
        assert claim(db, "bob") is None
        assert claim(db, "ann")
        late = claim(db, "bob", LATER)
        assert late
        assert (late.id, late.leased_by) == (id, "bob")


def test_a_released_question_is_free_again_and_only_its_holder_releases_it(desk: Desk) -> None:
    with desk.write() as db:
        id = ask(db)
        claim(db, "ann")
        asks.release(db, id, by="bob")
        assert claim(db, "bob") is None
        asks.release(db, id, by="ann")
        assert claim(db, "bob")


def test_skipped_questions_and_those_meant_for_others_are_not_given_out(desk: Desk) -> None:
    with desk.write() as db:
        for_eve, other = ask(db, "zendesk:1", whom="eve"), ask(db, "zendesk:2")
        held = claim(db, "ann")
        assert held
        assert held.id == other
        assert claim(db, "ann", skip=(other,)) is None
        hers = claim(db, "eve")
        assert hers
        assert hers.id == for_eve


def test_a_question_is_answered_once_and_can_be_asked_again_after(desk: Desk) -> None:
    with desk.write() as db:
        id = ask(db)
        assert asks.answer(db, id, by="ann", now=LATER)
        assert not asks.answer(db, id, by="bob", now=LATER)
        answered = asks.get(db, id)
        assert answered
        assert (answered.state, answered.answered_by, answered.answered_at) == ("answered", "ann", LATER)
        again = ask(db)
        assert again != id
        assert [one.id for one in asks.of_ticket(db, KEY)] == [id, again]


def test_a_reopened_question_is_free_unless_it_was_asked_anew(desk: Desk) -> None:
    with desk.write() as db:
        id = ask(db)
        asks.answer(db, id, by="ann", now=LATER)
        asks.reopen(db, id)
        asks.reopen(db, id)
        held = claim(db, "bob")
        assert held
        assert (held.id, held.state, held.answered_by) == (id, "open", None)
        asks.answer(db, id, by="ann", now=LATER)
        anew = ask(db)
        asks.reopen(db, id)
        assert [one.id for one in asks.of_ticket(db, KEY) if one.state == "open"] == [anew]


def test_withdrawing_takes_back_only_what_was_named(desk: Desk) -> None:
    with desk.write() as db:
        ask(db)
        for draft in (1, 2):
            asks.ask(db, kind="draft", ticket=KEY, version=1, why="", now=make.NOW, draft=draft)
        other = ask(db, "zendesk:2")
        assert asks.withdraw(db, ticket=KEY, kind="draft", draft=1) == 1
        assert asks.withdraw(db, ticket=KEY, kind="draft") == 1
        assert asks.withdraw(db, ticket=KEY) == 1
        assert asks.withdraw(db, ticket=KEY) == 0
        assert claim(db, "ann").id == other  # type: ignore[union-attr]


def test_workers_that_claim_at_once_never_get_the_same_question(desk: Desk) -> None:
    with desk.write() as db:
        for number in range(60):
            ask(db, f"zendesk:{number}")
    taken: list[int] = []
    start = threading.Barrier(4)

    def work(name: str) -> None:
        start.wait()
        while True:
            with desk.write() as db:
                # A claim is its own until answered; the answer is a later transaction, as at the screen.
                held = claim(db, name)
            if held is None:
                return
            taken.append(held.id)
            with desk.write() as db:
                assert asks.answer(db, held.id, by=name, now=make.NOW)

    workers = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == 60
    assert len(set(taken)) == 60


def test_workers_that_ask_at_once_ask_once(desk: Desk) -> None:
    ids: set[int] = set()
    start = threading.Barrier(4)

    def work() -> None:
        start.wait()
        for number in range(10):
            with desk.write() as db:
                ids.add(ask(db, f"zendesk:{number}"))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(ids) == 10


CLAIM = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import make
from casemill.settings import Store
from casemill.store import asks, open_desk
with open_desk(Store(desk=sys.argv[3]), root=Path(sys.argv[2])) as desk:
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        with desk.write() as db:
            held = asks.claim(db, kind="review", by=sys.argv[4], now=make.NOW, minutes=30, skip=[])
        if held is None:
            break
        print(held.id)
        with desk.write() as db:
            asks.answer(db, held.id, by=sys.argv[4], now=make.NOW)
"""


def test_processes_that_claim_at_once_never_get_the_same_question(desk: Desk, home: Any) -> None:
    with desk.write() as db:
        wanted = [ask(db, f"zendesk:{number}") for number in range(60)]
    command = [sys.executable, "-c", CLAIM, str(Path(__file__).parents[1]), str(home.root), home.store.desk]
    workers = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for name in ("ann", "bob")
    ]
    for worker in workers:
        assert worker.stdout
        worker.stdout.readline()
    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    taken = [int(line) for worker in workers for line in worker.communicate()[0].split()]
    assert sorted(taken) == wanted
