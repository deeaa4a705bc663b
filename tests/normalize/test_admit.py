"""Admission: red on bad, green on good, or quarantined with the reason."""

from typing import Any

import pytest

import make
from casemill.domain.case import Case, Draft, Expect, Input, Lineage, Said, Since
from casemill.domain.ticket import ToolCall
from casemill.domain.word import changed, digest_of
from casemill.errors import UsageError
from casemill.normalize.admit import NO_BAD, NO_GOOD, NOT_RED, admit, blocked_by, check, reject, revise
from casemill.normalize.draft import NOT_ADMITTED
from casemill.store import Desk, articles, asks, changes, drafts, reviews, tickets
from casemill.suite.files import parse_case

BY = "lead@shop.test"
WAITS = Since(since="2026-11-20", because=NOT_ADMITTED)


def case(id: str = "promised-action-7q3k2d", **fields: Any) -> Case:
    return make.case(id, **({"status": "quarantined", "quarantine": WAITS} | fields))


def laid(desk: Desk, *cases: Case) -> list[Draft]:
    """A drafted ticket with an open draft and a question for each case."""
    made = []
    with desk.write() as db:
        tickets.put(db, make.ticket())
        tickets.move(db, "zendesk:48213", version=1, frm=("masked",), to="drafted")
        for number, one in enumerate(cases or (case(),), 1):
            draft = make.draft(case=one, failure=number, missing=("no good reply recorded",))
            id = drafts.put(db, draft)
            asks.ask(db, kind="draft", ticket="zendesk:48213", version=1, draft=id, why="ready", now=make.NOW)
            made.append(changed(draft, id=id))
    return made


def yes(desk: Desk, draft: Draft, **fields: Any) -> Any:
    assert draft.id is not None
    return admit(desk, draft.id, case=changed(draft.case, **fields), by=BY, now=make.NOW)


def test_a_rule_is_tried_on_both_recorded_replies() -> None:
    (done,) = check(case())
    assert done.looks
    assert done.bad is not None
    assert done.good is not None
    assert (done.bad.result, done.good.result) == ("fail", "pass")


def test_recorded_calls_are_part_of_the_replies() -> None:
    expect = Expect(bad_calls=(ToolCall(name="issue_refund"),), good="ok", good_calls=(ToolCall(name="open_request"),))
    rules = ({"tool_not_called": {"name": "issue_refund"}}, {"tool_called": {"name": "open_request"}})
    done = check(case(expect=expect, assert_=rules))
    assert [(one.bad and one.bad.result, one.good and one.good.result) for one in done] == [("fail", "pass")] * 2


def test_a_judge_is_left_untried() -> None:
    (done,) = check(case(assert_=({"judge": {"criterion": "tone"}},)))
    assert (done.looks, done.bad, done.good) == (False, None, None)


def test_an_unknown_grader_is_named() -> None:
    with pytest.raises(UsageError, match="no grader named 'contain'"):
        check(case(assert_=({"contain": {"any": ["x"]}},)))


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({"expect": Expect(good=make.GOOD)}, NO_BAD),
        ({"expect": Expect(bad=make.BAD)}, NO_GOOD),
        ({"assert_": ()}, NOT_RED),
        ({"assert_": ({"judge": {"criterion": "tone"}},)}, NOT_RED),
        ({"assert_": ({"contains": {"any": ["nowhere"]}},)}, "contains is red on the good reply"),
        (
            {"expect": Expect(bad="never", good=make.GOOD), "assert_": ({"not_contains": {"any": ["xyz"]}},)},
            NOT_RED,
        ),
    ],
)
def test_a_case_that_does_not_tell_bad_from_good_is_quarantined(
    desk: Desk, fields: dict[str, Any], because: str
) -> None:
    (draft,) = laid(desk)
    done = yes(desk, draft, **fields)
    assert because in done.blocked
    assert done.case.status == "quarantined"
    assert done.case.quarantine is not None
    assert because in done.case.quarantine.because


def test_one_red_rule_and_all_green_make_a_case_active(desk: Desk) -> None:
    (draft,) = laid(desk)
    done = yes(desk, draft)
    assert done.blocked == ()
    assert (done.case.status, done.case.quarantine) == ("active", None)


def test_a_judge_beside_a_red_rule_does_not_keep_a_case_from_being_active() -> None:
    both = case(assert_=({"not_contains": {"any": ["processed your refund"]}}, {"judge": {"criterion": "tone"}}))
    assert blocked_by(both, check(both)) == ()


def test_a_person_may_keep_a_case_in_quarantine_for_reasons_of_their_own(desk: Desk) -> None:
    (draft,) = laid(desk)
    done = yes(desk, draft, quarantine=Since(since="2026-11-21", because="waits for the new returns page"))
    assert done.case.status == "quarantined"
    assert done.blocked == ("waits for the new returns page",)


