"""E-mail addresses as they are said, slipped and escaped; what only sounds like one. English, Russian, Kazakh."""

import pytest

from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("почта anna.k at mail ru", "anna.k at mail ru"),
        ("anna.k at yandex kz, please", "anna.k at yandex kz"),
        ("anna_k at icloud com thanks", "anna_k at icloud com"),
        ("write to anna.k@gmail please", "anna.k@gmail"),
        ("anna.k@gmail,com", "anna.k@gmail,com"),
        ("anna.k@shop,com", "anna.k@shop,com"),
        ("anna%40shop.test", "anna%40shop.test"),
        ("?email=anna.k%40shop.test&x=1", "anna.k%40shop.test"),
        ("anna.k&#64;shop.test", "anna.k&#64;shop.test"),
        ("анна нижнее подчеркивание к собака яндекс ру", "анна нижнее подчеркивание к собака яндекс ру"),
        ("анна собака мейл ру", "анна собака мейл ру"),
        ("aida нүкте k ит белгісі gmail нүкте com", "aida нүкте k ит белгісі gmail нүкте com"),
        ("anna.k ит белгісі gmail.com", "anna.k ит белгісі gmail.com"),
        ("my email is anna underscore k ninety at gmail", "anna underscore k ninety at gmail"),
        ("anna at the rate gmail dot com", "anna at the rate gmail dot com"),
        ("reach me at a.brook [at] example [dot] ng or on the phone", "a.brook [at] example [dot] ng"),
        ("reach me at a.brook (at) example (dot) co (dot) uk or so", "a.brook (at) example (dot) co (dot) uk"),
    ],
)
def test_an_address_is_found_whole_however_it_is_written(text: str, value: str) -> None:
    assert found(text) == only(value, "EMAIL")


@pytest.mark.parametrize(
    "text",
    [
        "look at mail ru",
        "see us at gmail",
        "she looked at yahoo",
        "пишу с mail ru",
        "сообщение на яндекс почте",
        "meet at outlook on friday",
        "the v2 at outlook fails",
        "at 40% off, 25%40 items",
        "npm i lodash@latest",
        "собака лает на ру",
        "have a look at example.com",
    ],
)
def test_what_is_at_a_mail_house_is_not_always_somebody(text: str) -> None:
    assert found(text) == []
