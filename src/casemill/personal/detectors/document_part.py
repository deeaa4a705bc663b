"""The last or first digits of a document: `passport ending 4471`, `документ заканчивается на 4471`."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import begun, lower
from casemill.personal.detector import Detector

_DOCUMENT = (
    r"(?:passports?|documents?|(?:driver['’]?s?\s+)?licen[cs]e|ids?(?:\s+card)?|ssn"
    r"|social(?:\s+security(?:\s+number)?)?"
    r"|(?:загран)?паспорт\w{0,3}|документ\w{0,3}|удостоверени\w{1,3}(?:\s+личности)?|прав[ао]?|иин|жсн|iin"
    r"|снилс|инн|полис\w{0,2}"
    r"|төлқұжат\w{0,6}|құжат\w{0,6}|куәлі\w{1,6})"
)
_GAP = r"[\s:№#\"'*…—–-]{1,4}"
_NUMBER = r"(?:\s+(?:number|no\.?|номер\w{0,2}|нөмір\w{0,4}))?"
_VERB = r"(?:end(?:s|ing|ed)?|start(?:s|ing)?|begin(?:s|ning)?|finish(?:es|ing)?|(?:за|о)канчива\w{2,5}|начина\w{2,5})"
# Matched in lower-case text where a word begins with one of the stems.
_OF_DOCUMENT = re.compile(
    rf"{_DOCUMENT}{_NUMBER}(?:(?:\s+(?:that|which|with|который|которое|is|of|mine|у\s+меня)){{0,2}}\s+{_VERB}"
    rf"(?:\s+(?:in|with|на|с|цифрами|digits?|the))*{_GAP}(?P<id>[0-9]{{2,6}})(?![\w-])"
    r"|\s+(?P<before>[0-9]{2,6})\s?-?\s?\w{2,4}\s+(?:аяқтал|баста)\w+"
    rf"|\s+соңғы\s+(?:\w{{1,6}}\s+)?(?:цифр|сан)\w{{0,5}}{_GAP}(?P<last>[0-9]{{2,6}})(?![\w-]))"
)
_DIGITS_OF = re.compile(
    r"(?:(?:last|first)[\s_]*(?:(?:4|four|3|three|5|five|6|six|few)[\s_]*)?(?:digits?\s*|numbers?\s*)?(?:of|on|from)\s+"
    r"(?:(?:my|the|his|her|your|our|a)\s+)?"
    r"|(?:последни|первы)\w{1,2}\s+(?:\w{1,8}\s+)?цифр\w{0,3}\s+(?:(?:моего|моей|номера)\s+){0,2})"
    rf"{_DOCUMENT}{_NUMBER}(?:\s+(?:is|are|was|were|это))?{_GAP}(?P<id>[0-9]{{2,6}})(?![\w-])"
)
_DOCUMENTS = (
    *("passport", "document", "driver", "license", "licence", "id", "ssn", "social", "iin", "паспорт", "загранпаспорт"),
    *("документ", "удостоверени", "прав", "иин", "жсн", "снилс", "инн", "полис", "төлқұжат", "құжат", "куәлі"),
)
_ENDS = ("last", "first", "последн", "первы")
_PARTLY = (
    *("ending", "ends", "end ", "last", "start", "begin", "first"),
    *("канчива", "начина", "последн", "первы", "соңғы", "аяқтал", "баста"),
)


def find(text: str) -> Iterator[Span]:
    lowered = lower(text)
    if not any(map(lowered.__contains__, _PARTLY)):
        return
    for stems, pattern in ((_DOCUMENTS, _OF_DOCUMENT), (_ENDS, _DIGITS_OF)):
        for match in begun(pattern, lowered, stems=stems):
            start, end = match.span(match.lastgroup or 0)
            yield Span(start=start, end=end, label="DOC_LAST4")


DETECTOR = Detector(find, digits=2, yields=True, stems=_DOCUMENTS)
