"""One comment on a change, on GitHub and on GitLab: found again, edited, never anybody else's."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from casemill.cli.main import casemill
from casemill.errors import OutsideError, UsageError
from casemill.gate import keep_comment
from casemill.gate.forge import FORGES
from casemill.gate.forge import Forge as Place
from casemill.gate.report.markdown import MARK
from casemill.gate.report.markdown import render as as_markdown
from gate.forges import BOT, EVE, TOKEN, Fault, Forge, talking
from gate.test_report import HOSTILE_RED, judgement, red

FIRST, SECOND = f"{MARK}\n### shut\n", f"{MARK}\n### open\n"
EDIT = {"github": "PATCH", "gitlab": "PUT"}
FIND = {"github": ["GET"], "gitlab": ["GET", "GET"]}  # GitLab is asked who we are, too


@pytest.fixture(params=["github", "gitlab"])
def forge(request: pytest.FixtureRequest) -> Iterator[Forge]:
    with talking(request.param) as made:
        yield made


@pytest.fixture
def gitlab() -> Iterator[Forge]:
    with talking("gitlab") as made:
        yield made


def place(forge: Forge, **environ: str) -> Place:
    made = FORGES[forge.kind](forge.environ | environ)
    assert made is not None
    return made


def test_the_first_report_is_written_and_the_next_one_edits_it(forge: Forge) -> None:
    written = keep_comment(FIRST, place(forge))
    edited = keep_comment(SECOND, place(forge))
    assert (written.done, edited.done) == ("written", "edited")
    assert edited.told.endswith("request #7 was edited." if forge.kind == "github" else "request !7 was edited.")
    assert [one["body"] for one in forge.comments] == [SECOND]
    assert forge.methods == [*FIND[forge.kind], "POST", *FIND[forge.kind], EDIT[forge.kind]]


def test_our_comment_is_found_on_a_later_page_and_others_with_our_mark_are_left_alone(forge: Forge) -> None:
    eves = forge.eves(130, f"{MARK} mine")
    before = [dict(one) for one in eves]
    keep_comment(FIRST, place(forge))
    assert keep_comment(SECOND, place(forge)).done == "edited"
    assert forge.comments[:130] == before
    assert [one["body"] for one in forge.comments[130:]] == [SECOND]


def test_another_comment_of_ours_is_not_taken_for_the_report(forge: Forge) -> None:
    forge.said(f"see {MARK}", by=BOT[forge.kind])
    assert keep_comment(FIRST, place(forge)).done == "written"
    assert forge.comments[0]["body"] == f"see {MARK}"


def test_gitlabs_own_news_are_nobodys_note(gitlab: Forge) -> None:
    gitlab.said(f"{MARK} changed the description", by=BOT["gitlab"], system=True)
    assert keep_comment(FIRST, place(gitlab)).done == "written"


def test_a_page_that_is_not_full_is_not_taken_for_the_last(gitlab: Forge) -> None:
    gitlab.hidden = {one["id"] for one in gitlab.eves(100, "secret")}
    gitlab.said(FIRST, by=BOT["gitlab"])
    assert keep_comment(SECOND, place(gitlab)).done == "edited"
    assert len(gitlab.comments) == 101


def test_a_busy_server_is_asked_again_and_the_wait_that_it_names_is_kept(forge: Forge) -> None:
    forge.said(FIRST, by=BOT[forge.kind])
    forge.faults = [
        Fault("GET", 429, (("Retry-After", "0"),)),
        Fault("GET", 503),
        Fault(EDIT[forge.kind], 500),
        Fault(EDIT[forge.kind]),
    ]
    assert keep_comment(SECOND, place(forge)).done == "edited"
    assert forge.faults == []
    assert [one["body"] for one in forge.comments] == [SECOND]


@pytest.mark.parametrize("fault", [Fault("POST", 502, after=True), Fault("POST", after=True)])
def test_a_comment_whose_answer_was_lost_is_not_written_twice(forge: Forge, fault: Fault) -> None:
    forge.faults = [fault]
    keep_comment(FIRST, place(forge))
    assert [one["body"] for one in forge.comments] == [FIRST]


def test_a_comment_that_was_refused_once_is_written_in_the_end(forge: Forge) -> None:
    forge.faults = [Fault("POST", 429, (("Retry-After", "0"),)), Fault("POST", 503)]
    assert keep_comment(FIRST, place(forge)).done == "written"
    assert [one["body"] for one in forge.comments] == [FIRST]


def test_what_the_server_refuses_is_told_in_one_sentence_without_the_token(forge: Forge) -> None:
    wrong = {"GITHUB_TOKEN": "ghp_no_good_at_all", "CASEMILL_NOTE_TOKEN": "glpat-no-good-at-all"}
    with pytest.raises(OutsideError) as raised:
        keep_comment(FIRST, place(forge, **wrong))
    told = str(raised.value)
    assert "answered 401 Unauthorized" in told or "answered 403 Forbidden" in told
    assert "no_good" not in told
    assert "no-good" not in told
    assert "\n" not in told
    assert forge.comments == []


def test_a_server_that_answers_something_else_is_told(gitlab: Forge) -> None:
    somewhere = place(gitlab)._replace(comments=f"{gitlab.url}/api/v4/user")
    with pytest.raises(OutsideError, match="does not answer as a forge does"):
        keep_comment(FIRST, somewhere)
    with pytest.raises(OutsideError, match="404 Not Found"):
        keep_comment(FIRST, place(gitlab, CI_MERGE_REQUEST_IID="8"))


def test_nobody_else_is_called_and_a_redirect_is_not_followed(gitlab: Forge) -> None:
    gitlab.faults = [Fault("GET", 302, (("Location", "http://127.0.0.1:9/login"),))]
    with pytest.raises(OutsideError, match=r"redirects to 127\.0\.0\.1:9, which is not followed"):
        keep_comment(FIRST, place(gitlab))
    with pytest.raises(UsageError, match="may not be called"):
        keep_comment(FIRST, place(gitlab)._replace(me="http://elsewhere.test/user"))


def test_a_text_that_is_no_report_of_the_gate_is_refused(forge: Forge) -> None:
    with pytest.raises(UsageError, match="no report of the gate") as raised:
        keep_comment("### hello\n", place(forge))
    assert "--report markdown=" in (raised.value.hint or "")
    assert forge.asked == []


def test_a_job_without_a_change_has_no_place_and_one_without_a_token_is_told_which() -> None:
    assert FORGES["gitlab"]({"CASEMILL_NOTE_TOKEN": TOKEN}) is None
    assert FORGES["github"]({"GITHUB_TOKEN": TOKEN, "GITHUB_REPOSITORY": "shop/bot"}) is None
    with pytest.raises(OutsideError, match="the variable CASEMILL_NOTE_TOKEN is not set"):
        FORGES["gitlab"]({"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_PROJECT_ID": "42"})
    with pytest.raises(OutsideError, match="the variable GITHUB_TOKEN is not set"):
        FORGES["github"]({"PULL_REQUEST": "7", "GITHUB_REPOSITORY": "shop/bot"})


def test_the_projects_name_is_one_part_of_the_address() -> None:
    environ = {"CI_MERGE_REQUEST_IID": "7", "CI_MERGE_REQUEST_PROJECT_ID": "shop/bot", "CASEMILL_NOTE_TOKEN": TOKEN}
    made = FORGES["gitlab"](environ)
    assert made is not None
    assert made.comments == "https://gitlab.com/api/v4/projects/shop%2Fbot/merge_requests/7/notes"


def test_the_token_of_a_person_says_on_github_who_it_is() -> None:
    with talking("github") as forge:
        forge.said(FIRST, by=EVE["github"])
        assert keep_comment(SECOND, place(forge)).done == "written"
        mine = place(forge, COMMENTER="eve")
        with pytest.raises(OutsideError, match="403 Forbidden"):  # found; this server lets the bot alone edit
            keep_comment(SECOND, mine)


def test_no_line_of_a_report_can_begin_a_command_of_gitlabs() -> None:
    nasty = "/close\n/merge"
    told = judgement(
        reds=(HOSTILE_RED, red(case=nasty, reason=nasty, said=nasty, failure_mode=nasty, ticket=nasty)),
        told=(nasty,),
        because=("first", nasty),
    )
    assert "/close" in as_markdown(told)
    assert [line for line in as_markdown(told).splitlines() if line.lstrip().startswith("/")] == []


def test_the_command_tells_what_it_did_and_fails_only_when_that_was_asked(tmp_path: Path, gitlab: Forge) -> None:
    file = tmp_path / "gate.md"
    file.write_text(FIRST, encoding="utf-8")
    asked = ["gate", "comment", str(file), "--on", "gitlab"]
    done = CliRunner(env=gitlab.environ).invoke(casemill, [*asked, "--json"])
    assert json.loads(done.stdout) == {"done": "written", "what": "the note on merge request !7"}
    wrong = gitlab.environ | {"CASEMILL_NOTE_TOKEN": ""}
    told = CliRunner(env=wrong).invoke(casemill, asked)
    assert (told.exit_code, told.stdout) == (
        0,
        "The gate's comment was not written: the variable CASEMILL_NOTE_TOKEN is not set.\n",
    )
    required = CliRunner(env=wrong).invoke(casemill, [*asked, "--required"])
    assert isinstance(required.exception, OutsideError)
    none = CliRunner(env=gitlab.environ | {"CI_MERGE_REQUEST_IID": ""}).invoke(casemill, [*asked, "--required"])
    assert (none.exit_code, none.stdout) == (0, "The gate's comment was not written: this job is about no change.\n")
    assert len(gitlab.comments) == 1
