from pathlib import Path

import make
from casemill.domain.ticket import Ticket
from casemill.settings import load
from casemill.store import open_desk, open_vault, tickets
from casemill.worker import look_around, work_once
from casemill.worker.work import Hands


def hands(project: Path, extra: str = "") -> Hands:
    with (project / "casemill.toml").open("a") as toml:
        toml.write(extra)
    settings = load(project, environ={}).settings
    return Hands(open_vault(settings.store, root=project), open_desk(settings.store, root=project), settings, project)


def put(at: Hands, *some: Ticket) -> None:
    with at.desk.write() as db:
        for ticket in some:
            tickets.put(db, ticket)


def test_an_empty_project_is_told_to_bring_tickets_in(project: Path) -> None:
    seen = look_around(hands(project), now=make.NOW)
    assert seen.command == "casemill ingest file PATH"
    assert seen.rows == ()


def test_work_takes_in_what_lies_in_a_named_source_and_proposes_on_it(project: Path) -> None:
    inbox = project / "inbox"
    inbox.mkdir()
    (inbox / "a.jsonl").write_text(
        '{"id": "1", "messages": [{"role": "customer", "text": "the bot promised a refund"}]}\n'
    )
    at = hands(project, '\n[ingest.sources.inbox]\npath = "inbox"\n')
    worked = work_once(at, now=make.NOW)
    assert not worked.failed
    assert {step.name: step.done for step in worked.steps} == {
        "ingest inbox": 1,
        "screen": 1,
        "anonymize": 1,
        "triage": 1,
        "normalize": 0,
        "suite pull": 0,
    }
    told = {step.name: step.told for step in worked.steps}
    assert told["triage"] == "1 proposal, 1 for a person to look at, 0 passed"
    assert look_around(at, now=make.NOW).command == "casemill review"
    assert sum(step.done for step in work_once(at, now=make.NOW).steps) == 0


def test_a_step_that_fails_is_told_and_the_others_go_on(project: Path) -> None:
    (project / "evals" / "taxonomy" / "1.yaml").write_text("version: [\n")
    at = hands(project)
    put(at, make.ticket())
    worked = work_once(at, now=make.NOW)
    failed = {step.name for step in worked.steps if step.failed}
    assert failed == {"triage", "normalize"}
    assert any(step.name == "suite pull" and not step.failed for step in worked.steps)
    assert all("1.yaml" in (step.failed or "") for step in worked.steps if step.failed)


def test_the_nearest_to_the_gate_comes_first(project: Path) -> None:
    at = hands(project)
    put(at, make.ticket("1"), make.ticket("2"))
    assert look_around(at, now=make.NOW).command == "casemill work"
    work_once(at, now=make.NOW)
    seen = look_around(at, now=make.NOW)
    assert seen.command == "casemill review"
    assert {(row.what, row.count) for row in seen.rows if row.place == "people"} == {("review asks", 2)}


def test_what_is_stuck_is_told_with_its_reason_until_it_is_mended(project: Path) -> None:
    at = hands(project)
    at.vault.put_page([make.payload(f"{number}", content=b"not readable") for number in range(7)], now=make.NOW)
    worked = next(step for step in work_once(at, now=make.NOW).steps if step.name == "anonymize")
    assert (worked.put_aside, len(worked.reasons)) == (7, 5)
    assert worked.reasons[0].startswith("zendesk:0 (version 1): ")
    seen = look_around(at, now=make.NOW)
    assert [(row.what, row.waits_for) for row in seen.rows if row.place == "vault"] == [("stuck", "you: see below")]
    assert [(one.place, one.ticket, one.version) for one in seen.stuck] == [
        ("vault", f"zendesk:{number}", 1) for number in range(5)
    ]
    assert all(one.reason and not one.reason.startswith("zendesk:") for one in seen.stuck)
    assert "mend 7 stuck tickets" in seen.next
    assert seen.command is None


def test_a_ticket_stuck_on_the_desk_is_told_with_its_reason(project: Path) -> None:
    at = hands(project)
    put(at, make.ticket("1"))
    with at.desk.write() as db:
        tickets.move(db, "zendesk:1", version=1, frm=("masked",), to="stuck", reason="no failure is named")
    (stuck,) = look_around(at, now=make.NOW).stuck
    assert (stuck.place, stuck.ticket, stuck.reason) == ("desk", "zendesk:1", "no failure is named")


def test_before_a_freeze_the_tickets_are_drawn_read_and_masked(project: Path) -> None:
    from casemill.review import draw_sample, record_verdict
    from casemill.suite import case_path, case_text

    at = hands(project)
    put(at, make.ticket())
    with at.desk.write() as db:
        tickets.move(db, "zendesk:48213", version=1, frm=("masked",), to="admitted")
    path = project / "evals" / case_path(make.case())
    path.parent.mkdir(parents=True)
    path.write_text(case_text(make.case()))
    seen = look_around(at, now=make.NOW)
    assert (seen.next, seen.command) == ("have 1 ticket read for leaks", "casemill leaks")
    draw_sample(at.desk, project / "evals", now=make.NOW)
    seen = look_around(at, now=make.NOW)
    assert seen.command == "casemill review --leaks"
    assert [(row.what, row.waits_for) for row in seen.rows if row.place == "people"] == [
        ("leak asks", "casemill review --leaks")
    ]
    record_verdict(at.desk, make.leak_review(verdict="leak", marks=(make.mark(),)), now=make.NOW)
    seen = look_around(at, now=make.NOW)
    assert (seen.next, seen.command) == ("mask 1 leak that a reader marked", "casemill anonymize")
    assert ("leaks marked", 1) in {(row.what, row.count) for row in seen.rows}
