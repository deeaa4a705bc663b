"""The good reply: a person's answer to the customer's question, or none."""

import pytest

from casemill.normalize.reference import good_reply
from normalize.written import agent, bot, customer, ticket

ASKED = customer("how many days do I have to return a kettle?")
BAD = bot("You have 60 days.")
GOOD = "Hello! A kettle can be returned within 30 days, unused."


def test_the_first_answer_of_a_person_after_the_failure_is_the_reference() -> None:
    talk = ticket(ASKED, BAD, agent("I corrected it by hand, thanks!"), agent(GOOD), agent("Anything else?"))
    assert good_reply(talk, after=1, expected="") == GOOD


@pytest.mark.parametrize(
    "said",
    [
        "Thanks! I corrected it by hand. Anything else, just reply here. -Dan",
        "Здравствуйте! Мы проверили переписку, всё исправили вручную.",
        "Please enjoy our new lamps and their wonderful lights.",
        "ok",
    ],
)
def test_a_reply_that_answers_nothing_is_no_reference(said: str) -> None:
    assert good_reply(ticket(ASKED, BAD, agent(said)), after=1, expected="") is None


def test_a_reply_from_before_the_failure_is_no_reference() -> None:
    assert good_reply(ticket(ASKED, agent(GOOD), BAD), after=2, expected="") is None


@pytest.mark.parametrize("after", ["that's not true", "it still doesn't work", "всё ещё не работает"])
def test_a_reply_that_did_not_help_is_no_reference(after: str) -> None:
    assert good_reply(ticket(ASKED, BAD, agent(GOOD), customer(after)), after=1, expected="") is None


def test_a_thankful_customer_does_not_spoil_it() -> None:
    assert good_reply(ticket(ASKED, BAD, agent(GOOD), customer("great, thanks")), after=1, expected="") == GOOD
