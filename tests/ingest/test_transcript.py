"""Pasted chats become turns; everything else stays whole."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.ingest.speakers import cast_of
from casemill.ingest.transcript import Split, split

CAST = cast_of(["Anna Petrova", "anna@shop.test"], agents=["Dan Osei"], bots=["Mila"])

CHATS = {
    "seconds in brackets": "(12:04:03) Anna: refund?\n(12:04:09) AI Assistant: done.\nIn 5 days: money\n"
    "(12:05:00) Anna: ok",
    "quoted": "> You: refund?\n> Assistant: done.\n> In 5 days: money\n> You: ok",
    "me and bot": "Me: refund?\nBot: done.\nIn 5 days: money\nMe: ok",
    "square brackets and a dash": "[12:04] Anna - refund?\n[12:04] Virtual Assistant - done.\nIn 5 days: money\n"
    "[12:05] Anna - ok",
    "bare times": "12:04 Anna: refund?\n12:04 Mila: done.\nIn 5 days: money\n12:05 Anna: ok",
    "am and pm": "11:59 AM Anna: refund?\n12:01 PM Support Bot: done.\nIn 5 days: money\n12:02 PM Anna: ok",
    "a phone's export": "[12/05/2026, 12:04:03] Anna: refund?\n[12/05/2026, 12:04:09] Mila: done.\nIn 5 days: money\n"
    "[12/05/2026, 12:05:00] Anna: ok",
    "date, time, dash": "12.05.2026, 12:04 - Anna: refund?\n12.05.2026, 12:04 - Mila: done.\nIn 5 days: money\n"
    "12.05.2026, 12:05 - Anna: ok",
    "time after the name": "Anna (12:04): refund?\nMila (12:04): done.\nIn 5 days: money\nAnna (12:05): ok",
    "roles in bold": "**User:** refund?\n**Assistant:** done.\nIn 5 days: money\n**User:** ok",
    "customer and assistant": "Customer: refund?\nAssistant: done.\nIn 5 days: money\nCustomer: ok",
    "russian me and bot": "Я: refund?\nБот: done.\nIn 5 days: money\nЯ: ok",
    "russian roles": "Клиент: refund?\nАссистент: done.\nIn 5 days: money\nКлиент: ok",
    "words below the label": "You:\nrefund?\nAssistant:\ndone.\nIn 5 days: money\nYou:\nok",
    "a stranger's name": "(12:04) kk99: refund?\n(12:04) Mila: done.\nIn 5 days: money\n(12:05) kk99: ok",
    "a numbered visitor": "(12:04) Web User 3edc: refund?\n(12:04) Mila: done.\nIn 5 days: money\n"
    "(12:05) Web User 3edc: ok",
}
TURNS = [("customer", "refund?"), ("assistant", "done.\nIn 5 days: money"), ("customer", "ok")]
BEFORE = "it told me I get my money.\nNothing came: why?"


def said(found: Split | None) -> list[tuple[str, str]]:
    assert found is not None
    return [(turn.role, turn.text) for turn in found.turns]


@pytest.mark.parametrize("chat", CHATS.values(), ids=CHATS)
def test_every_form_of_chat_becomes_its_turns(chat: str) -> None:
    assert said(split(chat, CAST)) == TURNS


@pytest.mark.parametrize("chat", CHATS.values(), ids=CHATS)
def test_what_stands_before_a_chat_is_kept_apart_from_it(chat: str) -> None:
    found = split(f"{BEFORE}\n\n----\n{chat}", CAST)
    assert said(found) == TURNS
    assert found is not None
    assert found.before == BEFORE


NO_CHATS = {
    "a form": "Customer: Anna\nAgent: Dan\nOrder: 5",
    "an e-mail's head": "From: Anna\nTo: Support\nSubject: the bot\nDate: 12:05",
    "a list of times": "12:04 Order: placed\n12:05 Payment: failed\n12:06 Refund: none",
    "prose": "I told the bot: refund. It answered: no. Then me: why?",
    "prose over lines": "i wrote the bot: help me\ngot: it cancelled my booking\nChat copy:",
    "an order": "Order: 1\nItem: lamp\nPrice: $5",
    "one quoted reply": "Bot: I can't do that\nthat is what it said",
    "nobody answers": "Me: \nBot: ",
    "one speaker": "Me: hi\nMe: hello?\nMe: anybody?",
    "times without names": "12:04 hi\n12:05 hello",
    "a greeting": "Hi,\nYou: are great\nBest: Anna",
    "nothing": "",
}


@pytest.mark.parametrize("text", NO_CHATS.values(), ids=NO_CHATS)
def test_a_text_that_is_not_clearly_a_chat_stays_whole(text: str) -> None:
    assert split(text, CAST) is None


def test_words_after_a_quoted_chat_are_the_customers_again() -> None:
    found = split("> You: refund?\n> Assistant: done.\nplease look\nAnna", CAST)
    assert found is not None
    assert (len(found.turns), found.after) == (2, "please look\nAnna")


def test_a_colleague_who_steps_in_is_an_agent() -> None:
    chat = "(10:00) Anna: hi\n(10:01) Mila: hello\n(10:02) Dan Osei: taking over\n(10:03) Olga: me too"
    assert [role for role, _ in said(split(chat, CAST))] == ["customer", "assistant", "agent", "agent"]
    assert said(split("Me: hi\nBot: hello\nAgent Olga: taking over", CAST))[2] == ("agent", "taking over")


def test_the_helpdesks_own_lines_are_no_turns() -> None:
    head = "Chat started: 2026-05-12 12:03 UTC\n\n(12:04:00) *** Anna joined ***"
    chat = "(12:04:03) Anna: hi\n(12:04:09) Mila: yes\n(12:05:01) *** Anna left ***"
    found = split(f"{head}\n{chat}", CAST)
    assert found == Split("", found.turns if found else (), "")
    assert said(found) == [("customer", "hi"), ("assistant", "yes")]


def test_calls_written_as_code_inside_a_reply_are_tool_turns() -> None:
    coded = "var_6 = get_order(order_id='#W1', n=2)\n# var_6 = {\"a\": 1}\nIt is here."
    found = split(f"Me: where?\nBot: {coded}\nMe: ok", CAST)
    assert found is not None
    assert [turn.role for turn in found.turns] == ["customer", "tool", "assistant", "customer"]
    call = found.turns[1].call
    assert call is not None
    assert (call.name, call.arguments, call.result) == ("get_order", {"order_id": "#W1", "n": 2}, '{"a": 1}')


HOSTILE = (
    *("Me: hi " + "x: " * 1_700_000, "Me: a b c\n" * 200_000, "12:04 " * 800_000, "> " * 2_500_000),
    *("(12:04) a b c " * 300_000, "1:1" * 1_500_000, "Me: " * 1_250_000, "[" * 5_000_000),
    "\n".join(["(12:04) " + "a b " * 12] * 50_000),
)
STRANDS = ("Me: ", "Bot: ", "> You: ", "(1:22) Anna: ", "x", "word: ", "\n", "\n\n", "12:04 ", " - ", "***")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.slow
def test_five_hostile_megabytes_take_seconds_not_hours(text: str) -> None:
    begun = time.monotonic()
    split(text, CAST)
    assert time.monotonic() - begun < 60


@given(st.lists(st.sampled_from(STRANDS)))
def test_nothing_is_ever_invented(parts: list[str]) -> None:
    text = "".join(parts)
    found = split(text, CAST)
    if found is not None:
        words = "".join((found.before, *(turn.text for turn in found.turns), found.after)).split()
        assert len("".join(words)) <= len("".join(text.split()))
        assert len({turn.role for turn in found.turns}) >= 2
