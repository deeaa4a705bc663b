import threading
import time

import pytest

import make
from casemill.domain.grade import Grade
from casemill.run.graders import regex
from casemill.run.graders.regex import MOST_CHARACTERS, Regex

EXPLODING = [
    (r"(a+)+$", "a" * 40 + "b"),
    (r".*.*.*x", "a" * 20_000),
    (r"(x+x+)+y", "x" * 40),
    (r"a*b", "a" * 100_000),
]


def told(text: str, pattern: str, **arguments: bool) -> Grade:
    return Regex(pattern=pattern, **arguments).look(make.reply(text), make.case())


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("in 5–7 days", r"\d[–-]\d days", True),
        ("I’ve done it", r"I've done", True),
        ("I’ve done it", r"I’ve done", True),
        ("5\u00a0000", r"5 000", True),
        ("a\nb", r"a.b", False),
        ("a\nb", r"(?s)a.b", True),
        ("REFUND", r"refund", False),
        ("", r"^$", True),
    ],
)
def test_a_pattern_is_found_anywhere(text: str, pattern: str, *, found: bool) -> None:
    assert told(text, pattern).result == ("pass" if found else "fail")
    assert told(text, pattern, absent=True).result == ("fail" if found else "pass")


def test_case_is_ignored_on_request_and_a_find_is_quoted() -> None:
    assert told("REFUND", "refund", ignore_case=True).result == "pass"
    assert told("in 7 days, yes", r"\d+ days", absent=True).reason == r'"7 days" matches \d+ days'
    assert told("never", r"\d+ days").reason == r"nothing matches \d+ days"


@pytest.mark.parametrize(("pattern", "text"), EXPLODING)
def test_a_pattern_that_explodes_is_stopped_and_is_an_error(
    monkeypatch: pytest.MonkeyPatch, pattern: str, text: str
) -> None:
    monkeypatch.setattr(regex, "SECONDS", 0.2)
    begun = time.monotonic()
    for absent in (False, True):
        answer = told(text, pattern, absent=absent)
        assert answer.result == "error"
        assert "takes too long" in answer.reason
    assert time.monotonic() - begun < 60


def test_outside_the_main_thread_it_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regex, "SECONDS", 0.1)
    answers: list[Grade] = []
    thread = threading.Thread(target=lambda: answers.append(told(EXPLODING[0][1], EXPLODING[0][0])))
    thread.start()
    thread.join()
    assert answers[0].result == "error"


def test_a_reply_beyond_measure_is_not_searched() -> None:
    assert told("a" * (MOST_CHARACTERS + 1), "a").result == "error"


def test_the_limits_timer_is_gone_afterwards() -> None:
    import signal

    told("x", "x")
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) == signal.SIG_DFL
