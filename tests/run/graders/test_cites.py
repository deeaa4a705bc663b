"""cites: articles that exist and stand."""

import os
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Assertion
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.errors import UsageError
from casemill.run.graders import Surroundings, build

FILES = {
    "KB-1042@2.md": "---\nid: KB-1042\n---\nOld.\n",
    "KB-1042@10.md": "Now.\n",
    "KB-3001@4.md": "---\nid: KB-3001\nstatus: deprecated\n---\nGone.\n",
    "KB-2011@1.md": "---\nstatus: live\n---\nstatus: deprecated is only said here\n",
    "returns-policy@2026-03-01.md": "Dated.\n",
    "360001234@1.md": "Numbered.\n",
}


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    (tmp_path / "articles").mkdir()
    for name, text in FILES.items():
        (tmp_path / "articles" / name).write_text(text)
    return Surroundings(tmp_path, tmp_path, make.NOW)


def told(around: Surroundings, *cited: str, text: str = "See there.", **arguments: Any) -> Grade:
    grader = build(Assertion(grader="cites", arguments=arguments)).prepared(around)
    return grader.look(Reply(text=text, citations=cited), make.case())


@pytest.mark.parametrize(
    ("cited", "wrong"),
    [
        ("KB-1042", None),
        ("KB-1042@10", None),
        ("kb-1042", None),
        ("[KB-1042]", None),
        ("https://help.shop.test/a/KB-1042", None),
        ("KB-2011", None),
        ("returns-policy", None),
        ("KB-1042@2", "revision 10 is current"),
        ("KB-1042@3", "there is no such revision"),
        ("KB-9", "cites KB-9, and there is no such article"),
        ("The returns page", "there is no such article"),
        ("KB-3001", "no longer in force"),
        ("KB-1042.", None),
        ("KB-1042 (revision 10)", None),
        ("KB-1042, revision 2", "revision 10 is current"),
        ("KB-1042 rev. 2", "revision 10 is current"),
        ("KB-1042 v2", "revision 10 is current"),
        ("KB-1042, KB-9", "cites KB-9, and there is no such article"),
        ("360001234", None),
    ],
)
def test_what_is_cited_exists_and_stands(around: Surroundings, cited: str, wrong: str | None) -> None:
    answer = told(around, cited)
    assert answer.result == ("fail" if wrong else "pass")
    assert wrong is None or wrong in answer.reason


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("By KB-1042 it is 30 days.", "pass"),
        ("By KB-1042@2 it is 30 days.", "fail"),
        ("By KB-77 it is 30 days.", "fail"),
        ("By KB-1042.", "pass"),
        ("It is 30 days.", "pass"),
        ("By KB-1042 revision 2 it is 30 days.", "fail"),
        ("By KB-1042 (revision 10) it is 30 days.", "pass"),
        ("Model XKB-77-Z is 30 days old.", "pass"),
    ],
)
def test_without_citations_the_ids_in_the_text_are_read(around: Surroundings, text: str, result: str) -> None:
    assert told(around, text=text).result == result


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        ({"all": ["KB-1042", "KB-2011"]}, "pass"),
        ({"all": ["KB-1042", "returns-policy"]}, "fail"),
        ({"any": ["returns-policy", "KB-2011"]}, "pass"),
        ({"any": ["returns-policy"]}, "fail"),
        ({"all": ["KB-1042@10"]}, "fail"),
        ({"none": ["KB-2011"]}, "fail"),
        ({"none": ["returns-policy"]}, "pass"),
        ({"min": 2}, "pass"),
        ({"min": 3}, "fail"),
    ],
)
def test_what_must_and_must_not_be_cited(around: Surroundings, arguments: dict[str, Any], result: str) -> None:
    assert told(around, "KB-1042", "KB-2011", **arguments).result == result


def test_what_is_only_written_in_the_text_must_not_be_made_up_either(around: Surroundings) -> None:
    assert told(around, "KB-1042", text="By KB-1042 and KB-9.").result == "fail"
    assert told(around, "KB-1042", text="By KB-2011.", none=["KB-2011"]).result == "fail"
    assert told(around, "KB-1042", text="By KB-2011.", all=["KB-2011"]).result == "fail"


def test_one_of_any_and_every_one_of_all_hold_together(around: Surroundings) -> None:
    assert told(around, "KB-1042", all=["KB-1042"], any=["KB-2011"]).result == "fail"
    assert told(around, "KB-1042", "KB-2011", all=["KB-1042"], any=["KB-2011", "KB-9"]).result == "pass"


def test_an_older_revision_may_do_and_a_revision_may_be_asked_for(around: Surroundings) -> None:
    assert told(around, "KB-1042@2", current=False).result == "pass"
    assert told(around, "KB-1042@3", current=False).result == "fail"
    assert told(around, "KB-1042@10", all=["KB-1042@10"]).result == "pass"


def test_a_new_revision_in_the_folder_is_seen_by_the_next_run(around: Surroundings) -> None:
    assert told(around, "KB-2011@1").result == "pass"
    (around.suite / "articles" / "KB-2011@2.md").write_text("New.\n")
    os.utime(around.suite / "articles", (2_000_000_000, 2_000_000_000))
    assert told(around, "KB-2011@1").result == "fail"


def test_without_articles_it_says_where_they_belong_before_any_call(tmp_path: Path) -> None:
    around = Surroundings(tmp_path, tmp_path, make.NOW)
    with pytest.raises(UsageError, match="there is no article in") as raised:
        told(around, "KB-1")
    assert "KB-1042@4.md" in (raised.value.hint or "")
    assert told(around, "KB-1", all=["KB-1"], exist=False).result == "pass"
    assert told(around, "KB-2", all=["KB-1"], exist=False).result == "fail"
