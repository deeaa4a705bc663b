from pathlib import Path

import msgspec
import pytest

import make
from casemill.domain.grade import Grade, Judged
from casemill.domain.run import Run, RunEnd, RunHead, SelfTest, Trial, Verdict
from casemill.domain.word import changed
from casemill.errors import FileError, OutsideError, UsageError
from casemill.run.listing import list_runs
from casemill.run.record import Recorder, newest_run, read_run

HEAD = RunHead(
    id="r1",
    release=3,
    suite_digest="sha256:s",
    target="bot",
    target_kind="http",
    cases=3,
    started_at=make.NOW,
    commit="4f0c2aa",
)


def verdict(case: str, **fields: object) -> Verdict:
    told = {"digest": f"sha256:{case}", "failure_mode": "wrong_fact", "severity": "P1", "result": "pass"}
    trial = Trial(number=1, reply=make.reply("Жақсы\n\u2028🙂"), at=make.NOW)
    return Verdict(**({"case": case, "trials": (trial,)} | told | fields))  # type: ignore[arg-type]


def written(path: Path, *verdicts: Verdict, end: bool = True) -> Path:
    with Recorder.start(path, HEAD) as recorder:
        for one in verdicts:
            recorder.add(one)
        if end:
            recorder.finish(ended(recorder))
    return path


def ended(recorder: Recorder) -> RunEnd:
    return RunEnd(finished_at=make.NOW, verdicts=len(recorder.verdicts))


def resumed(path: Path, digests: dict[str, str], **fields: object) -> Recorder:
    return Recorder.resume(read_run(path), path, head=changed(HEAD, **fields), digests=digests)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = written(tmp_path / "runs" / "a.jsonl", verdict("a"), verdict("b", result="fail", reason="x"))
    run = Run(
        head=HEAD,
        verdicts=(verdict("a"), verdict("b", result="fail", reason="x")),
        end=RunEnd(finished_at=make.NOW, verdicts=2),
    )
    assert read_run(path) == run
    assert len(path.read_bytes().splitlines()) == 4


def test_every_byte_a_file_is_cut_at_leaves_a_readable_run(tmp_path: Path) -> None:
    raw = written(tmp_path / "whole.jsonl", verdict("a"), verdict("b")).read_bytes()
    head = raw.index(b"\n") + 1
    cut = tmp_path / "cut.jsonl"
    for length in range(head, len(raw)):
        cut.write_bytes(raw[:length])
        run = read_run(cut)
        assert run.end is None
        assert len(run.verdicts) == raw[:length].count(b"\n") - 1


def test_a_cut_file_goes_on_without_its_torn_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", verdict("a"), verdict("b"), end=False)
    path.write_bytes(path.read_bytes()[:-10])
    with resumed(path, {"a": "sha256:a", "b": "sha256:b"}) as recorder:
        assert [kept.case for kept in recorder.verdicts] == ["a"]
        recorder.add(verdict("b"))
        recorder.finish(ended(recorder))
    assert [kept.case for kept in read_run(path).verdicts] == ["a", "b"]


def test_a_changed_case_and_an_error_are_asked_again(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", verdict("a"), verdict("b"), verdict("c", result="error"))
    with resumed(path, {"a": "sha256:a", "b": "sha256:new", "c": "sha256:c"}, suite_digest="sha256:t") as recorder:
        assert [kept.case for kept in recorder.verdicts] == ["a"]
    run = read_run(path)
    assert run.end is None
    assert run.head.suite_digest == "sha256:t"
    assert run.head.started_at == make.NOW


def test_what_a_judge_said_that_missed_its_self_test_is_asked_again(tmp_path: Path) -> None:
    verdicts = (judged("a", "a", "tone"), judged("b", "a + b", "tone"), judged("c", "b", "facts"))
    assert kept_of(tmp_path, missed("b", "tone", "support@1"), *verdicts) == ["a", "c"]


def test_what_it_said_by_another_rubric_with_a_criterion_of_that_name_stands(tmp_path: Path) -> None:
    verdicts = (judged("a", "b", "tone", "support@1"), judged("b", "b", "tone", "sales@1"))
    assert kept_of(tmp_path, missed("b", "tone", "support@1"), *verdicts) == ["b"]


def test_a_self_test_of_a_file_that_does_not_tell_its_rubric_is_of_all(tmp_path: Path) -> None:
    verdicts = (judged("a", "b", "tone", "support@1"), judged("b", "b", "tone", "sales@1"), judged("c", "b", "facts"))
    assert kept_of(tmp_path, missed("b", "tone"), *verdicts) == ["c"]
    assert b"rubric" not in msgspec.json.encode(missed("b", "tone"))


def judged(case: str, judge: str, criterion: str, rubric: str = "support@1") -> Verdict:
    grade = Grade(result="pass", grader="judge", judged=Judged(criterion=criterion, judge=judge, rubric=rubric))
    return verdict(case, trials=(Trial(number=1, reply=make.reply(), grades=(grade,)),))


def missed(judge: str, criterion: str, rubric: str = "") -> SelfTest:
    told = {"kind": "bad", "wanted": "fail", "said": "pass", "held": False}
    return msgspec.convert({**told, "judge": judge, "criterion": criterion, "rubric": rubric}, SelfTest)


def kept_of(root: Path, test: SelfTest, *verdicts: Verdict) -> list[str]:
    """The cases that are not asked again when a run is continued whose judge missed a self-test."""
    path = root / "a.jsonl"
    with Recorder.start(path, HEAD) as recorder:
        recorder.add_all(verdicts)
        recorder.finish(changed(ended(recorder), self_tests=(test,)))
    return [kept.case for kept in resumed(path, {case: f"sha256:{case}" for case in "abc"}).kept]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"target": "other"}, "another target$"),
        ({"target_digest": "sha256:x"}, "another target's settings"),
        ({"release": 4}, "another release"),
        ({"trials": 3}, "another number of trials"),
        ({"commit": "5555555"}, "another commit"),
        ({"narrowed": "ids a"}, "another choice of cases"),
    ],
)
def test_another_run_is_not_continued(tmp_path: Path, fields: dict[str, object], message: str) -> None:
    path = written(tmp_path / "a.jsonl", verdict("a"), end=False)
    before = path.read_bytes()
    with pytest.raises(UsageError, match=message):
        resumed(path, {}, **fields)
    assert path.read_bytes() == before


