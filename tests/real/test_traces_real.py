"""Traces on real conversations: whether each ticket finds its own, what the normalizer makes of the tool calls."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.anonymize import mask_waiting
from casemill.domain.case import Draft
from casemill.domain.failure import Failure
from casemill.domain.review import Review
from casemill.domain.ticket import Ticket, texts_of
from casemill.domain.word import changed
from casemill.ingest import ingest_file, ingest_traces
from casemill.ingest.pull import Intake
from casemill.normalize import draft_waiting
from casemill.review import record_all
from casemill.settings import Ingest, Settings, Store
from casemill.store import drafts, open_desk, open_vault, tickets
from casemill.store.keys import create_keys
from casemill.suite import read_taxonomy, write_starter
from real.gold import RESOLVED, is_expected, labels_of, told

pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not RESOLVED.is_dir(), reason="the real data is not beside the project"),
]
SETTINGS = changed(Settings(), ingest=Ingest(bots=("AI Assistant", "Virtual Assistant")))
LABELS = labels_of("zendesk_resolved_labels") if RESOLVED.is_dir() else {}


class Desk:
    """What came of the export and its traces: tickets, drafts, and who is behind each placeholder."""

    def __init__(self, folder: Path) -> None:
        create_keys(folder)
        write_starter(folder / "evals")
        rejects, now = folder / "rejects", make.NOW
        with open_desk(Store(), root=folder) as desk, open_vault(Store(), root=folder) as vault:
            ingest_file((vault, desk), Intake(RESOLVED, rejects=rejects), settings=SETTINGS.ingest, now=now)
            self.taken = ingest_traces(vault, [RESOLVED / "ai_traces.jsonl.gz"], rejects=rejects, now=now)
            mask_waiting(vault, desk, settings=SETTINGS, now=now)
            record_all(desk, [_decided(id, label) for id, label in failures().items()], now=now)
            taxonomy = read_taxonomy(folder / "evals")
            draft_waiting(desk, taxonomy=taxonomy, settings=SETTINGS.suite, now=now)
            with desk.read() as db:
                self.tickets = {row.ticket.external_id: row.ticket for row in tickets.everything(db)}
                self.drafts = drafts.in_state(db, "open")
            self.mapping = vault.entities_of(("zendesk", id) for id in failures())


def failures() -> dict[str, dict[str, Any]]:
    """The labels of what was the AI's failure."""
    return {id: label for id, label in LABELS.items() if label["origin"] == "model"}


def _decided(id: str, label: dict[str, Any]) -> Review:
    failure = Failure(mode=label["failure_mode"], severity=label["severity"])
    told: dict[str, Any] = {"by": "gold", "at": make.NOW, "recorded": True}
    return Review(ticket=f"zendesk:{id}", decision="correct", origin="model", failures=(failure,), **told)


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("traced"))


def trace(ticket: Ticket) -> str | None:
    return next(iter(ticket.traced.ids), None) if ticket.traced else None


def test_every_ticket_finds_its_own_trace_and_none_anothers(joined: Desk) -> None:
    found = Counter(
        ("trace_id" in label, trace(joined.tickets[id]) == label.get("trace_id"), trace(joined.tickets[id]) is None)
        for id, label in LABELS.items()
        if id in joined.tickets
    )
    by = Counter(one.traced.by for one in joined.tickets.values() if one.traced)
    print(f"\nof {sum(found.values())} tickets: {dict(found)} (has a trace, found it, found none); by {dict(by)}")
    assert found[True, False, False] == found[False, False, False] == 0
    assert found[True, True, False] >= 0.99 * sum(count for (has, _, _), count in found.items() if has)


def test_what_a_trace_brings_is_masked_with_its_ticket(joined: Desk) -> None:
    leaks = [
        (id, label)
        for id, one in LABELS.items()
        if id in joined.tickets and trace(joined.tickets[id])
        for label, value in one["pii_values"]
        if len(str(value)) > 5 and any(str(value) in text for _, text in texts_of(joined.tickets[id]))
    ]
    print(f"\nvalues that stayed: {Counter(label for _, label in leaks)}")
    values = sum(len(str(value)) > 5 for one in LABELS.values() for _, value in one["pii_values"])
    assert len(leaks) <= 0.01 * values


def test_more_drafts_are_red_and_their_rules_about_tools_are_right(joined: Desk) -> None:
    share = told("tickets with their traces", joined.drafts)
    assert share["with a red assertion"] >= 0.5 * len(joined.drafts)
    right = Counter(agrees for draft in joined.drafts for agrees in _rules(draft, joined))
    print(f"rules about tools: {right[True]} right, {right[False]} wrong")
    assert right[False] <= 0.05 * right.total()


def _rules(draft: Draft, joined: Desk) -> list[bool]:
    """Of each rule about tools whether what was expected agrees."""
    id = draft.ticket.partition(":")[2]
    real = {entity.placeholder: entity.values for entity in joined.mapping.get(("zendesk", id), ())}
    expected = LABELS[id]["expected_actions"]
    rules = [rule for rule in draft.case.assertions if rule.grader in ("tool_called", "tool_not_called")]
    return [(rule.grader == "tool_called") == is_expected(rule.arguments, expected, real) for rule in rules]
