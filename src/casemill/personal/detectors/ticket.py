"""Numbers of tickets, requests and claims, by the word beside them."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import spans_of
from casemill.personal.detector import Detector

_AFTER = re.compile(
    r"(?<![^\W_])(?P<id>#?[A-Za-z]{0,4}-?[0-9]{3,12}(?:(?<=[0-9]{4})|(?=\s+н)))[\s-]+(?:(?:нөмірлі|номерлі)\s+)?(?:өтініш|өтінім)\w{0,6}",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    return spans_of(_AFTER, text, label="TICKET")


DETECTOR = Detector(find, digits=3, yields=True, pieces=("өтін",))
