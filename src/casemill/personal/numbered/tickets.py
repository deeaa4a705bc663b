"""Numbers of tickets, requests and claims, by the word before them."""

import re

from casemill.personal.context import count_digits
from casemill.personal.numbered.reading import Numbered


def _believe(text: str, strong: bool) -> bool:
    return count_digits(text) >= (3 if strong else 4)


def _believe_marked(text: str, strong: bool) -> bool:
    return strong and count_digits(text) >= 3


KINDS = (
    Numbered(
        "TICKET",
        (
            *("ticket", "incident", "claim", "complaint", "обращени", "заявк", "заявок", "тикет", "инцидент", "жалоб"),
            *("өтініш", "өтінім", "шағым"),
        ),
        re.compile(
            r"tickets?|incidents?|claims?|complaints?|обращени\w{1,3}|заявк\w{1,3}|заявок|тикет\w{0,3}|инцидент\w{0,3}"
            r"|жалоб\w{1,3}|өтініш\w{0,6}|өтінім\w{0,6}|шағым\w{0,6}"
        ),
        _believe,
    ),
    Numbered(
        "TICKET",
        ("case", "request", "inquiry", "enquiry", "reference", "запрос", "сұрау"),
        re.compile(r"cases?|requests?|(?:in|en)quiry|reference|запрос\w{0,3}|сұрау\w{0,5}"),
        _believe_marked,
    ),
)
