"""Who somebody says they are, speak with or ask for: `my name is`, `меня зовут`, `менің атым`, `speaking with`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from casemill.personal.context import beginnings, key_of, keys_of
from casemill.personal.cues.reading import is_people, name_at
from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.evidence import is_in_no_list, is_place_alone, is_plainly_a_name
from casemill.personal.inflection import plain
from casemill.personal.veil import Place


class Cue(NamedTuple):
    """What is said right before a name. `stems` begin the pattern, which reads lower-case text up to the name.

    `sure`: a name in small letters is believed, too. `self_`: it may say what somebody is (`I am Russian`).
    """

    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    sure: bool = False
    selfsaid: bool = False


_IS = r"(?:[ ]is|['’]s|s|[ ]was|[ ]would be|:|[ ]=|[ ]-)"
_KIN = (
    r"(?:wife|husband|son|daughter|brother|sister|mother|father|mom|dad|mum|friend|colleague|boss|manager"
    r"|assistant|partner"
    r"|fiance|fiancee|girlfriend|boyfriend|neighbour|neighbor|aunt|uncle|cousin|grandmother|grandfather"
    r"|landlord|doctor)"
)
_KIN_RUSSIAN = (
    r"(?:жен[аыеу]й?|муж[ау]?|мужем|сын[ау]?|сыном|дочь|дочери|дочка|дочку|брат[ау]?|братом|сестр[аыеу]"
    r"|мам[аыеу]|пап[аыеу]|матери"
    r"|друг[ау]?|другом|подруг[аие]|коллег[аиуе]|начальник[ау]?|супруг[аиуе]?)"
)
_AGENT = (
    r"(?:agent|operator|representative|advisor|adviser|specialist|courier|driver|manager|technician|doctor"
    r"|consultant|colleague)"
)
_AGENT_RUSSIAN = (
    r"(?:оператор\w{0,3}|менеджер\w{0,3}|курьер\w{0,3}|водител\w{1,3}|консультант\w{0,3}|специалист\w{0,3}"
    r"|врач\w{0,3}|доктор\w{0,3}"
    r"|сотрудник\w{0,3}|мастер\w{0,3})"
)
CUES = (
    Cue(
        ("my ", "the ", "our ", "his ", "her ", "their ", "full ", "first ", "last "),
        re.compile(
            r"(?:my|the|our|his|her|their)[ ](?:full[ ]|first[ ]|last[ ]|real[ ]|legal[ ]|wife['’]?s[ ]"
            r"|husband['’]?s[ ])?(?:sur)?name"
            rf"{_IS}[ ]{{0,2}}(?:and[ ]it['’]s[ ])?[\"“'*]{{0,2}}|(?:full|first|last)[ ]name(?:[ ]is"
            rf"|:)[ ]{{0,2}}[\"“'*]{{0,2}}"
        ),
        sure=True,
    ),
    Cue(("name's ", "name’s "), re.compile(r"name['’]s[ ]"), sure=True),
    Cue(
        ("name", "customer name", "passenger", "cardholder", "recipient", "attn"),
        re.compile(
            r"(?:(?:customer|contact|passenger|recipient|cardholder|billing"
            r"|user)[ ])?name(?:[ ]on[ ](?:the[ ])?(?:card|account|order|ticket))?[ ]?:[ *]{0,4}|(?:passenger"
            r"|cardholder|recipient|attn)\.?:[ ]"
        ),
    ),
    Cue(
        (
            "your ",
            "am i speaking",
            "ваше имя",
            "как вас зовут",
            "как я могу к вам",
            "представьтесь",
            "атыңыз",
            "есіміңіз",
        ),
        re.compile(
            r"(?:your[ ](?:full[ ]|first[ ]|last[ ])?name|am[ ]i[ ]speaking[ ](?:to|with)|ваше[ ]имя"
            r"|как[ ]вас[ ]зовут|как[ ]я[ ]могу[ ]к[ ]вам[ ]обращаться"
            r"|представьтесь(?:,[ ]пожалуйста)?|атыңыз(?:[ ]кім)?"
            r"|есіміңіз(?:[ ]кім)?)[?:][?:.!]*\s{0,3}(?:[^\W\d_]{2,12}:\s{1,2})?"
        ),
        sure=True,
    ),
    Cue(("i am", "i'm", "i’m", "im "), re.compile(r"i(?:[ ]am|['’]m|m)[ ]"), selfsaid=True),
    Cue(
        ("this is", "it's ", "it’s ", "its "),
        re.compile(r"this[ ]is[ ](?=[^.?!\n]{2,40}(?:from|here|speaking|calling|writing|with|at|again|[,.\n]|$))"),
    ),
    Cue(
        (
            "call me ",
            "man ",
            "woman ",
            "guy ",
            "lady ",
            "person ",
            "someone ",
            "somebody ",
            "girl ",
            "boy ",
            "rep ",
            "employee ",
        ),
        re.compile(
            r"call[ ]me[ ]|(?:man|woman|guy|lady|person|someone|somebody|girl|boy|rep|employee),?[ ](?:called"
            r"|named)[ ]"
        ),
    ),
    Cue(
        (
            "speak",
            "spoke",
            "talk",
            "chat",
            "ask for",
            "asked for",
            "contact ",
            "connected",
            "assisted by",
            "helped by",
            "signed by",
        ),
        re.compile(
            r"(?:speak(?:ing)?|spoke|spoken|talk(?:ing|ed)?|chatt?(?:ing|ed)?|connected)[ ](?:with|to)[ ](?:an?[ ])?"
            rf"(?:(?:your[ ]|the[ ]|my[ ])?{_AGENT}[ ](?:called[ ]|named[ ])?)?|ask(?:ed)?[ ]for[ ]|contact[ ]"
            rf"|(?:assisted|helped|signed|served)[ ]by[ ]"
        ),
    ),
    Cue(
        ("my ", "his ", "her ", "your ", "our "),
        re.compile(
            rf"(?:my|his|her|your|our)[ ](?:late[ ]|ex[ -]|older[ ]|younger[ ])?(?:{_KIN}"
            rf"|{_AGENT}),?[ ](?:is[ ](?:called[ ]|named[ ]))?"
        ),
    ),
    Cue(
        ("agent", "operator", "courier", "driver", "representative", "manager", "technician", "doctor"),
        re.compile(rf"{_AGENT}[ ](?:named[ ]|called[ ])?"),
    ),
    Cue(("mr", "mrs", "ms", "miss", "dr", "prof"), re.compile(r"(?=(?:mr|mrs|ms|miss|dr|prof)\.?[ ])")),
    Cue(
        ("on behalf of", "in the name of", "under the name", "registered to", "under name"),
        re.compile(
            r"(?:on[ ]behalf[ ]of|in[ ]the[ ]name[ ](?:of[ ])?|under[ ](?:the[ ])?name(?:[ ]of)?"
            r"|registered[ ]to)[ ]?"
        ),
    ),
    Cue(
        ("меня ", "зовут "),
        re.compile(r"(?:меня[ ])?зовут[ ](?:меня[ ]|его[ ]|её[ ]|ее[ ]|мо\w{2}[ ]\w{3,8}[ ])?"),
        sure=True,
    ),
    Cue(
        ("моё ", "мое ", "моя ", "имя", "фамилия", "фио"),
        re.compile(
            r"(?:мо[ёе][ ])?(?:полное[ ])?имя(?:[ ]и[ ]фамилия)?(?:[ ]?[:—–-][ ]?|[ ]это[ ])|мо[ёе][ ]имя[ ]"
            r"|моя[ ]фамилия[ ](?:[—–-][ ])?|фамилия:[ ]|фио[ ]?:?[ ]"
        ),
        sure=True,
    ),
    Cue(
        ("говорит ", "беспокоит ", "пишет ", "с вами ", "это "),
        re.compile(
            r"(?:с[ ]вами[ ])?(?:говорит|беспокоит|пишет(?:[ ]вам)?|на[ ]связи)[ ]"
            r"|это[ ](?=[^.?!\n]{2,40}(?:[,.\n]|$|из|от|пишу|говор))|с[ ]вами[ ]"
        ),
    ),
    Cue(
        ("моя ", "мой ", "моей ", "моего ", "моему ", "моим ", "мою "),
        re.compile(rf"мо(?:я|й|ей|его|ему|им|ю)[ ]{_KIN_RUSSIAN},?[ ](?:зовут[ ])?"),
    ),
    Cue(
        (
            "оператор",
            "менеджер",
            "курьер",
            "водител",
            "консультант",
            "специалист",
            "врач",
            "доктор",
            "сотрудник",
            "мастер",
        ),
        re.compile(rf"{_AGENT_RUSSIAN}[ ](?:по[ ]имени[ ])?"),
    ),
    Cue(
        ("разговарива", "общал", "говорил", "спрос", "попрос", "позовите", "обращ", "на имя", "от имени", "по имени"),
        re.compile(
            r"(?:разговарива\w{1,3}|общал\w{2}|говорил\w?)[ ]с(?:о)?[ ]|(?:спрос\w{2,4}|попрос\w{2,4}|позовите)[ ]"
            r"|обращ\w{3,6}[ ]к[ ]|на[ ]имя[ ]|от[ ]имени[ ]|по[ ]имени[ ]"
        ),
    ),
    Cue(
        ("госпож", "господин", "г-н", "г-ж", "гражда"),
        re.compile(r"(?:госпож\w{1,2}|господин\w{0,2}|г-н\w?|г-ж\w{1,2}|граждан(?:ин|ка|ки|ину))[ ]"),
    ),
    Cue(
        ("менің ", "атым ", "есімім ", "аты-жөні", "аты жөні"),
        re.compile(r"(?:менің[ ])?(?:атым|есімім)[ ](?:[—–-][ ])?|аты[- ]жөнім?[ ]?:?[ ]"),
        sure=True,
    ),
    Cue(
        ("әйелім ", "күйеуім ", "ұлым ", "қызым ", "анам ", "әкем ", "досым ", "менеджер", "курьер"),
        re.compile(r"(?:менің[ ])?(?:әйелім|күйеуім|ұлым|қызым|анам|әкем|досым|менеджер\w{0,3}|курьер\w{0,3})[ ]"),
    ),
)
BEGINNINGS: dict[str, list[tuple[str, Cue]]] = {}
for _cue in CUES:
    for _stem in _cue.stems:
        BEGINNINGS.setdefault(key_of(_stem), []).append((_stem, _cue))
_HERE = re.compile(
    r"(?:^|[.!?,\n][ ]*|(?:hi|hello|hey)[ ,!]{1,3})(?=(?P<name>[^\W\d_][\w'’ -]{1,40}?)[ ](?:here"
    r"|speaking)(?![^\W_])(?:[ ]?[,.!\n]|$|[ ](?:from|at|with|again)))",
    re.MULTILINE,
)
# `мен Айдоспын`; who is `Алматыданмын` says where they are from.
_KAZAKH_SELF = re.compile(
    r"(?<![^\W_])[Мм]ен[ ](?P<name>[А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{2,24}(?:[ ][А-ЯЁӘҒҚҢӨҰҮҺІ][а-яёәғқңөұүһі]{2,24})?)"
    r"(?<![нтд][ае]н)(?:мын|мін|бын|бін|пын|пін)(?![^\W_])"
)
# `сәлем, мен арман, …`: a name that is an everyday word, too, where a clause says no more than who is speaking.
_KAZAKH_SELF_SMALL = re.compile(r"(?:^|[.!?,\n])[ ]*мен[ ](?P<name>[^\W\d_]{3,24})(?=[ ]?(?:[,.!\n]|$))")
_LONE = re.compile(
    r"(?P<name>[^\W\d_]{3,24})(?:,?[ ](?P<more>and[ ](?:i|my|we)|from|calling|writing|here)(?!\w)|[ ]?(?:[,.!\n]|$))"
)
# `KARIMOVA / ANNA`
_PARTED = re.compile(r"[ ]?/[ ]?(?P<name>[^\W\d_]{2,30})(?![\w/])(?=[ ]?(?:[,.;\n]|$))")


def said(text: str, lowered: str) -> Iterator[Place]:
    """The places of names that follow, or stand before, what introduces somebody."""
    for key in sorted(BEGINNINGS.keys() & keys_of(lowered)):
        for stem, cue in BEGINNINGS[key]:
            if stem in lowered:
                yield from _named(cue, stem, text=text, lowered=lowered)
    if " here" in lowered or " speaking" in lowered:
        for match in _HERE.finditer(lowered):
            place = name_at(text, match.start("name"))
            if place and place[1] == match.end("name"):
                yield place
    if "мен " in lowered:
        yield from (
            match.span("name") for match in _KAZAKH_SELF.finditer(text) if not is_everyday(match["name"].lower())
        )
        yield from (
            match.span("name") for match in _KAZAKH_SELF_SMALL.finditer(lowered) if is_name_too(plain(match["name"]))
        )


def _named(cue: Cue, stem: str, *, text: str, lowered: str) -> Iterator[Place]:
    for start in beginnings(stem, lowered):
        match = cue.pattern.match(lowered, start)
        small = cue.sure or (cue.selfsaid and match is not None and _is_small_name(lowered, match.end()))
        place = name_at(text, match.end(), lower=small) if match else None
        if place and not (cue.selfsaid and _says_what(text, place)):
            yield place
            if parted := _PARTED.match(text, place[1]):
                yield parted.span("name")


def _is_small_name(lowered: str, start: int) -> bool:
    """`i'm sanjay and i need help`: a name that is no word, or a word in no list before another clause."""
    word = _LONE.match(lowered, start)
    if word is None:
        return False
    low = plain(word["name"])
    return (is_plainly_a_name(low) and not is_place_alone(low)) or (word["more"] is not None and is_in_no_list(low))


def _says_what(text: str, place: Place) -> bool:
    """`I am Russian`, `I'm VEGAN`: what somebody is, or is loud about."""
    name = text[slice(*place)]
    return is_people(name.split(" ")[0]) or (len(name) > 1 and name.isupper())
