"""What the how-to pages show is what happens."""

import re
from pathlib import Path

from casemill.ingest.stream_map import read_map
from ingest.inbox import Inbox, said

HOWTO = Path(__file__).parents[2] / "docs" / "howto"


def shown(page: str, language: str) -> str:
    """The first example of a page in a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", (HOWTO / page).read_text(), re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_postmortem_of_the_page_is_a_ticket(inbox: Inbox) -> None:
    assert inbox.put("a.md", shown("postmortems.md", "markdown")).new == 1
    ticket = inbox.reading().ticket
    assert said(ticket.turns) == [
        ("customer", "Can I return a laptop after 90 days?"),
        ("assistant", "Yes, our 120-day extended return policy covers laptops."),
    ]
    assert ticket.subject == "The bot promised 120 days"
    assert None not in (ticket.expected, ticket.root_cause, ticket.created_at)


def test_the_near_misses_of_the_page_are_tickets(inbox: Inbox) -> None:
    done = inbox.put("drafts.jsonl", shown("near-misses.md", "json"))
    assert (done.new, done.rejected) == (2, 0)
    rewritten, rejected = (reading.ticket for reading in inbox.readings())
    assert [turn.role for turn in rewritten.turns] == ["customer", "assistant", "agent", "note"]
    assert [turn.role for turn in rejected.turns] == ["customer", "assistant"]


def test_the_map_of_the_page_is_read(inbox: Inbox) -> None:
    found = read_map(inbox.write("tap.toml", shown("connectors.md", "toml")))
    assert (found.source, found.joins) == ("desk", True)
    assert set(found.streams) == {"tickets", "ticket_comments", "ratings"}
