"""A file that exists is edited key by key."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make
from casemill.domain.case import Dates, Input, Said, Since
from casemill.domain.word import changed
from casemill.errors import FileError
from casemill.suite import case_text, edit_case, parse_case
from casemill.suite.strict import load

COMMENTED = """\
# The one that cost us 4,000 euros.
id: refund-promise-7q3k2d  # never changes
failure_mode: promised_action
status: active             # active | quarantined | retired

# why it is here
why: |
  A refund the bot cannot make
  binds the company.

severity: P0               # after why, on purpose
input:
  turns:
    # verbatim
    - customer: "order [ORDER_1] came broken"
dates:
  created: "2026-11-20"    # the day after
  review_by: "2027-02-20"
expect: {bad: "done!"}
assert: [{contains: {any: [a]}}]
# the end
"""


def test_a_changed_key_leaves_every_other_line_as_it_was() -> None:
    edited = edit_case(COMMENTED, {"status": "retired"})
    assert edited == COMMENTED.replace("status: active ", "status: retired ")


def test_a_block_of_several_lines_is_replaced_whole() -> None:
    edited = edit_case(COMMENTED, {"why": "Short."})
    assert "why: Short.\n\nseverity: P0               # after why, on purpose\n" in edited
    assert parse_case(edited, "x").why == "Short."


def test_a_new_key_stands_where_a_new_file_would_have_it() -> None:
    edited = edit_case(COMMENTED, {"stale": Since(since="2026-12-01", because="Policy changed.")})
    lines = edited.splitlines()
    assert lines[4] == 'stale: {since: "2026-12-01", because: "Policy changed."}'
    assert lines[3].startswith("status: active ")


def test_a_dotted_key_reaches_inside_blocks_and_braces() -> None:
    edited = edit_case(COMMENTED, {"dates.review_by": "2028-01-01", "expect.good": "No refund yet."})
    assert '  created: "2026-11-20"    # the day after\n  review_by: "2028-01-01"\n' in edited
    assert edited.count("#") == COMMENTED.count("#")
    case = parse_case(edited, "x")
    assert (case.expect.good, case.expect.bad) == ("No refund yet.", "done!")


def test_none_takes_a_key_out_with_its_lines() -> None:
    edited = edit_case(COMMENTED, {"why": None, "dates.review_by": None, "golden": None})
    assert "binds" not in edited
    assert "# why it is here" in edited
    assert parse_case(edited, "x").dates == Dates(created="2026-11-20")


def test_the_input_can_be_replaced_by_words_of_the_domain() -> None:
    shorter = Input(turns=(Said(customer="one\ntwo"), Said(customer="three")))
    edited = edit_case(COMMENTED, {"input": shorter})
    assert parse_case(edited, "x").input == shorter
    assert "dates:\n" in edited


def test_a_file_without_a_last_line_end_can_grow() -> None:
    assert parse_case(edit_case(COMMENTED.rstrip(), {"features": ["returns"]}), "x").features == ("returns",)


AWKWARD = """\
id: a-aaaaaa
why: >-
  folded
  text

# a comment at the edge
failure_mode: wrong_fact
severity:   P1   # three spaces
stale:
features:
- one   # not indented
- two
input:
    turns:   # four spaces
        - customer: plain text over
            two lines
        # an indented comment

    context:
        plan: Plus
expect:
  bad: |+
    kept


assert:
- contains:
    any: [a]
"""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("why", "x"),
        ("why", None),
        ("why", "two\nlines"),
        ("severity", "P2"),
        ("stale", {"since": "2026-12-01", "because": "x"}),
        ("stale", None),
        ("features", ["three"]),
        ("features", None),
        ("input.context.plan", "Basic"),
        ("input.context.more", {"a": ["b\nc"]}),
        ("expect.bad", "y"),
        ("expect.good", "z"),
        ("assert", [{"contains": {"any": ["b"]}}]),
        ("card.intent", "refund"),
    ],
)
def test_however_a_person_lays_a_file_out_one_key_can_be_changed(key: str, value: Any) -> None:
    edited = edit_case(AWKWARD, {key: value})
    assert edited.count("# a comment at the edge\nfailure_mode") == 1
    assert load(edited, "x")["id"] == "a-aaaaaa"
    lost = set(AWKWARD.splitlines()) - set(edited.splitlines())
    assert len(lost) <= 3


@pytest.mark.parametrize("text", ["{id: a, failure_mode: b}", "", "- a", "a: [", "a: 1\na: 2"])
def test_what_cannot_be_edited_by_itself_is_refused(text: str) -> None:
    with pytest.raises(FileError, match=r"case\.yaml"):
        edit_case(text, {"status": "retired"})


def test_a_file_with_windows_line_ends_is_edited() -> None:
    text = COMMENTED.replace("\n", "\r\n")
    edited = edit_case(text, {"status": "retired", "stale": Since(since="2026-12-01", because="x")})
    assert parse_case(edited, "x").status == "retired"


values: dict[str, st.SearchStrategy[Any]] = {
    "status": st.sampled_from(["active", "quarantined", "retired"]),
    "why": st.text(st.characters(exclude_categories=["Cs"])),
    "stale": st.none() | st.builds(Since, since=st.text(max_size=5), because=st.text("ab \n#:", max_size=9)),
    "features": st.lists(st.text("ab \n,]", max_size=5), max_size=3).map(tuple),
    "golden": st.sampled_from([None, "edge"]),
}


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries({}, optional=values), st.booleans())
def test_an_edited_file_says_what_the_changed_case_says(changes: dict[str, Any], by_hand: bool) -> None:
    text = COMMENTED if by_hand else case_text(make.case())
    edited = edit_case(text, changes)
    fields = {key: "" if value is None and key == "why" else value for key, value in changes.items()}
    assert parse_case(edited, "x") == changed(parse_case(text, "x"), **fields)
