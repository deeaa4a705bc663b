"""Names by where they stand: after a greeting, under a closing, before what a speaker of a transcript says."""

import re
from collections import Counter
from collections.abc import Iterator

from casemill.personal.cues.reading import is_name, name_at
from casemill.personal.everyday import is_name_too
from casemill.personal.inflection import plain
from casemill.personal.veil import Place
from casemill.personal.words import NOT_PEOPLE, listed

_GREETING = re.compile(
    r"(?:^|(?<=[\n.!?:>\"]))[ \t>\"]*(?:hi|hello|hey|hiya|dear|good[ ](?:morning|afternoon|evening|day)"
    r"|greetings|welcome(?:[ ]back)?"
    r"|thanks(?:[ ](?:so|very)[ ]much|[ ]a[ ]lot)?|thank[ ]you(?:[ ](?:so|very)[ ]much)?|sorry|bye|goodbye"
    r"|привет|здравствуйте|здравствуй|добрый[ ](?:день|вечер)|доброе[ ]утро|уважаем\w{2}|дорог(?:ой|ая)"
    r"|спасибо|приветствую|до[ ]свидания"
    r"|сәлем|сәлеметсіз[ ]бе|армысыз|қайырлы[ ](?:таң|күн|кеш)|құрметті|рахмет|рақмет)(?P<stop>[ ]?[,!]?)[ ]"
    r"(?=(?P<first>[^\W\d_]))"
)
# `қайрат, қайырлы күн!`: whoever is spoken to stands before the greeting.
_BEFORE_GREETING = re.compile(
    r"(?:^|(?<=\n))[ \t>]*(?P<name>[^\W\d_]{3,24})[ ]?,[ ]?(?=(?:привет|здравствуйте|добрый[ ](?:день|вечер)"
    r"|доброе[ ]утро|сәлем|сәлеметсіз[ ]бе|қайырлы[ ](?:таң|күн|кеш))(?![^\W_]))"
)
_GREETED = re.compile(r"[ ]?[,.!?:;)\n–—-]|[ ]?$|[ ]\0")
_WARM = frozenset(
    ("dear", "hi", "hello", "hey", "привет", "здравствуйте", "уважаемая", "уважаемый", "құрметті", "сәлем")
)
_CLOSING = re.compile(
    r"(?:^|(?<=[\n.!?,]))[ \t>]*(?:(?:best|kind|warm(?:est)?|with[ ]kind|kindest|many)[ ](?:regards|wishes"
    r"|thanks)|regards|sincerely(?:[ ]yours)?"
    r"|yours(?:[ ](?:sincerely|truly|faithfully))?|respectfully|cheers|best|thanks(?:[ ]again"
    r"|[ ]in[ ]advance)?|thank[ ]you(?:[ ]again|[ ]in[ ]advance)?|love"
    r"|с[ ](?:наилучшими[ ]пожеланиями|уважением)|всего[ ]доброго|заранее[ ]спасибо|спасибо|құрметпен"
    r"|ізгі[ ]ниетпен|рахмет)"
    r"(?P<stop>[ ]?[,.!—–-]?[ ]?(?:\n[ \t>]*){1,3}|[ ]?,[ ])(?:[-—–~][ ]?)?"
)
_FIRM = re.compile(r"regards|sincerely|wishes|respectfully|yours|уважением|құрметпен|пожеланиями")
_LAST_LINE = re.compile(r"\n[ \t>]*[-—–~][ ]?(?P<name>[^\W\d_][^\n\d:;@]{1,40}?)[ \t.]*\Z")
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[ ]?[apAP][mM])?"
_FIELDS = listed(
    "fax e-mail email website web mobile cell tel telephone phone desk office skype telegram whatsapp instagram url "
    "re fw fwd ps nb todo note edit update факс почта сайт телефон моб тел адрес итого тема"
)
_TIMED = re.compile(_CLOCK)
_SPEAKER = re.compile(
    rf"^[ \t>*]*(?:[\[(]?{_CLOCK}[\])]?[ ]?[-–|]?[ ]?)?(?P<name>[^\W\d_][\w.'’-]{{0,24}}"
    rf"(?:[ ][^\W\d_][\w.'’-]{{0,24}}){{0,3}})"
    rf"(?:[ ][(\[](?:[^\W\d_]{{2,20}}|{_CLOCK})[)\]])?(?:[ ]?[\[(]?{_CLOCK}[\])]?)?[*]{{0,2}}[ ]?:(?=[ *\n])",
    re.MULTILINE,
)
_HEADER = re.compile(
    r"^[ \t>*]*(?:from|to|cc|sender|от|кому|отправитель|кімнен|кімге)[ ]?:[ *]{1,3}(?=\")?\"?", re.MULTILINE
)


def greeted(text: str, lowered: str) -> Iterator[Place]:
    """`Dear Ms. Karimova,`, `hi anna,`, `Рахмет, Айдос!`, `вера, добрый день`"""
    for match in _BEFORE_GREETING.finditer(lowered):
        if is_name_too(plain(match["name"])):
            yield match.span("name")
    for match in _GREETING.finditer(lowered):
        small = match[0].strip(' \t>"').partition(",")[0].rstrip(" !") in _WARM
        place = name_at(text, match.end(), lower=small)
        if place and _GREETED.match(text, place[1]):
            yield place


def signed(text: str, lowered: str) -> Iterator[Place]:
    """What stands under a closing, or behind it at the very end; the last line behind a dash."""
    for match in _CLOSING.finditer(lowered):
        below = "\n" in match["stop"]
        place = name_at(text, match.end(), lower=below and _FIRM.search(match[0]) is not None)
        if place and (_ends_line(text, place[1]) if below else not text[place[1] :].strip(" .!\n")):
            yield place
    if "\n" in text and (last := _LAST_LINE.search(text)) and is_name(last["name"]):
        yield last.span("name")


def spoken(text: str) -> Iterator[Place]:
    """The speakers of a transcript: `(12:04) Anna:`, `Anna K. [12:04]:`; without times only where several lines have
    the form and one speaks again or another is a role."""
    lines = list(_SPEAKER.finditer(text))
    if not lines:
        return
    said = Counter(plain(line["name"]) for line in lines)
    talks = len(lines) > 1 and (max(said.values()) > 1 or any(_is_role(name) for name in said))
    for line in lines:
        if (talks or _TIMED.search(line[0])) and plain(line["name"]) not in _FIELDS and is_name(line["name"]):
            yield line.span("name")


def sent(text: str, lowered: str) -> Iterator[Place]:
    """The heads of forwarded mail: `From: Anna Karimova <…>`."""
    for match in _HEADER.finditer(lowered):
        if place := name_at(text, match.end()):
            yield place


def _is_role(name: str) -> bool:
    return not NOT_PEOPLE.isdisjoint(name.split())


def _ends_line(text: str, end: int) -> bool:
    rest = text[end : end + 60].partition("\n")[0].strip(" .,!*")
    return not rest or text[end : end + 1] in (",", "|") or rest.startswith(("(", "-", "–", "—", "|"))
