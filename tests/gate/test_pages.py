"""Reports for browsers and forges: one HTML file without script, annotations, GitLab's code quality."""

import json
from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from casemill.domain.comparison import Comparison, Flip, Slice
from casemill.domain.gate import RuleTold
from casemill.domain.run import Spent
from casemill.domain.word import changed
from casemill.gate import lay_beside, reports
from casemill.gate.report import github, gitlab, html, junit, markdown, text
from casemill.gate.side_by_side_page import render as as_page
from casemill.gate.side_by_side_text import render as as_text
from gate.test_report import HOSTILE, HOSTILE_RED, a_run, judgement, red

ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "div",
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "strong",
        "br",
    ),
    *("code", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "details", "summary", "blockquote"),
    *("dl", "dt", "dd", "a", "svg", "rect"),
}
VOID = {"meta", "br"}
COMPARED = Comparison(
    before="run-0",
    after="run-1",
    cases=60,
    rate_before=1.0,
    rate_after=0.9,
    interval=(-0.17, -0.02),
    chance=0.016,
    risen=1.0,
    smallest=0.08,
    says="fell",
    worse=(Flip(case="b", failure_mode=HOSTILE, severity="P1", before="pass", after="fail", reason=HOSTILE),),
    better=(Flip(case="c", failure_mode="x", severity="P2", before="fail", after="pass"),),
    left_out={"an error": 2},
)
WEAK = Slice(of="intent", name=HOSTILE, cases=20, passed=8, interval=(0.2, 0.6), weak=True, before=0.9)
FULL: dict[str, Any] = {
    "reds": (HOSTILE_RED, red(doubt="no certificate", history="passed 7 of 12", read="stale", golden="happy")),
    "told": (HOSTILE,),
    "because": ("first", HOSTILE),
    "rules": (RuleTold(name="p0", title="Every P0 passes", state="broken", told=(HOSTILE,)),),
    "comparison": COMPARED,
    "slices": (WEAK, changed(WEAK, name="track", weak=False)),
    "spent": Spent(calls=60, judge_calls=120, kept=3, cost=1.25, judge_cost=0.5),
    "read": {"regression": 3, "stale": 1},
}


