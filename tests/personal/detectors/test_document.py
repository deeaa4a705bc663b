"""Passports, licences, national numbers and parts of them. English, Russian, Kazakh."""

import pytest

from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my passport number is N08234567", "N08234567"),
        ("паспорт серия 4510 номер 123456", "4510 номер 123456"),
        ("паспорт 4510 123456", "4510 123456"),
        ("төлқұжат нөмірі N08234567", "N08234567"),
    ],
)
def test_a_passport_is_known_by_the_word_before_it(text: str, value: str) -> None:
    assert found(text) == only(value, "PASSPORT")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("driver's license number is D1234567", "D1234567"),
        ("my driving licence MORGA753116SM9IJ", "MORGA753116SM9IJ"),
        ("водительское удостоверение 77 12 345678", "77 12 345678"),
        ("жүргізуші куәлігі KX123456", "KX123456"),
    ],
)
def test_a_licence_is_known_by_the_word_before_it(text: str, value: str) -> None:
    assert found(text) == only(value, "LICENCE")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("national insurance number QQ123456C", "QQ123456C"),
        ("tax id 12-3456789", "12-3456789"),
        ("СНИЛС: 11223344595", "11223344595"),
        ("инн 7707083893", "7707083893"),
        ("удостоверение личности № 012345678", "012345678"),
        ("жеке куәлік 012345678", "012345678"),
    ],
)
def test_a_national_number_is_known_by_the_word_before_it(text: str, value: str) -> None:
    assert found(text) == only(value, "NATIONAL_ID")


@pytest.mark.parametrize(
    ("value", "country"),
    [
        ("112-233-445 95", "Russia: SNILS"),
        ("500100732259", "Russia: INN"),
        ("AB 12 34 56 C", "Britain"),
        ("44051401359", "Poland"),
        ("12345678Z", "Spain"),
        ("X1234567L", "Spain, foreigners"),
        ("111.444.777-35", "Brazil"),
        ("2345 6789 0124", "India: Aadhaar"),
        ("ABCDE1234F", "India: PAN"),
        ("RSSMRA85T10A562S", "Italy"),
        ("1 84 12 76 451 089 46", "France"),
        ("131052-308T", "Finland"),
    ],
)
def test_a_national_number_is_known_by_its_form_and_its_check_digits(value: str, country: str) -> None:
    assert found(f"see {value} there") == only(value, "NATIONAL_ID"), country


@pytest.mark.parametrize(
    "text", ["112-233-445 96", "12345678A", "111.444.777-36", "2345 6789 0125", "131352-308T", "44051401358 items"]
)
def test_a_number_whose_check_digits_do_not_fit_is_no_national_number(text: str) -> None:
    assert "NATIONAL_ID" not in [label for _, label in found(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my passport ends in 4471", "4471"),
        ("last four digits of my SSN are 4471", "4471"),
        ("паспорт заканчивается на 4471", "4471"),
        ("последние 4 цифры иин 0123", "0123"),
        ("төлқұжатымның соңғы 4 саны 4471", "4471"),
    ],
)
def test_a_part_of_a_document_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "DOC_LAST4")


@pytest.mark.parametrize(
    "text", ["a passport for 2 people", "паспорт готов за 10 дней", "the document ends on page 12"]
)
def test_what_is_said_about_a_document_stays(text: str) -> None:
    assert found(text) == []
