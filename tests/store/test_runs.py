"""Runs on the desk: as the file told them, once."""

from datetime import timedelta

import make
from casemill.domain.run import RunEnd, SelfTest, Spent
from casemill.domain.word import changed
from casemill.store import Desk, runs
from casemill.store.desk_tables import runs as table

TWO = (make.verdict(), make.verdict("incomplete-answer-234567", result="fail", reason="misses a question"))


def test_a_run_comes_back_as_the_file_told_it(desk: Desk) -> None:
    with desk.write() as db:
        assert runs.put(db, make.run(verdicts=TWO), file_digest="sha256:1")
        assert not runs.put(db, make.run(verdicts=TWO), file_digest="sha256:1")
        assert runs.get(db, "run-1") == make.run(verdicts=TWO)
        assert runs.get(db, "run-2") is None


def test_the_last_line_of_a_run_is_kept_whole(desk: Desk) -> None:
    test = SelfTest(kind="bad", judge="judge", criterion="tone", wanted="fail", said="pass", held=False)
    end = RunEnd(finished_at=make.NOW, verdicts=2, self_tests=(test,), spent=Spent(calls=2, cost=0.1), left=("slow",))
    run = changed(make.run(verdicts=TWO), end=end)
    with desk.write() as db:
        runs.put(db, run, file_digest="sha256:1")
        assert runs.get(db, "run-1") == run
        db.execute(table.update().values(ending=None))
        assert runs.get(db, "run-1") == make.run(verdicts=TWO), "of one that came before its whole was kept"


def test_a_continued_run_takes_the_place_of_its_start_and_never_the_other_way(desk: Desk) -> None:
    start, whole = make.run(verdicts=TWO[:1], ended=False, cases=2), make.run(verdicts=TWO, cases=2)
    with desk.write() as db:
        assert runs.put(db, start, file_digest="sha256:start")
        assert runs.put(db, whole, file_digest="sha256:whole")
        assert not runs.put(db, start, file_digest="sha256:start")
        assert runs.get(db, "run-1") == whole
        assert runs.heads(db) == (whole.head,)


def test_an_interrupted_run_gives_way_to_one_that_got_further(desk: Desk) -> None:
    none, one = make.run(verdicts=(), ended=False), make.run(verdicts=TWO[:1], ended=False)
    with desk.write() as db:
        assert runs.put(db, none, file_digest="sha256:none")
        assert runs.put(db, one, file_digest="sha256:one")
        assert not runs.put(db, none, file_digest="sha256:none")
        assert runs.get(db, "run-1") == one


def test_heads_come_newest_first(desk: Desk) -> None:
    with desk.write() as db:
        for id, days in (("b", 1), ("a", 0), ("c", 2)):
            runs.put(db, make.run(id, started_at=make.NOW + timedelta(days=days)), file_digest=id)
        assert [head.id for head in runs.heads(db)] == ["c", "b", "a"]
