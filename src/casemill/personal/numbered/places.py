"""Stores, branches and couriers, by the word before them: `branch 114`, `отделение №12`."""

import re

from casemill.personal.numbered.reading import Numbered

_ID = re.compile(r"(?P<id>#?(?:[a-z]{1,3}-?)?[0-9]{1,6})(?![^\W_])(?![-/.,:][0-9])")


def _believe(text: str, strong: bool) -> bool:
    return len(text) >= (1 if strong else 2)


KINDS = (
    Numbered(
        "BRANCH",
        ("branch", "office", "отделени", "филиал", "офис", "бөлімше", "касса", "сбербанк"),
        re.compile(
            r"branch(?:es)?|отделени\w{1,3}|филиал\w{0,3}|офис\w{0,2}(?=\s*№)|бөлімше\w{0,5}|office(?=\s*(?:no"
            r"|number|#))"
        ),
        _believe,
        _ID,
    ),
    Numbered(
        "STORE",
        ("store", "shop", "outlet", "pickup", "pick-up", "магазин", "пункт", "пвз", "постамат", "дүкен", "locker"),
        re.compile(
            r"stores?(?!\s+(?:credit|hours|app))|shop(?=\s*(?:no|number|#))|outlet|pick-?up\s+point|locker"
            r"|магазин\w{0,3}|пункт\w?\s+(?:выдачи|самовывоза)|пвз|постамат\w{0,2}|дүкен\w{0,5}"
        ),
        _believe,
        _ID,
    ),
    Numbered(
        "COURIER",
        ("courier", "driver", "курьер", "водител", "технич"),
        re.compile(r"couriers?|driver(?=['’]?s?\s*(?:id|no|number|#))|курьер\w{0,3}|водител\w{1,3}(?=\s*№)"),
        _believe,
        _ID,
    ),
)
