"""The company that a person works for, where they say so: `I work at Acme`, `я работаю в «Ромашке»`."""

import re
from collections.abc import Iterator

from casemill.personal.context import beginnings
from casemill.personal.everyday import is_everyday
from casemill.personal.inflection import plain
from casemill.personal.veil import Place
from casemill.personal.words import NOT_PEOPLE

_SAID = re.compile(
    r"(?:(?:i|we|he|she|they|who)(?:['’]m|['’]re|[ ]am|[ ]are|[ ]is)?[ ](?:currently[ ])?(?:works?|worked"
    r"|working|employed)[ ](?:at|for|with|in)[ ]"
    r"|(?:my|our|his|her)[ ](?:employer|company|firm)(?:[ ]is|,|[ ]called|['’]s[ ]name[ ]is)?[ ]|(?:we|us"
    r"|all[ ]of[ ]us)[ ]at[ ]|employed[ ](?:at|by)[ ]"
    r"|(?:я|он|она|мы)[ ]работа\w{1,3}[ ](?:в|на)[ ](?:компании[ ]|фирме[ ])?|работаю[ ](?:в"
    r"|на)[ ](?:компании[ ]|фирме[ ])?|мы[ ]из[ ](?:компании[ ])?|наша[ ]компания[ ]|от[ ]компании[ ])"
    r"(?:the[ ])?"
)
_STEMS = (
    *(
        "i work",
        "i am",
        "i'm",
        "i’m",
        "we work",
        "we at",
        "he work",
        "she work",
        "who work",
        "my employer",
        "my company",
        "my firm",
    ),
    *(
        "our company",
        "our firm",
        "employed",
        "i currently",
        "us at",
        "работа",
        "я работа",
        "он работа",
        "она работа",
        "мы ",
        "наша ",
        "от компании",
    ),
)
_FORM = r"(?:GmbH|AG|LLC|L\.L\.C\.|Inc\.?|Ltd\.?|LLP|PLC|Corp\.?|Co\.?|S\.A\.|SAS|BV|Group|Bank)"
_NAME = re.compile(
    rf"(?:(?:ТОО|ООО|АО|ЗАО|ПАО|ИП|ЖШС)[ ])?(?:[«\"“][^»\"”\n\0]{{2,40}}[»\"”]"
    rf"|[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ][\w&'’.-]{{1,30}}(?<![.,])(?:[ ](?:&[ ]|and[ ](?=[A-Z]))?(?:{_FORM}(?!\w)"
    rf"|[A-ZА-ЯЁ][\w&'’-]{{1,30}})){{0,3}})"
)


def employed(text: str, lowered: str) -> Iterator[Place]:
    for stem in _STEMS:
        for start in beginnings(stem, lowered):
            said = _SAID.match(lowered, start)
            name = _NAME.match(text, said.end()) if said else None
            if name and not _is_nobody(name[0]):
                yield name.span()


def _is_nobody(name: str) -> bool:
    first = plain(name.split(" ")[0].strip('«»"“”'))
    return " " not in name and (is_everyday(first) or first in NOT_PEOPLE)
