"""What a reply asks the customer for: the sentences that ask, and the kinds of data named in them."""

import re
from collections.abc import Iterator

# What is to be entered on a page is not told to whoever asks.
_ELSEWHERE = (
    r"\b[^.?!\n]{0,60}\b(?:on|in|into|at)\s(?:the|our|your)\s(?:[\w-]+\s){0,2}"
    r"(?:page|site|website|app|form|screen|field)"
    r"|[^.?!\n]{0,60}\b(?:to\s(?:log|sign)|when\s(?:prompted|asked))"
)
# What follows one of these in the same sentence is asked for.
_GIVE = (
    r"(?:provide|share|send|give|tell|confirm|verify|specify|supply|upload|attach|submit|state|include|drop|leave|show"
    r"|reply\swith|respond\swith|(?:text|message|e-?mail)\s(?:me|us)|let\s(?:me|us)\s(?:know|have|see)"
    rf"|(?:enter|type)(?!{_ELSEWHERE}))\b"
)
_KINDLY = r"(?:please\s|also\s|kindly\s|just\s|first\s|then\s|alternatively\s|go\sahead\sand\s){0,4}"
_ASKING = (
    rf"\b(?:please|kindly|feel\sfree\sto|(?:could|can|would|will)\syou|need\syou\sto)\s{_KINDLY}{_GIVE}",
    rf"\byou(?:['’]ll|\scan|\scould|\smay|\sshould|\swill|\smust)?\s{_KINDLY}(?:need\sto\s|have\sto\s)?{_KINDLY}{_GIVE}",
    rf"^[-*•\s]*{_KINDLY}{_GIVE}",
    rf"(?:(?<=[,;:—–]\s)|\b(?:and|then|so)\s){_KINDLY}{_GIVE}\s(?:it|me|us|your|the|in|an?)\b",
    r"\b(?:would|do)\syou\smind\s\w+ing\b",
    r"^\W*(?:(?:and|your|the)\s)*[\w-]+(?:\s[\w-]+)?\s?\?\W*$",
    r"\b(?:may|can|could|might)\s(?:i|we)\s(?:please\s|also\s)*(?:have|get|ask|take|see|know)\b",
    r"\blet\s(?:me|us)\s(?:know|have)\b",
    r"\b(?:i|we)(?:['’]ll|\swill|\swould|['’]d)?\s(?:just\s|also\s|still\s)*(?:need|require)\b",
    r"\b(?:what|which|where|who|when)(?:\sis|['’]s|\sare|\swas|\swere)?\b(?=[^\n?]{0,300}\?)",
    r"^(?:(?:right|okay|ok|and|thanks?(?:\syou)?)\W+)*(?:your|the)\s[^.?!\n]{2,60}\bplease\W*$",
    r"^\W*(?!check\b|see\b|visit\b|use\b|open\b|read\b|wait\b)(?:[\w-]+\s){1,3}please\W*$",
    r"\b(?:do\syou\shave|have\syou\sgot|need\sto\sknow)\b",
    r"(?<!не\s)\b(?:укажите|пришлите|вышлите|сообщите|назовите|предоставьте|отправьте|напишите|подтвердите|скажите"
    r"|введите|продиктуйте|подскажите|уточните|приложите|загрузите|дайте|скиньте|оставьте|покажите|нуж(?:ен|на|но|ны)|понадоб\w+|потребу\w+"
    r"|как\sвас\sзовут|какой|какая|какие|каков\w*)",
    r"\b(?:могли\sбы|можете|можно)\s(?:\w+\s){0,3}(?:сообщить|прислать|назвать|указать|предоставить|отправить|скинуть"
    r"|подтвердить|дать|продиктовать|написать|уточнить)\b",
    r"(?:жібер|айт|көрсет|жаз|хабарла|раста|енгіз|жүкте|нақтыла)\w{0,12}[ңн][ыі]з\w*|беріңіз\w*",
)
# What stands before these is asked for, too; Kazakh puts it before the verb.
_BEHIND = re.compile(
    r"\b(?:is|are)\s(?:also\s|still\s)?(?:required|needed|necessary|mandatory)\b"
    r"|\b(?:can['’]t|cannot|unable\sto|not\sable\sto)\s[^.?!\n]{0,60}?\b(?:without|unless\syou)\s",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
_ASKS = re.compile("|".join(f"(?:{cue})" for cue in _ASKING), re.IGNORECASE | re.MULTILINE)
_NOT_ASKED = re.compile(
    r"\b(?:never|don['’]?t(?!\s(?:worry|hesitate|forget))|do\snot(?!\s(?:worry|hesitate|forget))|not\s(?:need|share|send|have)|no\sneed|without|cannot|can['’]t|won['’]t)\b"
    r"|\bне\s(?:нужн\w+|надо|отправляй\w*|сообщай\w*|называй\w*|присылай\w*|передавай\w*|требу\w*|вводите"
    r"|потребу\w+)|никому|никогда"
    r"|керек\sемес|қажет\sемес|ешкімге|\w+(?:маңыз|меңіз|баңыз|беңіз|паңыз|пеңіз)\b",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,;:—–]|\b(?:so|but)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+|\n+")
# An item of a list that says no value itself.
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)]|[a-z]\))\s+(?!.*:\**\s*\S)\S")

