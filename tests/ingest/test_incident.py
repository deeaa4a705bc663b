"""Incident reports become tickets."""

from datetime import UTC, datetime

from ingest.inbox import Inbox, put_aside, said

REPORT = """incident_id: INC-1
failure_mode: hallucinated_policy
input: "Can I return a laptop after 90 days?"
actual_output: "Yes, 120 days."
root_cause: No such policy. Model confabulated.
"""
SECOND = """- incident_id: INC-2
  severity: P0
  input:
    - customer: cancel it
    - tool: {name: cancel, arguments: {id: 1}, result: ok}
    - assistant: which one?
    - customer: all
  actual_output: Done.
  expected: Asks which.
  date: 2026-05-01
  trace: trc_1
  tags: [safety, refund]
  input_language: en
"""


def test_a_report_is_a_ticket_with_its_mode_and_root_cause(inbox: Inbox) -> None:
    done = inbox.put("incident.yaml", REPORT)
    assert (done.form, done.source, done.new) == ("incident", "incident", 1)
    ticket = inbox.reading().ticket
    assert said(ticket.turns) == [("customer", "Can I return a laptop after 90 days?"), ("assistant", "Yes, 120 days.")]
    assert (ticket.key, ticket.mode, ticket.ai_related) == ("incident:INC-1", "hallucinated_policy", True)
    assert ticket.root_cause == "No such policy. Model confabulated."
    assert ticket.tags == ()


def test_a_list_holds_many_and_each_stands_for_itself(inbox: Inbox) -> None:
    broken = "- incident_id: INC-3\n  input: a\n  input: b\n  actual_output: c\n"
    done = inbox.put(
        "incidents.yaml", f"# ours\n{SECOND}{broken}- incident_id: 4\n  input: on\n  actual_output: 0123\n"
    )
    assert (done.new, done.rejected) == (2, 1)
    ((line, why),) = put_aside(done)
    assert (line, "'input' is there twice" in why) == (17, True)
    first, last = inbox.readings()
    assert [turn.role for turn in first.ticket.turns] == ["customer", "tool", "assistant", "customer", "assistant"]
    assert (first.ticket.severity, first.ticket.expected, first.ticket.trace) == ("P0", "Asks which.", "trc_1")
    assert (first.ticket.created_at, first.ticket.tags) == (datetime(2026, 5, 1, tzinfo=UTC), ("safety", "refund"))
    assert said(last.ticket.turns) == [("customer", "on"), ("assistant", "0123")]


def test_documents_one_after_another_are_reports_too(inbox: Inbox) -> None:
    assert inbox.put("many.yml", f"---\n{REPORT}---\n{REPORT.replace('INC-1', 'INC-9')}").new == 2


def test_a_folder_of_reports_is_read_whole(inbox: Inbox) -> None:
    inbox.write("all/a.yaml", REPORT)
    inbox.write("all/b.yaml", SECOND)
    inbox.write("all/README.md", "# ours")
    assert inbox.take(inbox.folder / "all").new == 2


def test_a_chat_pasted_as_the_input_is_split(inbox: Inbox) -> None:
    inbox.put("a.yaml", "incident_id: 1\ninput: |\n  Me: hi\n  Bot: hello\n  Me: refund\nactual_output: done\n")
    assert [turn.role for turn in inbox.reading().ticket.turns] == ["customer", "assistant", "customer", "assistant"]


def test_what_a_report_lacks_is_named_with_what_was_probably_meant(inbox: Inbox) -> None:
    done = inbox.put("a.yaml", REPORT.replace("actual_output", "actual_ouput"))
    assert put_aside(done) == [(1, "the report has no actual_output; is 'actual_ouput' meant to be it?")]


def test_reports_that_cannot_stand_are_named(inbox: Inbox) -> None:
    twin = f"---\n{REPORT}---\n{REPORT}"
    assert put_aside(inbox.put("a.yaml", twin)) == [(7, "has the incident_id of line 1")]
    assert put_aside(inbox.put("b.yaml", REPORT + "date: 2031-01-01\n")) == [
        (1, "is dated 2031-01-01, which is not yet")
    ]
    assert put_aside(inbox.put("c.yaml", "")) == [(None, "the file is empty")]
    assert put_aside(inbox.put("d.yaml", "just words"))[0][0] == 1
    assert put_aside(inbox.put("e.yaml", REPORT + "\ttab: 1\n")) == [(6, "a tab indents this line; YAML wants spaces")]


def test_the_report_is_kept_as_it_was_written(inbox: Inbox) -> None:
    inbox.put("incident.yaml", REPORT + "# why: later\n")
    (arrival,) = inbox.vault.waiting()
    assert b"# why: later" in arrival.payload.content
