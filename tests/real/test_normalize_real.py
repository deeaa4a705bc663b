"""The normalizer on real conversations as they came, without traces: how much it drafts by itself.

Gold labels stand for the reviews of people: origin, mode, severity, but no turn.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.anonymize import mask_waiting
from casemill.domain.case import Draft
from casemill.domain.failure import Failure
from casemill.domain.review import Review
from casemill.domain.word import changed
from casemill.ingest import ingest_file
from casemill.ingest.pull import Intake
from casemill.normalize import draft_waiting
from casemill.review import record_all
from casemill.settings import Ingest, Settings, Store
from casemill.store import Desk, Vault, drafts, open_desk, open_vault
from casemill.store.keys import create_keys
from casemill.suite import read_taxonomy, write_starter
from real.gold import RESOLVED, labels_of, told

pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not RESOLVED.is_dir(), reason="the real data is not beside the project"),
]


@pytest.fixture(scope="module")
def labels() -> dict[str, dict[str, Any]]:
    """What was the AI's failure, by ticket id."""
    gold = labels_of("zendesk_resolved_labels")
    return {id: label for id, label in gold.items() if label["origin"] == "model"}


def drafted(folder: Path, intake: Intake, labels: dict[str, dict[str, Any]]) -> tuple[tuple[Draft, ...], Desk, Vault]:
    """With the macros through ingest, anonymize, the gold reviews and normalize; the stores stay open."""
    settings = changed(Settings(), ingest=Ingest(bots=("AI Assistant", "Virtual Assistant")))
    create_keys(folder)
    write_starter(folder / "evals")
    desk, vault = open_desk(Store(), root=folder), open_vault(Store(), root=folder)
    macros = Intake(RESOLVED / "zendesk_export_macros.json", rejects=folder / "rejects", form="zendesk")
    for one in (macros, intake):
        ingest_file((vault, desk), one, settings=settings.ingest, now=make.NOW)
    mask_waiting(vault, desk, settings=settings, now=make.NOW)
    source = intake.source or "zendesk"
    decided = [
        Review(
            ticket=f"{source}:{id}",
            decision="correct",
            origin="model",
            failures=(Failure(mode=label["failure_mode"], severity=label["severity"]),),
            by="gold",
            at=make.NOW,
            recorded=True,
        )
        for id, label in labels.items()
    ]
    assert not record_all(desk, decided, now=make.NOW).rejected
    draft_waiting(desk, taxonomy=read_taxonomy(folder / "evals"), settings=settings.suite, now=make.NOW)
    with desk.read() as db:
        return drafts.in_state(db, "open"), desk, vault


@pytest.fixture(scope="module")
def resolved(
    tmp_path_factory: pytest.TempPathFactory, labels: dict[str, dict[str, Any]]
) -> Iterator[tuple[Draft, ...]]:
    folder = tmp_path_factory.mktemp("resolved")
    made, desk, vault = drafted(folder, Intake(RESOLVED, rejects=folder / "rejects"), labels)
    with desk, vault:
        yield made


def test_every_failure_is_drafted_and_every_usable_expectation_is_found(
    resolved: tuple[Draft, ...], labels: dict[str, dict[str, Any]]
) -> None:
    share = told("tickets as they came", resolved)
    assert share["drafts"] == len(labels)
    usable = {id for id, label in labels.items() if label["note_usable"]}
    found = {draft.ticket.partition(":")[2] for draft in resolved if draft.case.expect.behavior}
    assert len(found & usable) / len(usable) >= 0.98
    assert len(found - usable) / max(1, len(found)) <= 0.02


def test_the_complaint_about_the_chat_never_becomes_its_input(resolved: tuple[Draft, ...]) -> None:
    with_reply = [draft for draft in resolved if draft.case.expect.bad is not None]
    assert all(draft.case.input.turns[-1].customer for draft in with_reply)
    assert len(with_reply) >= 0.6 * len(resolved)


def test_a_by_hand_answer_is_never_taken_for_a_good_reply(resolved: tuple[Draft, ...]) -> None:
    assert not [draft for draft in resolved if draft.case.expect.good is not None]


def test_no_rule_holds_a_value_that_must_go(resolved: tuple[Draft, ...], labels: dict[str, dict[str, Any]]) -> None:
    def told_by(draft: Draft) -> str:
        return "\n".join(str(rule) for rule in draft.case.assert_)

    leaks = [
        draft.ticket
        for draft in resolved
        for value in labels[draft.ticket.partition(":")[2]].get("pii_values") or ()
        if len(str(value)) > 5 and str(value) in told_by(draft)
    ]
    assert leaks == []
