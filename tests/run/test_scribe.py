"""Verdicts written beside the calls."""

import asyncio
import os
import threading
from pathlib import Path

import pytest

import make
from casemill.domain.run import RunEnd, RunHead, Verdict
from casemill.errors import OutsideError
from casemill.llm.together import together
from casemill.run.record import Recorder, read_run
from casemill.run.scribe import MOST_WAITING, Scribe

HEAD = RunHead(id="r", release=0, suite_digest="s", target="bot", target_kind="t", cases=1, started_at=make.NOW)


def verdict(number: int) -> Verdict:
    return make.verdict(f"case-{number:04}-aaaaaa")


def written(path: Path, many: int) -> list[str]:
    """What the scribe said it wrote, of so many verdicts handed over at once."""
    told: list[str] = []

    async def work() -> None:
        with Recorder.start(path, HEAD) as recorder:
            scribe = Scribe(recorder, lambda verdict: told.append(verdict.case))
            async with asyncio.TaskGroup() as group:
                writing = group.create_task(scribe.through())
                for number in range(many):
                    await scribe.take(verdict(number))
                scribe.end()
                await writing
            recorder.finish(RunEnd(finished_at=make.NOW, verdicts=many))

    together(work())
    return told


def test_every_verdict_is_written_once_and_in_order(tmp_path: Path) -> None:
    many = MOST_WAITING * 2 + 7
    told = written(tmp_path / "run.jsonl", many)
    assert told == [f"case-{number:04}-aaaaaa" for number in range(many)]
    assert [one.case for one in read_run(tmp_path / "run.jsonl").verdicts] == told


def test_a_slow_disk_is_written_to_in_few_large_pieces_and_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces: list[int] = []
    slow = threading.Event()

    def write(file: int, raw: bytes, real: object = os.write) -> int:
        if b'"case-' in raw:
            pieces.append(raw.count(b"\n"))
            slow.wait(0.02)
        return real(file, raw)  # type: ignore[operator,no-any-return]

    monkeypatch.setattr("casemill.run.record.os.write", write)
    many = 300
    assert len(written(tmp_path / "run.jsonl", many)) == many
    assert sum(pieces) == many
    assert len(pieces) < many / 10


def test_what_waits_when_a_run_is_stopped_goes_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"

    async def work() -> None:
        with Recorder.start(path, HEAD) as recorder:
            scribe = Scribe(recorder, lambda verdict: None)
            for number in range(5):
                await scribe.take(verdict(number))
            scribe.flush()

    together(work())
    run = read_run(path)
    assert (len(run.verdicts), run.end) == (5, None)


def test_a_full_disk_keeps_the_lines_that_fit_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "run.jsonl"
    room = [2000]

    def write(file: int, raw: bytes, real: object = os.write) -> int:
        if not room[0]:
            raise OSError(28, "No space left on device")
        piece = raw[: room[0]]
        room[0] -= len(piece)
        return real(file, piece)  # type: ignore[operator,no-any-return]

    with Recorder.start(path, HEAD) as recorder:
        monkeypatch.setattr("casemill.run.record.os.write", write)
        with pytest.raises(OutsideError, match="No space left on device") as raised:
            recorder.add_all([verdict(number) for number in range(20)])
        kept = [one.case for one in recorder.verdicts]
    assert "--resume" in (raised.value.hint or "")
    assert path.read_bytes().endswith(b"\n")
    assert [one.case for one in read_run(path).verdicts] == kept
    assert 0 < len(kept) < 20
