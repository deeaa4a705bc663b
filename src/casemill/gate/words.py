"""How the gate counts and rates in a sentence."""


def counted(n: int, one: str, *, many: str | None = None) -> str:
    """`1 P0 case fails`, `2 P0 cases fail`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def percent(rate: float) -> str:
    """`95 %`, `94.7 %`; never rounded up to a whole that was not reached."""
    tenths = int(rate * 1000 + 1e-9)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10:.1f} %"
