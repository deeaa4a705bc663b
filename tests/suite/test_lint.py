"""Lint: what is wrong, where, and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

import make
from casemill.domain.case import Assertion, Case, Dates, Expect, Input, Lineage, Said, Since
from casemill.suite import Checks, Finding, freeze, lint

Write = Callable[..., Path]


NO_CHECKS = Checks()


def findings(folder: Path, checks: Checks = NO_CHECKS) -> tuple[Finding, ...]:
    return lint(folder, now=make.NOW, checks=checks)


def errors(folder: Path, checks: Checks = NO_CHECKS) -> list[str]:
    return [finding.message for finding in findings(folder, checks) if finding.level == "error"]


def said(text: str) -> Input:
    return Input(turns=(Said(customer=text),))


def test_a_sound_suite_has_no_findings(folder: Path, write: Write) -> None:
    write(make.case(), make.case("wrong-fact-aaaaaa", failure_mode="wrong_fact", severity="P1"))
    assert findings(folder) == ()


@pytest.mark.parametrize(
    ("case", "line", "level", "message"),
    [
        (make.case("wrong-fakt-aaaaaa", failure_mode="wrong_fakt"), 2, "error", "no failure mode 'wrong_fakt'"),
        (make.case(assert_=()), 1, "error", "must assert something"),
        (make.case(dates=Dates(created="20.11.2026")), 18, "error", "dates.created '20.11.2026' is not a day"),
        (make.case(dates=Dates(created="2026-02-30")), 18, "error", "'2026-02-30' is not a day"),
        (make.case(stale=Since(since="soon", because="x")), 6, "error", "stale.since 'soon' is not a day"),
        (make.case(dates=Dates(created="2026-01-01", review_by="2026-11-20")), 18, "warning", "looked at again by"),
        (make.case("by-hand", failure_mode="wrong_fact"), 1, "warning", "does not end in six letters"),
        (make.case(input=Input(turns=())), 7, "error", "input.turns is empty"),
        (make.case(input=Input(turns=(Said(assistant="hi"),))), 8, "warning", "last turn is not the customer's"),
        (make.case(status="quarantined"), 5, "warning", "nobody says why"),
        (make.case(lineage=Lineage(source="s", ticket="1", articles=("KB-1@4",))), 17, "warning", "no articles/KB-1@4"),
        (make.case(input=said("write to anna.smith@gmail.com")), 9, "error", "looks as if it holds a real EMAIL"),
        (make.case(expect=Expect(bad="card 4111 1111 1111 1111")), 11, "error", "looks as if it holds a real CARD"),
    ],
)
def test_each_slip_is_found_at_its_line(
    folder: Path, write: Write, case: Case, line: int, level: str, message: str
) -> None:
    path = write(case)
    (found,) = findings(folder)
    assert (found.path, found.line, found.level) == (str(path), line, level)
    assert message in found.message
    assert found.text.startswith(f"{path}:{line}: {level}: ")


def test_a_real_value_is_never_repeated_in_the_finding(folder: Path, write: Write) -> None:
    write(make.case(input=said("write to anna.smith@gmail.com")))
    (found,) = findings(folder)
    assert "anna" not in found.text
    assert "[EMAIL_1]" in str(found.hint)


def test_the_companys_own_words_are_no_personal_data(folder: Path, write: Write) -> None:
    write(make.case(expect=Expect(good="Write to Help@shop-online.com.", bad="x")))
    assert len(errors(folder)) == 1
    assert errors(folder, Checks(keep=("help@shop-online.com",))) == []


def test_placeholders_and_ids_of_the_lineage_are_no_personal_data(folder: Path, write: Write) -> None:
    lineage = Lineage(source="zendesk", ticket="4111111111111111", payload="sha256:" + "1" * 64)
    words = said("[EMAIL_1] and [CARD_2] wrote about [ORDER_3] on 2026-11-20, 49.99 EUR")
    write(make.case(input=words, lineage=lineage))
    assert errors(folder) == []


def test_an_assertion_is_checked_by_whoever_knows_the_graders(folder: Path, write: Write) -> None:
    def check(assertion: Assertion) -> str | None:
        return None if assertion.grader == "not_contains" else f"no grader {assertion.grader}"

    path = write(make.case(assert_=({"not_contains": {"any": ["a"]}}, {"contians": {"any": ["a"]}})))
    (found,) = findings(folder, Checks(assertion=check))
    assert found.message == "no grader contians"
    assert "contians" in path.read_text().splitlines()[(found.line or 0) - 1]


def test_a_bad_file_and_a_good_one_are_both_told(folder: Path, write: Write) -> None:
    write(make.case(assert_=()))
    (folder / "cases" / "promised_action" / "bad.yaml").write_text("id: [\n")
    assert len(errors(folder)) == 2


def test_a_released_case_that_was_edited_must_be_superseded(folder: Path, write: Write) -> None:
    write(make.case())
    freeze(folder, by="lead@shop.test", now=make.NOW)
    write(make.case(why="The words beside it may change."))
    assert errors(folder) == []
    write(make.case(severity="P1"))
    (message,) = errors(folder)
    assert "release 1 holds this case with other content" in message
    assert "supersede it" in message
    assert errors(folder, Checks(supersede=("promised-action-7q3k2d",))) == []


def test_a_case_back_from_the_archive_must_be_as_it_was_released(folder: Path, write: Write) -> None:
    other = make.case("wrong-fact-aaaaaa", failure_mode="wrong_fact")
    write(make.case(), other)
    freeze(folder, by="lead@shop.test", now=make.NOW)
    write(make.case(status="retired"))
    freeze(folder, by="lead@shop.test", now=make.NOW)
    write(make.case(severity="P2"))
    assert "release 1 holds" in errors(folder)[0]


def test_an_id_of_the_archive_is_not_used_again(folder: Path, write: Write) -> None:
    path = write(make.case())
    (folder / "archive" / "promised_action").mkdir(parents=True)
    (folder / "archive" / "promised_action" / path.name).write_text(path.read_text())
    assert "is also that of" in errors(folder)[0]


def test_a_released_case_whose_file_is_gone_is_told(folder: Path, write: Write) -> None:
    path = write(make.case(), make.case("wrong-fact-aaaaaa", failure_mode="wrong_fact"))
    freeze(folder, by="lead@shop.test", now=make.NOW)
    path.unlink()
    (found,) = findings(folder)
    assert (found.level, Path(found.path).name) == ("warning", "1.lock")
    assert "is gone" in found.message
