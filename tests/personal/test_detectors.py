"""Each detector: what it finds and what it leaves, in English, Russian and Kazakh."""

import pytest

from casemill.errors import UsageError
from casemill.personal.detectors import DETECTORS, detectors
from casemill.personal.find import scan


def found(text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in scan(text)]


def only(value: str, label: str) -> list[tuple[str, str]]:
    return [(value, label)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mail me at anna.k+shop@mail.example.kz please", "anna.k+shop@mail.example.kz"),
        ("ANNA@EXAMPLE.COM.", "ANNA@EXAMPLE.COM"),
        ("почта: анна@пример.рф, жду", "анна@пример.рф"),
        ("<anna@example.com>", "anna@example.com"),
        ("mailto:anna@example.com", "anna@example.com"),
        ("it's anna dot k at gmail dot com thanks", "anna dot k at gmail dot com"),
        ("anna.k (at) gmail.com", "anna.k (at) gmail.com"),
        ("пишите на anna собака mail точка ru", "anna собака mail точка ru"),
        ("поштам anna@mail.kz жазыңыз", "anna@mail.kz"),
    ],
)
def test_an_email_address_is_found_however_it_is_written(text: str, value: str) -> None:
    assert found(text) == only(value, "EMAIL")


@pytest.mark.parametrize("text", ["look at shop.com please", "5 @ 3 dollars", "I was at home. Dot.", "@support help"])
def test_what_only_resembles_an_address_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("call +7 701 123 45 67 now", "+7 701 123 45 67"),
        ("8-701-123-45-67", "8-701-123-45-67"),
        ("8 (727) 250-12-34", "8 (727) 250-12-34"),
        ("мой номер 87011234567", "87011234567"),
        ("701 123 45 67 это я", "701 123 45 67"),
        ("нөмірім 8 705 555 44 33 хабарласыңыз", "8 705 555 44 33"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("(415) 555-2671", "(415) 555-2671"),
        ("415.555.2671", "415.555.2671"),
        ("1-800-555-0199 hotline", "1-800-555-0199"),
        ("my phone is 4155552671", "4155552671"),
        ("can someone call me on 9472 7916?", "9472 7916"),
        ("345-899-3560x4587", "345-899-3560x4587"),
        ("телефон 7123456 домашний", "7123456"),
        ("+77011234567 12.05.2024 в 12:30", "+77011234567"),
    ],
)
def test_a_phone_is_found_in_the_forms_people_use(text: str, value: str) -> None:
    assert found(text) == only(value, "PHONE")


@pytest.mark.parametrize(
    "text",
    [
        "item 4602305039 is late",
        "4602305039",
        "change 4602305039 (Desk Lamp) please",
        '"Desk Lamp": "6817146515"',
        "on 12.05.2024 and 2024-05-12",
        "for 12 990 000 тенге",
        "1 234 567 views",
        "between 10:30 and 12:45",
        "call me tomorrow at 10",
    ],
)
def test_item_ids_dates_and_amounts_are_no_phones(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my number starts with 8701", "8701"),
        ("мой номер начинается с 8701", "8701"),
        ("телефон заканчивается на 45 67", "45 67"),
        ("нөмірім 8701-ден басталады", "8701"),
    ],
)
def test_a_part_of_a_phone_number_is_a_phone(text: str, value: str) -> None:
    assert found(text) == only(value, "PHONE")


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
        ("from 10.1.2.3:8080", "10.1.2.3"),
        ("ip=203.0.113.77", "203.0.113.77"),
        ("2001:db8::ff00:42:8329 again", "2001:db8::ff00:42:8329"),
        ("from fe80::1 again", "fe80::1"),
        ("7 from dead:beef::cafe", "dead:beef::cafe"),
        ("вход с 203.0.113.77", "203.0.113.77"),
    ],
)
def test_an_ip_address_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "IP")


