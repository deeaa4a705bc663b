"""How numbers and names are told in a sentence."""

from collections.abc import Sequence

NAMED_AT_MOST = 5


def counted(n: int, one: str, *, many: str | None = None) -> str:
    """`1 P0 case fails`, `2 P0 cases fail`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def percent(rate: float) -> str:
    """`95 %`, `94.7 %`; never rounded up to a whole that was not reached."""
    tenths = int(rate * 1000 + 1e-9)
    return f"{tenths // 10} %" if tenths % 10 == 0 else f"{tenths / 10:.1f} %"


def named(cases: Sequence[str]) -> str:
    """The first few by name, the others counted."""
    few = ", ".join(cases[:NAMED_AT_MOST])
    return f"{few} and {len(cases) - NAMED_AT_MOST} more" if len(cases) > NAMED_AT_MOST else few
