"""python: a check of the project's own, in bounded time."""

import sys
import threading
from pathlib import Path

import pytest

import make
from casemill.domain.case import Assertion
from casemill.domain.grade import Grade
from casemill.errors import FileError, UsageError
from casemill.run.graders import Grader, Surroundings, build
from casemill.run.trials import look

CODE = """
import asyncio
import time
from beside import WORD
from casemill.domain.grade import Grade

def says(reply, case, word=WORD):
    return word in reply.text
def why(reply, case):
    return "" if "please" in reply.text else f"rude to {case.id}"
def pair(reply, case):
    return False, "never"
def mapping(reply, case):
    return {"pass": True, "score": 1.0, "reason": "fine"}
def given(reply, case):
    return Grade(result="error", reason="cannot tell")
def nothing(reply, case):
    return None
def raises(reply, case):
    raise KeyError("plan")
def leaves(reply, case):
    raise SystemExit(3)
def prints(reply, case):
    print("hello")
    return True
def hangs(reply, case):
    time.sleep(600)
def stubborn(reply, case):
    while True:
        try:
            time.sleep(600)
        except Exception:
            pass
async def waits(reply, case):
    await asyncio.sleep(0)
value = 7
"""


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    (tmp_path / "checks.py").write_text(CODE)
    (tmp_path / "beside.py").write_text("WORD = 'please'\n")
    return Surroundings(tmp_path, tmp_path / "evals", make.NOW)


def ready(around: Surroundings, function: str, **arguments: object) -> Grader:
    return build(Assertion(grader="python", arguments={"function": function, **arguments})).prepared(around)


def told(around: Surroundings, function: str, said: str = "Wait, please.", **arguments: object) -> Grade:
    return look("python", ready(around, function, **arguments), reply=make.reply(said), case=make.case())


@pytest.mark.parametrize(
    ("function", "said", "result", "reason"),
    [
        ("says", "Wait, please.", "pass", ""),
        ("says", "Wait.", "fail", "checks:says says no"),
        ("why", "Wait, please.", "pass", ""),
        ("why", "Wait.", "fail", "rude to promised-action-7q3k2d"),
        ("pair", "", "fail", "never"),
        ("mapping", "", "pass", "fine"),
        ("given", "", "error", "cannot tell"),
        ("nothing", "", "error", "checks:nothing returned NoneType, which says neither yes nor no"),
        ("raises", "", "error", "crashed: KeyError: 'plan' (checks.py:"),
        ("leaves", "", "error", "crashed: SystemExit: 3 (checks.py:"),
    ],
)
def test_a_function_answers_in_its_own_way(
    around: Surroundings, function: str, said: str, result: str, reason: str
) -> None:
    answer = told(around, f"checks:{function}", said)
    assert (answer.result, answer.reason[: len(reason)]) == (result, reason)


def test_arguments_are_given_by_name(around: Surroundings) -> None:
    assert told(around, "checks:says", "Hello", arguments={"word": "Hello"}).result == "pass"
    assert told(around, "checks:says", "Hello", arguments={"wrd": "Hello"}).result == "error"


def test_what_it_prints_is_no_part_of_the_report(around: Surroundings, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(around, "checks:prints").result == "pass"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("function", ["hangs", "stubborn"])
def test_a_function_that_hangs_is_stopped_and_is_an_error(around: Surroundings, function: str) -> None:
    answer = told(around, f"checks:{function}", seconds=0.1)
    assert answer.result == "error"
    assert answer.reason.endswith(f"checks:{function} gave no answer within 0.1 s")


def test_outside_the_main_thread_it_is_left_behind(around: Surroundings) -> None:
    answers: list[Grade] = []
    thread = threading.Thread(
        target=lambda: answers.extend([told(around, "checks:hangs", seconds=0.1), told(around, "checks:raises")])
    )
    thread.start()
    thread.join()
    assert [answer.reason[:12] for answer in answers] == ["checks:hangs", "crashed: Key"]


def test_after_three_that_hung_it_is_not_called_again_by_any_case(around: Surroundings) -> None:
    for _ in range(3):
        assert "gave no answer" in told(around, "checks:hangs", seconds=0.05).reason
    assert told(around, "checks:hangs", seconds=60).reason == "checks:hangs hung 3 times and is not called any more"


def test_the_alarm_that_was_set_before_goes_off_at_its_own_time(around: Surroundings) -> None:
    import signal

    left, _ = signal.getitimer(signal.ITIMER_REAL)
    handler = signal.getsignal(signal.SIGALRM)
    told(around, "checks:says")
    assert signal.getsignal(signal.SIGALRM) == handler
    assert (signal.getitimer(signal.ITIMER_REAL)[0] > 0) == (left > 0)


def test_projects_do_not_see_each_others_modules_and_the_path_is_left_as_it_was(
    around: Surroundings, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "checks.py").write_text("def says(reply, case):\n    return False\n")
    before = list(sys.path)
    assert told(around, "checks:says").result == "pass"
    assert told(Surroundings(other, other, make.NOW), "checks:says").result == "fail"
    assert told(around, "checks:says").result == "pass"
    assert sys.path == before
    assert "checks" not in sys.modules


@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("checks:missing", "has no function missing"),
        ("checks:value", "has no function value"),
        ("checks:waits", "waits is async; a check is a plain function"),
        ("nowhere_at_all:says", "there is no file .*nowhere_at_all.py"),
        ("subprocess:call", "there is no file .*subprocess.py"),
        ("lost:says", "lost:says cannot be imported: No module named 'nowhere_at_all'"),
    ],
)
def test_what_cannot_be_called_is_refused_before_any_call(around: Surroundings, function: str, said: str) -> None:
    (around.root / "lost.py").write_text("import nowhere_at_all\n")
    with pytest.raises(UsageError, match="grader python: .*" + said):
        ready(around, function)


def test_a_slip_in_the_code_is_told_with_its_line(around: Surroundings) -> None:
    (around.root / "broken.py").write_text("x = 1\ndef f(:\n")
    with pytest.raises(FileError, match=r"broken\.py:2: is not Python"):
        ready(around, "broken:f")
