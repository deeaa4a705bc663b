"""Everything that comes is screened before it is masked, and what cannot be looked at counts as danger."""

import json
from pathlib import Path

import pytest

import make
from casemill.anonymize import mask_waiting
from casemill.domain.notice import Flag
from casemill.domain.ticket import Macro
from casemill.ingest.pull import Intake, ingest_file
from casemill.ingest.screen import Watch, dangers_in, dangers_of, said, screen_waiting, whom
from casemill.ingest.screening import classifier
from casemill.settings import People, Settings
from casemill.store import Desk, Vault, tickets
from casemill.store.screening import Lease

SETTINGS = Settings(people=People(safety="safety@shop.test"))
WATCH = Watch("a", make.NOW)
DIRE, CALM = "I want to d1e tonight", "where is my order?"


def put(stores: tuple[Vault, Desk], folder: Path, *texts: str) -> None:
    path = folder / "tickets.jsonl"
    path.write_text("".join(json.dumps({"id": f"{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    ingest_file(stores, Intake(path, folder / "rejects"), settings=SETTINGS.ingest, now=make.NOW)


def flags(desk: Desk) -> dict[str, tuple[Flag, ...]]:
    with desk.read() as db:
        return {row.ticket.external_id: row.ticket.flags for row in tickets.everything(db)}


def test_what_came_is_screened_once_and_the_owner_has_a_notice(vault: Vault, desk: Desk, tmp_path: Path) -> None:
    put((vault, desk), tmp_path, DIRE, CALM, "я подам на вас в суд")
    done = screen_waiting(vault, settings=SETTINGS, watch=WATCH)
    assert (done.screened, done.flagged, done.dangers) == (3, 2, {"distress": 1, "legal": 1})
    assert screen_waiting(vault, settings=SETTINGS, watch=WATCH).screened == 0
    counts, told = vault.notices(limit=9)
    assert counts == {"distress": 1, "legal": 1}
    assert {notice.whom for notice in told} == {"safety@shop.test"}


def test_a_flag_comes_to_the_desk_with_its_ticket(vault: Vault, desk: Desk, tmp_path: Path) -> None:
    put((vault, desk), tmp_path, DIRE, CALM)
    screen_waiting(vault, settings=SETTINGS, watch=WATCH)
    mask_waiting(vault, desk, settings=SETTINGS, now=make.NOW)
    assert flags(desk) == {"0": (Flag(danger="distress", path="turns.0.text"),), "1": ()}


def test_nothing_is_masked_unscreened_also_when_another_worker_holds_it(
    vault: Vault, desk: Desk, tmp_path: Path
) -> None:
    put((vault, desk), tmp_path, DIRE)
    vault.lease(Lease("somebody who was killed", make.NOW, 10, 5))
    mask_waiting(vault, desk, settings=SETTINGS, now=make.NOW)
    assert flags(desk)["0"][0].danger == "distress"
    assert vault.notices(limit=9)[0] == {"distress": 1}


def test_what_breaks_screening_flags_the_ticket(
    vault: Vault, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> classifier.Weights:
        raise FileNotFoundError("screen.npz")

    put((vault, desk), tmp_path, CALM, CALM)
    monkeypatch.setattr(classifier, "shipped", gone)
    assert screen_waiting(vault, settings=SETTINGS, watch=WATCH).dangers == {"unscreened": 2}
    mask_waiting(vault, desk, settings=SETTINGS, now=make.NOW)
    assert flags(desk)["0"] == (Flag(danger="unscreened"),)
    assert vault.notices(limit=9)[0] == {"unscreened": 2}


def test_a_payload_that_cannot_be_read_is_flagged(vault: Vault) -> None:
    vault.put_page([make.payload("1", content=b"not json"), make.payload("2", content=b"\xff{")], now=make.NOW)
    assert screen_waiting(vault, settings=SETTINGS, watch=WATCH).dangers == {"unscreened": 2}


def test_what_the_customer_writes_is_scored_and_what_is_noted_about_it_is_met_by_phrases() -> None:
    macro = Macro(id="1", title="macro", text="canned")
    talk = make.turns(("customer", "question"), ("assistant", "reply"), ("agent", "answer"), ("note", "private"))
    ticket = make.ticket(turns=talk, subject="subject", resolution="note", macro=macro, csat_comment="rated")
    looked = {one.text: one.scored for one in said(ticket)}
    assert {text for text, scored in looked.items() if scored} == {"subject", "question", "rated"}
    assert not looked["note"]
    assert not looked["private"]
    assert not set(looked) & {"macro", "canned", "reply", "answer"}


def test_where_no_turn_is_the_customers_every_speaker_is() -> None:
    ticket = make.ticket(turns=make.turns(("assistant", DIRE), ("agent", "answer")))
    assert {DIRE, "answer"} <= {one.text for one in said(ticket) if one.scored}


def test_the_customers_words_are_scored_also_where_a_note_repeats_them() -> None:
    ticket = make.ticket(turns=make.turns(("note", "nobody"), ("customer", "nobody")))
    assert [one.scored for one in said(ticket) if one.text == "nobody"] == [True]


def test_a_danger_stands_out_of_a_long_talk() -> None:
    assert dangers_of([*["where is my order, it is late"] * 40, DIRE, *["thanks a lot for this"] * 40]) == {"distress"}


@pytest.mark.parametrize(
    "text",
    [
        "yes I think so",
        "nothing else, thanks",
        "I'll keep an eye out for the email",
        "I'll be patient",
        "Re: Conversation",
        "what's the status of the refund myself",
        "I have a runny nose",
        "сомневаюсь, пусть оператор проверит заказ",
    ],
)
def test_ordinary_talk_is_left_alone(text: str) -> None:
    assert dangers_in([text]) == [set()]


def test_one_sentence_in_a_long_ticket_is_enough() -> None:
    long = f"{'The parcel was late. ' * 300}\nnobody would notice if i was gone forever\n{'Thanks a lot. ' * 300}"
    assert "distress" in dangers_in([long])[0]


def test_a_page_is_looked_at_as_its_texts_are_one_by_one() -> None:
    some = [DIRE, CALM, "", "я вас убью", "сотқа беремін", "!!!", "I'll sue", "issue"]
    assert dangers_in(some) == [dangers_in([text])[0] for text in some]


def test_the_owner_of_safety_is_told_else_the_pipelines_else_me() -> None:
    assert whom(SETTINGS) == "safety@shop.test"
    assert whom(Settings(people=People(owner="lead@shop.test", me="me@shop.test"))) == "lead@shop.test"
    assert whom(Settings(people=People(me="me@shop.test"))) == "me@shop.test"
    assert whom(Settings()) is None
