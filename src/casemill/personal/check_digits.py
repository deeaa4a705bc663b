"""The check digit of cards and devices."""


def luhn(digits: str) -> bool:
    """Whether the check digit fits."""
    odd = sum(int(sign) for sign in digits[-1::-2])
    return (odd + sum(sum(divmod(2 * int(sign), 10)) for sign in digits[-2::-2])) % 10 == 0
