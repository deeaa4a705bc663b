"""Verdicts of people on file: every line read or named, none lost between two who grade at once."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.grade import Grade, Judged
from casemill.domain.reply import Reply
from casemill.domain.run import Trial
from casemill.domain.ticket import ToolCall
from casemill.run.judging.human import VERDICTS, add_verdicts, gradable, read_lines, read_verdicts
from run.judging.court import judged_case

# Ten replies graded one after the other, and one verdict taken back each time.
GRADE_TEN = """
import sys
from pathlib import Path
from casemill.domain.calibration import HumanVerdict
from casemill.run.judging.human import add_verdicts, take_back
folder, who = Path(sys.argv[1]), sys.argv[2]
about = {"criterion": "factual_accuracy", "case": "promised-action-7q3k2d", "by": who, "run": "run-1"}
for number in range(10):
    add_verdicts(folder, [HumanVerdict(result="pass", reply=f"Reply {number}.", **about)])
    add_verdicts(folder, [HumanVerdict(result="fail", reply="A slip.", **about)])
    take_back(folder, by=who, run="run-1", criterion="factual_accuracy")
"""


def test_two_who_grade_at_once_lose_no_verdict(tmp_path: Path) -> None:
    people = [subprocess.Popen([sys.executable, "-c", GRADE_TEN, tmp_path, who]) for who in ("anna", "boris")]
    assert [person.wait() for person in people] == [0, 0]
    told = read_verdicts(tmp_path / VERDICTS)
    assert sorted((one.by, one.reply) for one in told) == sorted(
        (who, f"Reply {number}.") for who in ("anna", "boris") for number in range(10)
    )


def test_a_bad_last_line_is_named_though_nothing_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "said.jsonl"
    path.write_text('{"criterion": "tone", "result": "pass", "case": "a-aaaaaa", "reply": "Hi."}\n{"criterion": "tone"')
    good, (problem,) = read_lines(path)
    assert (len(good), problem.line) == (1, 2)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"sample": "even"}, "does not say with what chance"),
        ({"sample": "even", "chance": 0.0}, "has a chance that is none"),
        ({"sample": "even", "chance": -0.5}, "has a chance that is none"),
        ({"chance": 1.5}, "has a chance that is none"),
        ({"score": 9}, "has a score that is none"),
        ({"case": None}, "names neither a case of the suite nor an expectation"),
    ],
)
def test_a_verdict_that_cannot_be_reckoned_with_is_refused(fields: dict[str, Any], why: str, tmp_path: Path) -> None:
    verdict = make.human_verdict(**({"case": "a-aaaaaa"} | fields))
    add_verdicts(tmp_path, [verdict])
    _, (problem,) = read_lines(tmp_path / VERDICTS)
    assert why in problem.reason


def test_nothing_personal_is_kept_of_what_people_graded(tmp_path: Path) -> None:
    call = ToolCall(
        name="write_mail", arguments={"to": "anna.petrova@mail.test", "body": ["IBAN DE89370400440532013000"]}
    )
    reply = make.reply("I wrote to anna.petrova@mail.test about [ORDER_1].", calls=(call,))
    verdicts = [
        make.human_verdict(reply=reply, note="says anna.petrova@mail.test"),
        make.human_verdict(None, expectation="Answers.", reply="Call +49 30 901820 please."),
        make.human_verdict(reply="Nothing here, on 2026-11-21, for order [ORDER_1]."),
    ]
    assert add_verdicts(tmp_path, verdicts) == 3
    assert add_verdicts(tmp_path, verdicts) == 0
    raw = (tmp_path / VERDICTS).read_text()
    assert not any(value in raw for value in ("anna.petrova", "DE8937", "901820"))
    first, second, third = read_verdicts(tmp_path / VERDICTS)
    assert isinstance(first.reply, Reply)
    assert first.reply.text == "I wrote to [EMAIL_1] about [ORDER_1]."
    assert second.reply == "Call [PHONE_1] please."
    assert third == verdicts[2]


def test_the_verdicts_of_the_howto_are_taken(tmp_path: Path) -> None:
    howto = Path(__file__).parents[3] / "docs" / "howto" / "calibrate-a-judge.md"
    (example,) = re.findall(r"```json\n(.*?)```", howto.read_text(), re.DOTALL)
    (tmp_path / "verdicts.jsonl").write_text(example)
    assert [verdict.sample for verdict in read_verdicts(tmp_path / "verdicts.jsonl")] == ["chosen", "balanced"]


def test_of_two_rubrics_with_a_criterion_of_that_name_the_replies_asked_by_one_are_drawn_for_that_one(
    tmp_path: Path,
) -> None:
    cases = {label: judged_case("tone", f"{label[:5]}-aaaaaa", rubric=label) for label in ("support@1", "sales@2")}
    verdicts = []
    for label, case in cases.items():
        grade = Grade(result="fail", judged=Judged(criterion="tone", judge="judge", rubric=label))
        trial = Trial(number=1, reply=make.reply(), grades=(grade,))
        verdicts.append(make.verdict(case.id, digest=case.digest, trials=(trial,)))
    run, known = make.run(verdicts=tuple(verdicts)), {case.id: case for case in cases.values()}
    found = {rubric: gradable(run, known, criterion="tone", rubric=rubric) for rubric in ("support", "sales", "")}
    assert [each.case for each in found["sales"]] == [cases["sales@2"]]
    assert [each.grade.judged.rubric for each in found["support"] if each.grade and each.grade.judged] == ["support@1"]
    assert len(found[""]) == 2
