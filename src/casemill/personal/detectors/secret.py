"""What only its owner may know: PINs, card check values, passwords, codes and answers, by the word beside them."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import begun, has_any, lower, spans_of
from casemill.personal.detector import Detector

_PASSWORD = re.compile(
    r"(?<![^\W_])(?:password|passcode|passphrase|парол(?:ь|я|ем|ю|ім|імді|іңіз|і)|құпиясөз\w{0,4})\s*+(?:is\s|was\s|[:=—–-]"
    r"|\"\s?:)\s*+[\"'`]?"
    r"(?P<id>(?=[^\s\0]{0,40}[0-9])[^\s\"'`,;\[\]\0]{4,40}[^\s\"'`.,;!?\[\]\0])",
    re.IGNORECASE,
)
# Without `is` or a colon it is one where letters and digits are mixed: `мой пароль qwerty77`.
_PASSWORD_BESIDE = re.compile(
    r"(?<![^\W_])(?:password|passcode|парол(?:ь|я|ем|ю|ім|імді|іңіз|і)|құпиясөз\w{0,4})\s+[\"'`«]?"
    r"(?!(?:sha|md5|base|win|wpa|wi-?fi)[0-9]*(?![^\W_]))"
    r"(?P<id>(?=[a-z]{1,20}[0-9]|[0-9]{1,20}[a-z])[a-z0-9_!@#$%&*.-]{4,30}[a-z0-9_!@#$%&*])(?![^\W_])",
    re.IGNORECASE,
)
# A code that was sent, typed or asked for; the codes of errors, goods and towns are nobody's secret.
_CODE = re.compile(
    r"(?:codes?|код(?:а|у|ом|е|ы|ым|ымды|ын)?)(?:\s+(?:is|was|it|of\s+the\s+(?:door|gate|building)|это))?[\s:=«\"'—–-]{1,3}"
    r"(?P<id>[0-9]{3}[ -][0-9]{3}|[0-9]{4,8})(?![\w-])(?![.,:][0-9])"
)
_OF_OTHERS = re.compile(
    r"(?:error|status|promo|discount|coupon|voucher|product|item|country|area|zip|post|postal|reason|response|exit|http|bar|qr"
    r"|source|article|declined|failed|refused|colou?r|currency|booking|confirmation|reference|ошибк\w|статус\w?|ответ\w?"
    r"|артикул\w?|товар\w?|стран\w|город\w?|регион\w?|отказ\w{0,2}|қате\w{0,3}|тауар\w{0,3})[^.!?;\n\0]{0,12}$"
)
_IN_USE = re.compile(
    r"(?<![^\W_])(?:sms|text(?:ed)?|sent|send|receiv|got|enter|typ(?:e|ing)|log|sign|verif|expir|whatsapp|door|gate|building|entrance"
    r"|intercom|unlock|ask|told|gave|2fa|mfa|смс|прос[ия]|прислал|приш[её]л|приход|отправ|ввод|ввож|вв[её]л|ввел|назва|назов|сказал"
    r"|диктов|подъезд|домофон|двер|калитк|подход|подош|подтвер|вход|вой[дт]|получ|безопасн|кіреберіс|домофон|есік|келді|келмеді"
    r"|жібер|енгіз|сұра|растау|кіру|айт)"
)
_PIN_FURTHER = re.compile(r"(?<![^\W_])(?:pin|пин)(?![^\W_])[^0-9\0]{1,40}(?P<id>[0-9]{4,6})(?![\w-])(?![.,][0-9])")
# Answers to the questions that stand in for a password.
_ANSWER = re.compile(
    r"(?<![^\W_])(?i:(?:mother|father|mom)['’]?s?\s+maiden\s+name|maiden\s+name|childhood\s+pet(?:['’]?s\s+name)?"
    r"|first\s+pet(?:['’]?s\s+name)?|pet['’]s\s+name|девичья\s+фамилия(?:\s+матери)?|кличка\s+питомца)"
    r"(?:\s+(?:is|was|would\s+be|це|это))?[\s:—-]{1,3}[\"'“]?(?P<id>[A-ZА-ЯЁ][\w'’-]{1,20})(?![^\W_])"
)
_SENTENCE = re.compile(r"[.!?]\s|[\n\0]")
_CODED = ("password", "passcode", "passphrase", "парол", "құпиясөз")
_PINS = ("pin", "пин")
_ASKED = ("mother", "father", "mom", "maiden", "childhood", "first", "pet", "девичья", "кличка")
_CODES = ("code", "код")
_AROUND = 64
_PERSONAL = ("maiden", "pet", "девичья", "кличка")


def find(text: str) -> Iterator[Span]:
    if has_any(text, _CODED):
        yield from spans_of(_PASSWORD, text, label="SECRET", stems=_CODED)
        yield from spans_of(_PASSWORD_BESIDE, text, label="SECRET", stems=_CODED)
    if has_any(text, _CODES):
        yield from _codes(lower(text))
    if has_any(text, _PINS):
        yield from spans_of(_PIN_FURTHER, lower(text), label="SECRET", stems=_PINS)
    if has_any(text, _PERSONAL):
        yield from spans_of(_ANSWER, text, label="SECRET", stems=_ASKED)


def _codes(lowered: str) -> Iterator[Span]:
    for match in begun(_CODE, lowered, stems=_CODES):
        said = _SENTENCE.split(lowered[max(0, match.start() - _AROUND) : match.start()])[-1]
        behind = _SENTENCE.split(lowered[match.end() : match.end() + _AROUND])[0]
        if _IN_USE.search(f"{said} {match[0]} {behind}") and not _OF_OTHERS.search(said):
            start, end = match.span("id")
            yield Span(start=start, end=end, label="SECRET")


DETECTOR = Detector(find, yields=True, stems=(*_CODED, *_PINS, *_PERSONAL, *_CODES))