# Kinds of data by what they are called. The first group is personal.
_PERSONAL = {
    "email": r"(?:your|the|which|what|another|associated|correct|valid|full)\s(?:\w+\s)?e-?mail\b(?!\s(?:us|we"
    r"|you\swill|with|that\swe))|e-?mail\saddress|\b(?:name|phone|number|address)\sand\se-?mail\b"
    r"|e-?mail\s(?:you|associated|linked)|(?:ваш\w*|адрес|электронн\w+)\s(?:e-?mail|имейл|почт\w+"
    r"|электронн\w+\s(?:почт|адрес)\w*)"
    r"|e-?mail(?:-?адрес|,|\sили)|электронд\w+\s(?:пошта|мекенжай)\w*|поштаңыз\w*",
    "phone": r"(?:phone|mobile|cell|contact|telephone|whatsapp)\s?(?:number|no\b)|your\s(?:phone|mobile|telephone)\b"
    r"|номер\w*\s(?:ваш\w+\s)?(?:мобильн\w+\s)?телефон\w*|ваш\w*\s(?:контактн\w+\s)?(?:телефон|номер\sтелефона)"
    r"|телефон\s(?:нөмір\w*)|телефоныңыз\w*",
    "name": r"\bname\s(?:on|under|associated)\b"
    r"|(?:full|first|last|legal|your|middle|given)\s(?:\w+\sand\s\w+\s)?names?\b|name\sand\s(?:zip|address"
    r"|e-?mail|phone)|surname"
    r"|\bфио\b|ф\.\s?и\.\s?о|имя\sи\sфамили\w+|ваш[еу]?\s(?:полн\w+\s)?имя|фамили[юя]|как\sвас\sзовут"
    r"|аты[-\s]жөніңіз\w*|атыңыз\w*|тегіңіз\w*",
    "address": r"(?:shipping|delivery|home|billing|postal|mailing|street|residential)\saddress"
    r"|\b(?:name|phone|number|birth)\sand\s(?:full\s|home\s)?address\b|\byour\s(?!e-?mail|web|ip)(?:\w+\s(?<!mail\s))?address\b(?!\sbook)"
    r"|адрес\w*\s(?:доставки|проживания|регистрации|прописки)|(?:домашн\w+|полный|почтовый)\sадрес\w*"
    r"|ваш\w*\sадрес(?!\s(?:электронн|почт|e-?mail))\w*|мекенжайыңыз\w*|жеткізу\sмекенжайы\w*",
    "postcode": r"\bzip(?:\scode|-code)?\b|post(?:al)?\s?code|почтов\w+\sиндекс\w*|\bиндекс\b|пошта\sиндексі\w*",
    "birth_date": r"date\sof\sbirth|birth\s?(?:date|day)|\bdob\b|дат[ауы]\sрождения|туған\sкүніңіз\w*|туған\sкүн\w*",
    "card_number": r"(?:card|credit\scard|debit\scard)\s(?:number|details|no\b)|number\sof\syour\scard"
    r"|last\s(?:four|4)\s(?:digits\s)?of\s(?:your|the)\scard|your\s(?:credit|debit|bank)\scard\b"
    r"|номер\w*\s(?:ваш\w+\s)?(?:банковск\w+\s)?карт\w+|(?:данные"
    r"|реквизиты)\s(?:ваш\w+\s)?(?:банковск\w+\s)?карт\w+|последн\w+\s(?:4|четыре)\sцифр\w*|карта\w*\s(?:нөмір\w*"
    r"|деректер\w*)",
    "card_code": r"\b(?:cvv|cvc|cvv2|cvc2|security\scode|card\sverification)\b|(?:код|цифры)\s(?:с"
    r"|на)\s(?:обратной|обороте)\w*",
    "pin": r"\bpin(?:[\s-]?code)?\b|пин-?код\w*",
    "password": r"\bpass(?:word|phrase|code)\b|парол\w+|құпия\s?сөз\w*",
    "one_time_code": r"(?:one[-\s]time|verification|confirmation|sms|otp|2fa|authentication)\s(?:code|password"
    r"|passcode)|\botp\b|\d[-\s]digit\s(?:\w+\s)?code|code\s(?:that\s)?(?:we|i)(?:['’]ve|\shave)?(?:\sjust)?\s(?:text|sent|mail)"
    r"|код\w*\s(?:из|с)\s(?:смс|sms|сообщени\w+)|(?:смс|sms|одноразов\w+)[-\s]?код\w*|код\sподтверждения"
    r"|растау\sкоды\w*|sms[-\s]код\w*",
    "bank_account": r"\biban\b|bank\s(?:account|details)|account\sand\srouting|routing\snumber|sort\scode"
    r"|банковск\w+\s(?:реквизит\w+|счет\w*|счёт\w*)|номер\w*\sсч[её]та|банк\s(?:шот\w*|деректер\w*)",
    "national_id": r"\byour\ssocial\b(?!\s(?:media|network|account|profile))"
    r"|social\ssecurity(?:\snumber)?|\bssn\b|(?:national|government|tax|taxpayer)\s(?:id"
    r"|identification|insurance)(?:\snumber)?|passport(?:\s(?:number|details|copy|photo))?"
    r"|driver['’]?s?\slicen[cs]e|\b(?:иин|инн|снилс|жсн)\b|паспорт\w*|удостоверени\w+|жеке\sкуәлі\w*|төлқұжат\w*",
    "id_photo": r"(?:photo|picture|copy|scan|image)\sof\s(?:your|an?|the)\s(?:\w+\s)?(?:id\b|passport|licen[cs]e"
    r"|card|document)|selfie|селфи|(?:фото|копи\w+|скан\w*)\s(?:ваш\w+\s)?(?:паспорт|удостоверени|документ|карт)\w*",
    "username": r"user\s?name|login\s(?:name|id)|your\slogin|(?:ваш\s)?логин\w*|имя\sпользователя",
    "secret_answer": r"maiden\sname|security\s(?:question|answer)|name\sof\s(?:your|the)\s(?:\w+\s)?pet\b"
    r"|secret\s(?:word|answer)|девич\w+\sфамили\w+|(?:секретн|кодов)\w+\s(?:вопрос|слов|ответ)\w*|құпия\sсұра\w*",
    "age": r"your\sage\b|how\sold\sare\syou|сколько\sвам\sлет|ваш\sвозраст|жасыңыз\w*",
    "income": r"your\s(?:income|salary)|ваш\w*\s(?:доход|зарплат)\w*|табысыңыз\w*",
}
_OTHER = {
    "order_number": r"(?:order|booking|reservation|confirmation|purchase)\s?(?:number|no\b|id\b|#|code|ids\b"
    r"|numbers)|which\sorder|order\s(?:you|in\squestion)|номер\w*\s(?:ваш\w+\s)?(?:заказ|брон)\w*|(?:какой"
    r"|какого)\sзаказ\w*|тапсырыс\w*\sнөмір\w*|қай\sтапсырыс\w*",
    "tracking_number": r"tracking\s(?:number|id|code)|трек-?номер\w*|номер\w*\s(?:отслеживания|посылки)",
    "receipt": r"receipt|invoice|proof\sof\s(?:purchase|payment)|чек\b|чека\b|квитанци\w+|накладн\w+|түбіртек\w*",
    "photo": r"(?:photo|picture|image|screenshot|video)s?\b|фото\w*|снимо?к\w*|скриншот\w*|видео|сурет\w*",
    "reason": r"\breason\b|\bwhy\b|причин\w+|почему|себеб\w*",
    "date": r"\b(?:when|what\s(?:date|day)|the\sdate|which\s(?:date|day))\b|\bкогда\b|как(?:ая|ую|ого)\sдат\w+"
    r"|дат[ау]\s(?:покупки|заказа|доставки)|қашан",
    "account_number": r"account\s(?:number|id)|customer\s(?:number|id)|client\s(?:number|id)|номер\w*\s(?:договора"
    r"|клиента|аккаунта)",
    "serial_number": r"serial\s(?:number|no\b)|\bimei\b|model\s(?:number|name)|серийн\w+\sномер\w*|модел[ьи]",
    "payment_method": r"payment\smethod|how\s(?:did|would)\syou\s(?:like\sto\s)?pay|способ\w*\sоплаты"
    r"|төлем\s(?:тәсіл|әдіс)\w*",
}
PERSONAL = tuple(_PERSONAL)
KINDS = tuple(_PERSONAL | _OTHER)
_KINDS = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in (_PERSONAL | _OTHER).items()}


