"""Accounts, policies and client numbers, by the word before them: `account number 85731890`."""

import re

from casemill.personal.context import count_digits
from casemill.personal.numbered.reading import Numbered


def _believe(text: str, strong: bool) -> bool:
    return count_digits(text) >= (3 if strong else 5)


def _believe_routing(text: str, _: bool) -> bool:
    return count_digits(text) >= 6


KINDS = (
    Numbered(
        "ACCOUNT",
        (
            *("account", "acct", "customer", "client", "member", "policy", "loyalty", "user", "patient", "student"),
            *(
                "employee",
                "contract",
                "agreement",
                "bonus",
                "subscriber",
                "frequent",
                "insurance",
                "wallet",
                "passenger",
            ),
            *("лицев", "счет", "счёт", "код", "номер", "клиент", "шот", "полис", "договор", "абонент", "бонус", "шарт"),
            *(
                "дисконт",
                "келісімшарт",
                "табельн",
                "gift",
                "certificate",
                "voucher",
                "подарочн",
                "сертификат",
                "ваучер",
            ),
            "сыйлық",
        ),
        re.compile(
            r"(?:accounts?|acct|loyalty|policy)(?:\s+card)?|(?:customer|client|member(?:ship)?|user|patient"
            r"|student|employee"
            r"|subscriber|passenger|contract|agreement|insurance|wallet|frequent[\s-](?:fl[iy]er|guest))"
            r"(?=[\s_-]*(?:id|number|no|num|code|#|№)(?![^\W_]))|(?:bonus|membership|discount)\s+card"
            r"|(?:лицев\w+\s+)?сч[её]т(?:а|у|ом|е)?|полис\w{0,3}|шот\w{0,4}|договор\w{0,2}|келісімшарт\w{0,4}"
            r"|абонент\w{0,3}|табельн\w{2}|(?:бонусн|дисконтн)\w{2,3}\s+карт\w{1,3}|(?:код\w?|номер\w?)\s+клиента"
            r"|клиент\w{0,4}(?=\s+(?:id|№|нөмір))|(?:gift\s+)?(?:certificate|voucher)|gift\s?card"
            r"|(?:подарочн\w{2,3}\s+)?(?:сертификат|ваучер)\w{0,2}|подарочн\w{2,3}\s+карт\w{1,3}|сыйлық\s+карта\w{0,4}"
        ),
        _believe,
    ),
    Numbered(
        "ACCOUNT",
        ("routing", "sort", "бик"),
        re.compile(r"routing(?=\s+(?:number|no|#))|sort[\s-]code|бик(?![^\W_])"),
        _believe_routing,
        re.compile(r"(?P<id>[0-9]{2}[ -][0-9]{2}[ -][0-9]{2}|[0-9]{6,9})(?![\w-])"),
    ),
)
