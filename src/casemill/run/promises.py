"""What a reply claims to have done for the customer, or promises to do: refunds, replacements, cancellations."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_THING = (
    r"refunds?|returns?|exchanges?|replacements?|cancell?ations?|compensation|credits?|vouchers?|discounts?"
    r"|coupons?|money|payments?|reimbursement|"
    r"claims?|labels?|pick-?ups?|request|order|subscription|booking|reservation|flight|account|address|plan|fee"
    r"|charge|transfer|upgrade|new\s\w+|one"
)
_FILLER = (
    r"(?:(?:just|already|now|also|successfully|(?:gone|went)\sahead\sand|both|immediately|personally|of\scourse"
    r"|certainly|gladly|happily|right\saway)\s+)*"
)
_GAP = r"(?:\W+[\w'’\[\]-]+){0,5}?\W+"
_WIDE = r"(?:\W+[\w'’\[\]-]+){0,12}?\W+"
# Deeds that bind by themselves, and those that bind by what they are done to.
_DONE = (
    r"refunded|reimbursed|credited|compensated|replaced|exchanged|cancell?ed|waived|reversed|unlocked|upgraded"
    r"|downgraded|rebooked|transferred"
)
_DONE_TO = (
    r"processed|issued|approved|initiated|started|submitted|applied|arranged|booked|scheduled|shipped|sent"
    r"|opened|filed|updated|changed|modified|extended|added|removed|deleted|activated|placed|created|completed"
    r"|confirmed|requested|authori[sz]ed|granted|sorted(?:\sout)?|(?:put|pushed)\sthrough|(?:took|taken)\scare\sof"
)
# "Is confirmed" and "was shipped" tell a status.
_SETTLED = r"processed|issued|approved|initiated|submitted|applied|updated|changed|modified|extended|removed|deleted"
_DO = (
    r"refund|reimburse|credit|compensate|replace|exchange|cancel|waive|reverse|unlock|upgrade|downgrade|rebook"
    r"|transfer"
)
_DO_TO = (
    r"process|issue|approve|initiate|start|submit|apply|arrange|book|schedule|ship|send|open|file|update"
    r"|change|modify|extend|add|remove|delete|activate|place|create|complete|request|make"
)
_GIVEN = r"refund\w*|reimburse\w*|credit\w*|compensat\w*|replace\w*|money|voucher|discount|new\s\w+"
_AMENDS = r"refund|replacement|cancell?ation|exchange|compensation|reimbursement|credit"
_GOING_TO = r"\b(?:i|we)(?:['’]ll|\swill|['’]m\sgoing\sto|['’]re\sgoing\sto|\s(?:am|are)\sgoing\sto)\s+"
_ENGLISH_OWN = (
    rf"\b(?:i|we)(?:['’]ve|\shave)?\s+{_FILLER}(?:{_DONE})\b",
    rf"\b(?:i|we)(?:['’]ve|\shave)?\s+{_FILLER}(?:{_DONE_TO})\b{_GAP}(?:{_THING})\b",
    rf"\b(?:i|we)(?:['’]ve|\shave)\s[^.!?;]{{1,80}}?\band\s{_FILLER}(?:{_DONE})\b",
    rf"\band\shave\s{_FILLER}(?:{_DONE})\b",
    rf"\b(?:i|we)(?:['’]m|['’]re|\sam|\sare)\s+{_FILLER}(?:refunding|cancell?ing|crediting|replacing|waiving"
    rf"|processing|issuing){_GAP}",
    rf"\b(?:i|we)(?:['’]m|['’]re|\sam|\sare)\s+{_FILLER}(?:sending|shipping|giving|adding){_GAP}(?:{_GIVEN})\b",
)
_ENGLISH_THINGS = (
    rf"\b(?:has|have)\s+{_FILLER}been\s+{_FILLER}(?:{_DONE})\b",
    rf"\b(?:{_THING})\b{_WIDE}?(?:(?:has|have)\s+{_FILLER}been|(?:is|are)\s+{_FILLER}being)\s+{_FILLER}"
    rf"(?:{_DONE}|{_DONE_TO})\b",
    rf"\b(?:{_THING})\b{_WIDE}?(?:was|were)(?:\snow)?\s+{_FILLER}(?:{_DONE}|{_SETTLED})\b",
    rf"\b(?:{_AMENDS})\b{_GAP}?(?:(?:is|are)\s(?:now\s|all\s)?(?:complete|done|through|sorted|set)|went\sthrough"
    rf"|(?:was|were)\s{_FILLER}(?:{_DONE_TO}))\b",
    rf"\bconsider\s(?:[\w\[\]-]+\s){{1,4}}(?:{_DONE}|done|settled)\b",
    rf"^\W*(?:(?:your|the|a|full|partial)\s)*(?:{_AMENDS})\s(?:{_DONE}|{_SETTLED})(?=\W*$|\s*[:,;(—–-])",
    r"\b(?:refund|replacement|credit|money|voucher)\b[^.!?]{0,30}\b(?:is|are)\s(?:already\s|now\s)?on\s(?:its"
    r"|their|the)\sway\b",
)
_ENGLISH_PROMISES = (
    rf"\b(?:{_THING})\b{_WIDE}?(?:is|are)(?:\snow)?\s+{_FILLER}(?:{_DONE}|{_SETTLED})\b",
    rf"\bwill\s+{_FILLER}be\s+{_FILLER}(?:{_DONE})\b",
    rf"{_GOING_TO}{_FILLER}(?:{_DO}|get\s(?:[\w\[\]-]+\s){{1,4}}(?:{_DONE}))\b",
    rf"{_GOING_TO}{_FILLER}(?:{_DO_TO})\b{_GAP}(?:{_THING})\b",
    r"\byou(?:['’]re|\sare|['’]ll\sbe|\s(?:will|should)\sbe)\s(?:refunded|credited|reimbursed|compensated)\b",
    rf"\byou(?:['’]ll|\swill|\sshould)\s+(?:(?:receive|get|see"
    rf"|have){_GAP}(?:{_GIVEN}|it\sin)\b)",
    rf"\b(?:refund|money|replacement|credit|compensation|voucher|payment)\b{_GAP}?(?:will|should"
    rf"|is\sgoing\sto)\s+{_FILLER}(?:be|arrive|appear|reach|reflect|come|post|show|hit|land|clear|ship|go\sout)\b",
    rf"\byour\s(?:\w+\s)?(?:{_AMENDS}|money|voucher)\s(?:ships|arrives|goes\sout|lands|clears)\b",
    r"\byou\sshould\ssee\sit\sin\b",
    r"\bguaranteed\b(?=\W*$)",
    r"\b(?:i|we)\s+(?:can\s)?(?:guarantee|promise|give\syou\smy\sword)\b",
)
_RUSSIAN_THING = (
    r"возврат\w*|заказ\w*|заявк\w+|компенсаци\w+|замен\w+|деньг\w+|средств\w+|сумм\w+|бонус\w*"
    r"|скидк\w+|брон\w+|подписк\w+|плат[её]ж\w*|перевод\w*|доставк\w+"
)
_RUSSIAN_CLAIMS = (
    r"(?<!\bвы\s)(?<!\bвы\sуже\s)\b(?:оформил|отменил|вернул|возместил|зачислил|начислил|компенсировал|продлил|заменил"
    r"|одобрил|инициировал|запустил|обменял|аннулировал|снял|списал|разблокировал)(?:а|и)?\b(?!\sли)",
    rf"\b(?:{_RUSSIAN_THING})\b(?:\W+[\w\[\]-]+){{0,4}}?\W+(?:уже\s|успешно\s)*(?:оформлен|отмен[её]н|одобрен"
    rf"|возвращ[её]н|зачислен|начислен|отправлен|продл[её]н|перевед[её]н|аннулирован|компенсирован)\w*\b",
    r"\b(?:уже\s|успешно\s)(?:оформлен|отмен[её]н|одобрен|возвращ[её]н|зачислен|начислен)\w*\b",
)
_RUSSIAN_PROMISES = (
    r"\b(?:верн[её]м|оформим|отменим|компенсируем|зачислим|начислим|возместим|заменим|обменяем|верну"
    r"|оформлю|отменю|компенсирую|заменю|возмещу|зачислю|начислю|оформляю|отменяю|возвращаю|сдела(?:ю|ем)\s(?:вам\s)?(?:возврат|замену))\b",
    r"\b(?:вышл[ею]м?|отправ(?:им|лю))\s(?:вам\s)?(?:замену|нов\w+|компенсаци\w+)",
    rf"\b(?:{_RUSSIAN_THING})\b(?:\W+[\w\[\]-]+){{0,4}}?\W+(?:верн[её]тся|вернутся|поступ[ия]т|прид[её]т|придут"
    rf"|будет\s\w+[ае]н[ао]?|будут\s\w+[ае]ны)\b",
    r"\b(?:верн[её]тся|вернутся|поступ[ия]т|прид[её]т|придут)\b(?:\W+\w+){0,4}?\W+(?:деньг\w+|средств\w+|сумм\w+"
    r"|возврат|компенсаци\w+|замен\w+)",
    r"\bвы\sполучите\b(?:\W+\w+){0,4}?\W+(?:возврат|деньги|компенсаци\w+|замен\w+|скидк\w+|бонус\w*|средства"
    r"|возмещение)",
    r"\b(?:гарантиру(?:ю|ем)|обеща(?:ю|ем))\b",
)
_KAZAKH_CLAIMS = (
    r"(?:қайтар|аудар|рәсімде|ауыстыр|тоқтат|өтеп\sбер|ұзарт|мақұлда)(?:д[ыі][мқк]|т[ыі][мқк]|ды|ді|ты|ті)\b",
    r"(?:қайтарыл|аударыл|рәсімдел|ауыстырыл|тоқтатыл|мақұлдан|есептел|жойыл)(?:ды|ді|ған|ген)\b(?!\s(?:жоқ|емес))",
)
_KAZAKH_PROMISES = (
    r"(?:қайтар|аудар|рәсімде|ауыстыр|тоқтат|өтеп\sбер|ұзарт)(?:а|е|й)(?:мін|мын|міз|мыз)\b",
    r"(?:қайтарыл|аударыл|рәсімдел|ауыстырыл|есептел)(?:ады|еді)\b",
    r"(?:ақша|қаражат|сома)\w*(?:\W+\w+){0,4}?\W+түседі\b",
    r"(?:кепілдік|уәде)\sбере(?:мін|міз)\b",
)


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


class _Said(NamedTuple):
    """Forms that bind, and what takes them back: in the same clause up to the end of the form, in the sentence up to
    there, or right before the form."""

    forms: re.Pattern[str]
    in_clause: re.Pattern[str]
    in_sentence: re.Pattern[str] | None = None
    right_before: re.Pattern[str] | None = None

    def binding(self, sentence: str) -> bool:
        """Whether a sentence holds one of the forms, and nothing takes it back."""
        return any(self._stands(sentence, found) for found in self.forms.finditer(sentence))

    def _stands(self, sentence: str, found: re.Match[str]) -> bool:
        breaks = [pause.end() for pause in _PAUSE.finditer(sentence, 0, found.start())]
        return not (
            self.in_clause.search(sentence[max(breaks, default=0) : found.end()])
            or (self.in_sentence and self.in_sentence.search(sentence, 0, found.end()))
            or (self.right_before and self.right_before.search(sentence[: found.start()]))
        )


# Where a clause ends, so that "no worries, I've refunded it" denies nothing. What only opens "that …" goes on.
_PAUSE = _any(
    r"[;:()—–]|,(?!\s*(?:that|which|whether|что|чтобы|будто)\b)|\s-\s",
    r"\b(?:so|but|therefore|however|because|since|поэтому|потому|но|однако)\b",
    r"\band\b(?=\s(?:i|we|your|the)\b)|\bи\b(?=\s(?:я|мы|ваш\w*|уже)\b)",
)
_DENIED = (
    r"\b(?:no(?!\s(?:problem|worr|trouble|doubt))|not(?!\s(?:only|to\sworry))|never|nothing|none|neither|nor|cannot"
    r"|\w+n['’]t(?!\sworry)|unable|without|instead\sof)\b"
)
_HEDGED = (
    r"\b(?:would|could|may|might|eligible|policy|usually|normally|generally|typically|customers|whether"
    r"|to\s(?:get|receive|request))\b",
    r"^\W*(?:all\s|most\s|any\s)?(?:refunds|returns|exchanges|replacements|cancell?ations|credits|payments)\b",
)
_FIRST = (
    r"\b(?:(?<!sorry\s)(?<!even\s)if|(?<!\bat\s)once(?!\s(?:again|more))|when|whenever|unless|until|as\ssoon\sas"
    r"|provided|in\scase|(?:after|before)(?!\s(?:the\send|noon|today|tomorrow|midnight|long|\d|\w+day\b)))\b"
)
_ASKED_FIRST = (
    r"\bplease\s(?:confirm|reply|respond|send|provide|share|tell|choose|return)\b[^.!?]*\b(?:and|then)\s(?:i|we)\b"
)
_RUSSIAN_DENIED = r"\b(?:не|нет(?!\sпроблем)|ни|никогда|нельзя|бы|чтобы|можете|можно|сможете|обычно)\b"
_RUSSIAN_FIRST = r"\b(?:если|когда|пока|после|прежде|как\sтолько|условии|случае)\b"
_KAZAKH_DENIED = r"\b(?:емес|жоқ|егер|мүмкін)\b"
_KAZAKH_FIRST = r"\b(?:болса|кейін|дейін)\b|\w(?:са|се|сақ|сек|саңыз|сеңіз)\b"
_ALL = (
    _Said(_any(*_ENGLISH_OWN), _any(_DENIED), right_before=_any(rf"{_FIRST}\s(?:that\s)?$", r"\bwhether\s$")),
    _Said(_any(*_ENGLISH_THINGS), _any(_DENIED, *_HEDGED, _FIRST)),
    _Said(_any(*_ENGLISH_PROMISES), _any(_DENIED, *_HEDGED), _any(_FIRST, _ASKED_FIRST)),
    _Said(_any(*_RUSSIAN_CLAIMS), _any(_RUSSIAN_DENIED, r"\b(?:если|когда|как\sтолько)\b")),
    _Said(_any(*_RUSSIAN_PROMISES), _any(_RUSSIAN_DENIED), _any(_RUSSIAN_FIRST)),
    _Said(_any(*_KAZAKH_CLAIMS), _any(_KAZAKH_DENIED)),
    _Said(_any(*_KAZAKH_PROMISES), _any(_KAZAKH_DENIED), _any(_KAZAKH_FIRST, r"\bегер\b")),
)
_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.(?=\d)[^.!?…\n]+)*[.!?…]*")
_ASKS_AT_ONCE = _any(
    r"^\W*(?:do|does|did|is|are|was|were|has|have|can|could|would|should|shall|will|may|what|which|when|where|why|who"
    r"|how|if|хотите|можете|когда|если)\b"
)


def promises(text: str) -> tuple[str, ...]:
    """The claims and promises of a reply, as they stand in it; questions, denials and conditions are none."""
    return tuple(_promises(text))


def _promises(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.finditer(text):
        stated = _stated(sentence[0])
        if any(said.binding(stated) for said in _ALL):
            yield sentence[0].strip()


def _stated(sentence: str) -> str:
    """What a sentence states: all of it, or what comes before its last clause when that one asks."""
    if not sentence.rstrip().endswith("?"):
        return sentence
    breaks = [pause.start() for pause in _PAUSE.finditer(sentence)]
    return "" if not breaks or _ASKS_AT_ONCE.search(sentence) else sentence[: breaks[-1]]
