"""The demo walks the whole road for real: version 1 shuts the gate, version 2 opens it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import make
from casemill.cli.main import casemill
from casemill.demo.folder import lay_out
from casemill.demo.play import Played, Stage, walk
from casemill.domain.placeholder import PLACEHOLDER
from casemill.domain.run import Run
from casemill.errors import UsageError
from casemill.run import read_run
from casemill.settings import load
from casemill.store import leaks, open_desk, open_vault, tickets
from casemill.suite import read_suite
from demo.replay import rows


class Walked:
    """One walk that the tests of this file look at."""

    def __init__(self, root: Path, played: Played) -> None:
        self.root = root
        self.played = played

    def run(self, target: str) -> Run:
        judged = self.played.v1 if target == "v1" else self.played.v2
        return read_run(self.root / judged.run_file)


class Killed(BaseException):
    """What a walk is stopped by in its middle."""


def kill_after_admit(stage: Stage) -> None:
    if stage.name == "admit":
        raise Killed


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """Killed on the way once and walked again: what is true of it is true after a kill."""
    root = tmp_path_factory.mktemp("walk") / "demo"
    with pytest.raises(Killed):
        walk(root, now=make.NOW, tell=kill_after_admit)
    return Walked(root, walk(root, now=make.NOW, tell=lambda _: None))


def test_version_one_shuts_the_gate_with_p0s_that_name_their_tickets(walked: Walked) -> None:
    judgement = walked.played.v1.judgement
    worst = [red for red in judgement.reds if red.severity == "P0"]
    assert judgement.state == "shut"
    assert len(worst) >= 10
    assert all(red.ticket and red.link and red.path for red in worst)


def test_version_two_opens_the_gate_and_a_p2_is_told(walked: Walked) -> None:
    judgement = walked.played.v2.judgement
    assert judgement.state == "open"
    assert [(red.severity, red.failure_mode) for red in judgement.reds] == [("P2", "wrong_tone")]


def test_the_suite_spans_modes_and_severities(walked: Walked) -> None:
    cases = read_suite(walked.root / "evals").cases
    assert len(cases) >= 30
    assert len({case.failure_mode for case in cases}) >= 8
    assert {case.severity for case in cases} == {"P0", "P1", "P2"}
    assert {case.status for case in cases} == {"active"}


def test_version_one_answers_the_cases_as_it_answered_the_customers(walked: Walked) -> None:
    bad = {case.id: case.expect.bad or "" for case in read_suite(walked.root / "evals").cases}
    said = {verdict.case: verdict.trials[0].reply for verdict in walked.run("v1").verdicts}
    assert {id for id, reply in said.items() if reply is None or not _fits(bad[id], reply.text)} == set()


def test_cases_fail_and_pass_for_what_was_said_and_never_by_an_error(walked: Walked) -> None:
    assert {verdict.result for verdict in walked.run("v1").verdicts} == {"fail"}
    assert {verdict.result for verdict in walked.run("v2").verdicts} == {"pass", "fail"}


def test_the_tickets_of_the_release_were_read_for_leaks_and_what_was_found_is_masked(walked: Walked) -> None:
    with open_desk(load(walked.root, environ={}).settings.store, root=walked.root) as desk, desk.read() as db:
        assert (leaks.open_count(db), leaks.waiting_marks(db)) == (0, ())
        assert sum(one.chance is not None for one in leaks.standing(db)) >= 20
    assert "read whole" in next(stage.told for stage in walked.played.stages if stage.name == "leaks")


def test_something_is_left_for_the_person_who_tries(walked: Walked) -> None:
    assert walked.played.to_review == 8
    assert walked.played.to_admit == 3


def test_no_requester_stands_on_the_desk(walked: Walked) -> None:
    with open_desk(load(walked.root).settings.store, root=walked.root) as desk, desk.read() as db:
        masked = {row.ticket.external_id: row.ticket for row in tickets.everything(db)}
    shown: list[str] = []
    for row in rows():
        text = " ".join(turn.text for turn in masked[row["id"]].turns)
        values = [row["requester"].get(key) for key in ("email", "phone")] if "email" in row["requester"] else []
        shown += [row["id"] for value in values if value and value in text]
    assert shown == []


def test_what_is_shown_of_the_ticket_is_masked(walked: Walked) -> None:
    text = "\n".join(walked.played.peek.lines)
    assert PLACEHOLDER.search(text)
    assert "Aigul" not in text
    assert walked.played.peek.case.startswith("id: promised-action-")


def test_a_second_walk_does_nothing_twice(walked: Walked) -> None:
    again = walk(walked.root, now=make.NOW, tell=lambda _: None)
    assert again.v2.judgement.state == "open"
    assert (again.to_review, again.to_admit) == (8, 3)
    told = {stage.name: stage.told for stage in again.stages}
    assert told["ingest"].startswith(f"{len(rows())} tickets (0 new)")
    assert "0 files written" in told["admit"]


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="not the demo"):
        lay_out(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        lay_out(tmp_path / "demo")


def test_another_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "casemill.toml").write_text('[people]\nme = "me@company.test"\n')
    with pytest.raises(UsageError, match="not the demo"):
        lay_out(tmp_path)


def test_the_command_tells_the_story_within_100_columns(walked: Walked) -> None:
    result = CliRunner().invoke(casemill, ["demo", "--at", str(walked.root)])
    assert result.exit_code == 0, result.output
    assert "the gate is SHUT" in result.output
    assert "the gate is OPEN" in result.output
    assert "recorded" in result.output
    assert "\x1b[" not in result.output
    long = [line for line in result.output.splitlines() if len(line) > 100 and str(walked.root) not in line]
    assert long == []


def test_the_command_prints_json_and_nothing_else(walked: Walked) -> None:
    result = CliRunner().invoke(casemill, ["demo", "--at", str(walked.root), "--json"])
    played = json.loads(result.output)
    assert [stage["name"] for stage in played["stages"]][:3] == ["init", "ingest", "anonymize"]
    assert (played["v1"]["judgement"]["state"], played["v2"]["judgement"]["state"]) == ("shut", "open")


def test_the_vault_and_the_desk_are_at_rest_after_the_walk(walked: Walked) -> None:
    settings = load(walked.root).settings
    with open_vault(settings.store, root=walked.root) as vault:
        assert {state for state, count in vault.counts().items() if count} == {"masked"}


def _fits(recorded: str, said: str) -> bool:
    """The same words, where a placeholder may stand for whatever the shop behind the bot gave."""
    pattern = ".+?".join(re.escape(part) for part in PLACEHOLDER.split(recorded)[::3])
    return re.fullmatch(pattern, said, re.DOTALL) is not None
