"""IMEI and serial numbers, by the word before them."""

import re

from casemill.personal.context import count_digits
from casemill.personal.numbered.reading import Numbered

KINDS = (
    Numbered(
        "DEVICE",
        ("vin", "chassis", "вин", "шасси", "кузов"),
        re.compile(
            r"vin(?:[\s-](?:code|number|no))?(?![^\W_])|chassis|вин(?:[\s-]?код\w{0,2})?(?![^\W_])|шасси|кузов\w{0,2}"
        ),
        lambda text, _: count_digits(text) >= 4,
        re.compile(r"(?P<id>[a-hj-npr-z0-9]{11,17})(?![^\W_])"),
    ),
    Numbered(
        "DEVICE",
        ("imei", "meid", "iccid", "eid", "имеи"),
        re.compile(r"imei[12]?|meid|iccid|eid|имеи"),
        lambda text, _: count_digits(text) >= 8,
        re.compile(r"(?P<id>[0-9a-f](?:[ ./-]?[0-9a-f]){13,33})(?![^\W_])"),
    ),
    Numbered(
        "DEVICE",
        ("serial", "серийн", "сериялық", "device", "udid", "idfa", "gaid", "android"),
        re.compile(
            r"serial(?=[\s_-]*(?:number|no|num|#|:|is|code))|серийн\w{2,3}\s+номер\w{0,2}|сериялық\s+нөмір\w{0,4}"
            r"|device(?=[\s_-]*(?:id|identifier|uuid|token)(?![^\W_]))|udid|idfa|gaid|android(?=[\s_]id)"
        ),
        lambda text, _: count_digits(text) >= 2 and len(text) >= 5,
    ),
)
