"""The judgement told: to a terminal, a pull request, a CI system. Foreign text does nothing there."""

from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from casemill.domain.gate import Judgement, Override, Red
from casemill.domain.run import Run
from casemill.errors import UsageError
from casemill.gate import reports
from casemill.gate.report import junit, markdown, text

HOSTILE = (
    "\x1b[31mred\x1b[0m\r\n::error::owned\n::set-output name=x::y ##vso[task.setvariable] ##[error]x\x00"
    " @everyone #123 <img src=x onerror=alert(1)> [click](http://evil.test) ![x](http://evil.test/x.png) `` ` ```"
    " \u202egnp.exe </failure>]]> | a | &amp; https://evil.test \ufffe"
)


def red(**fields: Any) -> Red:
    told: dict[str, Any] = {
        "case": "promised-action-7q3k2d",
        "failure_mode": "promised_action",
        "severity": "P0",
        "result": "fail",
        "reason": "says 'processed your refund'",
        "said": make.BAD,
        "path": "evals/cases/promised_action/promised-action-7q3k2d.yaml",
        "ticket": "zendesk:48213",
        "link": "https://shop.zendesk.com/agent/tickets/48213",
        "desk": "https://desk.shop.test/review/zendesk:48213",
        "before": "pass",
        "blocks": True,
    }
    return Red(**(told | fields))


def judgement(**fields: Any) -> Judgement:
    told: dict[str, Any] = {
        "state": "shut",
        "because": ("1 P0 case fails; a P0 cannot be overridden", "pass rate 50 % is under 95 %"),
        "run": "run-1",
        "target": "v1",
        "release": 3,
        "passed": 1,
        "judged": 2,
        "errors": 1,
        "rate": 0.5,
        "interval": (0.09, 0.91),
        "reds": (red(),),
        "told": ("1 P2 case fails; told, not blocking",),
        "at": make.NOW,
    }
    return Judgement(**(told | fields))


def a_run() -> Run:
    return make.run(verdicts=(make.verdict("a"), make.verdict("b", failure_mode="wrong_fact", result="fail")))


HOSTILE_RED = red(
    reason=HOSTILE,
    said=HOSTILE,
    path=HOSTILE,
    ticket=HOSTILE,
    link="https://x.test/>)]('\" \n<b>",
    desk="javascript:alert(1)",
    before=HOSTILE,
    failure_mode=HOSTILE,
    override=Override(case="x", who=HOSTILE, why=HOSTILE, until="2026-12-01"),
)


def test_the_shelf_has_them_all_and_names_them() -> None:
    assert set(reports.names()) >= {"text", "markdown", "junit", "html", "github", "gitlab"}
    with pytest.raises(UsageError, match="no report named 'pdf'"):
        reports.get("pdf")


def test_the_first_line_says_the_state_and_why() -> None:
    assert text.render(judgement()).splitlines()[0].startswith("SHUT: 1 P0 case fails; a P0 cannot be overridden.")
    assert text.render(judgement(state="open", because=(), reds=())).startswith("OPEN: nothing stands against it.")
    assert text.render(judgement(state="unjudged")).startswith("UNJUDGED: ")


def test_a_long_report_says_the_state_once_more_at_its_end() -> None:
    told = text.render(judgement(reds=tuple(red(case=f"c{number}") for number in range(9))))
    assert told.count("SHUT: 1 P0 case fails") == 2
    assert "next: " in told.splitlines()[-1]


def test_a_red_is_told_with_its_whole_way_back() -> None:
    told = text.render(judgement(), a_run())
    for part in (
        "promised-action-7q3k2d",
        "shuts the gate",
        make.BAD,
        "evals/cases/promised_action/promised-action-7q3k2d.yaml",
        "zendesk:48213",
        "https://shop.zendesk.com/agent/tickets/48213",
        "https://desk.shop.test/review/zendesk:48213",
        "before:   pass",
        "next: mend the AI",
        "wrong_fact          0 of    1 passed",
    ):
        assert part in told


def test_the_text_keeps_to_100_columns() -> None:
    said = red(said="word " * 60, reason="x" * 300)
    lines = text.render(judgement(reds=(said,), told=("told " * 60,)), a_run()).splitlines()
    assert max(map(len, lines)) <= 100


def test_what_is_told_stands_in_every_report_of_an_open_gate() -> None:
    told = judgement(state="open", because=(), reds=(), told=("1 case has changed since this run: a; run again",))
    for render in (text.render, markdown.render, junit.render):
        assert "1 case has changed since this run: a; run again" in render(told)


