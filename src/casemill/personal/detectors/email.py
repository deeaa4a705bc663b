"""E-mail addresses, written with an at sign or spelled out."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import lower, spans_of
from casemill.personal.detector import Detector

_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~-]"
_ADDRESS = re.compile(rf"(?<!{_LOCAL}){_LOCAL}++@[\w-]++(?:\.[\w-]++)+")
_HOUSE = (
    r"(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|yandex|ya|mail|inbox|bk|list|rambler|proton(?:mail)?|aol|gmx|ymail"
    r"|rediffmail|zoho|гмейл|гмайл|джимейл|жмейл|яндекс|мейл|мэйл|маил|рамблер|яху|аутлук|инбокс|айклауд)"
)
_TOP = r"(?:com|ru|kz|net|org|de|in|uk|by|ua|uz|kg|ком|ру|кз|нет|орг|укр|рф)"
# Where the at sign was escaped; where a dot is missing, or is a comma by a slip.
_ESCAPED = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:%40|&#64;|&#x40;|&commat;)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.IGNORECASE
)
_LOCAL_BEFORE = re.compile(r"(?<![^\s<>\"'(:,;=])[\w.+-]+\Z")
_SLIPPED = re.compile(rf"@(?:{_HOUSE}(?:\s?,\s?{_TOP}(?!\w))?|[\w-]{{1,63}},{_TOP})(?![\w@]|\.\w)", re.IGNORECASE)
_AT = (
    r"(?:\s(?:at(?:\sthe\srate(?:\sof)?)?|собака|собачка|ат|эт|ит\sбелгісі|айқұлақ(?:\sбелгісі)?)\s"
    r"|\s?[(\[{<](?:at|собака|@)[)\]}>]\s?)"
)
_DOT = r"(?:\s(?:dot|точка|нүкте|period|point)\s|\s?[(\[{<](?:dot|точка|\.)[)\]}>]\s?|\.)"
_SIGN = (
    r"(?:\s(?:underscore|dash|hyphen|minus|plus|нижнее подчёркивание|нижнее подчеркивание|подчёркивание"
    r"|подчеркивание|дефис|тире|минус|плюс|астыңғы сызық|төменгі сызық|сызықша)\s)"
)
_NUMBER = (
    r"(?:[0-9]{1,8}|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_SPELLED = re.compile(
    rf"(?<![\w.+-])(?P<local>[\w+-]++(?:(?:{_DOT}|{_SIGN})[\w+-]++){{0,6}}(?:\s{_NUMBER}){{0,4}})(?P<at>{_AT})"
    rf"(?:[\w-]++(?:{_DOT}[\w-]++){{0,3}}{_DOT}[^\W\d_]{{2,12}}(?!\w)|{_HOUSE}(?P<top>[ ,]{{1,2}}{_TOP}(?!\w))?(?!\w))",
    re.IGNORECASE,
)
# `a n n a @ g m a i l . c o m`, `anna @ gmail . com`
_SPACED = re.compile(
    r"(?<![\w.+-])(?:(?:[\w.+-]\s){2,30}|[\w.+-]{1,64}\s?)@\s?(?:[\w-](?:\s[\w-](?!\w)){2,20}"
    r"|[\w-]{1,40}(?:\.[\w-]{1,40}){0,3})"
    r"(?:\s?\.\s?|\sdot\s)(?:[a-z](?:\s[a-z](?!\w)){1,5}|[^\W\d_]{2,12})(?!\w)",
    re.IGNORECASE,
)
_PROVIDER = r"(?:gmail|g\smail|yahoo|hotmail|outlook|icloud|rediffmail|yandex|protonmail|aol|ymail|googlemail|gmx|mail)"
# As speech is written down: `anna 143 gmailcom`, `annagmailcom`, `anna at gmail com`.
_GLUED = re.compile(
    rf"(?<![\w.+-])(?:[\w.+-]{{2,40}}{_PROVIDER}\s?com"
    rf"|[\w.+-]{{1,40}}(?:\s[0-9]{{1,8}})?\s(?:at\s(?:the\srate\s)?)?{_PROVIDER}\s?com)(?!\w)",
    re.IGNORECASE,
)
_TAILS = ("mail", "yahoo", "outlook", "icloud", "yandex", "aol", "gmx")
_UNUSUAL = (
    *("dot", "точка", "нүкте", "собака", "собачка", "(at", "[at", "{at", "<at", "(@", "[@", "белгісі", "айқұлақ"),
    "at the rate",
)
_ATS = (" at ", " эт ", " ат ")
_HOUSES = tuple(_HOUSE[3:-1].replace("proton(?:mail)?", "proton").split("|"))
LONGEST = 64
_ESCAPES = ("%40", "&#64;", "&#x40;", "&commat;")
_ODD = re.compile(
    r"[(\[{<]\s?(?:at|собака|@)|собак|собач|ит\sбелгісі|айқұлақ|\sdot\s|[(\[{<](?:dot|\.)|точка|нүкте|at\sthe\srate"
)
_AT_HOUSE = re.compile(rf"\s{_HOUSE}$", re.IGNORECASE)
_JOINT = re.compile(rf"[._]|{_SIGN}")
_STRAY = "'`*{|}~/=?^&!#$%"


def find(text: str) -> Iterator[Span]:
    lowered = lower(text)
    if "@" in text:
        yield from _plain(text)
        yield from _slipped(text)
    if any(map(lowered.__contains__, _ESCAPES)):
        yield from spans_of(_ESCAPED, text, label="EMAIL")
    if " @" in text or "@ " in text:
        yield from spans_of(_SPACED, text, label="EMAIL")
    if any(map(lowered.__contains__, _UNUSUAL)) or _is_said_at_house(lowered):
        yield from _spelled(text)
    if ("mail" in lowered or "yahoo" in lowered) and _has_tail(lowered):
        yield from spans_of(_GLUED, text, label="EMAIL")


def _has_tail(lowered: str) -> bool:
    """Whether `com` stands right behind what the name of a provider ends in."""
    place = lowered.find("com")
    while place >= 0:
        if lowered[max(0, place - 8) : place].rstrip().endswith(_TAILS):
            return True
        place = lowered.find("com", place + 1)
    return False


def _plain(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip(_STRAY + ".-"))
        if text[start] != "@":
            yield Span(start=start, end=match.end(), label="EMAIL")


def _slipped(text: str) -> Iterator[Span]:
    for match in _SLIPPED.finditer(text):
        if local := _LOCAL_BEFORE.search(text, max(0, match.start() - LONGEST), match.start()):
            yield Span(start=local.start(), end=match.end(), label="EMAIL")


def _is_said_at_house(lowered: str) -> bool:
    """Whether the name of a mail house stands behind an at that is written like the word."""
    for at in _ATS:
        place = lowered.find(at)
        while place >= 0:
            if lowered.startswith(_HOUSES, place + len(at)):
                return True
            place = lowered.find(at, place + 1)
    return False


def _spelled(text: str) -> Iterator[Span]:
    """What is no address may hold the beginning of one: `me at j.okafor [at] example [dot] ng`."""
    place = 0
    while match := _SPELLED.search(text, place):
        place = match.end()
        if _is_spelled(match):
            yield Span(start=match.start(), end=match.end(), label="EMAIL")
        else:
            place = match.end("at")


def _is_spelled(match: re.Match[str]) -> bool:
    """`look at example.com` is no address: the at or a dot is written in an unusual way, or it is at a mail house and
    what stands before it is no word."""
    if _ODD.search(match[0].lower()):
        return True
    local = match["local"]
    at_house = match["top"] is not None or _AT_HOUSE.search(match[0]) is not None
    return at_house and any(map(str.isalpha, local)) and _JOINT.search(local.lower()) is not None


DETECTOR = Detector(
    find,
    pieces=("@", "mail", "(at", "[at", *_ESCAPES),
    stems=(
        "dot",
        "точка",
        "нүкте",
        "собака",
        "yahoo",
        "icloud",
        "outlook",
        "aol",
        "yandex",
        "rambler",
        "айқұлақ",
        "ит",
    ),
)