@pytest.mark.parametrize(
    "text", ["version 1.2.3.4", "v10.1.2.3", "127.0.0.1", "300.1.2.3", "at 12:30:45", "std::vector", "1.2.3.4.5", "::"]
)
def test_versions_times_and_own_addresses_are_no_ip(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.com/orders/548921",
        "https://shop.com/reset?token=abc123",
        "https://shop.com/u/anna",
        "www.shop.com/account/7781",
        "https://t.me/anna_k",
        "https://linkedin.com/in/annak",
        "https://anna:pw@shop.com/",
        "http://203.0.113.77/x",
        "https://files.shop.com/f/9f31c0ab77e2d4418a0b6c",
        "https://shop.com/?email=anna%40x.com",
    ],
)
def test_a_url_that_leads_to_somebody_is_masked_whole(text: str) -> None:
    assert found(f"see {text}, thanks") == only(text, "URL")


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.com/returns",
        "https://shop.com/hc/en-us/articles/360001234567-Returns",
        "www.shop.com",
        "https://shop.com/products/4602305039",
        "https://shop.com/sale?utm_source=mail&lang=ru",
        "and/or shop.com or e.g. this",
    ],
)
def test_a_plain_public_page_stays(text: str) -> None:
    assert found(f"see {text} thanks") == []


def test_a_page_that_somebody_calls_their_own_is_personal() -> None:
    assert found("my website is http://annas-flowers.kz/") == only("http://annas-flowers.kz/", "URL")
    assert found("мой сайт https://annas-flowers.kz") == only("https://annas-flowers.kz", "URL")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Aidos, order 548921, the courier did not arrive on May 12", "548921"),
        ("Order 18452 from 03.11 for 12,990 tenge", "18452"),
        ("ORDER NO. 548921", "548921"),
        ("order number is: 548921", "548921"),
        ("my order #W1234567!", "#W1234567"),
        ("#W1234567 is late", "#W1234567"),
        ('{"order_id": "W1234567"}', "W1234567"),
        ("заказ № 548921 от 3 ноября на 12 990 тенге", "548921"),
        ("Номер заказа: 548921", "548921"),
        ("моего заказа 548921 нет", "548921"),
        ("тапсырыс 548921 келмеді", "548921"),
        ("548921 нөмірлі тапсырыс", "548921"),
        ("тапсырыс нөмірі 548921", "548921"),
        ("накладная №548921", "548921"),
        ("reservation FQ8APE", "FQ8APE"),
        ("reservation ID is XEWRDQ", "XEWRDQ"),
        ("booking ref HATHAT", "HATHAT"),
        ("бронь FQ8APE", "FQ8APE"),
        ("confirmation code? It's JMO1MG.", "JMO1MG"),
        ("tracking number 745984883162", "745984883162"),
    ],
)
def test_an_order_is_known_by_the_word_beside_it(text: str, value: str) -> None:
    assert found(text) == only(value, "ORDER")


@pytest.mark.parametrize(
    "text",
    [
        "my order 2024 was fine",
        "order 2 pizzas",
        "order 500 units",
        "an order for 12,990 tenge",
        "order from 12.05.2024",
        "заказ на 12 990 тенге",
        "order item 4602305039",
        "ordered 548921",
        "a reservation STATUS page",
        "order KB-1042",
        "3 items in the order",
        "ordering costs $4599",
    ],
)
def test_years_amounts_and_quantities_are_never_orders(text: str) -> None:
    assert found(text) == []


def test_a_list_of_orders_is_a_list() -> None:
    text = "orders #W2378156, #W4776164 and 548922; or\n1. W6679257\n2. W6679258"
    assert [value for value, _ in found(text)] == ["#W2378156", "#W4776164", "548922"]
    assert [value for value, _ in found("Reservations you have:\n\n1. UM3OG5\n2. 5RJ7UH\n- IIHXDG")] == [
        *("UM3OG5", "5RJ7UH", "IIHXDG")
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ticket 884512", "884512"),
        ("Ticket #4471", "#4471"),
        ("case number 00123456", "00123456"),
        ("request id: REQ-88451", "REQ-88451"),
        ("обращение 884512", "884512"),
        ("номер обращения: 4471", "4471"),
        ("заявка № 88451", "88451"),
        ("4471 нөмірлі өтініш", "4471"),
        ("өтініш нөмірі 4471", "4471"),
        ("claim UYT789456789", "UYT789456789"),
    ],
)
def test_a_ticket_is_known_by_the_word_beside_it(text: str, value: str) -> None:
    assert found(text) == only(value, "TICKET")


