"""A ticket with payload, mapping, traces, everything that was made of it, and copies beside it: all to be erased."""

from pathlib import Path

import make
from anonymize.marked import KEY, Project, laid_out
from casemill.anonymize import Ground, Order, Places, erase_tickets
from casemill.domain.arrival import Payload
from casemill.domain.erasure import Certificate, Keeps
from casemill.domain.placeholder import Entity
from casemill.settings import Anonymize, People, Settings
from casemill.store import Desk, Vault
from casemill.store.traces import Key, SpanRow, Wish

BY = "dpo@shop.test"
WHY = "Erasure request 17 of 20 November"
NAME, MAIL, PHONE = "Wanda Zubrowka", "wanda.z@mail.test", "+7 701 123 45 67"
CONTENT = (
    f'{{"form":"jsonl","record":{{"id":"T-9","requester_name":"{NAME}","requester_email":"{MAIL}",'
    f'"text":"I am {NAME}, {PHONE}"}}}}'
).encode()
TALK = ("file", "T-9")
OTHER = ("file", "T-10")


def payload(external_id: str = "T-9", *, content: bytes = CONTENT) -> Payload:
    return make.payload(external_id, source="file", content=content)


def people(*more: Entity) -> tuple[Entity, ...]:
    return (
        Entity(label="NAME", number=1, values=(NAME, "Wanda", "Zubrowka"), role="customer"),
        Entity(label="EMAIL", number=1, values=(MAIL,)),
        Entity(label="PHONE", number=1, values=(PHONE,)),
        *more,
    )


def filled(vault: Vault, desk: Desk, folder: Path) -> Project:
    """The ticket of `marked` with its vault side, its traces, a cache and a reject; another ticket shares the mail."""
    vault.put_page([payload(), payload(content=CONTENT + b" "), payload("T-10")], now=make.NOW)
    project = laid_out(vault, desk, folder)
    vault.save_entities(*TALK, people())
    vault.save_entities(*OTHER, (Entity(label="EMAIL", number=1, values=(MAIL,)),))
    vault.confirm([NAME])
    vault.put_spans(
        [SpanRow("t1", "s1", b"own"), SpanRow("t2", "s2", b"shared"), SpanRow("t3", "s3", b"another's")], now=make.NOW
    )
    mine = [Wish(Key("id", "t1")), Wish(Key("id", "t2"))]
    vault.trace_offers({TALK: mine, OTHER: [Wish(Key("id", "t2")), Wish(Key("id", "t3"))]})
    for name, text in (("cache/suite.msgpack", NAME), ("rejects/file-1.jsonl", f'{{"why": "{MAIL} is no date"}}\n')):
        path = project.folders.private / name
        path.parent.mkdir()
        path.write_text(text)
    return project


def places(project: Project, *, keeps: Keeps = "cases") -> Places:
    settings = Settings(people=People(vault=(BY,)), anonymize=Anonymize(erase_keeps=keeps))
    return Places(project.vault, project.desk, Ground(settings, *project.folders))


def erase(project: Project, *keys: str, keeps: Keeps = "cases", by: str = BY, why: str = WHY) -> Certificate:
    order = Order(keys or (KEY,), by, why)
    return erase_tickets(places(project, keeps=keeps), order, now=make.NOW)
