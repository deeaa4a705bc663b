"""The clause of a reply that claims something was done or will be: `processed your refund`, `возврат оформлен`."""

import re
from collections.abc import Iterator

from casemill.normalize.reading.words import is_telling, stems, telling_words, words

_CLAUSE_END = re.compile(r"[.!?;:,…](?=\s|$)|\n|\s[—–-]\s|[()\"“”«»*]")
_DONE = (
    r"processed|refunded|cancell?ed|issued|credited|sent|emailed|updated|changed|modified|submitted|booked|reserved"
    r"|initiated|started|completed|applied|escalated|scheduled|created|opened|approved|reversed|reset|unlocked|removed"
    r"|deleted|added|upgraded|downgraded|exchanged|returned|replaced|shipped|arranged|waived|extended|activated"
    r"|deactivated|transferred|transferring|forwarded|filed|confirmed|placed|switched|paid|charged|notified|set\sup|granted|told|asked|contacted|informed|reminded|guaranteed"
)
_DOING = (
    r"process|refund|cancel|issue|credit|send|e-?mail|update|change|modify|submit|book|reserve|initiate|start|complete"
    r"|apply|escalate|schedule|create|open|approve|reverse|reset|unlock|remove|delete|add|upgrade|downgrade|exchange"
    r"|return|replace|ship|arrange|waive|extend|activate|transfer|forward|file|place|switch|pay|notify|grant"
)
_DONE_RU = (
    r"(?:оформ|отмен|отправ|возвра[тщ]|верну|начисл|созда|измен|обнов|заблокирова|разблокирова|перев[её]|переда|подтверд"
    r"|списа|компенсирова|продл|забронирова|зарегистрирова|удал|добав|заказа|запусти|инициирова|одобр|активирова"
    r"|отключ|подключ|зачисл|восстанов|замен|поторопи|попроси|связа|предупреди)\w*(?:л|ла|ли|л[её]н|лена|лено|лены|н|на|но|ны|ён|ена|ено|ены|ан|ана|ано|аны)"
)
_WILL_RU = (
    r"верн[её]м|верн[её]тся|вернутся|поступ[ия]т|прид[её]т|придут|начислим|оформим|отправим|отменим|компенсируем"
    r"|зачислим|перезвоним|позвоним|гарантирую|гарантируем"
)
_ADVERB = r"(?:(?:just|already|now|also|successfully|gone\sahead\sand|both|all|both\sbeen|уже|сейчас|успешно)\s+)*"

_PASSIVE = re.compile(
    rf"\b(?:(?:has|have|had)\s+{_ADVERB}been|(?:is|are|was|were)(?:\s+{_ADVERB}being)?)\s+{_ADVERB}(?:\w+ly\s)?(?:{_DONE})\b",
    re.I,
)
_ACTIVE = re.compile(rf"\b(?:{_DONE})\b", re.I)
_PROMISE = re.compile(rf"\b(?:I|we)(?:['’]ll|\swill|['’]m\sgoing\sto|\sam\sgoing\sto)\s+{_ADVERB}(?:{_DOING})\b", re.I)
_COMING = re.compile(
    r"\b(?:(?:you(?:['’]ll|\swill|\sshould)|will)\s+(?:be\s+(?:\w+ed|with\syou)|receive|get|see|have|arrive|reach|call|phone|contact)"
    r"|(?:is|are)\s+(?:already\s|now\s)?on\s(?:its|their|the)\sway)\b",
    re.I,
)
_RUSSIAN = re.compile(rf"\b(?:{_DONE_RU})\b", re.I)
_RUSSIAN_COMING = re.compile(rf"\b(?:{_WILL_RU})\b", re.I)
# "No refund was started" and "I have not cancelled it" claim nothing.
_NEGATED = re.compile(r"\b(?:no|not|never|none|cannot|\w+n['’]t|unable|if|не|нет|никогда|если)\b", re.I)

