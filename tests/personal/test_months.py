"""Days of other languages stay."""

import pytest

from casemill.personal import mask
from casemill.personal.months import days_abroad


@pytest.mark.parametrize(
    "text",
    [
        *("Die Lieferung vom 3. März fehlt", "le 3 mars", "le 1er août 2026", "el 3 de marzo de 2026", "em 3 de março"),
        *("3 Mart'ta geldi", "3 Mart günü", "il 3 maggio", "доставка 3 березня"),
    ],
)
def test_a_day_with_the_name_of_its_month_stays(text: str) -> None:
    assert mask(text).text == text


def test_a_month_without_a_day_is_no_date_and_a_house_no_day() -> None:
    assert list(days_abroad("herr märz, 1234 mart")) == []
    assert list(days_abroad("am 3. märz 2026, 14 martin")) == [(3, 15)]
