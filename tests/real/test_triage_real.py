"""How right the proposals are on real resolved tickets, masked as a user's would be; the gold is never shown to them.

Run with -s to see the figures, each with its n and 95 % Wilson interval. The rules were refined while looking at one
half of the groups, so the other half's figures are the ones to believe; both share the makers' sentence patterns.
Floors are far below what was measured: they catch a break, not a change.
"""

import gzip
import hashlib
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from casemill.domain.failure import Failure
from casemill.domain.proposal import Proposal
from casemill.domain.review import Review
from casemill.domain.ticket import Ticket
from casemill.settings import Settings, Store, Triage
from casemill.stats import wilson
from casemill.store import Desk, open_desk, open_vault, proposals, tickets
from casemill.store.keys import create_keys

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
EXPORT, GOLD = DATA / "zendesk_resolved", DATA / "gold" / "zendesk_resolved_labels.jsonl.gz"
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
READ = 200

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not EXPORT.exists(), reason="../shared/data is not there"),
]


class Truth(NamedTuple):
    """What the makers of the data say of a ticket; tickets of one group tell the same story."""

    origin: Any
    mode: str | None
    severity: Any
    group: str


@cache
def gold() -> dict[str, Truth]:
    with gzip.open(GOLD, "rt") as lines:
        rows = [json.loads(line) for line in lines]
    return {
        f"zendesk:{row['ticket_id']}": Truth(
            row["origin"],
            row["failure_mode"],
            row["severity"],
            str(row.get("related_group") or row.get("duplicate_group") or row["ticket_id"]),
        )
        for row in rows
    }


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The export, ingested, masked and proposed on by the rules."""
    from casemill.anonymize import mask_waiting
    from casemill.ingest import ingest_file
    from casemill.ingest.pull import Intake

    root, settings = tmp_path_factory.mktemp("real"), Settings()
    create_keys(root)
    with open_desk(Store(), root=root) as desk, open_vault(Store(), root=root) as vault:
        ingest_file((vault, desk), Intake(EXPORT, root / "rejects"), settings=settings.ingest, now=NOW)
        mask_waiting(vault, desk, settings=settings, now=NOW)
        propose(desk)
        yield desk


def propose(desk: Desk) -> Any:
    from casemill.suite import read_taxonomy, starter
    from casemill.triage import propose_waiting

    taxonomy = read_taxonomy(Path(starter.__file__).parent)
    return propose_waiting(desk, taxonomy=taxonomy, settings=Triage(read_first=READ), now=NOW)


def proposed(desk: Desk) -> dict[str, tuple[Ticket, Proposal]]:
    with desk.read() as db:
        known = {row.ticket.key: row.ticket for row in tickets.everything(db)}
        found = proposals.of_tickets(db, list(known))
    return {key: (known[key], found[key]) for key in known}


def share(name: str, hits: list[bool]) -> float:
    """Print a share with its interval, and give it."""
    low, high = wilson(sum(hits), len(hits)) or (0.0, 0.0)
    print(f"  {name:<44}{sum(hits):>4}/{len(hits):<4} {sum(hits) / len(hits):.3f} [{low:.3f}, {high:.3f}]")
    return sum(hits) / len(hits)


def looked_at(group: str) -> bool:
    """The half that the rules were refined on."""
    return hashlib.sha256(group.encode()).digest()[0] % 2 == 0


def same_mode(proposal: Proposal, truth: Truth) -> bool:
    return bool(proposal.failures) and proposal.failures[0].mode == truth.mode


def figures(pairs: list[tuple[Proposal, Truth]]) -> dict[str, float]:
    said = [(proposal.origin == "model", truth.origin == "model") for proposal, truth in pairs]
    return {
        "origin": share("origin right", [proposal.origin == truth.origin for proposal, truth in pairs]),
        "precision": share("model: precision", [is_so for says, is_so in said if says]),
        "recall": share("model: recall", [says for says, is_so in said if is_so]),
        "mode": share("mode right, of the model's", [same_mode(*pair) for pair in pairs if pair[1].origin == "model"]),
    }


def test_the_rules_alone(desk: Desk) -> None:
    pairs = [(proposal, gold()[key]) for key, (_, proposal) in proposed(desk).items()]
    print(f"\nrules@1 on {len(pairs)} masked tickets")
    found = figures(pairs)
    print("the half that nobody looked at")
    figures([pair for pair in pairs if not looked_at(pair[1].group)])
    assert found["origin"] > 0.85
    assert found["precision"] > 0.8
    assert found["recall"] > 0.9
    assert found["mode"] > 0.7


def test_every_quote_stands_in_its_ticket_and_every_turn_is_the_assistants(desk: Desk) -> None:
    for ticket, proposal in proposed(desk).values():
        told = [ticket.subject, ticket.csat_comment, ticket.expected, ticket.resolution, ticket.root_cause]
        told += [ticket.macro.title] if ticket.macro else []
        for evidence in proposal.evidence:
            where = [ticket.turns[evidence.turn].text] if evidence.turn is not None else told
            assert any(text and evidence.quote in text for text in where)
        for failure in proposal.failures:
            assert failure.turn is None or ticket.turns[failure.turn].role == "assistant"


def read_by_people(desk: Desk) -> set[str]:
    """Two hundred tickets decided as the gold says, whole groups at a time, in an order drawn by lot."""
    from casemill.review import record

    groups: dict[str, list[str]] = {}
    for key in sorted(proposed(desk)):
        groups.setdefault(gold()[key].group, []).append(key)
    drawn = sorted(groups)
    random.Random(11).shuffle(drawn)
    keys = [key for group in drawn for key in groups[group]][:READ]
    for key in keys:
        record(desk, reviewed(key, gold()[key]), now=NOW)
    return set(keys)


def reviewed(key: str, truth: Truth) -> Review:
    failures = (Failure(mode=truth.mode, severity=truth.severity),) if truth.mode else ()
    return Review(ticket=key, decision="correct", origin=truth.origin, failures=failures, by="gold@test", at=NOW)


def test_what_two_hundred_reviews_teach(desk: Desk) -> None:
    read = read_by_people(desk)
    groups = {gold()[key].group for key in read}
    done = propose(desk)
    with desk.read() as db:
        passed = {row.ticket.key for row in tickets.everything(db) if row.state != "proposed"} - read
    rest = {key: pair[1] for key, pair in proposed(desk).items() if key not in read and gold()[key].group not in groups}
    pairs = [(proposal, gold()[key]) for key, proposal in rest.items()]
    print(f"\nafter {len(read)} reviews, on {len(pairs)} tickets of other groups: {done.by}")
    found = figures(pairs)
    share("passed by themselves", [key in passed for key in rest])
    alone = [(proposal, gold()[key]) for key, proposal in rest.items() if key in passed]
    right = share("of those: origin right", [proposal.origin == truth.origin for proposal, truth in alone])
    modes = [same_mode(*pair) for pair in alone if pair[0].origin == "model"]
    if modes:
        share("of those: mode right", modes)
    assert found["origin"] > 0.9
    assert right > 0.95
    assert done.again == len(proposed(desk)) - len(read)