def test_colour_is_only_there_when_asked_for() -> None:
    assert "\x1b" not in text.render(judgement())
    assert text.render(judgement(), colour=True).startswith("\x1b[1;31mSHUT\x1b[0m: ")


def test_reds_are_grouped_by_severity_the_gravest_first() -> None:
    told = text.render(judgement(reds=(red(severity="P2", case="c"), red(), red(severity="P1", case="b"))))
    assert told.index("P0: 1 not passed") < told.index("P1: 1 not passed") < told.index("P2: 1 not passed")


def test_foreign_text_commands_neither_a_terminal_nor_a_ci_log() -> None:
    hostile = judgement(reds=(HOSTILE_RED,), told=(HOSTILE,), because=(HOSTILE,))
    for told in (text.render(hostile), markdown.render(hostile), junit.render(hostile)):
        assert not set(told) & {"\x1b", "\r", "\x00", "\u202e", "\ufffe"} - {"\n"}
        assert not [line for line in told.splitlines() if line.lstrip().startswith("::")]
        assert "##vso[" not in told
        assert "##[" not in told
        assert "javascript:" not in told


def test_foreign_text_in_markdown_stands_in_code_where_nothing_comes_alive() -> None:
    told = markdown.render(judgement(reds=(HOSTILE_RED,), told=(HOSTILE,), because=(HOSTILE, HOSTILE)))
    outside = "\n".join(without_code(line) for line in told.splitlines())
    for alive in ("@everyone", "#123", "<img", "](http://evil", "evil.test/x.png)"):
        assert alive not in outside
    assert "[source](<https://x.test/%3E%29%5D%28%27%22%20%0A%3Cb%3E>)" in told


def without_code(line: str) -> str:
    """What stands outside of code spans, by CommonMark's rule: a span ends at a run of as many backticks."""
    out, at = "", 0
    while at < len(line):
        if line[at] != "`":
            out, at = out + line[at], at + 1
            continue
        end = at
        while end < len(line) and line[end] == "`":
            end += 1
        fence = line[at:end]
        close = end
        while close < len(line):
            start = line.find(fence, close)
            if start < 0:
                return out + line[at:]
            stop = start
            while stop < len(line) and line[stop] == "`":
                stop += 1
            close = stop
            if stop - start == len(fence):
                break
        at = close
    return out


def test_a_comment_fits_what_a_forge_takes() -> None:
    many = tuple(red(case=f"case-{number}", reason="x" * 500) for number in range(500))
    told = markdown.render(judgement(reds=many))
    assert len(told) < 65_536
    assert "more; `casemill gate` lists them all" in told
    assert "**Next:**" in told


def test_junit_counts_what_it_holds_and_keeps_the_way_back() -> None:
    reds = (
        red(),
        red(case="b", severity="P2", blocks=False),
        red(case="e", severity="P1", result="error", blocks=False),
    )
    top = Xml.fromstring(junit.render(judgement(reds=reds), a_run()))
    (suite,) = top
    assert {key: suite.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
        "tests": "5",
        "failures": "2",
        "errors": "1",
        "skipped": "1",
    }
    assert len(suite.findall("testcase")) == 5
    properties = {each.get("name"): each.get("value") for each in suite.findall("testcase[2]/properties/property")}
    assert suite.findall("testcase")[1].get("name") == "a"
    assert properties == {"severity": "P0", "failure_mode": "promised_action"}
    blocked = next(test for test in suite.findall("testcase") if test.get("name") == "promised-action-7q3k2d")
    told = {each.get("name"): each.get("value") for each in blocked.findall("properties/property")}
    assert told["ticket"] == "zendesk:48213"
    assert told["severity"] == "P0"
    assert blocked.get("classname") == "promised_action"


def test_an_open_gate_is_a_passing_test_in_junit() -> None:
    top = Xml.fromstring(junit.render(judgement(state="open", because=(), reds=(), told=()), None))
    assert (top.get("tests"), top.get("failures"), top.get("errors")) == ("1", "0", "0")


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=80))
def test_any_text_makes_valid_reports(foreign: str) -> None:
    told = judgement(reds=(red(said=foreign, reason=foreign, ticket=foreign, link="https://" + foreign),))
    Xml.fromstring(junit.render(told).encode())
    markdown.render(told).encode()
    assert all(len(line) <= 100 for line in text.render(told).splitlines() if "source:" not in line)
