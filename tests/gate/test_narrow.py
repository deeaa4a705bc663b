"""Pages on a telephone: tables of many columns become labelled blocks, and stay tables to a screen reader."""

import asyncio
from collections import Counter

import pytest

from casemill.domain.comparison import Comparison, Flip, Slice
from casemill.domain.word import changed
from casemill.gate.report import html
from casemill.gate.side_by_side import Shown, SideBySide
from casemill.gate.side_by_side_page import render as as_page
from gate.browser import CHROMIUM, Seen, look_at
from gate.test_pages import COMPARED
from gate.test_report import a_run, judgement

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")

LONG = "wrong-delivery-window-for-islands-m4ta2c"
FLIP = Flip(case=LONG, failure_mode="wrong_fact", severity="P1", before="pass", after="fail", reason="says none of: a")
SLICE = Slice(
    of="intent", name="delivery_question_about_islands_and_parcels", cases=20, passed=8, interval=(0.2, 0.6), before=0.9
)
FOUND: Comparison = changed(COMPARED, worse=(FLIP, changed(FLIP, severity="P0")), better=(changed(FLIP, reason=""),))
SIDE = Shown(run="2026-11-21T1044-bot-next", target="bot-next", release=7, results={"pass": 391, "fail": 18})
PAGES = {
    "compare": as_page(SideBySide(before=SIDE, after=SIDE, comparison=FOUND, slices=(SLICE,))),
    "gate": html.render(judgement(comparison=FOUND, slices=(SLICE,)), a_run()),
}
WIDTHS = (390, 768, 1280)
# How far the page is wider than its window; of each cell of a row: its width and the label that is drawn before it.
SCRIPT = """({
  over: document.documentElement.scrollWidth - innerWidth,
  cells: [...document.querySelector(".stack tbody tr").children].map(cell => [
    Math.round(cell.getBoundingClientRect().width), getComputedStyle(cell, "::before").content])
})"""


@pytest.fixture(scope="module", params=PAGES)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Seen]:
    folder = tmp_path_factory.mktemp("page")
    page = folder / "page.html"
    page.write_text(PAGES[request.param])
    return asyncio.run(look_at(page, widths=WIDTHS, script=SCRIPT, profile=folder / "profile"))


def test_no_page_is_wider_than_its_window(seen: dict[int, Seen]) -> None:
    assert {width: max(0, one.value["over"]) for width, one in seen.items()} == dict.fromkeys(WIDTHS, 0)


def test_on_a_narrow_page_each_value_has_the_whole_width_and_its_label(seen: dict[int, Seen]) -> None:
    cells = seen[390].value["cells"]
    assert min(width for width, _ in cells) > 300
    labels = [label.split('"')[1] for _, label in cells if label != "none"]
    assert labels in (["severity", "failure mode", "verdict", "why"], ["change", "severity", "verdict", "why"])
    assert {label for _, label in seen[1280].value["cells"]} == {"none"}


def test_a_screen_reader_is_told_the_same_table_at_every_width(seen: dict[int, Seen]) -> None:
    roles = ("table", "row", "columnheader", "rowheader")
    counted = [Counter(role for role, _ in one.told if role in roles) for one in seen.values()]
    assert counted[0]["rowheader"] >= 4
    assert counted[0] == counted[1] == counted[2]
    for one in seen.values():
        assert ("rowheader", LONG) in one.told
        assert ("columnheader", "verdict") in one.told
        assert [name for role, name in one.told if role == "table" and not name] == []
    # The drawn label is for the eye: the head says it already.
    assert {("cell", "P0"), ("cell", "wrong_fact")} & set(seen[390].told)
    assert not [name for _, name in seen[390].told if name.startswith("severity ") or name == "severityP0"]
