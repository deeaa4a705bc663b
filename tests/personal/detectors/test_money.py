"""Cards, their last digits, IBAN, accounts, and what only the owner may know. English, Russian, Kazakh."""

import pytest

from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("paid with 5555-5555-5555-4444.", "5555-5555-5555-4444"),
        ("amex 378282246310005", "378282246310005"),
        ("my card number is 630427373398", "630427373398"),
        ("карта 1234567890123456 не работает", "1234567890123456"),
        ("карта нөмірі: 1234 5678 9012 3456", "1234 5678 9012 3456"),
        ("4276 **** **** 4471", "4276 **** **** 4471"),
    ],
)
def test_a_card_is_found_by_its_check_digit_or_by_its_name(text: str, value: str) -> None:
    assert found(text) == only(value, "CARD")


@pytest.mark.parametrize(
    "text", ["tracked under 1234567890123456", "1700000000000 ms", "0000 0000 0000 0000", "4111 1111 1111 1112"]
)
def test_long_numbers_that_are_no_cards_are_not_called_so(text: str) -> None:
    assert "CARD" not in [label for _, label in found(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Visa ending in 4471", "4471"),
        ("card that ends with 0012.", "0012"),
        ("the last four digits are 4471", "4471"),
        ('"last_four": "2478"', "2478"),
        ("последние цифры 4471", "4471"),
        ("последние 4 цифры карты: 4471", "4471"),
        ("карта оканчивается на 4471", "4471"),
        ("картаның соңғы 4 саны 4471", "4471"),
        ("4471 аяқталатын карта", "4471"),
        ("card **** 4471", "4471"),
        ("my 3711 card", "3711"),
    ],
)
def test_the_last_digits_of_a_card_have_a_label_of_their_own(text: str, value: str) -> None:
    assert found(text) == only(value, "CARD_LAST4")


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("номер карты заканчивается на 44-71", "44-71", "CARD_LAST4"),
        ("последние цифры 44-71", "44-71", "CARD_LAST4"),
        ("My card number ends in 6543", "6543", "CARD_LAST4"),
        ("My phone is lost. The card ends in 6543", "6543", "CARD_LAST4"),
        ("my number: last four digits are 6543", "6543", "PHONE"),
        ("мой номер заканчивается на 44-71", "44-71", "PHONE"),
        ("картам, соңы 4471", "4471", "CARD_LAST4"),
        ("нөмірім белгілі, соңы 4471", "4471", "PHONE"),
    ],
)
def test_last_digits_are_of_the_card_or_of_the_phone_that_the_sentence_speaks_of(
    text: str, value: str, label: str
) -> None:
    assert (value, label) in found(text)


@pytest.mark.parametrize("text", ["it finishes in 10-12 minutes", "жылдың соңы 2026", "ends in 10-12 days"])
def test_a_duration_or_a_year_is_no_last_digits(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["**Flight Date:** 2024-05-24", "the trip ends in 2024-06", "**4471**", "we end on 4471 Main"]
)
def test_bold_numbers_and_dates_are_no_card_digits(text: str) -> None:
    assert "CARD_LAST4" not in [label for _, label in found(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("GB29 NWBK 6016 1331 9268 19 please", "GB29 NWBK 6016 1331 9268 19"),
        ("gb29nwbk60161331926819", "gb29nwbk60161331926819"),
        ("счёт KZ86125KZT5004100100", "KZ86125KZT5004100100"),
        ("IBAN: DE00370400440532013000", "DE00370400440532013000"),
    ],
)
def test_an_iban_is_found_in_either_case(text: str, value: str) -> None:
    assert found(text) == only(value, "IBAN")


def test_letters_and_digits_that_fit_no_country_are_no_iban() -> None:
    assert found("AB12 CDEF GHIJ KLMN OPQR ST") == []
    assert found("GB28NWBK60161331926819") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("charged to credit_card_4583461", "credit_card_4583461"),
        ("gift_card_7252880 is empty", "gift_card_7252880"),
        ("paypal_7644869", "paypal_7644869"),
        ("cus_NffrFeUfNV2Hib", "cus_NffrFeUfNV2Hib"),
        ("account number 85731890", "85731890"),
        ("Gift Card 7359776", "7359776"),
        ("Certificate 8544743", "8544743"),
        ("voucher number 8544743", "8544743"),
        ("подарочный сертификат 8544743", "8544743"),
        ("сыйлық карта 8544743", "8544743"),
        ("customer id: 77812", "77812"),
        ("лицевой счёт 123456", "123456"),
        ("номер клиента 77812", "77812"),
        ("шот нөмірі 123456", "123456"),
    ],
)
def test_an_account_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "ACCOUNT")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my pin is 9431", "9431"),
        ("CVV: 123", "123"),
        ("пин-код 9431", "9431"),
        ("код подтверждения 554433", "554433"),
        ("password: hunter22", "hunter22"),
        ("пароль: qwe12345", "qwe12345"),
    ],
)
def test_what_only_its_owner_may_know_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "SECRET")


@pytest.mark.parametrize(
    "text",
    ["the pin is wrong", "I forgot my password 3 times", "pineapple 9431", "promo code 9431", "код товара 94310"],
)
def test_what_tells_no_secret_stays(text: str) -> None:
    assert found(text) == []
