"""Orders, bookings and parcels, by the word before them: `order no. 548921`, `reservation FQ8APE`."""

import re

from casemill.personal.context import count_digits
from casemill.personal.numbered.reading import Numbered

_LOUD = frozenset(
    {"STATUS", "ONLINE", "CANCEL", "PLEASE", "NUMBER", "SYSTEM", "CHANGE", "REFUND", "BEFORE", "CLOSED", "TICKET"}
    | {"FLIGHT", "FAILED", "RETURN", "UPDATE", "PERIOD", "NEEDED", "AGENTS", "ISSUED", "SHOULD", "CANNOT", "WITHIN"}
)


def _believe(text: str, strong: bool) -> bool:
    return count_digits(text) >= (3 if strong else 4)


def _believe_booking(text: str, strong: bool) -> bool:
    """A number, or a record locator: capitals with digits, or six capitals that are no word said loudly."""
    if text.isdigit() or (strong and count_digits(text) >= 2 and not text.isupper()):
        return count_digits(text) >= (3 if strong else 4) or not text.isdigit()
    if not (5 <= len(text) <= 13 and text.isupper()):
        return False
    return count_digits(text) > 0 or (len(text) == 6 and text not in _LOUD)


# Its ids may hold no digit at all, so that it is also asked of texts without one.
BOOKINGS = Numbered(
    "ORDER",
    ("booking", "reservation", "pnr", "confirmation", "itinerary", "ride", "ref", "брон"),
    re.compile(
        r"bookings?|reservations?|pnr|confirmation|itinerary|ref|ride(?=[\s_]*(?:id|number|no|#))"
        r"|брон(?:ь|и|ью|ировани\w{1,2}|дау\w{0,4})"
    ),
    _believe_booking,
    wordy=True,
)


KINDS = (
    Numbered(
        "ORDER",
        (
            *("order", "preorder", "pre-order", "purchase", "invoice", "parcel", "tracking", "shipment", "package"),
            *("consignment", "waybill", "transaction", "receipt", "delivery", "заказ", "посылк", "накладн", "трек"),
            *("чек", "доставк", "транзакц", "тапсырыс", "сәлемдеме", "жеткізу"),
            *("bestell", "auftrag", "commande", "pedido", "sipariş", "siparis", "замовлення", "посилк"),
        ),
        re.compile(
            r"(?:pre-?)?orders?|purchase|invoice|parcel|tracking|shipment|package|consignment|waybill"
            r"|(?:transaction|receipt|delivery)(?=[\s_]*(?:id|number|no|#|№)(?![^\W_]))"
            r"|(?:доставк|транзакц)\w{1,3}(?=\s*(?:№|номер|#))|жеткізу\w{0,3}(?=\s+нөмір)"
            r"|заказ\w{0,3}|посылк\w{1,3}|накладн\w{2,3}"
            r"|трек(?:-?номер)?\w{0,2}|чек\w{0,2}|тапсырыс\w{0,6}|сәлемдеме\w{0,4}"
            r"|(?:bestell|auftrag)(?:s?nummer|nr|ung(?:en|s?nummer)?|s)?(?![^\W_])\.?|(?:commande|pedido)s?(?![^\W_])(?:\s+n[°ºo]\.?(?![^\W_]))?"
            r"|(?:sipariş|siparis)(?:im|imin|iniz|in|ler|i)?(?![^\W_])(?:\s+(?:numara|no)[^\W\d_]{0,4})?"
            r"|замовлен(?:ня|ню|нням)(?![^\W_])|посилк\w{1,3}"
        ),
        _believe,
    ),
    BOOKINGS,
)
