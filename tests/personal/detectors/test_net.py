"""E-mail addresses, URLs, IP addresses and user names. English, Russian, Kazakh."""

import pytest

from personal.finding import found, only


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
        ("anna нүкте k ат gmail нүкте com", "anna нүкте k ат gmail нүкте com"),
        ("write a n n a @ m a i l . c o m", "a n n a @ m a i l . c o m"),
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
        ("from 10.1.2.3:8080", "10.1.2.3"),
        ("ip=203.0.113.77", "203.0.113.77"),
        ("2001:db8::ff00:42:8329 again", "2001:db8::ff00:42:8329"),
        ("from fe80::1 again", "fe80::1"),
        ("7 from dead:beef::cafe", "dead:beef::cafe"),
        ("вход с 203.0.113.77", "203.0.113.77"),
        ("кіру 203.0.113.77 мекенінен", "203.0.113.77"),
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
        "www.annas-flowers.com",
        "https://annas-flowers.kz",
        "https://shop.com/hc/requests/884512",
    ],
)
def test_a_url_that_leads_to_somebody_is_masked_whole(text: str) -> None:
    assert found(f"see {text}, thanks") == only(text, "URL")


@pytest.mark.parametrize(
    "text",
    [
        "https://shop.com/returns",
        "https://shop.com/hc/en-us/articles/360001234567-Returns",
        "https://help.shop.com/",
        "https://docs.shop.com/setup",
        "https://shop.com/faq",
        "https://shop.com/kb/KB-1042",
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
        ("I am mei_patel_7272", "mei_patel_7272"),
        ("username: cminh730", "cminh730"),
        ("my login is anna.k", "anna.k"),
        ("логин: anna_k", "anna_k"),
        ("telegram @annakar", "@annakar"),
        ("пайдаланушы аты: anna_k", "anna_k"),
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


@pytest.mark.parametrize("text", ["name=a::b 1", "a::b", "std::vector<int> 2", "Bad::Face 7", "use dead::beef; 3"])
def test_names_in_programs_are_no_ip(text: str) -> None:
    assert found(text) == []
