"""The normalizer on real conversations: how much it drafts by itself, and whether its rules about tools are right.

Gold labels stand for the reviews of people: origin, mode, severity, but no turn.
"""

import ast
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.anonymize import mask_waiting
from casemill.domain.case import Draft
from casemill.domain.failure import Failure
from casemill.domain.placeholder import PLACEHOLDER
from casemill.domain.review import Review
from casemill.domain.word import changed
from casemill.ingest import ingest_file
from casemill.ingest.pull import Intake
from casemill.normalize import draft_waiting
from casemill.normalize.admit import blocked_by
from casemill.review import record_all
from casemill.run.calls import holds
from casemill.settings import Ingest, Settings, Store
from casemill.store import Desk, Vault, drafts, open_desk, open_vault
from casemill.store.keys import create_keys
from casemill.suite import read_taxonomy, write_starter

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
RESOLVED = DATA / "zendesk_resolved"
pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not RESOLVED.is_dir(), reason="the real data is not beside the project"),
]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


@pytest.fixture(scope="module")
def labels() -> dict[str, dict[str, Any]]:
    """What was the AI's failure, by ticket id."""
    gold = lines(DATA / "gold" / "zendesk_resolved_labels.jsonl.gz")
    return {str(label["ticket_id"]): label for label in gold if label["origin"] == "model"}


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


def told(name: str, made: tuple[Draft, ...]) -> Counter[str]:
    """Shares of the drafts, printed for whoever runs this with -s."""
    share: Counter[str] = Counter(drafts=len(made))
    for draft in made:
        expect = draft.case.expect
        share["with an expectation"] += bool(expect.behavior)
        share["with a recorded bad reply"] += expect.bad is not None
        share["with a red assertion"] += any(done.bad and done.bad.result == "fail" for done in draft.checks)
        share["with a good reply"] += expect.good is not None
        share["active as drafted"] += not blocked_by(draft.case, draft.checks)
    print(f"\n{name}: " + ", ".join(f"{what} {count} ({count / len(made):.0%})" for what, count in share.items()))
    return share


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


def joined(labels: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Tickets with the AI's trace, calls and all, in the place of the pasted chat."""
    traces = {trace["trace_id"]: trace for trace in lines(RESOLVED / "ai_traces.jsonl.gz")}
    comments = {line["ticket_id"]: line["comments"] for line in lines(RESOLVED / "zendesk_export_comments.jsonl.gz")}
    pages = sorted(RESOLVED.glob("zendesk_export_tickets_*.json"))
    tickets = {one["id"]: one for page in pages for one in json.loads(page.read_text())["tickets"]}
    people = json.loads((RESOLVED / "zendesk_export_users_001.json").read_text())["users"]
    names = {person["id"]: person for person in people}
    for id, label in labels.items():
        one, said = tickets[int(id)], comments[int(id)]
        complaint = said[0].get("plain_body") or said[0]["body"]
        messages = [*spoken(traces[label["trace_id"]]), {"role": "customer", "text": complaint.split("\n\n")[0]}]
        for comment in said[1:]:
            if comment["author_id"] != one["requester_id"]:
                role = "agent" if comment["public"] else "note"
                messages.append({"role": role, "text": comment.get("plain_body") or comment["body"]})
        person = names.get(one["requester_id"], {})
        yield {
            "id": id,
            "subject": one["subject"],
            "created_at": one["created_at"],
            "requester": {"id": str(one["requester_id"]), "name": person.get("name"), "email": person.get("email")},
            "messages": messages,
            "expected": one["custom_fields"][2]["value"],
        }


def spoken(trace: dict[str, Any]) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    for message in trace["messages"]:
        if message["role"] == "tool":
            waiting = next((one for one in said if one["role"] == "tool" and "result" not in one["call"]), None)
            if waiting is not None:
                waiting["call"]["result"] = message["content"]
            continue
        if message.get("content"):
            role = "customer" if message["role"] == "user" else "assistant"
            said.append({"role": role, "text": message["content"]})
        for call in message.get("tool_calls") or ():
            arguments = call["arguments"]
            parsed = ast.literal_eval(arguments) if isinstance(arguments, str) else arguments
            said.append({"role": "tool", "text": "", "call": {"name": call["name"], "arguments": parsed}})
    return said


def test_rules_about_tools_agree_with_what_was_expected(tmp_path: Path, labels: dict[str, dict[str, Any]]) -> None:
    """A forbidden call is none that was expected; a required one is."""
    file = tmp_path / "joined.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in joined(labels)), encoding="utf-8")
    intake = Intake(file, rejects=tmp_path / "rejects", form="jsonl", source="joined")
    made, desk, vault = drafted(tmp_path, intake, labels)
    share = told("tickets with the AI's trace", made)
    right: Counter[str] = Counter()
    with desk, vault:
        for draft in made:
            id = draft.ticket.partition(":")[2]
            real = {entity.placeholder: entity.values for entity in vault.entities("joined", id)}
            for rule in draft.case.assertions:
                if rule.grader in ("tool_called", "tool_not_called"):
                    wanted = rule.grader == "tool_called"
                    agrees = wanted == is_expected(rule.arguments, labels[id]["expected_actions"], real)
                    right[f"{rule.grader} {'right' if agrees else 'wrong'}"] += 1
    print(dict(right))
    wrong = right["tool_called wrong"] + right["tool_not_called wrong"]
    assert wrong <= 0.03 * sum(right.values())
    assert share["with a red assertion"] >= 0.5 * len(made)


def is_expected(rule: dict[str, Any], expected: list[dict[str, Any]], real: dict[str, tuple[str, ...]]) -> bool:
    arguments = unmasked(rule.get("arguments", {}), real)
    return any(call["name"] == rule["name"] and holds(unmasked(call["arguments"], {}), arguments) for call in expected)


def unmasked(value: Any, real: dict[str, tuple[str, ...]]) -> Any:
    """Placeholders as the shortest real value they stand for; order signs do not count."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: min(real.get(found[0], (found[0],)), key=len), value).lstrip("#")
    if isinstance(value, dict):
        return {key: unmasked(inner, real) for key, inner in value.items()}
    return [unmasked(inner, real) for inner in value] if isinstance(value, list | tuple) else value
