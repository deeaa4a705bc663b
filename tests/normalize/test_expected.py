"""Expected behaviour: the field, then the note, then the macro, then nobody."""

import pytest

from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.normalize.expected import expected_of, macro_number, macro_version, read_note
from normalize.written import agent, bot, customer, ticket

MACRO = Article(
    kind="macro", id="3601", revision="2026-03-01T09:00:00Z", title="47: Refund", text="Never promise a refund."
)
TALK = (customer("refund please"), bot("Done!"), agent("sorry"))


def test_the_structured_field_is_trusted_most() -> None:
    told = expected_of(ticket(*TALK, note="It should refuse.", expected="Offers a refund request."), MACRO)
    assert (told.text, told.source, told.macro) == ("Offers a refund request.", "field", "47@2026-03-01")


def test_the_note_comes_before_the_macro() -> None:
    told = expected_of(ticket(*TALK, note="Bot promised a refund. It should say that none was started."), MACRO)
    assert (told.text, told.source) == ("It should say that none was started.", "note")
    assert told.wrong == "Bot promised a refund."


def test_the_macro_speaks_where_the_note_says_only_its_number() -> None:
    told = expected_of(ticket(*TALK, note="Resolved per macro 47"), MACRO)
    assert (told.text, told.source, told.macro) == ("Never promise a refund.", "macro", "47@2026-03-01")


def test_a_macros_own_text_needs_no_article() -> None:
    told = expected_of(ticket(*TALK, macro=Macro(id="47", text="Offer a request.", revision="3")))
    assert (told.text, told.source, told.macro) == ("Offer a request.", "macro", "47@3")


@pytest.mark.parametrize(
    "note",
    [
        "done",
        "resolved per macro 47.",
        "AI-related, logged",
        "AI-related, field filled in",
        "called customer",
        "see chat",
        "Expected: see field",
        "спасибо, решено",
        "ok, sorted",
        "Customer should send a photo.",
        "We should refund this one by Friday.",
        "Should we escalate?",
        "",
    ],
)
def test_a_useless_note_is_no_expectation(note: str) -> None:
    assert expected_of(ticket(*TALK, note=note)).text == ""


@pytest.mark.parametrize("field", ["n/a", "-", "see note", "yes", "TBD", "да", " "])
def test_a_field_that_says_nothing_is_passed_over(field: str) -> None:
    assert expected_of(ticket(*TALK, expected=field)).source is None


def test_one_word_that_names_an_outcome_is_enough() -> None:
    assert expected_of(ticket(*TALK, expected="Escalate")).text == "Escalate"


@pytest.mark.parametrize(
    ("note", "expected", "wrong"),
    [
        (
            "Bot error - it never did. correct behaviour: cancel order [ORDER_1]; say so. fixed by hand, told him",
            "cancel order [ORDER_1]; say so.",
            "Bot error - it never did.",
        ),
        ("AI issue. Wrong order.\nExpected: cancel [ORDER_2]", "cancel [ORDER_2]", "AI issue. Wrong order."),
        ("Told 60 days. What should have happened: say 30 days. Corrected manually.", "say 30 days.", "Told 60 days."),
        (
            "Cust is right. Wrong item. it had to change item 12",
            "it had to change item 12",
            "Cust is right. Wrong item.",
        ),
        ("Per policy the assistant must ask for the number.", "Per policy the assistant must ask for the number.", ""),
        ("Right outcome = hand over to a person", "hand over to a person", ""),
        ("Бот пообещал возврат. Он должен был сказать, что возврата нет.", None, "Бот пообещал возврат."),
        ("Посмотрела лог. Сказал 60 дней. Правильно было бы: 30 дней. Исправлено.", "30 дней.", "Сказал 60 дней."),
        ("Надо было передать оператору", "Надо было передать оператору", ""),
        ("Should:\n- say sorry\n- offer a return", None, ""),
        ("Expected:\n- say sorry\n- offer a return\nDone by Ann", "- say sorry - offer a return", ""),
    ],
)
def test_a_note_is_read_for_what_should_be_and_what_was_wrong(note: str, expected: str | None, wrong: str) -> None:
    told = read_note(note)
    if expected is not None:
        assert told.text == expected
    assert wrong in told.wrong


def test_the_bots_duty_is_found_beside_the_customers() -> None:
    told = read_note("Customer should send a photo; the bot must ask for it.")
    assert told.text == "Customer should send a photo; the bot must ask for it."
    assert read_note("Bot should tell the customer they must return it.").text


@pytest.mark.parametrize(
    ("note", "number"), [("Resolved per macro 47", "47"), ("per macro #13", "13"), ("макрос №5", "5"), ("done", None)]
)
def test_a_macros_number_is_read_from_the_note(note: str, number: str | None) -> None:
    assert macro_number(ticket(*TALK, note=note)) == number


def test_a_macro_is_named_by_its_number_and_the_day_of_its_revision() -> None:
    assert macro_version(None, MACRO) == "47@2026-03-01"
    assert macro_version(Macro(id="13"), None) == "13"
    assert macro_version(None, None) is None
