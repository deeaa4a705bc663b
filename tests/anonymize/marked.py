"""A ticket in which masking missed somebody, with everything that was made of it: quotes, drafts, case files, runs."""

from pathlib import Path
from typing import Any, NamedTuple

import msgspec

import make
from casemill.anonymize import Folders, Marked, mask_marked
from casemill.domain.case import Case, Expect, Input, Lineage, Said
from casemill.domain.failure import Evidence
from casemill.domain.leak import Mark
from casemill.domain.ticket import Attachment, Ticket, ToolCall, Turn, text_at, texts_digest
from casemill.domain.word import changed
from casemill.store import Desk, Vault, asks, changes, drafts, leaks, proposals, reviews, runs, tickets
from casemill.suite import case_path, case_text

MISSED = "Zubrowka"
KEY = "file:T-9"
TEXT = f"{MISSED} from next door took order [ORDER_1]; ask {MISSED.upper()}"


def ticket(version: int = 1, **fields: Any) -> Ticket:
    call = ToolCall(name="find_neighbour", arguments={"who": MISSED, MISSED: [1]}, result=f'{{"name": "{MISSED}"}}')
    told: dict[str, Any] = {
        "source": "file",
        "version": version,
        "digest": f"sha256:{version}",
        "subject": f"{MISSED} took it",
        "turns": (
            Turn(role="customer", text=TEXT, by="[NAME_1]"),
            Turn(role="assistant", text=make.BAD),
            Turn(role="tool", call=call),
            Turn(role="agent", text="Thank you", by=MISSED),
        ),
        "resolution": f"Told {MISSED}.",
        "tags": (MISSED.lower(),),
        "attachments": (Attachment(name=f"{MISSED}.pdf"),),
    }
    return make.ticket("T-9", **(told | fields))


def case(**fields: Any) -> Case:
    told: dict[str, Any] = {
        "input": Input(turns=(Said(customer=TEXT),)),
        "expect": Expect(outcome="answer", behavior=f"Does not blame {MISSED}.", bad=make.BAD),
        "assert_": ({"not_contains": {"any": [f"{MISSED}'s fault"]}},),
        "lineage": Lineage(source="file", ticket="T-9"),
    }
    return make.case(**(told | fields))


class Project(NamedTuple):
    """Where everything lies."""

    vault: Vault
    desk: Desk
    folders: Folders

    def mark(self, words: str = MISSED, *, label: str = "NAME", path: str = "turns.0.text", version: int = 1) -> int:
        """What a reader says of the first place of the words."""
        with self.desk.write() as db:
            read = tickets.get(db, KEY, version)
            assert read is not None
            start = (text_at(read, path) or "").index(words)
            mark = Mark(path=path, start=start, end=start + len(words), label=label)
            told = {"version": version, "marks": (mark,), "note": f"{words}!", "read": texts_digest(read)}
            return leaks.add(db, make.leak_review(KEY, verdict="leak", by="reader@shop.test", **told))

    def act(self) -> Marked:
        return mask_marked(self.vault, self.desk, folders=self.folders, now=make.NOW)

    def bodies(self) -> str:
        """Every text of the desk, one after the other."""
        from casemill.store import desk_texts

        with self.desk.read() as db:
            return "\n".join(text for page in desk_texts.pages(db) for row in page for text in row.texts.values())


def laid_out(vault: Vault, desk: Desk, folder: Path) -> Project:
    """The ticket in two versions, and all that was made of it."""
    project = Project(vault, desk, Folders(folder / "evals", folder / "private"))
    made = case()
    path = project.folders.suite / case_path(made)
    path.parent.mkdir(parents=True)
    path.write_text(f"# {MISSED} was asked\n{case_text(made)}")
    old = case(id="old-one-7q3k2d", failure_mode="wrong_fact")
    archived = project.folders.suite / "archive/old-one-7q3k2d.yaml"
    archived.parent.mkdir()
    archived.write_text(case_text(old))
    (project.folders.suite / "releases").mkdir()
    (project.folders.suite / "releases/1.md").write_text(f"# Release 1\n\nAbout {MISSED}.\n")
    verdict = make.verdict(case=made.id, reason=f"says {MISSED}", trials=())
    other = make.verdict(case="other-7q3k2d", reason=f"says {MISSED}", trials=())
    run = make.run(verdicts=(verdict, other))
    (project.folders.private / "runs").mkdir(parents=True)
    lines = (run.head, verdict, other)
    content = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    (project.folders.private / "runs/1.jsonl").write_bytes(content)
    vault.save_entities("file", "T-9", [])
    quote = Evidence(quote=f"{MISSED} from next door", why="blamed", turn=0)
    with desk.write() as db:
        for version in (1, 2):
            tickets.put(db, ticket(version))
        proposals.add(db, make.proposal(KEY, evidence=(quote,)))
        asks.ask(db, kind="review", ticket=KEY, version=2, why=f"{MISSED} is named", now=make.NOW)
        reviews.add(db, make.review(KEY, note=f"{MISSED} again", by="zubrowka@shop.test"))
        drafts.put(db, make.draft(KEY, case=made))
        written = changes.add(db, make.change(case_path(made), text=path.read_text(), case=made.id))
        changes.mark_written(db, written, make.NOW)
        runs.put(db, changed(run, verdicts=(verdict,)), file_digest="sha256:1")
    return project
