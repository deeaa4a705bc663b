"""Titles of the company's own texts are kept where they are quoted; names in them are not."""

from pathlib import Path

import pytest

import make
from casemill.anonymize import mask_waiting
from casemill.anonymize.titles import Titles
from casemill.domain.arrival import Identity, Reading
from casemill.ingest.pull import Intake, ingest_file
from casemill.settings import Settings
from casemill.store import Desk, Vault, articles, tickets
from ingest.inbox import chat, lines

TITLE = "Nova Air Purifier 300: filter change"


def told(text: str, *names: str) -> Reading:
    people = tuple(Identity(role="agent", names=(name,)) for name in names)
    return Reading(ticket=make.ticket("7", subject=text), people=people)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (f"See {TITLE}.", (TITLE,)),
        (f"see {TITLE.upper()}", (TITLE,)),
        ("See Nova Air Purifier", ()),
        ("filter change: Nova Air Purifier 300", ()),
        ("nothing of it", ()),
    ],
)
def test_a_title_is_quoted_when_it_stands_there_whole(text: str, quoted: tuple[str, ...]) -> None:
    assert Titles([TITLE, "Late parcels"]).quoted(told(text)) == quoted


def test_a_title_is_quoted_with_its_number_and_without() -> None:
    titles = Titles([f"47: {TITLE}"])
    assert titles.quoted(told(f"See {TITLE}")) == (TITLE,)
    assert titles.quoted(told(f"See 47: {TITLE}")) == (f"47: {TITLE}", TITLE)


@pytest.mark.parametrize(
    "title", ["Returns", "47: Returns", "", "47:", "Reply for Anna Petrova", "Call +7 701 000 00 01"]
)
def test_single_words_and_titles_with_somebody_in_them_are_not_kept(title: str) -> None:
    assert Titles([title]).quoted(told(f"See {title}")) == ()


@pytest.mark.parametrize("name", ["Nova Sidorova", "nova"])
def test_a_title_that_shares_a_word_with_somebody_the_ticket_knows_is_not_kept_there(name: str) -> None:
    assert Titles([TITLE]).quoted(told(f"See {TITLE}", name)) == ()
    assert Titles([TITLE]).quoted(told(f"See {TITLE}", "Mira Sol")) == (TITLE,)


def test_a_quoted_title_stays_in_a_masked_ticket_and_the_body_of_the_article_keeps_nothing(
    vault: Vault, desk: Desk, tmp_path: Path
) -> None:
    with desk.write() as db:
        articles.put(db, make.article(title=TITLE, text="Ask Robert Chambers of the service desk"))
    said = f"See {TITLE}. Ask Robert Chambers of the service desk"
    masked = subject(vault, desk, tmp_path / "tickets.jsonl", text=said)
    assert TITLE in masked
    assert "Robert Chambers" not in masked


def subject(vault: Vault, desk: Desk, path: Path, *, text: str) -> str:
    """What becomes of a text as a ticket's subject."""
    path.write_text(lines(chat("7", subject=text)))
    intake = Intake(path=path, rejects=path.parent, form="jsonl")
    ingest_file((vault, desk), intake, settings=Settings().ingest, now=make.NOW)
    done = mask_waiting(vault, desk, settings=Settings(), now=make.NOW)
    assert done.masked == 1, done.reasons
    with desk.read() as db:
        found = tickets.get(db, "file:7")
    assert found is not None
    return found.subject
