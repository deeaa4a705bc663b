"""How far a run is, as a terminal and a log show it."""

import io

import make
from casemill.cli.run_progress import MOST_TOLD, RunProgress
from casemill.domain.reply import Usage
from casemill.domain.run import Spent

SPENT = Spent(calls=3, usage=Usage(input_tokens=12_000, output_tokens=400), cost=0.3, judge_cost=0.012)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def progress(*, moving: bool) -> tuple[RunProgress, io.StringIO, Clock]:
    out, clock = io.StringIO(), Clock()
    return RunProgress(out, moving=moving, clock=clock), out, clock


def test_the_line_tells_how_much_is_done_how_long_it_takes_and_what_it_cost() -> None:
    bar, _, clock = progress(moving=True)
    bar.start(1000)
    clock.now += 30
    for number in range(250):
        bar.saw(make.verdict(result="fail" if number < 3 else "error" if number == 3 else "pass"), SPENT)
        bar.step()
    assert bar.line == "250 of 1,000 (25 %), 1:30 left, 3 failed, 1 error, 12,400 tokens, $0.31"


def test_what_is_not_known_is_left_out() -> None:
    bar, _, _ = progress(moving=True)
    bar.start(0)
    assert bar.line == "0 of 0 (0 %)"
    bar.start(1)
    bar.saw(make.verdict(), Spent(calls=1))
    bar.step()
    assert bar.line == "1 of 1 (100 %)"


def test_the_first_that_do_not_pass_are_told_as_they_come_and_harmless_to_a_terminal() -> None:
    bar, out, _ = progress(moving=False)
    bar.start(100)
    for number in range(MOST_TOLD + 5):
        bar.saw(make.verdict(f"c{number}-aaaaaa", result="fail", reason="says \x1b[31m\nred"), SPENT)
        bar.step()
    lines = out.getvalue().splitlines()
    assert len(lines) == MOST_TOLD
    assert lines[0] == "fail   P0 c0-aaaaaa  says [31m red"


def test_a_terminal_is_drawn_at_most_ten_times_a_second_and_cleaned_up() -> None:
    bar, out, clock = progress(moving=True)
    bar.start(1000)
    assert out.getvalue() == "\r\x1b[K0 of 1,000 (0 %)"
    for _ in range(100):
        clock.now += 0.02
        bar.step()
    assert 15 <= out.getvalue().count("\r\x1b[K") <= 21
    bar.close()
    assert out.getvalue().endswith("\r\x1b[K")


def test_a_log_gets_a_line_every_half_minute_and_no_control_character() -> None:
    bar, out, clock = progress(moving=False)
    bar.start(100)
    for _ in range(100):
        clock.now += 1
        bar.step()
    bar.close()
    assert [line.split(",")[0] for line in out.getvalue().splitlines()] == [
        "30 of 100 (30 %)",
        "60 of 100 (60 %)",
        "90 of 100 (90 %)",
    ]
    assert "\x1b" not in out.getvalue()
    assert "\r" not in out.getvalue()


def test_the_next_target_begins_at_nothing() -> None:
    bar, _, _ = progress(moving=True)
    bar.start(1)
    bar.saw(make.verdict(result="fail"), SPENT)
    bar.step()
    bar.start(2)
    assert bar.line == "0 of 2 (0 %)"
