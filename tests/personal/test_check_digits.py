"""The check digit of cards and devices."""

import pytest

from casemill.personal.check_digits import luhn


@pytest.mark.parametrize("digits", ["4111111111111111", "378282246310005", "490154203237518", "0"])
def test_a_number_whose_check_digit_fits_is_believed(digits: str) -> None:
    assert luhn(digits)


@pytest.mark.parametrize("place", range(16))
def test_one_wrong_digit_is_always_noticed(place: int) -> None:
    digits = "4111111111111111"
    wrong = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
    assert not luhn(wrong)
