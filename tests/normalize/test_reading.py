"""Words, facts, claims, manners and languages of a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.domain.language import language_of, pattern_of
from casemill.normalize.reading.claims import claims
from casemill.normalize.reading.courtesy import answers, is_courtesy, substance
from casemill.normalize.reading.values import others_than_wanted, says, values, ways_to_say
from casemill.normalize.reading.words import is_telling, shared_phrases, stem

texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)


@pytest.mark.parametrize(
    ("reply", "first"),
    [
        ("I've processed your refund, you should see it in 5–7 days.", "processed your refund"),
        ("So sorry! I have already processed your refund of $40.", "processed your refund"),
        ("Your order [ORDER_1] has been successfully cancelled.", "order [ORDER_1] has been successfully cancelled"),
        ("I went ahead and changed the shipping address of it.", "changed the shipping address"),
        ("I'll send a replacement today.", "I'll send a replacement today"),
        ("😊 An agent will call you within 2 hours.", "agent will call you within 2 hours"),
        ("Я оформил возврат денег по заказу [ORDER_1].", "оформил возврат денег"),
        ("Возврат уже оформлен.", "Возврат уже оформлен"),
        ("деньги вернутся на карту за 3 дня", "деньги вернутся на карту"),
    ],
)
def test_a_claim_is_the_shortest_clause_that_makes_it(reply: str, first: str) -> None:
    assert claims(reply)[0] == first


@pytest.mark.parametrize(
    "reply",
    [
        "No refund was started yet. I can open a refund request for you.",
        "I have not cancelled your order.",
        "Возврат не оформлен.",
        "Where would you like it sent?",
    ],
)
def test_a_denial_or_an_offer_claims_nothing(reply: str) -> None:
    assert claims(reply) == ()


@given(texts)
def test_claims_are_exact_substrings_of_the_reply(text: str) -> None:
    assert all(claim in text for claim in claims(text))


@given(texts)
def test_facts_stand_where_they_say(text: str) -> None:
    assert all(text[value.start : value.end] == value.text for value in values(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("within 5 to 7 business days", ["5 to 7 business days"]),
        ("$1,166.98 and 12 990 тенге, 20%", ["$1,166.98", "12 990 тенге", "20%"]),
        ("on 2026-03-01 or March 3rd, до 6 ноября", ["2026-03-01", "March 3rd", "6 ноября"]),
        ("see KB-1042@4, flight HAT082", ["KB-1042@4", "HAT082"]),
        ("[ORDER_1] has 3 items, 4602305039", ["[ORDER_1]", "3", "4602305039"]),
        ("возврат в течение 30 дней", ["30 дней"]),
    ],
)
def test_facts_are_found_with_their_units(text: str, found: list[str]) -> None:
    assert [value.text for value in values(text)] == found


def test_the_same_span_of_time_may_be_said_in_several_ways() -> None:
    (days,) = values("30 days")
    assert ways_to_say(days) == ("30 days", "30 day", "30-day")
    assert says("a 30-day window", days)
    assert not says("a 60-day window", days)


def test_an_id_is_another_only_beside_ids_of_its_kind() -> None:
    assert others_than_wanted(["[ORDER_1]"], "cancel [ORDER_2]") == {"[ORDER_1]"}
    assert not others_than_wanted("[USERNAME_1]", "cancel [ORDER_2]")
    assert not others_than_wanted("[ORDER_2]", "cancel [ORDER_2]")


@pytest.mark.parametrize("phrase", ["the", "your order", "[ORDER_1] [NAME_1]", "order", "thank you for your help"])
def test_a_generic_phrase_is_no_rule(phrase: str) -> None:
    assert not is_telling(phrase)


def test_words_meet_by_their_roots() -> None:
    assert stem("cancelled") == stem("cancel")
    assert stem("hands") == stem("hand")
    assert stem("возврата") == stem("возврат")


def test_what_two_texts_share_is_quoted_from_the_first() -> None:
    shared = shared_phrases("Please send me the Full Card Number now.", "Bot asked for the full card number")
    assert shared == ("the Full Card Number",)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks Mei! I corrected it by hand. Anything else, just reply here. -Marta",
        "Hello Yusuf, I checked the chat and your account. Our team has set it right manually. Kind regards, Dan",
        "Здравствуйте, Айгуль! Мы проверили переписку, всё исправили вручную. Дан",
        "You're welcome! Have a great day!",
        "Пожалуйста! Хорошего дня!",
    ],
)
def test_manners_and_by_hand_answer_nothing(text: str) -> None:
    assert not " ".join(answers(text)).strip("-. ").split()[1:]


def test_an_answer_between_manners_is_kept() -> None:
    assert answers("Hi Anna, sorry! The window is 14 days. Thanks") == ("The window is 14 days.",)
    assert substance("Sure. Your plan ends in May.") == ("Your plan ends in May.",)
    assert is_courtesy("Thank you, have a nice day!")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my parcel", "en"),
        ("где мой заказ [ORDER_1]", "ru"),
        ("тапсырысым қайда", "kk"),
        ("wo ist mein Paket, ich warte noch", "de"),
        ("où est ma commande, je suis pressé et vous", "fr"),
        ("[ORDER_1] 48", None),
    ],
)
def test_a_language_is_told_by_script_and_small_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_every_language_that_is_told_apart_has_a_pattern() -> None:
    assert all(pattern_of(code) for code in ("en", "ru", "kk", "uk", "de", "fr", "es", "it", "pt", "ar", "zh"))


@pytest.mark.parametrize(
    "hostile", ["a" * 20_000, "[" * 9_000, "1 " * 9_000, "не " * 5_000, "was was " * 4_000, " " * 9_000]
)
def test_a_hostile_text_is_read_in_a_moment(hostile: str) -> None:
    begun = time.perf_counter()
    claims(hostile), values(hostile), substance(hostile), shared_phrases(hostile, hostile)
    assert time.perf_counter() - begun < 60
