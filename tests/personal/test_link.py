"""Who is who: the same thing in another writing has the same number."""

import pytest

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity
from casemill.personal.link import Register, key_of, known_values


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("PHONE", "+7 701 123 45 67", "8(701)1234567"),
        ("PHONE", "+1 415 555 2671", "415.555.2671"),
        ("CARD", "4111 1111 1111 1111", "4111-1111-1111-1111"),
        ("IBAN", "GB29 NWBK 6016 1331 9268 19", "gb29nwbk60161331926819"),
        ("ORDER", "#W1234567", "w1234567"),
        ("BRANCH", "#4471", "4471"),
        ("EMAIL", "Anna@Example.com", "anna@example.com"),
        ("NAME", "Anna  Karimova", "ANNA KARIMOVA"),
    ],
)
def test_two_writings_of_one_thing_have_one_key(label: str, one: str, other: str) -> None:
    assert key_of(label, one) == key_of(label, other)


def test_an_order_and_a_ticket_of_one_number_are_one_thing_but_a_phone_is_not() -> None:
    assert key_of("STORE", "4471") == key_of("BRANCH", "4471") != key_of("ORDER", "4471")
    assert key_of("ORDER", "7011234567") == key_of("TICKET", "7011234567") != key_of("PHONE", "7011234567")


def test_new_numbers_follow_given_ones_and_pass_over_reserved_ones() -> None:
    register = Register([Entity(label="ORDER", number=3, values=("100",))])
    register.reserve("see [ORDER_4] and [EMAIL_1]")
    assert register.place("ORDER", ["100"]) == ("ORDER", 3)
    assert register.place("ORDER", ["200"]) == ("ORDER", 5)
    assert register.place("EMAIL", ["a@b.cc"]) == ("EMAIL", 2)
    assert register.place("TICKET", ["200"]) == ("ORDER", 5)


def test_what_was_just_met_counts_before_the_names_of_its_owner() -> None:
    register = Register(
        [Entity(label="NAME", number=1, values=("Anna Karimova",)), Entity(label="NAME", number=2, values=("Anna",))]
    )
    assert register.place("NAME", ["Anna Karimova", "Anna"]) == ("NAME", 2)


def test_the_values_of_a_person_come_with_the_role_and_telling_local_parts() -> None:
    anna = Identity(
        role="customer",
        names=("Anna Karimova",),
        emails=("anna.k@example.com", "info@example.com", "karimovashop@x.kz"),
    )
    assert [(known.label, known.value, known.role) for known in known_values([anna])] == [
        ("EMAIL", "anna.k@example.com", "customer"),
        ("EMAIL", "info@example.com", "customer"),
        ("EMAIL", "karimovashop@x.kz", "customer"),
        ("USERNAME", "anna.k", "customer"),
        ("USERNAME", "karimovashop", "customer"),
    ]


def test_the_address_of_a_support_desk_gives_no_user_name() -> None:
    desk = Identity(role="agent", names=("Support Team",), emails=("support.team@shop.test",))
    assert [known.label for known in known_values([desk])] == ["EMAIL"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("anna.k@shop.test", "anna dot k at shop dot test"),
        ("anna_k@shop.test", "Anna underscore K (at) shop [dot] test"),
        ("anna.k@yandex.ru", "анна точка к собака яндекс точка ру"),
        ("aida.k@gmail.com", "aida нүкте k ит белгісі gmail нүкте com"),
    ],
)
def test_a_mail_that_is_spelled_out_is_the_mail(typed: str, said: str) -> None:
    assert key_of("EMAIL", typed) == key_of("EMAIL", said)


def test_a_phone_without_its_code_is_the_phone_and_has_its_number() -> None:
    register = Register(())
    assert register.place("PHONE", ("+7 701 555 01 01",)) == ("PHONE", 1)
    assert register.place("PHONE", ("555 01 01",)) == ("PHONE", 1)
    assert register.place("PHONE", ("555 01 02",)) == ("PHONE", 2)
    assert register.place("PHONE", ("+7 702 555 01 02",)) == ("PHONE", 2)
    assert register.place("PHONE", ("+7 705 555 01 01",)) == ("PHONE", 3)


def test_a_known_phone_is_known_without_its_code() -> None:
    person = Identity(role="customer", phones=("+77015550101",))
    assert [known.value for known in known_values([person])] == ["+77015550101", "5550101"]
