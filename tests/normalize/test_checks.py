"""Assertions tried on the recorded replies: what can be tried there, and what only a run can tell."""

import make
from casemill.domain.case import Expect
from casemill.normalize.admit import blocked_by
from casemill.normalize.checks import check, told

RED = {"not_contains": {"any": ["processed your refund"]}}


def test_a_grader_that_needs_the_suites_files_is_left_untried_and_blocks_nothing() -> None:
    case = make.case(assert_=(RED, {"json_schema": {"file": "schemas/reply.json"}}, {"cites": {}}, {"intent_in": {}}))
    first, *rest = check(case)
    assert (first.bad and first.bad.result, first.good and first.good.result) == ("fail", "pass")
    assert [(one.bad, one.good) for one in rest] == [(None, None)] * 3
    assert blocked_by(case, check(case)) == ()


def test_a_preset_is_tried_as_one_by_those_of_its_graders_that_can_look() -> None:
    bad = "I've processed your refund. Write to anna.k@example.com."
    case = make.case(assert_=({"checks": "support_draft"},), expect=Expect(bad=bad, good=make.GOOD))
    (done,) = check(case)
    assert done.assertion.word == "support_draft"
    assert done.bad is not None
    assert (done.bad.result, done.bad.grader) == ("fail", "checks/no_pii")
    assert done.good is not None
    assert done.good.result == "fail"
    assert told(done.assertion.item) == "checks support_draft"
