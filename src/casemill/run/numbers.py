"""The numbers a text states, each in every way it can be read."""

import re

# Groups of three after a comma, a point, a space or an apostrophe; then a fraction. A dash apart from its number is a
# bullet.
_NUMBER = re.compile(
    r"(?<![\w.,])(?:(?P<sign>[-−])(?=[\d$€£₸₽¥]))?[$€£₸₽¥]?\s?"
    r"(?P<digits>\d{1,3}(?:[,.'’\u00a0\u202f\u2009 ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?!\d|[.,]\d)"
)
_LONGEST = 40
_SPACES = str.maketrans("", "", "'’\u00a0\u202f\u2009 ")


def numbers(text: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Each number as it stands, with what it may mean: `1,500` is 1500 and 1.5, `49.99` only itself."""
    found = ((match["digits"], -1.0 if match["sign"] else 1.0) for match in _NUMBER.finditer(text))
    return tuple((digits, _readings(digits, sign)) for digits, sign in found if len(digits) <= _LONGEST)


def _readings(digits: str, sign: float) -> tuple[float, ...]:
    bare = digits.translate(_SPACES)
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return (sign * float(bare),)
    whole = re.sub(r"[.,]", "", bare[:last])
    as_fraction = sign * float(f"{whole}.{bare[last + 1 :]}")
    grouped = len(bare) - last == 4 and (bare[:last].count(bare[last]) > 0 or not re.search(r"[.,]", bare[:last]))
    as_groups = sign * float(whole + bare[last + 1 :])
    if not grouped:
        return (as_fraction,)
    return (as_groups,) if bare.count(bare[last]) > 1 else (as_groups, as_fraction)