class Page(HTMLParser):
    """What a browser would make of a page: tags, attributes, text; fails on what does not close."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text += data


def harmless(page: Page) -> None:
    for tag, attributes in page.tags:
        assert tag in ALLOWED
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style", "action")]
        if tag == "a":
            assert (attributes["href"] or "").startswith(("https://", "http://"))


def test_a_page_holds_everything_and_nothing_that_a_browser_would_run_or_fetch() -> None:
    page = Page(html.render(judgement(**FULL), a_run()))
    harmless(page)
    assert ("meta", {"http-equiv": "Content-Security-Policy", "content": html_policy()}) in page.tags
    for part in (
        "Shut",
        "Every P0 passes",
        "✗ broken",
        "shuts the gate",
        "no certificate",
        "passed 7 of 12",
        "golden (happy)",
        "it fell; chance alone would do that in 1.6 % of runs; a fall of 8.0 points or more shows four times in five",
        "60 calls of the target, 120 of the judge, 3 from the cache; $1.25 target, $0.50 judge",
        "3 regressions, 1 stale case",
        "40 % of",
        "pass → fail",
    ):
        assert part.replace("40 % of", "40 %") in page.text, part


def html_policy() -> str:
    return "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def test_a_table_that_is_laid_out_as_blocks_says_by_roles_what_it_is_and_labels_each_value() -> None:
    page = Page(html.render(judgement(**FULL), a_run()))
    stacked = [attributes for tag, attributes in page.tags if attributes.get("class") == "stack"]
    assert [each["role"] for each in stacked] == ["table"] * 2
    roles = Counter((tag, attributes["role"]) for tag, attributes in page.tags if attributes.get("role"))
    # Flips and weak spots: five and seven columns, two rows each; one of the weak spots is drawn, without a head.
    assert roles == {
        ("table", "table"): 2,
        ("thead", "rowgroup"): 2,
        ("tbody", "rowgroup"): 2,
        ("tr", "row"): 6,
        ("th", "columnheader"): 11,
        ("th", "rowheader"): 4,
        ("td", "cell"): 21,
    }
    labels = [attributes["data-label"] for _, attributes in page.tags if "data-label" in attributes]
    assert labels[:4] == ["change", "severity", "verdict", "why"]


def test_a_whole_reply_stands_on_the_page_with_its_lines_where_a_line_of_text_is_cut_short() -> None:
    long = "Dear customer,\n\n" + "word " * 200 + "THE END"
    trial = changed(make.verdict("b").trials[0], reply=make.reply(long))
    run = make.run(verdicts=(make.verdict("b", result="fail", trials=(trial,)),))
    page = html.render(judgement(reds=(red(case="b", said=long[:240]),)), run)
    assert "Dear customer,\n\nword" in page
    assert "THE END" in page
    assert "THE END" not in html.render(judgement(reds=(red(case="b", said=long[:240]),)))


def test_a_page_with_too_many_reds_counts_the_rest() -> None:
    many = tuple(red(case=f"c{n}", severity="P1" if n % 2 else "P0") for n in range(450))
    page = html.render(judgement(reds=many))
    assert page.count("<details") == 400
    assert "and 50 more" in page


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=[]), max_size=60))
def test_no_text_makes_anything_of_a_page_but_text(foreign: str) -> None:
    told = judgement(**(FULL | {"reds": (red(case=foreign, said=foreign, reason=foreign, link="https://" + foreign),)}))
    harmless(Page(html.render(changed(told, told=(foreign,), run=foreign), a_run())))


def test_every_report_tells_of_flips_weak_spots_cost_and_readings() -> None:
    told = judgement(**FULL)
    for render in (text.render, markdown.render, html.render):
        said = " ".join(render(told, a_run()).split())
        for part in ("$1.25 target", "3 regressions", "95 % interval -17.0 to -2.0 points", "40 %"):
            assert part in said, (render.__module__, part)
    assert "worse   P1 b  pass → fail" in text.render(told)
    assert "- worse: P1 `b` pass → fail: " in markdown.render(told)


@pytest.mark.parametrize("name", ["text", "markdown", "junit", "html", "github", "gitlab"])
def test_every_report_of_a_gate_that_is_open_and_knows_nothing_more_is_whole(name: str) -> None:
    said = reports.get(name)(judgement(state="open", because=(), reds=(), told=(), rate=None, interval=None), None)
    assert said.endswith("\n")


def test_an_annotation_stands_at_its_file_and_its_text_cannot_begin_another_command() -> None:
    told = github.render(judgement(reds=(red(), HOSTILE_RED, red(severity="P2", blocks=False))))
    gate, *lines = told.splitlines()
    assert gate.startswith("::error title=casemill gate%3A shut::SHUT: 1 P0 case fails")
    assert lines[0].startswith(
        "::error file=evals/cases/promised_action/promised-action-7q3k2d.yaml,line=1,"
        "title=P0 fail%3A promised-action-7q3k2d (promised_action)::says 'processed your refund'; said: "
    )
    assert len(lines) == 3
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)
    assert lines[-1].startswith("::notice ")


def test_annotations_are_few_and_those_that_shut_the_gate_come_first() -> None:
    quiet = tuple(red(case=f"q{n}", severity="P1", blocks=False) for n in range(80))
    lines = github.render(judgement(reds=(*quiet, red(case="grave")))).splitlines()
    assert len(lines) == 51
    assert "grave" in lines[1]


def test_code_quality_is_a_list_whose_fingerprints_outlive_the_words() -> None:
    first = json.loads(gitlab.render(judgement()))
    again = json.loads(gitlab.render(judgement(reds=(red(reason="another reason"),), because=("other",))))
    assert [each["fingerprint"] for each in first] == [each["fingerprint"] for each in again]
    assert [each["severity"] for each in first] == ["blocker", "blocker"]
    assert first[1]["location"] == {
        "path": "evals/cases/promised_action/promised-action-7q3k2d.yaml",
        "lines": {"begin": 1},
    }
    assert "zendesk:48213" in first[1]["description"]
    assert json.loads(gitlab.render(judgement(state="open", because=(), reds=()))) == []


def test_junit_keeps_doubt_history_and_reading_with_the_red() -> None:
    told = junit.render(judgement(reds=(red(doubt="no certificate", read="stale, says lead"),)))
    assert "doubt: no certificate" in told
    assert "read: stale, says lead" in told


def test_two_runs_side_by_side_are_a_page_and_a_text_in_which_foreign_text_does_nothing() -> None:
    before = make.run("r1", verdicts=tuple(make.verdict(f"c{n}") for n in range(9)))
    fails = [make.verdict(f"c{n}", result="fail", reason=HOSTILE, failure_mode=HOSTILE) for n in range(6)]
    after = make.run("r2", verdicts=(*fails, *before.verdicts[6:]))
    both = lay_beside(before, after, cases={})
    page = Page(as_page(both))
    harmless(page)
    assert "Worse: 6" in page.text
    told = as_text(both)
    assert told.startswith("FELL: 9 cases in both: 100 % before, 33.3 % now, -66.7 points")
    assert not set(told) & {"\x1b", "\r", "\x00", "\u202e"}
    assert max(map(len, told.splitlines())) <= 140
    harmless(Page(as_page(lay_beside(before, make.run("r3", verdicts=()), cases={}))))
    assert as_text(both, colour=True).startswith("\x1b[1;31mFELL")
