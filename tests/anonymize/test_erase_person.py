"""All tickets that name a person are found: by what payloads name, by what was masked, in what cannot be read."""

from pathlib import Path
from typing import Any

import pytest

import make
from anonymize.intake import ROW, take_in
from casemill.anonymize import tickets_of_person
from casemill.errors import UsageError
from casemill.settings import Settings
from casemill.store import Desk, Vault

BORIS: dict[str, Any] = {
    "id": "T-2",
    "subject": "late",
    "requester": {"id": "u78", "name": "Boris Ivanov", "email": "boris@example.com"},
    "messages": [{"role": "customer", "content": "My neighbour Anna Karimova took it, ask at +7 (701) 123-45-67"}],
}
SILENT: dict[str, Any] = {
    "id": "T-3",
    "subject": "a parcel",
    "requester": {"id": "u77", "name": "Anna Karimova", "email": "anna.k@example.com"},
    "messages": [{"role": "customer", "content": "Where is it?"}],
}
NOBODY: dict[str, Any] = {
    "id": "T-4",
    "subject": "Anna's",
    "requester": {"id": "u79", "name": "Anna Smith", "email": "anna.smith@example.com"},
    "messages": [{"role": "customer", "content": "Hello, I am Anna"}],
}


@pytest.fixture
def filled(vault: Vault, desk: Desk, tmp_path: Path) -> Vault:
    take_in((vault, desk), tmp_path, ROW, BORIS, SILENT, NOBODY)
    vault.put_page(
        [
            make.payload("T-5", source="file", content=b'{"form":"jsonl","broken":"by Anna Karimova"'),
            make.payload("T-6", source="file", content=rb'{"form":"none","who":"\u0041nna Karimova"}'),
            make.payload("T-7", source="file", content=b"nobody"),
        ],
        now=make.NOW,
    )
    return vault


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ("Anna Karimova", ["T-1", "T-2", "T-3", "T-5", "T-6"]),
        ("karimova  ANNA", ["T-1", "T-2", "T-3"]),
        ("anna.k@example.com", ["T-1", "T-3"]),
        ("Anna.K@Example.com", ["T-1", "T-3"]),
        ("8 701 123 45 67", ["T-1", "T-2"]),
        ("boris@example.com", ["T-2"]),
        ("Nobody Atall", []),
    ],
)
def test_the_tickets_that_name_somebody(person: str, found: list[str], filled: Vault) -> None:
    assert tickets_of_person(filled, person, settings=Settings()) == tuple(f"file:{key}" for key in found)


@pytest.mark.parametrize("person", ["Anna", "12345", "", "  "])
def test_what_may_be_anybody_s_is_refused(person: str, filled: Vault) -> None:
    with pytest.raises(UsageError, match="may be anybody's"):
        tickets_of_person(filled, person, settings=Settings())
