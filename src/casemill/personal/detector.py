"""What a detector is: a function from a text to the spans of one kind, and when it is worth asking."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from casemill.domain.placeholder import Span


class Detector(NamedTuple):
    """`find(text)` gives spans; they may overlap, the longest is taken and among equals the earlier in the table.

    What makes it worth a look: `digits`, so many in the text; `row`, so many with nothing but separators between;
    `pieces`, one of these in the lower-case text, or `stems`, a word that begins as one of these does (three letters
    are compared), or, `coded`, a capital letter beside a digit. `yields`: dates, amounts and other facts that stay are
    hidden from it. `labels`: what it calls its finds, where that is none of the product's types, so that `[LABEL_1]` is
    known for a placeholder. A NUL in the text stands for something covered: a detector never reads across it.
    """

    find: Callable[[str], Iterable[Span]]
    digits: int = 0
    yields: bool = False
    row: int = 0
    pieces: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    coded: bool = False
    labels: tuple[str, ...] = ()