_STOPS_TEXT = """
for to from within with by and on in so as because which that but of at after before once if when while or using via
per into through until since successfully shortly soon back now already
для в во на с со по от и или что чтобы за к ко из до при через после перед если когда
"""
_STOPS = frozenset(_STOPS_TEXT.split())
# "within 3 days" is the promise itself.
_TIMELY = _STOPS - frozenset(["in", "within", "by", "в", "на", "за", "до"])
_STARTS = frozenset(
    [
        "i",
        "we",
        "and",
        "so",
        "that",
        "then",
        "but",
        "also",
        "which",
        "the",
        "your",
        "a",
        "an",
        "my",
        "our",
        "я",
        "мы",
        "и",
        "что",
        "то",
        "вот",
        "мной",
        "нами",
    ]
)
_TOKEN = re.compile(r"\S+")


def claims(text: str) -> tuple[str, ...]:
    """The claims of a reply, exact substrings of it: what was done first, then what is promised."""
    found: dict[str, None] = {}
    for reading in (_passive, _active, _russian, _promised, _coming):
        for start, end in _clauses(text):
            for phrase in reading(text[start:end]):
                if is_telling(phrase) and not _NEGATED.search(text[start:end]):
                    found.setdefault(phrase, None)
    return tuple(found)


def most_to_the_point(phrases: tuple[str, ...], about: str) -> tuple[str, ...]:
    """The phrases that speak of what the note speaks of first, the shorter ones before the longer."""
    roots = stems(" ".join(telling_words(about)))
    return tuple(sorted(phrases, key=lambda phrase: -len(stems(phrase) & roots)))


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in _CLAUSE_END.finditer(text):
        yield start, stop.start()
        start = stop.end()
    yield start, len(text)


def _passive(clause: str) -> Iterator[str]:
    """`order [ORDER_1] has been cancelled`: the verb with up to four words before it, where there are any."""
    for match in _PASSIVE.finditer(clause):
        yield clause[_before(clause, match.start(), most=4) : match.end()]


def _active(clause: str) -> Iterator[str]:
    """`processed your refund`: the verb with its object."""
    for match in _ACTIVE.finditer(clause):
        if _PASSIVE.search(clause[: match.end()]):
            continue
        end = _after(clause, match.end(), most=4)
        if end > match.end():
            yield clause[match.start() : end]


def _russian(clause: str) -> Iterator[str]:
    """`оформил возврат`, `возврат оформлен`."""
    for match in _RUSSIAN.finditer(clause):
        end = _after(clause, match.end(), most=3)
        start = match.start() if end > match.end() else _before(clause, match.start(), most=3)
        yield clause[start:end]


def _promised(clause: str) -> Iterator[str]:
    """`I'll send a replacement`: with its subject, for "I can't send a replacement" is no promise."""
    for match in _PROMISE.finditer(clause):
        yield clause[match.start() : _after(clause, match.end(), most=4)]


def _coming(clause: str) -> Iterator[str]:
    """`you should see it in 5–7 days`, `деньги вернутся на карту`."""
    for match in _COMING.finditer(clause):
        start = (
            match.start()
            if clause[match.start() :].lower().startswith("you")
            else _before(clause, match.start(), most=3)
        )
        yield clause[start : _after(clause, match.end(), most=5, stops=_TIMELY)]
    for match in _RUSSIAN_COMING.finditer(clause):
        yield clause[_before(clause, match.start(), most=2) : _after(clause, match.end(), most=3, stops=_TIMELY)]


def _before(clause: str, end: int, *, most: int) -> int:
    """Where up to `most` words before `end` begin; pronouns and conjunctions in front are left out."""
    tokens = list(_TOKEN.finditer(clause, 0, end))[-most:]
    while tokens and (tokens[0][0].lower() in _STARTS or not words(tokens[0][0])):
        tokens = tokens[1:]
    return tokens[0].start() if tokens else end


def _after(clause: str, start: int, *, most: int, stops: frozenset[str] = _STOPS) -> int:
    """Where up to `most` words after `start` end; a preposition ends them once something was said."""
    end = start
    for count, match in enumerate(_TOKEN.finditer(clause, start)):
        if count == most or (match[0].lower() in stops):
            break
        if match[0].lower() not in _STOPS:
            end = match.end()
    object_words = set(map(str.lower, words(clause[start:end])))
    # "processed your" says nothing: the object must have a word of its own.
    return start if object_words <= _STARTS else end
