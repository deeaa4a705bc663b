"""A desk full of tickets that say what they are, and the reviews that go with them."""

from datetime import timedelta

import make
from casemill.domain.failure import Failure
from casemill.domain.review import Review
from casemill.domain.ticket import Ticket
from casemill.store import Desk, reviews, tickets

NEVER = "The bot never cancelled the order, {}."
WRONG = "The bot changed the wrong item instead of the {} one."
LATE = "The courier lost the parcel on {}. The bot was right."
THINGS = ("blue", "red", "green", "white", "black", "grey", "pink", "brown", "golden", "silver")


def ticket(number: int) -> Ticket:
    """Every third one a missed action, a wrong call, a lost parcel."""
    note = (NEVER, WRONG, LATE)[number % 3].format(THINGS[number // 3 % 10] + str(number))
    chat = ("customer", f"about my {THINGS[number % 10]} order number {number}"), ("assistant", "Let me see.")
    turns = make.turns(*chat, ("customer", "your chatbot did not help me"), ("note", note))
    return make.ticket(str(number), turns=turns, resolution=note, subject="order", csat=None, person=f"person-{number}")


def review(number: int, **fields: object) -> Review:
    """What a careful person says of it."""
    at = make.NOW + timedelta(seconds=number)
    if number % 3 == 2:
        return make.review(f"zendesk:{number}", decision="correct", origin="product", at=at, **fields)
    mode = ("missed_action", "wrong_tool_call")[number % 3]
    failures = (Failure(mode=mode, severity="P1", turn=1),)
    return make.review(f"zendesk:{number}", decision="correct", origin="model", failures=failures, at=at, **fields)


def fill(desk: Desk, *numbers: int) -> None:
    with desk.write() as db:
        for number in numbers:
            tickets.put(db, ticket(number))


def decide(desk: Desk, *numbers: int) -> None:
    """Decisions as if they had been made long ago: the rows alone."""
    with desk.write() as db:
        for number in numbers:
            reviews.add(db, review(number))
