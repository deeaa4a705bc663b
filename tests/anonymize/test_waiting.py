"""What waits in the vault reaches the desk masked, once, whatever happens on the way."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

import make
from casemill.anonymize import mask_waiting
from casemill.cli.main import casemill
from casemill.domain.arrival import Payload
from casemill.domain.placeholder import Entity
from casemill.domain.ticket import Ticket
from casemill.ingest.pull import Intake, ingest_file
from casemill.settings import Anonymize, Settings
from casemill.store import Desk, Vault, tickets

SETTINGS = Settings()
ROW: dict[str, Any] = {
    "id": "T-1",
    "subject": "order 548921",
    "requester": {"id": "u77", "name": "Anna Karimova", "email": "anna.k@example.com", "phone": "+7 701 123 45 67"},
    "messages": [
        {
            "role": "customer",
            "content": "Hi, Anna here. Order 548921 from 03.11 for 12,990 tenge is lost, call 87011234567",
            "name": "Anna Karimova",
        },
        {"role": "assistant", "content": "Dear Ms. Karimova, your refund is processed.", "name": "AI Assistant"},
        {"role": "agent", "content": "Sorry, Anna K.! Dan", "name": "Dan Brown"},
    ],
    "resolution": "Karimova was promised a refund for 548921; anna.k@example.com told.",
    "expected": "Say that no refund was started for 548921.",
    "csat_comment": "anna: bad",
    "tags": ["refund", "anna.k@example.com"],
}
Put = Callable[..., None]


@pytest.fixture
def put(vault: Vault, desk: Desk, tmp_path: Path) -> Put:
    """Lays rows in the vault as `ingest` does."""

    def rows(*given: dict[str, Any]) -> None:
        path = tmp_path / "tickets.jsonl"
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in given), encoding="utf-8")
        intake = Intake(path=path, rejects=tmp_path / "rejects", form="jsonl")
        ingest_file((vault, desk), intake, settings=SETTINGS.ingest, now=make.NOW)

    return rows


def run(vault: Vault, desk: Desk, settings: Settings = SETTINGS) -> Any:
    return mask_waiting(vault, desk, settings=settings, now=make.NOW)


def on_desk(desk: Desk, key: str = "file:T-1") -> Ticket:
    with desk.read() as db:
        found = tickets.get(db, key)
    assert found is not None
    return found


def test_a_ticket_reaches_the_desk_with_placeholders_and_its_facts(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW)
    done = run(vault, desk)
    assert (done.masked, done.changed, done.same, done.stuck) == (1, 0, 0, 0)
    ticket = on_desk(desk)
    assert ticket.subject == "order [ORDER_1]"
    assert [turn.text for turn in ticket.turns][:3] == [
        "Hi, [NAME_1] here. Order [ORDER_1] from 03.11 for 12,990 tenge is lost, call [PHONE_1]",
        "Dear Ms. [NAME_1], your refund is processed.",
        "Sorry, [NAME_1]! [NAME_2]",
    ]
    assert ticket.resolution == "[NAME_1] was promised a refund for [ORDER_1]; [EMAIL_1] told."
    assert ticket.expected == "Say that no refund was started for [ORDER_1]."
    assert ticket.csat_comment == "[NAME_1]: bad"
    assert ticket.tags == ("refund", "[EMAIL_1]")
    assert vault.counts() == {"masked": 1}


def test_nothing_real_is_left_anywhere_in_the_row(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW)
    run(vault, desk)
    body = msgspec.json.encode(on_desk(desk)).decode()
    for real in ("Anna", "Karimova", "anna", "Dan", "Brown", "548921", "7011234567", "u77"):
        assert real not in body, real


def test_the_mapping_stays_in_the_vault(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW)
    run(vault, desk)
    people = {entity.placeholder: entity for entity in vault.entities("file", "T-1")}
    assert people["[NAME_1]"].values[0] == "Anna Karimova"
    assert people["[NAME_1]"].role == "customer"
    assert people["[NAME_2]"].role == "agent"
    assert people["[ORDER_1]"].values == ("548921",)


def test_the_same_requester_has_the_same_person_key_and_nobody_else(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW, {**ROW, "id": "T-2"}, {**ROW, "id": "T-3", "requester": {"id": "u78", "name": "Dana"}})
    run(vault, desk)
    keys = [on_desk(desk, f"file:T-{number}").person for number in (1, 2, 3)]
    assert keys[0] == keys[1] == vault.person_key("file", "u77")
    assert keys[2] not in (None, keys[0])


def test_a_changed_ticket_keeps_its_placeholders(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW)
    run(vault, desk)
    first = {entity.placeholder: entity.values for entity in vault.entities("file", "T-1")}
    later = [{"role": "customer", "content": "Olga, order 777123 too. And 548921?"}, *ROW["messages"]]
    put({**ROW, "messages": later})
    assert run(vault, desk).changed == 1
    ticket = on_desk(desk)
    assert ticket.version == 2
    assert ticket.turns[0].text == "[NAME_3], order [ORDER_2] too. And [ORDER_1]?"
    now = {entity.placeholder: entity.values for entity in vault.entities("file", "T-1")}
    assert {name: now[name] for name in first} == first


def test_run_again_changes_nothing(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW)
    run(vault, desk)
    before = (on_desk(desk), vault.entities("file", "T-1"))
    assert run(vault, desk).masked == 0
    put(ROW)
    assert run(vault, desk).masked == 0
    assert (on_desk(desk), vault.entities("file", "T-1")) == before


def test_killed_after_the_desk_and_before_the_mark_it_ends_the_same(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW)
    run(vault, desk)
    before = (on_desk(desk), vault.entities("file", "T-1"))
    [arrival] = [vault.arrival("file", "T-1")]
    assert arrival is not None
    vault.mark([arrival.id], state="arrived")
    done = run(vault, desk)
    assert (done.masked, done.same) == (0, 1)
    assert (on_desk(desk), vault.entities("file", "T-1")) == before
    assert vault.counts() == {"masked": 1}


def test_killed_after_the_mapping_the_numbers_are_the_same(vault: Vault, desk: Desk, put: Put) -> None:
    put(ROW)
    other = {**ROW, "id": "T-2", "messages": [{"role": "customer", "content": "order 777123, then 548921"}]}
    put(other)

    class Stop(Exception):
        pass

    class Stopping:
        def start(self, total: int | None) -> None: ...

        def step(self, done: int = 1) -> None:
            raise Stop

    with pytest.raises(Stop):
        mask_waiting(vault, desk, settings=SETTINGS, now=make.NOW, progress=Stopping())
    before = vault.entities("file", "T-2")
    run(vault, desk)
    assert vault.entities("file", "T-2") == before
    assert on_desk(desk, "file:T-2").turns[0].text == "order [ORDER_2], then [ORDER_1]"


def test_an_unreadable_payload_is_stuck_and_the_others_go_on(vault: Vault, desk: Desk, put: Put) -> None:
    broken = Payload(source="file", external_id="T-0", content=b'{"form": "jsonl", "rows": "anna@example.com"}')
    vault.put_page([broken], now=make.NOW)
    put(ROW)
    done = run(vault, desk)
    assert (done.masked, done.stuck) == (1, 1)
    stuck = vault.arrival("file", "T-0")
    assert stuck is not None
    assert stuck.state == "stuck"
    assert stuck.reason == done.reasons[0]
    assert "file:T-0 (version 1): cannot be read" in done.reasons[0]
    assert "ingest it again" in done.reasons[0]
    assert "anna" not in done.reasons[0]
    assert run(vault, desk).stuck == 0


def test_the_settings_words_are_kept_and_masked(vault: Vault, desk: Desk, put: Put) -> None:
    put({"id": "T-1", "text": "Fast Fox lost it, write to help@shop.test on the Plus plan"})
    settings = Settings(anonymize=Anonymize(keep=("help@shop.test",), mask=("COURIER:Fast Fox",)))
    run(vault, desk, settings)
    assert on_desk(desk).turns[0].text == "[COURIER_1] lost it, write to help@shop.test on the Plus plan"


def test_more_than_a_page_is_masked_and_told(vault: Vault, desk: Desk, put: Put) -> None:
    put(*({"id": f"T-{number}", "text": f"order {548000 + number}"} for number in range(230)))
    steps: list[int] = []

    class Watching:
        def start(self, total: int | None) -> None:
            steps.append(total or 0)

        def step(self, done: int = 1) -> None:
            steps.append(done)

    done = mask_waiting(vault, desk, settings=SETTINGS, now=make.NOW, progress=Watching())
    assert done.masked == 230
    assert steps == [230, 100, 100, 30]
    assert on_desk(desk, "file:T-229").turns[0].text == "order [ORDER_1]"


def test_the_link_to_the_ticket_stays(vault: Vault, desk: Desk, put: Put) -> None:
    put({"id": "700007", "text": "hi", "link": "https://shop.zendesk.com/agent/tickets/700007"})
    run(vault, desk)
    assert on_desk(desk, "file:700007").link == "https://shop.zendesk.com/agent/tickets/700007"


def test_a_stranger_who_signs_a_turn_is_a_person(vault: Vault, desk: Desk, put: Put) -> None:
    put(
        {
            "id": "T-1",
            "messages": [
                {"role": "agent", "content": "Best, Priya", "name": "Priya Raman"},
                {"role": "customer", "content": "thanks priya"},
            ],
        }
    )
    run(vault, desk)
    assert [turn.text for turn in on_desk(desk).turns] == ["Best, [NAME_1]", "thanks [NAME_1]"]


def test_the_command_tells_what_it_did_and_exits_4_when_something_is_stuck(project: Path) -> None:
    source = project / "tickets.jsonl"
    source.write_text(json.dumps(ROW) + "\n", encoding="utf-8")
    runner = CliRunner()
    at = ["--project", str(project)]
    assert runner.invoke(casemill, [*at, "ingest", "file", str(source)]).exit_code == 0
    done = runner.invoke(casemill, [*at, "anonymize"])
    assert (done.exit_code, done.stdout) == (0, "Masked 1 ticket: 0 changed, 0 the same, 0 stuck.\n")
    assert runner.invoke(casemill, [*at, "anonymize"]).stdout == "Nothing waits to be masked.\n"
    told = json.loads(runner.invoke(casemill, [*at, "anonymize", "--json"]).stdout)
    assert told | {"masked": 0, "changed": 0, "same": 0, "stuck": 0, "reasons": []} == told


def test_the_command_names_what_is_stuck(project: Path) -> None:
    from casemill.settings import Store
    from casemill.store import open_vault

    with open_vault(Store(), root=project) as vault:
        vault.put_page([Payload(source="file", external_id="T-0", content=b"{}")], now=make.NOW)
    done = CliRunner().invoke(casemill, ["--project", str(project), "anonymize"])
    assert done.exit_code == 4
    assert "file:T-0 (version 1)" in done.stdout


TOLD: dict[str, Any] = {
    "id": "T-1",
    "messages": [
        {"role": "customer", "text": "Orlovskis parcel to Ludmila, 763 Broadway"},
        {
            "role": "tool",
            "call": {
                "name": "get_customer",
                "arguments": {"first_name": "Ludmila", "last_name": "Orlovski", "items": [{"name": "Wristwatch"}]},
                "result": json.dumps({"recipient_name": "Bruno Falk", "address1": "763 Broadway", "city": "Riga"}),
            },
        },
        {
            "role": "tool",
            "call": {"name": "log", "arguments": {"body": '{"surname": "Tennant"}'}, "result": "{'имя': 'Ева'}"},
        },
        {"role": "agent", "by": "Tobias Ferncastle", "text": "Hello Bruno and Tennant.\nTobias"},
    ],
    "resolution": "Ева and Bruno were told",
    "macro": {"id": "47", "title": "For Bruno", "text": "write dora@corp.test or help@shop.test"},
}


def test_whom_structured_data_names_is_masked_in_all_of_the_ticket(vault: Vault, desk: Desk, put: Put) -> None:
    put(TOLD)
    run(vault, desk, Settings(anonymize=Anonymize(keep=("help@shop.test",))))
    ticket = on_desk(desk)
    shown = msgspec.json.encode(ticket).decode()
    gone = ("Ludmila", "Orlovski", "Bruno", "Falk", "Tennant", "Ева", "Tobias", "Broadway", "dora@")
    assert [value for value in gone if value in shown] == []
    assert [value for value in ("Wristwatch", "Riga", "help@shop.test") if value not in shown] == []
    assert ticket.turns[0].text == "[NAME_1]s parcel to [NAME_1], [ADDRESS_1]"


@pytest.mark.parametrize("id", ["anna.k@example.com", "+7 701 123 45 67"])
def test_a_ticket_whose_id_is_somebodys_never_reaches_the_desk(vault: Vault, desk: Desk, put: Put, id: str) -> None:
    content = json.dumps({"form": "jsonl", "columns": {"id": "id", "text": "text"}, "rows": [{"id": id, "text": "hi"}]})
    vault.put_page([Payload(source="file", external_id=id, content=content.encode())], now=make.NOW)
    put({"id": id, "text": "hi"}, {"id": "35436697", "text": "hi"})
    done = run(vault, desk)
    with desk.read() as db:
        assert [row.ticket.external_id for row in tickets.everything(db)] == ["35436697"]
    assert id not in "".join(done.reasons)
    assert done.stuck == 1


def test_a_ticket_says_how_it_was_masked(vault: Vault, desk: Desk, put: Put) -> None:
    text = "Anna Karimova and Anna Sokolova disagree. What does Anna say?"
    put({"id": "T-1", "messages": [{"role": "customer", "content": text, "name": "Anna Karimova"}]})
    run(vault, desk)
    masking = on_desk(desk).masking
    assert masking is not None
    assert masking.layers[:3] == ("structured", "identities", "cues")
    assert "tagger:latin" in masking.layers
    assert 0 <= masking.doubt <= 1
    assert masking.unsure == ("[NAME_3] may be [NAME_1] or [NAME_2]",)


def test_versions_of_one_ticket_on_one_page_keep_their_numbers(vault: Vault, desk: Desk, put: Put) -> None:
    put({"id": "T-1", "text": "order 548921"})
    put({"id": "T-1", "text": "order 777123, not order 548921"})
    assert run(vault, desk).masked == 1
    assert on_desk(desk).turns[0].text == "order [ORDER_2], not order [ORDER_1]"


def test_what_another_worker_numbered_meanwhile_is_masked_once_more(
    vault: Vault, desk: Desk, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put({"id": "T-1", "text": "order 548921 and order 777123"}, {"id": "T-2", "text": "order 548922"})
    look = vault.entities_of

    def late(talks: Any) -> Any:
        """What the other worker does comes between the look and the save."""
        found = look(talks)
        vault.save_entities("file", "T-1", [Entity(label="ORDER", number=1, values=("777123",))])
        return found

    monkeypatch.setattr(vault, "entities_of", late)
    done = run(vault, desk)
    assert (done.masked, done.stuck) == (2, 0)
    assert on_desk(desk).turns[0].text == "order [ORDER_2] and order [ORDER_1]"
    assert on_desk(desk, "file:T-2").turns[0].text == "order [ORDER_1]"


def test_words_that_reviewers_called_personal_are_masked_in_new_tickets(vault: Vault, desk: Desk, put: Put) -> None:
    vault.learn("ORG", "Nova Dental")
    put({"id": "T-1", "text": "the nova dental app logs me out"})
    run(vault, desk)
    assert on_desk(desk).turns[0].text == "the [ORG_1] app logs me out"