def test_a_run_file_is_never_overwritten(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl")
    with pytest.raises(UsageError, match="exists") as raised:
        Recorder.start(path, HEAD)
    assert "--resume" in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("spoil", "line", "message"),
    [
        (lambda lines: [], 1, "no head line"),
        (lambda lines: [b"not json", *lines[1:]], 1, "malformed"),
        (lambda lines: [b"{}", *lines[1:]], 1, "missing required field"),
        (lambda lines: [lines[0], b'{"case": "a"}', *lines[2:]], 2, "missing required field"),
        (lambda lines: [lines[0], lines[1].replace(b'"pass"', b'"good"'), *lines[2:]], 2, "Invalid enum value"),
        (lambda lines: [lines[0], lines[1].replace(b'"case"', b'"case_"'), *lines[2:]], 2, "unknown field|missing"),
        (lambda lines: [lines[0], b"", *lines[1:]], 2, "truncated"),
        (lambda lines: [lines[0], lines[1], lines[1], lines[2]], 3, "second verdict on a"),
        (lambda lines: [lines[0], lines[3], lines[1], lines[2]], 2, "unknown field|missing"),
        (lambda lines: [lines[0], lines[1], lines[3]], 3, "ends with 2 verdicts, holds 1"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, spoil: object, line: int, message: str) -> None:
    path = written(tmp_path / "a.jsonl", verdict("a"), verdict("b"))
    lines = spoil(path.read_bytes().splitlines())  # type: ignore[operator]
    path.write_bytes(b"".join(one + b"\n" for one in lines))
    with pytest.raises(FileError, match=message) as raised:
        read_run(path)
    assert str(raised.value).startswith(f"{path}:{line}: ")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such run file"):
        read_run(tmp_path / "gone.jsonl")


def test_runs_are_listed_newest_first_with_those_that_cannot_be_read(tmp_path: Path) -> None:
    assert list_runs(tmp_path) == ()
    assert newest_run(tmp_path) is None
    whole = written(tmp_path / "a.jsonl", verdict("a"), verdict("b", result="fail"))
    torn = written(tmp_path / "b.jsonl", verdict("a"), end=False)
    (tmp_path / "c.jsonl").write_text("nonsense\n")
    rows = {row.file: row for row in list_runs(tmp_path)}
    assert rows[whole.name].results == {"pass": 1, "fail": 1}
    assert rows[whole.name].whole
    assert "interrupted after 1 of 3" in rows[torn.name].told
    assert rows["c.jsonl"].told.startswith("cannot be read: ")
    assert next(iter(reversed(list_runs(tmp_path)))).file == "c.jsonl"
    assert newest_run(tmp_path) is not None


def test_a_run_that_is_being_written_is_listed_as_running_until_it_ends_or_is_cut_off(tmp_path: Path) -> None:
    with Recorder.start(tmp_path / "a.jsonl", HEAD) as recorder:
        recorder.add(verdict("a"))
        (row,) = list_runs(tmp_path)
        assert row.running
        assert row.told.endswith(": 1 pass; running, 1 of 3")
    (row,) = list_runs(tmp_path)
    assert not row.running
    assert row.told.endswith(": 1 pass; interrupted after 1 of 3")


def test_a_listed_run_says_by_what_it_was_narrowed_and_what_was_left_out(tmp_path: Path) -> None:
    head = changed(HEAD, narrowed="modes wrong_fact", together="t1")
    with Recorder.start(tmp_path / "a.jsonl", head) as recorder:
        recorder.add(verdict("a"))
        recorder.finish(changed(ended(recorder), left=("b", "c")))
    (row,) = list_runs(tmp_path)
    assert row.told.endswith(": 1 pass; 2 left out for want of time; narrowed by modes wrong_fact; beside others")


def test_the_second_run_of_a_second_has_an_id_of_its_own(tmp_path: Path) -> None:
    for _ in range(2):
        with Recorder.among(tmp_path, HEAD) as recorder:
            recorder.finish(ended(recorder))
    assert {path.stem: read_run(path).head.id for path in tmp_path.iterdir()} == {"r1": "r1", "r1-2": "r1-2"}


def test_a_run_that_begins_at_the_same_moment_does_not_replace_the_other(tmp_path: Path) -> None:
    one, other = Recorder.among(tmp_path, HEAD), Recorder.among(tmp_path, HEAD)
    with one:
        one.finish(ended(one))
        with pytest.raises(OutsideError, match=r"r1\.jsonl is being written by another run"):
            other.__enter__()
    assert read_run(one.path).end is not None
    assert list(tmp_path.iterdir()) == [one.path]
