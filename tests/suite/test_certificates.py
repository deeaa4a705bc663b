"""A certificate stands for one judge, one prompt, one rubric, for some days; for nothing else."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.calibration import JudgeCertificate
from casemill.errors import FileError, OutsideError
from casemill.suite.certificates import Standing, next_number, read_certificates, standing, write_certificate


def stands(*certificates: JudgeCertificate, days: int = 0, **head: Any) -> Standing:
    now = make.NOW + timedelta(days=days)
    return standing(certificates, make.judge_head(**head), criterion="factual_accuracy", rubric="support@1", now=now)


def test_what_was_written_is_read_back_by_criterion_and_number(tmp_path: Path) -> None:
    written = [make.judge_certificate(2), make.judge_certificate(1), make.judge_certificate(1, criterion="tone")]
    paths = [write_certificate(tmp_path, each) for each in written]
    assert paths[0] == tmp_path / "judges" / "factual_accuracy@2.json"
    assert read_certificates(tmp_path) == (written[1], written[0], written[2])
    assert next_number(written, "factual_accuracy") == 3
    assert next_number(written, "completeness") == 1


def test_a_certificate_is_never_written_over(tmp_path: Path) -> None:
    write_certificate(tmp_path, make.judge_certificate())
    with pytest.raises(OutsideError):
        write_certificate(tmp_path, make.judge_certificate(holds=False))
    assert read_certificates(tmp_path) == (make.judge_certificate(),)


@pytest.mark.parametrize(
    ("name", "content"),
    [("tone.json", b"{}"), ("tone@1.json", b"{}"), ("tone@1.json", b"no"), ("other@7.json", None)],
)
def test_a_file_that_is_no_certificate_is_refused_by_name(name: str, content: bytes | None, tmp_path: Path) -> None:
    path = write_certificate(tmp_path, make.judge_certificate())
    path.with_name(name).write_bytes(path.read_bytes() if content is None else content)
    with pytest.raises(FileError, match=name):
        read_certificates(tmp_path)


def test_the_newest_of_this_very_judge_counts() -> None:
    older, newer = make.judge_certificate(1), make.judge_certificate(2, judge_digest="sha256:other")
    assert stands(older, newer) == Standing("valid", older)
    better = make.judge_certificate(3)
    assert stands(older, better, newer) == Standing("valid", better)


def test_a_judge_that_nobody_compared_has_none() -> None:
    told = stands(make.judge_certificate(criterion="tone"), make.judge_certificate(judge="second"))
    assert told == Standing("none", None, "judge judge was never calibrated on factual_accuracy")


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"digest": "sha256:new"}, "judge (model, address or parameters)"),
        ({"prompt": "sha256:new"}, "prompt"),
        ({"rubrics": {"support@1": "sha256:new"}}, "rubric"),
        ({"rubrics": {}}, "rubric"),
    ],
    ids=["judge", "prompt", "rubric", "no rubric"],
)
def test_another_model_prompt_or_rubric_makes_it_stale(changed: dict[str, Any], what: str) -> None:
    told = stands(make.judge_certificate(4), **changed)
    assert (told.state, told.why) == ("stale", f"factual_accuracy@4 was made with another {what}")


def test_it_stands_through_its_last_day_and_no_longer() -> None:
    lasting = make.judge_certificate(expires=make.NOW.date().isoformat())
    assert stands(lasting).state == "valid"
    assert stands(lasting, days=1).state == "expired"


def test_one_that_does_not_hold_says_why() -> None:
    told = stands(make.judge_certificate(holds=False, because=("TNR is low",)))
    assert (told.state, told.why) == ("below", "factual_accuracy@1: TNR is low")
