"""Numbers that agree: another writing of a number, its beginning, its end, what a covered card shows of it."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from casemill.personal.surrogate.numbers import digits_in

_COVERED = re.compile(r"[*•·xX]{2,}")
_PARTIAL = re.compile(r"_(?:LAST|FIRST|PART|DIGITS|START|BEGIN|END|PREFIX)\w*$")
# Of what kinds of numbers the pieces are told, by the first word of their label.
_TOLD_OF = {"CARD": ("CARD", "IBAN", "ACCOUNT"), "DOC": ("IIN", "SSN", "NATIONAL_ID", "PASSPORT")}
# A shorter piece is that of another kind of number by chance.
_SAYS_ENOUGH = 4
_NUMBERS = ("CARD", "IBAN", "ACCOUNT", "IIN", "SSN", "NATIONAL_ID", "PASSPORT", "PHONE", "ORDER", "TICKET", "DEVICE")
_PHONES = frozenset({"PHONE", "PHONE_PART"})
# A number as others have it too is not looked for in longer ones; nor a part of a part so short.
_LEAST_SHOWN = 2
_LEAST_WHOLE = 4
_NATIONAL = 10
_PREFIX = 3
# Pieces so long are looked for, and so many numbers that have the same.
_LONGEST = 12
_SEVERAL = 5


class Whole(NamedTuple):
    """A number that was met, under which placeholder, as the how manieth."""

    placeholder: str
    label: str
    value: str
    order: int


class Wholes:
    """All numbers that were met, to be found by their pieces."""

    def __init__(self) -> None:
        self._by_piece: dict[tuple[str, str], list[Whole]] = {}
        self._orders: dict[tuple[str, str], int] = {}

    def add(self, label: str, placeholder: str, *, value: str) -> None:
        if not kinds_of(label) or (placeholder, value) in self._orders:
            return
        self._orders[placeholder, value] = len(self._orders)
        whole = Whole(placeholder, label, value, len(self._orders))
        for piece in _pieces(signs_in(value), is_phone=label in _PHONES):
            row = self._by_piece.setdefault((label, piece), [])
            if len(row) < _SEVERAL:
                row.append(whole)

    def above(self, label: str, placeholder: str, *, value: str) -> Iterator[Whole]:
        """What the value may be a piece or another writing of, the likeliest first; never in a circle."""
        shown = signs_in(value)
        match = _COVERED.search(value)
        asked = [shown] if not match else [digits_in(value[match.end() :]), signs_in(value[: match.start()])]
        if label in _PHONES:
            asked += [shown[-_NATIONAL + 1 :], shown[1:]]
        own = self._orders.get((placeholder, value), len(self._orders)) + 1
        for kind in kinds_of(label, len(shown)):
            found = dict.fromkeys(one for piece in asked for one in self._by_piece.get((kind, piece), ()))
            for one in sorted(found, key=lambda one: (one.placeholder != placeholder, one.order)):
                if (len(signs_in(one.value)), -one.order) > (len(shown), -own):
                    yield one


def _pieces(signs: str, *, is_phone: bool) -> set[str]:
    sizes = range(_LEAST_SHOWN, min(len(signs), _LONGEST) + 1)
    found = {signs, *(signs[:size] for size in sizes), *(signs[-size:] for size in sizes)}
    if is_phone or signs.isdecimal():
        codes = range(1, min(_PREFIX, len(signs) - _NATIONAL + 1) + 1)
        found |= {signs[code : code + size] for code in codes for size in sizes}
    return found


def is_part(label: str) -> bool:
    """Whether what has the label is a piece of a number, by its name."""
    return _PARTIAL.search(label) is not None


def kinds_of(label: str, size: int = _SAYS_ENOUGH) -> tuple[str, ...]:
    """Of which labels a value of this label and so many signs may be a piece, the likeliest first."""
    if not is_part(label):
        return (label,) if label in _NUMBERS else ()
    kind = label.partition("_")[0]
    told = _TOLD_OF.get(kind, (kind,))
    others = [one for one in _NUMBERS if one not in told] if size >= _SAYS_ENOUGH else ()
    return (*told, *others, label)


def signs_in(text: str) -> str:
    """Digits and Latin letters, small."""
    return "".join(sign for sign in text.lower() if sign.isalnum())


def fitted(form: str, signs: str) -> str:
    """The form with its letters and digits replaced, one by one, from the right."""
    count = sum(map(str.isalnum, form))
    row = iter(signs.rjust(count, "0")[-count:] if count else "")
    written = (next(row) if sign.isalnum() else sign for sign in form)
    return "".join(new.upper() if old.isupper() else new for old, new in zip(form, written, strict=True))


def agreeing(value: str, whole: str, *, drawn: Callable[[], str], label: str) -> str | None:
    """What stands for `value`, which is `whole` or a piece of it, where `drawn` gives what stands for the whole; None
    where it is neither."""
    shown, real = signs_in(value), signs_in(whole)
    if match := _COVERED.search(value):
        head, tail = signs_in(value[: match.start()]), digits_in(value[match.end() :])
        if (head or tail) and real.startswith(head) and real.endswith(tail) and len(head + tail) < len(real):
            made = signs_in(drawn())
            return _uncovered(value, head=made[: len(head)], tail=made[len(made) - len(tail) :])
        return None
    signs = _signs(shown, real, is_phone=label in _PHONES)
    return fitted(value, signs(signs_in(drawn()))) if signs else None


def _uncovered(value: str, *, head: str, tail: str) -> str:
    digits = iter(head + tail)
    return "".join(next(digits, "0") if sign.isdecimal() else sign for sign in value)


def _signs(shown: str, real: str, *, is_phone: bool) -> Callable[[str], str] | None:
    """How the signs of a piece come from those drawn for the whole."""
    size = len(shown)
    if shown == real:
        return lambda made: made
    if is_phone and (tail := _same_number(shown, real)):
        return lambda made: shown[: size - tail] + made[len(made) - tail :]
    if not _LEAST_SHOWN <= size < len(real) or len(real) < _LEAST_WHOLE:
        return None
    if real.endswith(shown):
        return lambda made: made[len(made) - size :]
    if real.startswith(shown):
        return lambda made: made[:size]
    return _of_national(shown, real) if is_phone or real.isdecimal() else None


def _same_number(shown: str, real: str) -> int:
    """How many last digits make two writings of a phone one; 0 where they are two phones."""
    tail = next((n for n in range(min(len(shown), len(real))) if shown[-1 - n] != real[-1 - n]), 0)
    tail = tail or min(len(shown), len(real))
    return tail if tail >= _NATIONAL - 1 and max(len(shown), len(real)) - tail <= _PREFIX else 0


def _of_national(shown: str, real: str) -> Callable[[str], str] | None:
    """`8701` and `701` of +7 701 …: the beginning behind a country code, behind another sign for it or none."""
    for code in range(1, min(_PREFIX, len(real) - _NATIONAL + 1) + 1):
        for trunk in (0, 1):
            core = shown[trunk:]
            if len(core) < _LEAST_SHOWN or (trunk and shown[0] not in "078"):
                continue
            if real[code:].startswith(core):
                return _from(shown[:trunk], code=code, size=len(core))
    return None


def _from(trunk: str, *, code: int, size: int) -> Callable[[str], str]:
    return lambda made: trunk + made[code : code + size]
