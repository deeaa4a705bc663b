"""Masking: one numbering through a ticket, and properties that hold for every text."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import casemill
from casemill.domain.arrival import Identity
from casemill.domain.placeholder import PLACEHOLDER, Entity
from casemill.personal import mask, mask_together
from casemill.personal.masking import Masker, Terms, Together, identity_of

ANNA = Identity(
    role="customer",
    names=("Anna Karimova",),
    emails=("anna.k@example.com",),
    phones=("+7 701 123 45 67",),
    usernames=("annak77",),
)
WILL = Identity(role="agent", names=("Will Grant",))
OLGA = Identity(role="other", names=("Ольга Ёлкина",))
PEOPLE = (ANNA, WILL, OLGA)
PIECES = st.sampled_from(
    [
        *(
            "Anna",
            "anna",
            "Karimova",
            "Anna K.",
            "Ms. ",
            "Will",
            "will",
            "Ольге",
            "Елкину",
            "anna.k@example.com",
            "annak77",
        ),
        *(
            "+7 701 123 45 67",
            "87011234567",
            "701-123-45-67",
            "order ",
            "заказ № ",
            "548921",
            "4111111111111111",
            "#W12345",
        ),
        *(
            "card ",
            "ending in ",
            "4471",
            "phone ",
            "[NAME_1]",
            "[NAME_2]",
            "[ORDER_1]",
            "[",
            "]",
            " ",
            ". ",
            ", ",
            "-",
            "_",
        ),
        *(
            "May 12",
            "12 990 тенге",
            "https://shop.com/u/1",
            "x@y.zz",
            "\0",
            "\n",
            "İ",
            "e\u0301",
            "\ud800",
            "7",
            "your order number?",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))
TICKETS = st.lists(TEXTS, min_size=1, max_size=4)
SPACED = st.lists(st.lists(PIECES, max_size=12).map(" ".join), min_size=1, max_size=4)


def texts(together: Together) -> list[str]:
    return [masked.text for masked in together.texts]


@settings(deadline=None)
@given(TICKETS)
def test_masking_twice_is_masking_once(ticket: list[str]) -> None:
    once = mask_together(ticket, known=PEOPLE)
    again = mask_together(texts(once), known=PEOPLE)
    assert texts(again) == texts(once)
    assert all(not masked.spans for masked in again.texts)


@settings(deadline=None)
@given(TICKETS)
def test_spans_are_ordered_and_the_text_outside_them_is_untouched(ticket: list[str]) -> None:
    for text, masked in zip(ticket, mask_together(ticket, known=PEOPLE).texts, strict=True):
        pieces, position = [], 0
        for span in masked.spans:
            assert position <= span.start < span.end <= len(text)
            assert span.placeholder.startswith(f"[{span.label}_")
            pieces += [text[position : span.start], span.placeholder]
            position = span.end
        assert "".join([*pieces, text[position:]]) == masked.text


@settings(deadline=None)
@given(TICKETS)
def test_the_same_texts_give_the_same_result(ticket: list[str]) -> None:
    assert mask_together(ticket, known=PEOPLE) == mask_together(list(ticket), known=list(PEOPLE))


@settings(deadline=None)
@given(TICKETS)
def test_a_placeholder_that_somebody_typed_is_given_to_nobody_and_stays(ticket: list[str]) -> None:
    typed = {match[0] for text in ticket for match in PLACEHOLDER.finditer(text)}
    together = mask_together(ticket, known=PEOPLE)
    assert typed.isdisjoint(entity.placeholder for entity in together.entities)
    for text, masked in zip(ticket, together.texts, strict=True):
        assert all(masked.text.count(one) == text.count(one) for one in typed)


@settings(deadline=None)
@given(SPACED)
def test_given_entities_keep_their_numbers(ticket: list[str]) -> None:
    first = mask_together(ticket, known=PEOPLE)
    second = mask_together(["Hello from order 777123.", *ticket], known=PEOPLE, entities=first.entities)
    kept = {(entity.label, entity.number): entity for entity in second.entities}
    for entity in first.entities:
        assert set(entity.values) <= set(kept[entity.label, entity.number].values)
    for masked, again in zip(first.texts, second.texts[1:], strict=True):
        met = {(span.start, span.end, span.label): span.placeholder for span in masked.spans}
        for span in again.spans:
            assert met.get((span.start, span.end, span.label), span.placeholder) == span.placeholder


@settings(deadline=None)
@given(TICKETS)
def test_numbers_follow_the_order_of_first_mention(ticket: list[str]) -> None:
    clean = [PLACEHOLDER.sub("", text) for text in ticket]
    met: dict[str, list[str]] = {}
    for masked in mask_together(clean, known=PEOPLE).texts:
        for span in masked.spans:
            if span.placeholder not in met.setdefault(span.label, []):
                met[span.label].append(span.placeholder)
    for label, placeholders in met.items():
        assert placeholders == [f"[{label}_{number}]" for number in range(1, len(placeholders) + 1)]


@pytest.mark.parametrize(
    "text",
    ["anna.k@example.com\0éзаказ № AnnaAnnaMs. will4111111111111111", "87011234567 éзаказ № Anna Karimova. will"],
)
def test_how_long_a_placeholder_is_changes_nothing_beside_it(text: str) -> None:
    once = mask(text, known=PEOPLE).text
    assert mask(once, known=PEOPLE).text == once


def test_one_person_is_one_placeholder_through_the_ticket() -> None:
    together = mask_together(
        [
            "Hi, Anna Karimova here (anna.k@example.com), order 548921.",
            "Dear Ms. Karimova, thank you Anna! Will",
            "548921 is lost. My number is 8 701 123 45 67. anna k.",
        ],
        known=(ANNA, WILL),
    )
    assert texts(together) == [
        "Hi, [NAME_1] here ([EMAIL_1]), order [ORDER_1].",
        "Dear Ms. [NAME_1], thank you [NAME_1]! [NAME_2]",
        "[ORDER_1] is lost. My number is [PHONE_1]. [NAME_1]",
    ]
    assert [(entity.placeholder, entity.role) for entity in together.entities] == [
        ("[NAME_1]", "customer"),
        ("[EMAIL_1]", "customer"),
        ("[ORDER_1]", None),
        ("[NAME_2]", "agent"),
        ("[PHONE_1]", "customer"),
    ]
    assert together.entities[0].values == ("Anna Karimova", "Karimova", "Anna", "anna k.")


def test_the_facts_of_a_case_stay() -> None:
    masked = mask("Order 18452 from 03.11 for 12,990 tenge, refund in 14 days, error 502, see KB-1042, item 4602305039")
    assert masked.text == (
        "Order [ORDER_1] from 03.11 for 12,990 tenge, refund in 14 days, error 502, see KB-1042, item 4602305039"
    )


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my number starts with 8701", "my number starts with [PHONE_1]"),
        ("I wrote from my wife's email: olga@example.com", "I wrote from my wife's email: [EMAIL_1]"),
        ("мой номер начинается с 8701", "мой номер начинается с [PHONE_1]"),
        ("писала с почты мужа olga@example.com", "писала с почты мужа [EMAIL_1]"),
        ("нөмірім 8701-ден басталады", "нөмірім [PHONE_1]-ден басталады"),
    ],
)
def test_free_phrases_around_a_value_stay_readable(text: str, masked: str) -> None:
    assert mask(text).text == masked


def test_a_number_is_found_again_where_no_word_tells_what_it_is() -> None:
    together = mask_together(["order AB-548921 and 87011234567", "AB-548921?", "ab-548921, +7 (701) 123-45-67"])
    assert texts(together) == [
        "order [ORDER_1] and [PHONE_1]",
        "[ORDER_1]?",
        "[ORDER_1], [PHONE_1]",
    ]


def test_a_value_found_late_is_masked_early() -> None:
    together = mask_together(["548921", "IMG_548921.jpg", "it is order 548921"])
    assert texts(together) == ["[ORDER_1]", "IMG_[ORDER_1].jpg", "it is order [ORDER_1]"]


def test_an_order_number_that_is_also_an_amount_stays_an_amount() -> None:
    together = mask_together(["order 12990", "I paid 12990 tenge", "12990"])
    assert texts(together) == ["order [ORDER_1]", "I paid 12990 tenge", "[ORDER_1]"]


def test_the_same_number_as_order_and_as_ticket_is_one_thing() -> None:
    assert texts(mask_together(["order 548921", "ticket 548921"])) == ["order [ORDER_1]", "ticket [ORDER_1]"]


def test_a_bare_number_after_a_question_is_what_was_asked_for() -> None:
    asked = [
        "Could you give me your order number, please?",
        "It's 5489",
        "And your account?",
        "85731890",
        "Zip code?",
        "78712",
    ]
    assert texts(mask_together(asked)) == [
        *(asked[0], "It's [ORDER_1]", asked[2], "[ACCOUNT_1]", asked[4], "78712"),
    ]
    kazakh = ["Телефон нөміріңізді жазыңыз", "7123456"]
    assert texts(mask_together(kazakh)) == [kazakh[0], "[PHONE_1]"]


def test_a_typed_placeholder_is_skipped_in_the_numbering() -> None:
    masked = mask("[NAME_1] says hi to Anna, see [NAME_3] and Olga", ["Anna", "Olga"])
    assert masked.text == "[NAME_1] says hi to [NAME_2], see [NAME_3] and [NAME_4]"


def test_kept_words_stay_and_listed_words_go() -> None:
    masked = mask(
        "Anna's Plus plan, write to help@shop.test or order from Fast Fox",
        ["Anna Plus"],
        keep=["plus", "help@shop.test"],
        always=["COURIER:Fast Fox", "shop"],
    )
    assert masked.text == "[NAME_1]'s Plus plan, write to help@shop.test or order from [COURIER_1]"
    assert mask("the courier of Fast Fox", always=["courier:Fast Fox"]).text == "the courier of [COURIER_1]"
    assert mask("see http://shop.test", always=["http://shop.test"]).text == "see [ORG_1]"
    assert mask("Acme and acme, not acmes", always=["Acme"]).text == "[ORG_1] and [ORG_1], not acmes"


def test_a_kept_word_inside_something_longer_goes_with_it() -> None:
    assert mask("plus@example.com", keep=["plus"]).text == "[EMAIL_1]"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("Anna Karimova", "names"),
        ("anna@example.com", "emails"),
        ("+7 701 123 45 67", "phones"),
        ("anna_k", "usernames"),
        ("@annak", "usernames"),
        ("cminh730", "usernames"),
        ("Анна", "names"),
    ],
)
def test_what_is_typed_to_name_somebody_is_understood(typed: str, field: str) -> None:
    assert getattr(identity_of(typed), field) == (typed.lstrip("@"),)


def test_known_values_are_masked_in_any_writing() -> None:
    known = ["anna.k@example.com", "8 701 123 45 67", "annak77"]
    masked = mask("ANNA.K@EXAMPLE.COM, 7011234567 without context, AnnaK77, item 4602305039", known)
    assert masked.text == "[EMAIL_1], [PHONE_1] without context, [USERNAME_1], item 4602305039"


def test_entities_of_an_earlier_version_are_looked_for() -> None:
    given = (
        Entity(label="NAME", number=4, values=("Anna Karimova", "Anna"), role="customer"),
        Entity(label="ORDER", number=2, values=("548921",)),
    )
    together = mask_together(["Anna asks about 548921 and order 777123"], entities=given)
    assert texts(together) == ["[NAME_4] asks about [ORDER_2] and order [ORDER_3]"]
    assert together.entities[:2] == given


def test_the_package_offers_the_same_function() -> None:
    assert casemill.mask is mask
    assert casemill.mask("Hi Anna", ["Anna"]).text == "Hi [NAME_1]"


def _names(known: Sequence[Identity], text: str) -> str:
    return mask_together([text], known=known).texts[0].text


def test_a_bot_is_nobody_but_a_bot_named_like_a_person_that_signs_is_left_to_the_payload() -> None:
    bot = Identity(role="assistant", names=("AI Assistant", "Nora"))
    team = Identity(role="agent", names=("Support Team",))
    assert (
        _names((bot, team), "The AI assistant of the support team, Nora")
        == "The AI assistant of the support team, Nora"
    )


def test_where_one_order_is_named_others_of_its_form_are_found_without_the_word() -> None:
    told = mask("order BQ-111222 came; I also want BQ-111333 back. KB-1042 says so, and BQ-7 is a lamp")
    assert told.text == "order [ORDER_1] came; I also want [ORDER_2] back. KB-1042 says so, and BQ-7 is a lamp"


def test_a_first_name_that_is_also_a_particle_is_a_name() -> None:
    assert mask("Thanks Ben, done", known=["Ben Carter"]).text == "Thanks [NAME_1], done"


def test_in_the_companys_words_only_known_values_and_those_with_a_form_of_their_own_are_masked() -> None:
    text = "Order 548921: write dora@corp.test or help@shop.test, call +7 701 555 44 33, pay by 4111 1111 1111 1111"
    [masked] = Masker(terms=Terms(keep=["help@shop.test"])).mask([text], only_known={0})
    assert masked.text == "Order 548921: write [EMAIL_1] or help@shop.test, call [PHONE_1], pay by [CARD_1]"
