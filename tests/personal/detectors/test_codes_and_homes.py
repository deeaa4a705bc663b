"""Codes, plates, vehicles, birthdays, extensions, homes without a street, and what only sounds like one."""

import pytest

from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Reset code 884213 did not work", "884213"),
        ("your login code is 882211", "882211"),
        ("2FA code: 551 204", "551 204"),
        ("code 1234 sent to my phone", "1234"),
        ("they asked for the code 77412", "77412"),
        ("second floor, code of the door 4590", "4590"),
        ("door code 4590", "4590"),
        ("ввожу код 7741, не подходит", "7741"),
        ("просили назвать код 7741", "7741"),
        ("смс код 7741", "7741"),
        ("код домофона 4590", "4590"),
        ("код от двери: 4590", "4590"),
        ("растау коды 7741", "7741"),
        ("кіреберіс 2, код 8812", "8812"),
        ("паролім qwerty77", "qwerty77"),
        ("менің паролім: qwerty77", "qwerty77"),
        ("мой пароль qwerty77", "qwerty77"),
        ("password tulip2019 does not work", "tulip2019"),
    ],
)
def test_a_code_that_lets_somebody_in_is_a_secret(text: str, value: str) -> None:
    assert found(text) == only(value, "SECRET")


@pytest.mark.parametrize(
    "text",
    [
        "the card was declined with code 5112",
        "error, code 50122 was sent",
        "ошибка, пришёл код 50122",
        "promo code 20261 entered",
        "discount code 4410 got refused",
        "код города 7272, звонил",
        "код товара 94310 отправлен",
        "код 94310 на коробке",
        "the area code 4159 was sent",
        "пароль из 8 символов",
        "password sha256 hash",
        "password reset took 3 days",
        "code review",
    ],
)
def test_codes_of_errors_goods_and_towns_stay(text: str) -> None:
    assert "SECRET" not in [label for _, label in found(text)]


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("the plate of the van was LK21 XZE", "LK21 XZE", "PLATE"),
        ("my car LK21XZE was towed", "LK21XZE", "PLATE"),
        ("VIN WVWZZZ1JZXW000001", "WVWZZZ1JZXW000001", "DEVICE"),
        ("вин-код XTA210990Y2766389", "XTA210990Y2766389", "DEVICE"),
        ("for 1HGCM82633A004352 please", "1HGCM82633A004352", "DEVICE"),
        ("2015 жылғы 4 мамырда туған", "2015 жылғы 4 мамырда", "DOB"),
        ("туған күнім 2015 жылғы 4 мамыр", "2015 жылғы 4 мамыр", "DOB"),
        ("сын 4 мая 2015 года рождения", "4 мая 2015 года", "DOB"),
        ("ask for me at ext 4417", "4417", "PHONE"),
        ("my extension is 447", "447", "PHONE"),
        ("доб. 214", "214", "PHONE"),
        ("внутренний номер 214", "214", "PHONE"),
        ("ішкі нөмір 214", "214", "PHONE"),
        ("+44 20 7946 0958 extension 214", "+44 20 7946 0958 extension 214", "PHONE"),
        ("сосед из квартиры 15 забрал", "квартиры 15", "ADDRESS"),
        ("отнесли в квартиру 15.", "квартиру 15", "ADDRESS"),
        ("оставили у дома 46", "дома 46", "ADDRESS"),
        ("he left it at number 46, with the blue door", "46", "ADDRESS"),
        ("house no. 7", "7", "ADDRESS"),
        ("my house is number 46", "46", "ADDRESS"),
    ],
)
def test_other_things_of_somebody_are_found(text: str, value: str, label: str) -> None:
    assert found(text) == only(value, label)


@pytest.mark.parametrize(
    "text",
    [
        "model AB12 CDE in blue",
        "the car came at AM10 NOV",
        "1HGCM82643A004352 is the part",
        "2015 жылғы 4 мамырда келді",
        "an extension of 30 days",
        "chrome extension 1234",
        "в квартире 2 кошки",
        "в доме 5 этажей",
        "3 квартиры на продажу",
        "number 1 support",
        "delivered in number 5 boxes",
        "she left at 18",
        "he lives in 2 houses",
        "people from 12 countries",
    ],
)
def test_and_what_only_sounds_like_them_stays(text: str) -> None:
    assert found(text) == []
