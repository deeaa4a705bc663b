"""Numbers of people: national numbers, birth dates, postal codes. English, Russian, Kazakh."""

import pytest

from personal.finding import found, only


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


@pytest.mark.parametrize("text", ["880101300129", "881301300123"])
def test_twelve_digits_that_fit_nothing_are_no_iin_but_still_somebodys(text: str) -> None:
    assert found(text) == only(text, "ACCOUNT")


@pytest.mark.parametrize(
    "text", ["the amount of 230000000", "сумма 230000000", "20260501", "01052026", "1700000000000", "4602305039"]
)
def test_long_numbers_that_are_amounts_days_or_products_stay(text: str) -> None:
    assert found(text) == []


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
        ("born 12 Feb 1987", "12 Feb 1987"),
    ],
)
def test_a_date_that_the_text_calls_a_birth_date_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "DOB")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Petra Halvorsen (1987-02-12) is the owner", "1987-02-12"),
        ("Анна Белова (12.02.1987) пишет", "12.02.1987"),
        ("Айгерім Нұрлан (1987-02-12) жазды", "1987-02-12"),
    ],
)
def test_a_date_in_brackets_behind_a_full_name_is_a_birth_date(text: str, value: str) -> None:
    assert found(text) == only(value, "DOB")


@pytest.mark.parametrize(
    "text", ["Invoice March (1999-03-02)", "Petra Halvorsen (2026-02-12)", "the lamp (1987-02-12)"]
)
def test_a_date_in_brackets_behind_anything_else_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["delivered 12/02/2026", "a birthday party on Friday", "born in 1987", "день 12.02.2026"]
)
def test_every_other_date_stays(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my zip code is 77159", "77159"),
        ('"zip": "94284"', "94284"),
        ("Austin, TX 78701-1234", "78701-1234"),
        ("индекс 050000", "050000"),
        ("пошта индексі 050000", "050000"),
        ("почтовый индекс 050000", "050000"),
        ("postcode SW1A 1AA", "SW1A 1AA"),
        ("from SW1A 2AA to here", "SW1A 2AA"),
    ],
)
def test_a_postal_code_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "ZIP")


@pytest.mark.parametrize("text", ["unzip 12345 files", "I, TX 123 fan", "индекс 5"])
def test_what_is_no_postal_code_stays(text: str) -> None:
    assert found(text) == []