def asked(text: str) -> tuple[str, ...]:
    """The parts of a reply that say what the customer is to give, in order."""
    return tuple(part for sentence in _sentences(text) if (part := _asked_in(sentence)))


def kinds_in(part: str) -> tuple[str, ...]:
    """The kinds of data that a part names."""
    return tuple(kind for kind, pattern in _KINDS.items() if pattern.search(part))


def _asked_in(sentence: str) -> str:
    if _BEHIND.search(sentence):
        return sentence
    for cue in _ASKS.finditer(sentence):
        pauses = [pause.end() for pause in _PAUSE.finditer(sentence) if pause.start() <= cue.start()]
        start = max(pauses, default=0)
        if not _NOT_ASKED.search(sentence, start, cue.end()):
            return sentence if _BEFORE.search(sentence) else sentence[cue.start() :]
    return ""


def _sentences(text: str) -> Iterator[str]:
    """Sentences; one that ends in a colon goes on with the list below it."""
    held = ""
    for piece in _SENTENCE_END.split(text.replace("\u00a0", " ")):
        if held and _ITEM.match(piece):
            held += f"\n{piece}"
            continue
        if held:
            yield held
            held = ""
        if piece.rstrip(" *_").endswith(":"):
            held = piece
        elif piece.strip():
            yield piece
    if held:
        yield held