def test_a_yes_is_a_change_an_answer_and_a_settled_draft(desk: Desk) -> None:
    (draft,) = laid(desk)
    done = yes(desk, draft)
    assert draft.id is not None
    with desk.read() as db:
        (change,) = changes.waiting(db)
        (ask,) = asks.of_ticket(db, "zendesk:48213")
        assert drafts.state_of(db, draft.id) == "admitted"
        assert tickets.state_of(db, "zendesk:48213") == "admitted"
    assert (change.id, change.kind, change.case, change.by) == (done.change_id, "add", done.case.id, BY)
    assert change.path == "cases/promised_action/promised-action-7q3k2d.yaml"
    assert change.digest == digest_of(change.text.encode())
    assert parse_case(change.text, change.path) == done.case
    assert (ask.state, ask.answered_by) == ("answered", BY)


def test_the_same_yes_twice_changes_nothing(desk: Desk) -> None:
    (draft,) = laid(desk)
    first = yes(desk, draft)
    assert yes(desk, draft) == first
    with desk.read() as db:
        assert len(changes.waiting(db)) == 1


def test_another_yes_after_the_first_is_refused(desk: Desk) -> None:
    (draft,) = laid(desk)
    yes(desk, draft)
    with pytest.raises(UsageError, match="was admitted already"):
        yes(desk, draft, why="other")


def test_the_ticket_moves_when_its_last_draft_is_settled(desk: Desk) -> None:
    first, second = laid(desk, case(), case("incomplete-answer-7q3k2e"))
    yes(desk, first)
    with desk.read() as db:
        assert tickets.state_of(db, "zendesk:48213") == "drafted"
    assert second.id is not None
    reject(desk, second.id, why="the same as the first", by=BY, now=make.NOW)
    with desk.read() as db:
        assert tickets.state_of(db, "zendesk:48213") == "admitted"


def test_a_ticket_whose_drafts_were_all_rejected_is_no_case(desk: Desk) -> None:
    (draft,) = laid(desk)
    assert draft.id is not None
    for _ in range(2):
        reject(desk, draft.id, why="a joke", by=BY, now=make.NOW)
    with desk.read() as db:
        assert tickets.state_of(db, "zendesk:48213") == "not_a_case"
        assert [told.note for told in reviews.of_ticket(db, "zendesk:48213")] == [
            "draft promised-action-7q3k2d rejected: a joke"
        ]
        assert changes.waiting(db) == ()


def test_a_case_admitted_before_is_superseded(desk: Desk) -> None:
    (draft,) = laid(desk)
    yes(desk, draft)
    with desk.write() as db:
        again = drafts.put(db, make.draft(case=case(why="Better told.")))
        tickets.move(db, "zendesk:48213", version=1, frm=("admitted",), to="drafted")
    admit(desk, again, case=case(why="Better told."), by=BY, now=make.NOW)
    with desk.read() as db:
        assert [change.kind for change in changes.waiting(db)] == ["add", "supersede"]


def test_cited_articles_go_to_the_suite_beside_the_case(desk: Desk) -> None:
    with desk.write() as db:
        articles.put(db, make.article("KB-1042", revision="4"))
    cites = Lineage(source="zendesk", ticket="48213", articles=("KB-1042@4", "KB-9@1", "../x@1"))
    (draft,) = laid(desk, case(lineage=cites))
    yes(desk, draft)
    with desk.read() as db:
        article, _ = changes.waiting(db)
    assert (article.path, article.text) == ("articles/KB-1042@4.md", "# Returns\n\n30 days.\n")


def test_a_draft_whose_ticket_went_back_to_review_is_not_admitted(desk: Desk) -> None:
    (draft,) = laid(desk)
    with desk.write() as db:
        tickets.move(db, "zendesk:48213", version=1, frm=("drafted",), to="proposed")
    with pytest.raises(UsageError, match="went back to review"):
        yes(desk, draft)
    with desk.read() as db:
        assert changes.waiting(db) == ()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": "other-7q3k2d"}, "the id of a case never changes"),
        ({"lineage": Lineage(source="zendesk", ticket="1")}, "the way back to the ticket"),
        ({"lineage": None}, "the way back to the ticket"),
        ({"status": "retired"}, "cannot be admitted as retired"),
        ({"input": Input(turns=(Said(assistant="hi"),))}, "must end with what the customer says"),
        ({"input": Input(turns=())}, "must end with what the customer says"),
        ({"failure_mode": "Not A Mode"}, "failure_mode"),
        ({"why": "Ask anna.karimova@mail.test about it."}, "looks as if it holds a real EMAIL"),
    ],
)
def test_a_draft_becomes_only_its_own_case(desk: Desk, fields: dict[str, Any], message: str) -> None:
    (draft,) = laid(desk)
    with pytest.raises(UsageError, match=message) as caught:
        yes(desk, draft, **fields)
    assert "karimova" not in f"{caught.value} {caught.value.hint}"


def test_there_is_no_admitting_what_is_not_there(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no draft 99"):
        admit(desk, 99, case=case(), by=BY, now=make.NOW)


def test_an_edit_is_kept_and_checked_again(desk: Desk) -> None:
    (draft,) = laid(desk, case(expect=Expect(bad=make.BAD)))
    assert draft.id is not None
    after = revise(desk, draft.id, case=case())
    assert after.missing == ()
    assert after.checks[0].good is not None
    with desk.read() as db:
        assert drafts.get(db, draft.id) == after
