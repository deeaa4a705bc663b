"""`casemill ingest zendesk` and `casemill ingest fields zendesk`, as a person calls them; and killed at any point."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result

from casemill.cli.main import casemill
from casemill.domain.ticket import Ticket
from casemill.settings import Store
from casemill.store import open_desk, tickets
from ingest.fakes import zendesk as fakes
from ingest.fakes.server import FakeServer, Fault
from ingest.fakes.zendesk import ZendeskFake
from ingest.helpdesk import REQUESTER, TALK, comment


class Desk(NamedTuple):
    project: Path
    vendor: ZendeskFake
    fake: FakeServer

    def call(self, *words: str) -> Result:
        environ = {**fakes.ENVIRON}
        return CliRunner().invoke(casemill, ["--project", str(self.project), "ingest", *words], env=environ)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """The command in a process of its own."""
        command = [sys.executable, "-m", "casemill", "--project", str(self.project), "ingest", *words]
        return subprocess.Popen(
            command, env={**os.environ, **fakes.ENVIRON}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


def opened(project: Path, vendor: ZendeskFake, *, per_page: int = 5) -> Iterator[Desk]:
    with fakes.running(vendor) as fake:
        table = (
            f'url = "{fake.url}"\nclient_id = "{fakes.CLIENT}"\nper_page = {per_page}\nexport_calls_a_minute = 100000\n'
        )
        (project / "casemill.toml").write_text(f"[ingest.sources.zendesk]\n{table}")
        yield Desk(project, vendor, fake)


@pytest.fixture
def desk(project: Path) -> Iterator[Desk]:
    yield from opened(project, fakes.shop(12))


def test_a_walk_says_what_came_and_from_when_on(desk: Desk) -> None:
    done = desk.call("zendesk", "--since", "2026-04-01")
    assert done.exit_code == 0, done.output
    told = "Ingested 12 tickets from zendesk: 12 new, 0 changed, 0 the same, 0 put aside "
    assert done.stdout == f"{told}(31 calls, 2 macros and articles).\n"
    again = desk.call("zendesk")
    assert "Ingested 0 tickets from zendesk" in again.stdout
    assert "Walked since 2026-04-01; more of the past with --since DATE." in again.stdout


def test_json_is_the_report_alone(desk: Desk) -> None:
    told = json.loads(desk.call("zendesk", "--ticket", "7", "--json").stdout)
    assert (told["seen"], told["new"], told["source"]) == (1, 1, "zendesk")


def test_a_helpdesk_that_fails_is_exit_3_with_what_is_kept_and_how_to_go_on(desk: Desk) -> None:
    desk.vendor.stuck_at = 2
    done = desk.call("zendesk", "--since", "2026-04-01")
    assert done.exit_code != 0
    assert f"{done.exception}".startswith("zendesk stopped behind cursor at:5: its cursor does not move")
    assert getattr(done.exception, "exit_code", None) == 3
    assert "5 tickets of this walk are kept; run the same command again" in str(getattr(done.exception, "hint", ""))


def test_what_is_put_aside_is_named_and_makes_exit_4(desk: Desk) -> None:
    desk.vendor.tickets[3] |= {"created_at": "2031-01-01T00:00:00Z"}
    done = desk.call("zendesk", "--since", "2026-04-01")
    assert done.exit_code == 4
    assert "  zendesk:4: is dated 2031-01-01, which is not yet" in done.stdout


def test_the_fields_are_listed_with_the_settings_that_find_them(desk: Desk) -> None:
    done = desk.call("fields", "zendesk")
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["3", "Expected", "behaviour", "(one", "sentence)", "[ingest]", "expected_field"] in lines
    desk.vendor.fields = desk.vendor.fields[:1]
    assert "No field for [ingest] ai_field = 'AI-related'" in desk.call("fields", "zendesk").stdout


def test_another_account_has_a_table_and_a_name_of_its_own(desk: Desk) -> None:
    text = (desk.project / "casemill.toml").read_text()
    (desk.project / "casemill.toml").write_text(text.replace("sources.zendesk]", 'sources.outlet]\nkind = "zendesk"'))
    done = desk.call("zendesk", "--source", "outlet", "--since", "2026-04-01")
    assert done.exit_code == 0, done.output
    assert "Ingested 12 tickets from outlet: 12 new" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("zendesk", "--since", "2999-01-01"), "--since 2999-01-01 is not yet"),
        (("zendesk", "--watch", "--ticket", "1"), "--watch looks at all tickets"),
        (("fields", "jsonl"), "'jsonl' is no helpdesk that can be walked"),
        (("fields", "nothing"), "'nothing' is no helpdesk that can be walked"),
    ],
)
def test_what_cannot_be_done_is_said(desk: Desk, words: tuple[str, ...], told: str) -> None:
    done = desk.call(*words)
    assert told in f"{done.exception}"
    assert getattr(done.exception, "exit_code", None) == 2


def test_every_helpdesk_of_the_table_is_a_command(desk: Desk) -> None:
    from casemill.ingest.helpdesks import helpdesks

    told = desk.call("--help").stdout
    for name in helpdesks():
        assert f"  {name} " in told
        assert "Example: casemill ingest" in desk.call(name, "--help").stdout
    assert desk.call("nosuchdesk").exit_code == 2


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_tells_a_line_a_round_goes_on_after_a_failure_and_stops_when_asked(desk: Desk, stop: int) -> None:
    desk.fake.add(Fault("elsewhere", at=4, path=fakes.STREAM))
    running = desk.start("zendesk", "--since", "2026-04-01", "--watch", "--every", "1")
    assert running.stdout is not None
    lines = [running.stdout.readline() for _ in range(2)]
    fakes.change(desk.vendor, 3)
    lines += [running.stdout.readline() for _ in range(2)]
    running.send_signal(stop)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130
    assert said.strip() == "Stopped; what was done is kept."
    assert "zendesk: 12 new, 0 changed, 0 the same (" in lines[0]
    assert "zendesk stopped behind cursor at:12: 127.0.0.1" in lines[1]
    assert "kept; run the same command again" in lines[2]
    assert "zendesk: 0 new, 1 changed, 0 the same (" in lines[3]


def test_work_walks_the_helpdesks_that_the_settings_name(desk: Desk) -> None:
    done = CliRunner().invoke(casemill, ["--project", str(desk.project), "work", "--json"], env={**fakes.ENVIRON})
    steps = {step["name"]: step for step in json.loads(done.stdout)["steps"]}
    assert steps["ingest zendesk"]["done"] == 12


def test_a_ticket_that_changed_is_a_new_version_with_the_same_placeholders(desk: Desk) -> None:
    desk.vendor.comments["3"] = [comment(REQUESTER, "I am Anna Petrova, my order is W1234567"), *TALK]
    first = masked(desk)
    desk.vendor.comments["3"].append(comment(REQUESTER, "Anna Petrova again. My friend Boris Lee waits too.", minute=9))
    fakes.touch(desk.vendor, 3)
    second = masked(desk)
    assert (first.version, second.version) == (1, 2)
    assert first.turns[0].text == "I am [NAME_1], my order is [ORDER_1]"
    assert second.turns[: len(first.turns)] == first.turns
    assert second.turns[-1].text == "[NAME_1] again. My friend [NAME_2] waits too."


def masked(desk: Desk) -> Ticket:
    """Ticket 3 as it stands on the desk after a walk and masking."""
    assert desk.call("zendesk", "--since", "2026-04-01").exit_code == 0
    assert CliRunner().invoke(casemill, ["--project", str(desk.project), "anonymize"]).exit_code == 0
    with open_desk(Store(), root=desk.project) as stored, stored.read() as db:
        found = tickets.get(db, "zendesk:3")
    assert found is not None
    return found
