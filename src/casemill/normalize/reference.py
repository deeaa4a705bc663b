"""The agent's own answer as the reference reply, only where it truly answers what the customer asked."""

import re

from casemill.domain.ticket import Ticket
from casemill.normalize.reading.courtesy import answers
from casemill.normalize.reading.words import content_words, share, stems, words

FEWEST_WORDS = 5
# A customer who writes like this after the reply was not helped by it.
_UNHELPED = re.compile(
    r"\b(?:still\s(?:no|not|wrong|broken|waiting|doesn|does\snot|haven|have\snot|nothing)|(?:doesn|didn|isn|wasn)['’]?t\s(?:work|help|true|right)"
    r"|that['’]?s\s(?:not|wrong|a\slie)|not\s(?:what\si|true|helpful|working)|wrong\sagain|ridiculous|unacceptable|useless"
    r"|terrible|you\sdidn['’]?t\s(?:read|answer)|всё\sещё\sне|все\sеще\sне|до\sсих\sпор|не\s(?:работает|помогло|то|так)|неправда"
    r"|опять\sне|это\sне\sответ|безобразие|ужас)",
    re.IGNORECASE,
)


def good_reply(ticket: Ticket, *, after: int, expected: str) -> str | None:
    """The first public reply of a person after the failing turn that answers the customer, whole and verbatim.

    It answers when something is left of it besides manners and "I corrected it by hand", at least FEWEST_WORDS words
    that share a telling root with the customer's words or the expectation, and when the customer does not say next
    that it did not help.
    """
    about = _about(ticket, expected)
    for index, turn in ticket.said_by("agent"):
        if index > after and is_answer(turn.text, about) and not _was_unhelped(ticket, index):
            return turn.text
    return None


def is_answer(text: str, about: frozenset[str]) -> bool:
    """Whether a reply says something of its own about the matter, given as roots."""
    own = " ".join(answers(text))
    return len(words(own)) >= FEWEST_WORDS and share(own, about) > 0


def _about(ticket: Ticket, expected: str) -> frozenset[str]:
    asked = " ".join(turn.text for _, turn in ticket.said_by("customer"))
    return stems(" ".join(content_words(f"{ticket.subject} {asked} {expected}")))


def _was_unhelped(ticket: Ticket, index: int) -> bool:
    said = next((turn.text for at, turn in ticket.said_by("customer") if at > index), "")
    return bool(_UNHELPED.search(said))
