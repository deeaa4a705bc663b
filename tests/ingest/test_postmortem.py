"""Markdown postmortems become incidents."""

import pytest

from ingest.inbox import Inbox, packed, put_aside, said

FRONT = """---
incident_id: INC-7
failure_mode: hallucinated_policy
severity: P1
date: 2026-05-01
tags: [returns]
---
"""
BODY = """# The bot promised 120 days

What happened, in short.

## 1. What the customer asked

> Can I return a laptop
> after 90 days?

## What the AI said:

```text
# Yes!
120 days.
```

### How often
Twice.

## Expected behaviour

Says that 30 days are the rule.

## Root cause

No such policy. Model confabulated.

## Timeline

- 10:00 found
"""


def test_front_matter_and_headings_are_a_report(inbox: Inbox) -> None:
    done = inbox.put("2026-05-01-returns.md", FRONT + BODY)
    assert (done.form, done.source, done.new) == ("incident", "incident", 1)
    ticket = inbox.reading().ticket
    assert said(ticket.turns)[0] == ("customer", "Can I return a laptop\nafter 90 days?")
    assert said(ticket.turns)[1][1].startswith("```text\n# Yes!\n120 days.\n```\n\n### How often")
    assert (ticket.key, ticket.subject, ticket.mode) == (
        "incident:INC-7",
        "The bot promised 120 days",
        "hallucinated_policy",
    )
    assert (ticket.severity, ticket.tags, ticket.expected) == ("P1", ("returns",), "Says that 30 days are the rule.")
    assert ticket.root_cause == "No such policy. Model confabulated."


def test_a_fence_that_holds_all_is_taken_off(inbox: Inbox) -> None:
    inbox.put("a.md", FRONT + "## Input\n\n```\nhelp\n# me\n```\n\n## Output\n~~~\nno\n~~~\n")
    assert said(inbox.reading().ticket.turns) == [("customer", "help\n# me"), ("assistant", "no")]


def test_what_the_front_matter_says_goes_before_a_heading(inbox: Inbox) -> None:
    front = FRONT.replace("---\n", "", 1).join(["---\n", ""]).replace("tags:", "input: from the front\ntags:")
    inbox.put("a.md", front + BODY)
    assert said(inbox.reading().ticket.turns)[0] == ("customer", "from the front")


def test_headings_in_russian_are_known(inbox: Inbox) -> None:
    body = "## Вопрос клиента\nГде деньги?\n## Ответ бота\nВернул.\n## Первопричина\nНет инструмента.\n"
    inbox.put("a.markdown", FRONT + body)
    ticket = inbox.reading().ticket
    assert [turn.text for turn in ticket.turns] == ["Где деньги?", "Вернул."]
    assert ticket.root_cause == "Нет инструмента."


def test_a_folder_of_postmortems_is_read_but_for_its_readme(inbox: Inbox) -> None:
    inbox.write("posts/README.md", "# Our postmortems\n")
    inbox.write("posts/a.md", FRONT + BODY)
    inbox.write("posts/b.md.gz", packed((FRONT + BODY).replace("INC-7", "INC-8")))
    inbox.write("posts/c.yaml", "incident_id: INC-9\ninput: a\nactual_output: b\n")
    done = inbox.take(inbox.folder / "posts")
    assert (done.new, done.rejected) == (3, 0)


def test_crlf_and_a_byte_order_mark_are_no_hindrance(inbox: Inbox) -> None:
    assert inbox.put("a.md", b"\xef\xbb\xbf" + (FRONT + BODY).replace("\n", "\r\n").encode()).new == 1


HOSTILE = [
    ("", None, "the file is empty"),
    ("# No front matter\n", 1, "a postmortem begins with its front matter"),
    ("---\nincident_id: 1\n", 1, "a postmortem begins with its front matter"),
    ("[a link](x)\n", 1, "a postmortem begins with its front matter"),
    ("---\n- a\n---\n", 2, "the front matter is no mapping"),
    ("---\nincident_id: 1\nincident_id: 2\n---\n", 3, "'incident_id' is there twice"),
    ("---\nincident_id: &a 1\n---\n", 2, ""),
    (FRONT, 1, "the report has no input"),
    (FRONT + "## Input\n\n## Output\nx\n", 1, "the report has no input"),
    (FRONT + "```\n## Input\nhelp\n## Output\nx\n", 1, "the report has no input"),
    (FRONT.replace("2026-05-01", "2126-05-01") + BODY, 1, "is dated 2126-05-01, which is not yet"),
]


@pytest.mark.parametrize(("text", "line", "why"), HOSTILE)
def test_what_is_no_postmortem_is_told_with_its_line(inbox: Inbox, text: str, line: int | None, why: str) -> None:
    done = inbox.put("a.md", text)
    ((at, reason),) = put_aside(done)
    assert (done.new, at) == (0, line)
    assert why in reason
