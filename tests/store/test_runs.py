"""Runs on the desk: as the file told them, once."""

from datetime import timedelta

import make
from casemill.store import Desk, runs

TWO = (make.verdict(), make.verdict("incomplete-answer-234567", result="fail", reason="misses a question"))


def test_a_run_comes_back_as_the_file_told_it(desk: Desk) -> None:
    with desk.write() as db:
        assert runs.put(db, make.run(verdicts=TWO), file_digest="sha256:1")
        assert not runs.put(db, make.run(verdicts=TWO), file_digest="sha256:1")
        assert runs.get(db, "run-1") == make.run(verdicts=TWO)
        assert runs.get(db, "run-2") is None


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
