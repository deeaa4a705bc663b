"""Numbers of tickets, requests and claims, by the word beside them."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import Numbered, count_digits, spans_of
from casemill.personal.detector import Detector


def _believe(text: str, strong: bool) -> bool:
    return count_digits(text) >= (3 if strong else 4)


def _believe_marked(text: str, strong: bool) -> bool:
    return strong and count_digits(text) >= 3


_CALLED = Numbered(
    "TICKET",
    ("ticket", "incident", "claim", "complaint", "обращени", "заявк", "тикет", "инцидент", "өтініш", "өтінім", "жалоб"),
    re.compile(
        r"tickets?|incidents?|claims?|complaints?|обращени\w{1,3}|заявк\w{1,3}|заявок|тикет\w{0,3}|инцидент\w{0,3}|жалоб\w{1,3}"
        r"|өтініш\w{0,6}|өтінім\w{0,6}"
    ),
    _believe,
)
_MARKED = Numbered(
    "TICKET",
    ("case", "request", "inquiry", "enquiry", "reference", "запрос", "сұрау"),
    re.compile(r"cases?|requests?|(?:in|en)quiry|reference|запрос\w{0,3}|сұрау\w{0,5}"),
    _believe_marked,
)
_AFTER = re.compile(
    r"(?<![^\W_])(?P<id>#?[A-Za-z]{0,4}-?[0-9]{3,12})[\s-]+(?:нөмірлі\s+|номерлі\s+)?(?:өтініш|өтінім)\w{0,6}",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Span]:
    yield from _CALLED.find(text)
    yield from _MARKED.find(text)
    if "өтін" in text.lower():
        yield from spans_of(_AFTER, text, label="TICKET")


DETECTOR = Detector(find, digits=3, yields=True)
