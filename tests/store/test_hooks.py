"""What webhooks named: once a ticket, never lost, held by one worker at a time."""

import threading
from datetime import datetime, timedelta

import make
from casemill.store import Vault
from casemill.store.hooks import Heard, Look

NOW = make.NOW
MINUTE = timedelta(minutes=1)


def hear(vault: Vault, ticket: str = "7", *marks: str, now: datetime = NOW, source: str = "zendesk") -> bool:
    return vault.hear(Heard(source, ticket, marks), now=now, due=now)


def claim(vault: Vault, *, by: str = "one", now: datetime = NOW, source: str = "zendesk") -> Look | None:
    return vault.claim_look(source, by=by, now=now, until=now + 5 * MINUTE)


def held(vault: Vault, *, by: str = "one", now: datetime = NOW) -> Look:
    look = claim(vault, by=by, now=now)
    assert look is not None
    return look


def test_many_webhooks_of_one_ticket_are_one_look(vault: Vault) -> None:
    assert [hear(vault, "7", f"d{number}") for number in range(5)] == [True] * 5
    hear(vault, "8")
    assert vault.looks_due(now=NOW) == {"zendesk": 2}
    assert held(vault).ticket == "7"
    assert held(vault).ticket == "8"
    assert claim(vault) is None


def test_a_delivery_that_comes_again_changes_nothing_by_whichever_mark_it_is_known(vault: Vault) -> None:
    assert hear(vault, "7", "delivery:a", "signed:x")
    vault.finish_look(held(vault), due=NOW)
    assert not hear(vault, "7", "delivery:a", "signed:y")
    assert not hear(vault, "7", "delivery:b", "signed:x")
    assert vault.looks_due(now=NOW) == {}
    assert hear(vault, "7", "delivery:a", source="helpscout"), "another source's delivery is another"


def test_a_webhook_that_comes_during_a_fetch_is_looked_at_again(vault: Vault) -> None:
    hear(vault)
    look = held(vault)
    hear(vault)
    vault.finish_look(look, due=NOW + MINUTE)
    assert vault.looks_due(now=NOW) == {}
    assert held(vault, now=NOW + MINUTE).heard == 2


def test_what_a_dead_worker_held_is_due_again_and_its_late_word_does_nothing(vault: Vault) -> None:
    hear(vault)
    late = held(vault, by="dead")
    assert claim(vault, by="two", now=NOW + 4 * MINUTE) is None
    again = held(vault, by="two", now=NOW + 5 * MINUTE)
    vault.finish_look(late, due=NOW)
    vault.postpone_look(late, due=NOW)
    assert vault.looks_due(now=NOW + 9 * MINUTE) == {}
    vault.finish_look(again, due=NOW)
    assert vault.looks_due(now=NOW + 99 * MINUTE) == {}


def test_what_cannot_be_fetched_is_tried_later_and_counts(vault: Vault) -> None:
    hear(vault)
    vault.postpone_look(held(vault), due=NOW + MINUTE)
    hear(vault)
    assert claim(vault) is None, "a new webhook does not hurry what failed"
    assert held(vault, now=NOW + MINUTE).tries == 1


def test_deliveries_are_forgotten_after_a_while(vault: Vault) -> None:
    hear(vault, "7", "a", "b")
    hear(vault, "7", "c", now=NOW + MINUTE)
    assert vault.forget_deliveries(before=NOW + MINUTE) == 2
    assert hear(vault, "7", "a")
    assert not hear(vault, "7", "c")


def test_no_ticket_is_held_twice_however_many_ask_at_once(vault: Vault) -> None:
    for number in range(30):
        hear(vault, str(number))
    got: list[str] = []

    def work(name: str) -> None:
        while (look := claim(vault, by=name)) is not None:
            got.append(look.ticket)
            vault.finish_look(look, due=NOW)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got, key=int) == [str(number) for number in range(30)]


def test_of_many_senders_of_one_delivery_one_is_the_first(vault: Vault) -> None:
    first: list[bool] = []
    threads = [threading.Thread(target=lambda: first.append(hear(vault, "7", "same"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(first) == [False] * 7 + [True]
