"""Whose a label is."""

import pytest

from casemill.ingest.speakers import cast_of, is_machine, speaker_of

CAST = cast_of(["Keiko Schmitt"], agents=["Keiko Osei", "Dan Osei"], bots=["Mila"])


CUSTOMERS = ("You", "me", "Я", "Customer", "Клиент", "Visitor 8812", "Web User 3edcce52", "Keiko", "keiko schmitt")
MACHINES = ("Bot", "AI Assistant", "Virtual Assistant", "Чат-бот", "Ассистент", "ИИ", "HelpBot", "Mila", "AI")
NOBODY = ("Order", "Total", "told the bot", "i asked your assistant", "", "Olga", "Support hours are", "Me too")


@pytest.mark.parametrize("label", CUSTOMERS)
def test_these_are_the_customer(label: str) -> None:
    assert speaker_of(label, CAST) == "customer"


@pytest.mark.parametrize("label", MACHINES)
def test_these_are_the_assistant(label: str) -> None:
    assert speaker_of(label, CAST) == "assistant"


@pytest.mark.parametrize("label", ["Agent", "Support", "Оператор", "Dan", "Keiko Osei", "Agent Dan"])
def test_these_are_an_agent(label: str) -> None:
    assert speaker_of(label, CAST) == "agent"


@pytest.mark.parametrize("label", NOBODY)
def test_these_are_nobody_we_know(label: str) -> None:
    assert speaker_of(label, CAST) is None


def test_an_account_is_a_machine_by_its_name() -> None:
    assert is_machine("AI Assistant")
    assert is_machine("Acme Answer Bot")
    assert is_machine("Бот поддержки")
    assert not is_machine("Abbott Mainor")
    assert not is_machine("Aidan Botha")
