"""What a detector is: a function from a text to the spans of one kind, and when it is worth asking."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from casemill.domain.placeholder import Span


class Detector(NamedTuple):
    """`find(text)` gives spans; they may overlap, the longest is taken and among equals the earlier in the table.

    `digits`: a text with fewer digits is not worth a look. `yields`: dates, amounts and other facts that stay are
    hidden from it. A NUL in the text stands for something covered: a detector never reads across it.
    """

    find: Callable[[str], Iterable[Span]]
    digits: int = 0
    yields: bool = False
