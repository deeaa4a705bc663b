"""A project worked by its commands alone: tickets in by `ingest file`, and what each command says."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from click.testing import CliRunner, Result

from casemill.cli.main import casemill
from casemill.domain.ticket import Ticket
from casemill.settings import Store
from casemill.store import desk_texts, open_desk, open_vault, tickets

READER = "d@shop.test"


class Shop(NamedTuple):
    """A project's folder, and its commands."""

    root: Path

    def run(self, *arguments: str, code: int = 0) -> str:
        done: Result = CliRunner().invoke(casemill, ["--project", str(self.root), *arguments])
        assert done.exit_code == code, (done.exit_code, done.output, done.exception)
        return done.stdout

    def take_in(self, *rows: dict[str, Any], code: int = 0) -> str:
        """Rows of a file, ingested and masked; what `anonymize` says."""
        self.ingest(*rows)
        return self.run("anonymize", code=code)

    def ingest(self, *rows: dict[str, Any], code: int = 0) -> str:
        path = self.root / "tickets.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return self.run("ingest", "file", str(path), code=code)

    def mark(self, *marks: dict[str, Any], ticket: str = "file:1", code: int = 0, note: str | None = None) -> str:
        """A reader's verdict from a file: these are leaks."""
        path = self.root / "verdicts.jsonl"
        told = {"ticket": ticket, "verdict": "leak", "marks": marks, "by": READER} | ({"note": note} if note else {})
        path.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
        return self.run("review", "--leaks", "--from", str(path), code=code)

    def ticket(self, key: str = "file:1", version: int | None = None) -> Ticket:
        with open_desk(Store(), root=self.root) as desk, desk.read() as db:
            found = tickets.get(db, key, version)
        assert found is not None
        return found

    def desk_text(self) -> str:
        """Every text of the desk, one after the other."""
        with open_desk(Store(), root=self.root) as desk, desk.read() as db:
            return "\n".join(text for page in desk_texts.pages(db) for row in page for text in row.texts.values())

    def plain_digest(self, external_id: str = "1") -> str:
        """That of the payload, as the vault keeps it."""
        with open_vault(Store(), root=self.root) as vault:
            found = vault.arrival("file", external_id)
        assert found is not None
        return found.payload.digest
