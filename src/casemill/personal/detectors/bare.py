"""Long numbers that nothing explains: no amount, no product, no date writes so many digits; somebody's account does."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, runs_of
from casemill.personal.detector import Detector

# Ten digits alone are left: so are products numbered, and a telephone says more about itself.
_LENGTHS = frozenset({8, 9, *range(11, 20)})
_STANDS_ALONE = re.compile(r"(?<![\w+#№$€£₸₽./=-])(?<![0-9],)[0-9]+(?![\w%/=-])(?![.,:][0-9])")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:[0-9]{4}(?:[0-9]{2})?)?")
_DAY_FIRST = re.compile(
    r"(?:(?:[0-2][0-9]|3[01])(?:0[1-9]|1[0-2])|(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01]))(?:19|20)[0-9]{2}"
)
# Said to be an amount or a size, not somebody's number.
_COUNTED = re.compile(r"amount|total|price|cost|paid|sum of|bytes|views|сумм|цен[аыу]|стоим|баға|сомас|құны")
_CLOCK = re.compile(r"1[4-9][0-9]{11}")


def find(text: str) -> Iterator[Span]:
    for start, end in runs_of(text):
        if end - start not in _LENGTHS or not _STANDS_ALONE.match(text, start):
            continue
        number = text[start:end]
        if _COUNTED.search(before(text, start, width=24)):
            continue
        if len(set(number)) > 1 and not any(form.fullmatch(number) for form in (_DAY, _DAY_FIRST, _CLOCK)):
            yield Span(start=start, end=end, label="ACCOUNT")


DETECTOR = Detector(find, digits=8, yields=True, row=7)
