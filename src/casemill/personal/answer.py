"""An answer that is hardly more than a number is what the question before it asked for."""

import re

from casemill.personal.context import lower
from casemill.personal.veil import NOTHING

_WINDOW = 240
_SHORT = 80
_NUMBER = re.compile(r"[0-9]")
_ASKS = re.compile(
    r"\?|please|provide|what|which|could|may i|can i|need|пожалуйста|укажите|назовите|напишите|какой|какая"
    r"|қандай|айтыңыз|жазыңыз|беріңіз"
)
_ASKED = re.compile(
    r"(?P<order>order|booking|reservation|confirmation|tracking|invoice|заказ|брон|тапсырыс)"
    r"|(?P<account>account|customer|client|member|policy|лицево|счёт|счет|клиент|шот)"
    r"|(?P<ticket>ticket|case|claim|reference|обращени|заявк|өтініш)"
    r"|(?P<phone>phone|mobile|telephone|call you|contact number|телефон|нөмірің)"
    r"|(?P<card>card number|номер карты|карта нөмірі)|(?P<iin>\biin\b|иин|жсн)|(?P<ssn>\bssn\b|social security)"
    r"|(?P<birth>birth|дат[аыу] рождения|туған)|(?P<zip>zip|postal|postcode|индекс)|(?P<pin>\bpin\b|пин)"
    r"|(?P<other>date|amount|price|how many|how much|quantity|size|item|product|model|code"
    r"|сумм|дат[аыу]|сколько|код|артикул|товар|қанша|күн)"
)
_LEADS = {
    "iin": "iin: ",
    "ssn": "ssn: ",
    "card": "card number: ",
    "phone": "phone number: ",
    "birth": "date of birth: ",
    "zip": "zip: ",
    "pin": "pin: ",
}


def is_short(answer: str) -> bool:
    """Whether a text could be an answer: a number and few words. What is covered does not count."""
    return len(answer) - answer.count(NOTHING) <= _SHORT and _NUMBER.search(answer) is not None


def lead_of(question: str, answer: str) -> str:
    """What to read before the answer so that its number is understood: `order number: `; empty when nothing was asked.

    The last thing that the question names counts.
    """
    if not is_short(answer):
        return ""
    asked = lower(question).rpartition(NOTHING)[2][-_WINDOW:]
    if not _ASKS.search(asked):
        return ""
    names = [match.lastgroup or "other" for match in _ASKED.finditer(asked)]
    if not names or names[-1] == "other":
        return ""
    return _LEADS.get(names[-1], f"{names[-1]} number: ")
