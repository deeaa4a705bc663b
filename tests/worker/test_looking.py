"""`casemill work` fetches what webhooks named, tells what it could not, and `casemill status` counts what is due."""

import os
from pathlib import Path

import pytest

import make
from casemill.settings import load
from casemill.store import open_desk, open_vault
from casemill.store.hooks import Heard
from casemill.worker import look_around, work_once
from casemill.worker.work import Hands
from ingest.walking import fake_of
from web.serving import write_settings


def hands(project: Path) -> Hands:
    settings = load(project, environ={}).settings
    return Hands(open_vault(settings.store, root=project), open_desk(settings.store, root=project), settings, project)


def hear(at: Hands, *tickets: str, source: str = "zendesk") -> None:
    for ticket in tickets:
        at.vault.hear(Heard(source, ticket), now=make.NOW, due=make.NOW)


def test_what_was_named_is_counted_fetched_and_gone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fakes = fake_of("zendesk")
    for name, value in fakes.ENVIRON.items():
        monkeypatch.setitem(os.environ, name, value)
    with fakes.running(fakes.shop(8)) as fake:
        write_settings(project, sources=fakes.settings(fake))
        at = hands(project)
        assert "hooks zendesk" not in {step.name for step in work_once(at, now=make.NOW).steps}
        fakes.change(fake.vendor, 3)
        hear(at, "3", "5")
        hear(at, "9", source="gone_from_the_settings")
        (row,) = [row for row in look_around(at, now=make.NOW).rows if row.what == "named by webhooks"]
        assert (row.place, row.count, row.waits_for) == ("vault", 3, "casemill work")
        steps = {step.name: step for step in work_once(at, now=make.NOW).steps}
    assert steps["hooks zendesk"].failed is None
    assert at.vault.looks_due(now=make.NOW) == {"gone_from_the_settings": 1}


def test_a_source_that_cannot_be_asked_is_told_and_what_was_named_stays(project: Path) -> None:
    write_settings(project, sources={"zendesk": {"url": "http://127.0.0.1:9"}})
    at = hands(project)
    hear(at, "3")
    steps = {step.name: step for step in work_once(at, now=make.NOW).steps}
    assert "zendesk" in (steps["hooks zendesk"].failed or "")
    assert "anonymize" in steps
    assert at.vault.looks_due(now=make.NOW) == {"zendesk": 1}