@pytest.mark.parametrize(
    "text", ["in case 404 comes back", "3 tickets for the show", "two tickets at $1500", "article KB-1042"]
)
def test_what_is_counted_is_no_ticket(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("charged to credit_card_4583461", "credit_card_4583461"),
        ("gift_card_7252880 is empty", "gift_card_7252880"),
        ("paypal_7644869", "paypal_7644869"),
        ("cus_NffrFeUfNV2Hib", "cus_NffrFeUfNV2Hib"),
        ("account number 85731890", "85731890"),
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
        ("I am mei_patel_7272", "mei_patel_7272"),
        ("username: cminh730", "cminh730"),
        ("my login is anna.k", "anna.k"),
        ("логин: anna_k", "anna_k"),
        ("telegram @annakar", "@annakar"),
        ("write to @anna_k", "@anna_k"),
    ],
)
def test_a_user_name_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "USERNAME")


@pytest.mark.parametrize(
    "text", ["error_code_5001", "item_id_4471", "username is not working", "login failed", "utf_8", "order_status_404"]
)
def test_codes_of_programs_are_no_user_names(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("880101300123", "880101300123"),
        ("ИИН 880101300129", "880101300129"),
        ("ЖСН: 880101300129", "880101300129"),
        ("my IIN is 880101 300 123", "880101 300 123"),
    ],
)
def test_an_iin_is_found_by_its_check_digit_or_by_its_name(text: str, value: str) -> None:
    assert found(text) == only(value, "IIN")


def test_twelve_digits_that_fit_nothing_stay() -> None:
    assert found("880101300129") == []
    assert found("881301300123") == []


@pytest.mark.parametrize("text", ["460-89-9847", "SSN 460 89 9847", "ssn: 460899847", "social security number is 2574"])
def test_a_social_security_number_is_found(text: str) -> None:
    assert [label for _, label in found(text)] == ["SSN"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("date of birth: 12/02/1987", "12/02/1987"),
        ("she was born on February 12, 1987", "February 12, 1987"),
        ("DOB 1987-02-12", "1987-02-12"),
        ("дата рождения 12.02.1987", "12.02.1987"),
        ("родилась 12 февраля 1987", "12 февраля 1987"),
        ("туған күнім 12.02.1987", "12.02.1987"),
    ],
)
def test_a_date_that_the_text_calls_a_birth_date_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "DOB")


@pytest.mark.parametrize(
    "text", ["delivered 12/02/2026", "a birthday party on Friday", "born in 1987", "день 12.02.2026"]
)
def test_every_other_date_stays(text: str) -> None:
    assert found(text) == []


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


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my zip code is 77159", "77159"),
        ('"zip": "94284"', "94284"),
        ("Austin, TX 78701-1234", "78701-1234"),
        ("индекс 050000", "050000"),
        ("пошта индексі 050000", "050000"),
    ],
)
def test_a_postal_code_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "ZIP")


@pytest.mark.parametrize("text", ["unzip 12345 files", "I, TX 123 fan", "индекс 5"])
def test_what_is_no_postal_code_stays(text: str) -> None:
    assert found(text) == []


def test_every_detector_says_what_it_needs_and_the_order_is_fixed() -> None:
    assert [DETECTORS.get(name) for name in DETECTORS.names()] == list(detectors())
    assert DETECTORS.names()[:3] == ("url", "email", "iban")
    with pytest.raises(UsageError, match="no detector named 'emial'"):
        DETECTORS.get("emial")


@pytest.mark.parametrize("text", ["name=a::b 1", "a::b", "std::vector<int> 2", "Bad::Face 7", "use dead::beef; 3"])
def test_names_in_programs_are_no_ip(text: str) -> None:
    assert found(text) == []
