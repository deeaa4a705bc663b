"""Langfuse's API against a fake that goes wrong: every observation once, and a walk that goes on where it stood."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.errors import OutsideError, SettingsError
from casemill.ingest.langfuse import Outside, Walked, ingest_langfuse
from casemill.ingest.rejects import read_rejects
from casemill.ingest.traces import IngestedTraces
from casemill.settings import Ingest
from casemill.store import Vault
from ingest.fakes.langfuse import KEYS, SIGNED, Langfuse, observation
from ingest.fakes.server import FakeServer, Fault, Kind
from ingest.walking import HASTY

FAULTS: list[Kind] = ["limited", "busy", "failing", "cut", "truncated", "dripping", "malformed"]


class Walker:
    """A fake project and the vault that its observations go to."""

    def __init__(self, fake: FakeServer, vault: Vault, folder: Path) -> None:
        self.fake, self.vault, self.folder = fake, vault, folder
        self.project: Langfuse = fake.vendor  # type: ignore[assignment]

    def walk(self, *, environ: dict[str, str] = KEYS, per_page: int = 10, **told: Any) -> IngestedTraces:
        table = {"url": self.fake.url, "per_page": per_page} | told.pop("table", {})
        now = told.pop("now", make.NOW)
        walked = Walked(self.folder, outside=Outside(environ, (), HASTY), **told)
        return ingest_langfuse(self.vault, walked, settings=Ingest(sources={"langfuse": table}), now=now)


@pytest.fixture
def walker(vault: Vault, tmp_path: Path) -> Iterator[Walker]:
    project = Langfuse(*(observation(number) for number in range(45)))
    with FakeServer(project) as fake:
        yield Walker(fake, vault, tmp_path / "rejects")


def test_every_observation_comes_once_and_the_next_walk_looks_only_at_what_is_new(walker: Walker) -> None:
    assert walker.walk() == IngestedTraces(new=45, traces=45, calls=5)
    walker.project.observations.append(observation(600, startTime="2099-01-01T00:00:00Z"))
    assert walker.walk(now=make.NOW + timedelta(days=1)).new == 0
    late = make.NOW + timedelta(minutes=5)
    walker.project.observations.append(observation(601, startTime=late.isoformat()))
    again = walker.walk(now=make.NOW + timedelta(days=2), since=late - timedelta(minutes=1))
    assert (again.new, again.calls) == (1, 1)


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_costs_a_retry_and_no_observation(walker: Walker, kind: Kind) -> None:
    walker.fake.add(Fault(kind, at=3))
    assert walker.walk().new == 45
    assert walker.fake.struck == [kind]


def test_a_walk_that_failed_goes_on_behind_the_last_page(walker: Walker) -> None:
    walker.fake.add(Fault("busy", at=3, times=HASTY.attempts))
    with pytest.raises(OutsideError, match="langfuse stopped behind cursor 20: ") as caught:
        walker.walk()
    assert "go on from there" in str(caught.value.hint)
    assert walker.vault.traces() == (20, 20)
    calls = walker.fake.calls()
    assert walker.walk(now=make.NOW + timedelta(hours=2)).new == 25
    assert walker.fake.calls() == calls + 3


def test_a_cursor_that_does_not_move_ends_the_walk(walker: Walker) -> None:
    walker.project.stuck = True
    with pytest.raises(OutsideError, match="its cursor does not move"):
        walker.walk()


def test_a_redirect_elsewhere_is_refused(walker: Walker) -> None:
    walker.fake.add(Fault("elsewhere"))
    with pytest.raises(OutsideError, match="redirects to elsewhere"):
        walker.walk()


def test_keys_are_named_by_variables_and_never_shown(walker: Walker, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with pytest.raises(SettingsError, match="LANGFUSE_SECRET_KEY"):
        walker.walk(environ={"LANGFUSE_PUBLIC_KEY": "pk-lf-1234"})
    wrong = {**KEYS, "LANGFUSE_SECRET_KEY": "sk-lf-wrong"}
    with pytest.raises(OutsideError, match="401") as caught:
        walker.walk(environ=wrong)
    shown = f"{caught.value} {caught.value.hint} {caplog.text}"
    assert "check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY" in shown
    for secret in ("sk-lf-wrong", "sk-lf-5678", SIGNED.partition(" ")[2]):
        assert secret not in shown


def test_settings_that_mean_nothing_are_named(walker: Walker) -> None:
    with pytest.raises(SettingsError, match="per_page is 1 to 1000"):
        walker.walk(per_page=1001)
    with pytest.raises(SettingsError, match="publickey"):
        walker.walk(table={"publickey": "x"})


def test_an_observation_that_cannot_be_read_is_named_and_the_rest_goes_on(walker: Walker) -> None:
    walker.project.observations[3] = {**observation(3), "traceId": "anna.k@example.com"}
    done = walker.walk()
    assert (done.new, done.rejected) == (44, 1)
    (named,) = read_rejects(Path(str(done.rejects_file)))
    assert (named.file, named.why) == ("langfuse", "observation 2 of a page has no trace id")
