"""What went wrong, in the words of those who tell: one phrase a failure mode, in English, Russian and Kazakh.

The same wordings are looked for in the staff's notes, where they weigh much, and in the customer's complaint.
"""

from casemill.triage.rules.origins import CLEARS_BOT
from casemill.triage.rules.speech import NOT, Phrase, up_to

_DONE = (
    r"(?:do|did|done|made|make|call(?:ed)?|execut[a-z]+|perform[a-z]*|process(?:ed)?|cancel[a-z]*|refund[a-z]*|issu[a-z]+|chang[a-z]+"
    r"|updat[a-z]+|sent|send|book(?:ed)?|submit[a-z]*|complet[a-z]+|carried\s+out|happen[a-z]*|appl(?:y|ied)|exchang[a-z]+|return[a-z]*"
    r"|modif[a-z]+|(?:go|gone|went)\s+through|finish[a-z]*|registered|saved|placed|creat[a-z]+|added|remov[a-z]+)(?!\w)"
)
_THING = (
    r"(?:items?|orders?|products?|variants?|sizes?|colou?rs?|address(?:es)?|amounts?|dates?|flights?|accounts?|cards?"
    r"|payment|method|persons?|passengers?|reservations?|bookings?|arguments?|parameters?|values?|seats?|rooms?"
    r"|ids?|quantity|things?|one|tool|call|city|street|e-?mail|phone|time|day|option|number|name|currency|model)"
)
_THING_RU = (
    r"(?:заказ|товар|вещ|вариант|размер|цвет|адрес|сумм|дат|рейс|счет|карт|оплат|способ|брон|пассажир|мест|тариф|номер"
    r"|город|почт|модел|позици)\w*"
)
_THING_KK = r"(?:тапсырыс|тауар|зат|мекенжай|сома|күн|рейс|карта|өлшем|түс|шот|орын|нөмір)\w*"
_HAND_OVER = r"(?:escalat\w+|transferr?\w*|hand(?:ed|ing)?|pass(?:ed|ing)?|forward\w*|rout(?:ed|ing)|redirect\w*)"
_HUMAN = r"(?:humans?|persons?|people|agents?|someone|representatives?|operators?|specialists?|managers?|supervisors?)"
_HUMAN_RU = r"(?:оператор|человек|живо|специалист|менеджер|сотрудник|людям)\w*"
_NO_KK = r"\w*(?:маған|меген|мады|меді|пады|педі|бады|беді|маса|месе|ған\s+жоқ|ген\s+жоқ)"


_OFTEN_MET = {"missed_action": 0.8, "incomplete_answer": 0.8, "wrong_fact": 0.9, "wrong_tool_call": 0.9}
_SAYS_DUTY = ("missed_escalation", "wrong_escalation", "policy_violation")


def _mode(mode: str, why: str, *patterns: str) -> Phrase:
    in_duty, share = mode in _SAYS_DUTY, _OFTEN_MET.get(mode, 1.0)
    return Phrase(
        name=mode,
        why=why,
        patterns=patterns,
        origin="model",
        mode=mode,
        share=share,
        in_duty=in_duty,
        unless=CLEARS_BOT.patterns,
    )


MODES: tuple[Phrase, ...] = (
    _mode(
        "promised_action",
        "says that the AI promised or claimed what was not done",
        r"promis\w+",
        rf"(?:_bot_|\bit|\bhe|\bshe|\bthey|\byou|\bwhich|\bthat)\s+(?:\w+\s+)?(?:said|told|says|confirmed|assured|stated|claim\w*)"
        rf"{up_to(8)}(?:has|had|have|was|were|is|would|will)\s+(?:\w+\s+){{0,2}}(?:be\s+|been\s+)?{_DONE}",
        r"claim(?:s|ed|ing)\s+(?:to\s+have|that\s+it|it\s+(?:had|has|did))",
        r"(?:said|says|wrote|answered|told\s+\w+)\s+(?:it\s+(?:is|was)\s+)?[\"“']?(?:done|sent|cancelled|canceled|refunded|booked|sorted)\b",
        r"(?:guarantee[sd]?|swore)\b",
        r"fake\s+(?:confirmation|refund|booking|cancellation)",
        r"(?:пообеща|обеща)\w+",
        rf"(?:сказал|заявил|подтвердил|написал|уверил)\w*{up_to(5)}(?:оформ|отмен|верн|сдела|измен|отправ|заброни)\w+",
        r"якобы",
        r"уәде\w*",
        rf"(?:жаса|қайтар|өзгерт|жібер)\w*{up_to(2)}деп\s+(?:айт|жаз|сендір)\w*",
    ),
    _mode(
        "missed_action",
        "says that what was asked for was not done",
        rf"{NOT}{up_to(3)}{_DONE}",
        rf"no\s+(?:\w+\s+){{0,2}}(?:was|were|has\s+been|had\s+been)\s+(?:\w+\s+)?{_DONE}",
        r"nothing\s+(?:\w+\s+){0,2}(?:happen\w*|chang\w+|done|cancell?ed|processed|came|arrived)",
        r"still\s+(?:not|nothing|waiting|unchanged|open|active|the\s+(?:same|old))",
        r"(?:_bot_|\bit|\bhe|\bshe|\bthey|\byou)\s+(?:\w+\s+)?(?:forgot|skipped|omitted|missed)\b",
        r"(?:skipp(?:ed|ing)|omitted|missed|missing)\s+(?:\w+\s+)?(?:action|call|step|cancellation|refund|booking|change|exchange)",
        r"left\s+(?:\w+\s+)?undone",
        r"only\s+(?:did|half|part|one\s+of)",
        r"(?:так\s+и\s+|ничего\s+|вообще\s+)?не\s+(?:сдела|отмени|оформи|верну|измени|поменя|отправи|заброни|выполни|прове"
        r"|обнови|произош|случи|добави|убра)\w*",
        r"ничего\s+не\s+\w+",
        r"до\s+сих\s+пор",
        r"забыл\w*",
        rf"(?:жаса|орында|өзгер|қайтар|жібер|брондa|тоқтат|алма){_NO_KK}",
        r"ештеңе\s+\w+",
        r"ұмыт\w*",
    ),
    _mode(
        "wrong_tool_call",
        "says that something else was done than what was asked for",
        r"instead\s+of",
        rf"(?:wrong|incorrect|mistaken)\s+(?:\w+\s+){{0,2}}{_THING}",
        rf"{_THING}\s+(?:it\s+\w+\s+)?(?:is|are|was|were)\s+(?:\w+\s+)?(?:wrong|incorrect)",
        r"(?:got|get|gets|put|entered|typed|has|had)\s+(?:\w+\s+){0,6}wrong\b",
        r"(?:mischarged|overcharged|charged\s+(?:\w+\s+){0,3}(?:twice|too\s+much|more\s+than|wrongly|extra))",
        r"(?:do(?:es)?n'?t|do(?:es)?\s+not|didn'?t)\s+(?:add\s+up|match|correspond)",
        r"(?:сумм|цен|списани)\w*\s+(?:\w+\s+)?не\s+(?:сход|совпада|бь)\w*",
        r"misunder\w+|got\s+me\s+wrong|не\s+так\s+понял\w*|қате\s+түсін\w*",
        rf"(?:called|ran|executed|invoked|used){up_to(4)}(?:with|on|for)\s+(?:\w+\s+){{0,3}}(?:wrong|instead|rather)",
        rf"(?:on|to|for|from|with)\s+an?(?:other|\s+different|\s+wrong)\s+{_THING}",
        r"mix(?:ed|ing)?\s+up",
        r"\w+_\w+,?\s+(?:and\s+)?not\s+\w+_\w+|не\s+\w+_\w+",
        rf"not\s+the\s+{_THING}\s+(?:i|we|they|he|she|that)",
        r"(?:was|were)\s+supposed\s+to\s+be",
        r"вместо",
        rf"не\s+(?:тот|та|то|ту|те|того|той|тому|тем|те[хм])\s+(?:\w+\s+)?{_THING_RU}",
        rf"(?:неправильн|неверн|ошибочн|друг|чуж)\w+\s+(?:\w+\s+)?{_THING_RU}",
        r"(?:пере|с)путал\w*",
        r"орнына",
        rf"(?:қате|басқа|бөтен)\s+{_THING_KK}",
        r"шатастыр\w*",
    ),
    _mode(
        "unrequested_action",
        "says that nobody asked for what was done",
        r"(?:customer|client|user|cust|buyer|guest|caller|i|he|she|we|they)\s+(?:\w+\s+)?"
        r"(?:never|didn'?t|did\s+not|hadn'?t|haven'?t)\s+(?:\w+\s+)?(?:ask|want|request|agree|authori[sz]|approv|confirm|consent)"
        r"\w*",
        r"without\s+(?:\w+\s+){0,2}(?:asking|asked|my|confirm\w*|consent|permission|approval|being\s+told|request\w*)",
        r"(?:on\s+its\s+own\s+(?:accord|initiative)|nobody\s+asked|no\s+one\s+asked|un(?:requested|asked|authori[sz]ed))",
        r"(?:nobody|no\s+one|not)\s+(?:had\s+|has\s+|was\s+)?(?:asked|requested)\s+(?:for|by)",
        r"(?:extra|additional|second)\s+(?:action|call|change|charge|cancellation|write)",
        r"without\s+(?:me|us|him|her|them|the\s+customer)\s+(?:wanting|asking|knowing|agreeing|confirming)",
        rf"(?:_bot_|\bit|\bhe|\bthey)\s+also\s+{_DONE}",
        r"(?:никто\s+)?не\s+(?:просил|заказывал|соглашал|давал\w*\s+согласи|подтверждал)\w*",
        r"без\s+(?:мо|спрос|соглас|подтвержд|ведома|разреш)\w*",
        r"само(?:вольн|управ)\w*",
        r"сұра(?:ған\s+жоқ|маған)\w*",
        r"(?:рұқсат|келісім)\w*сыз",
        r"өз\s+бетімен",
    ),
    _mode(
        "policy_violation",
        "says that the AI did what the rules do not allow",
        rf"(?:against|violat\w+|breach\w*|outside|contrary\s+to|in\s+spite\s+of|broke|breaks|breaking|bent){up_to(3)}"
        r"(?:polic(?:y|ies)|rules?|terms|guidelines?)",
        rf"(?:polic(?:y|ies)|rules?|terms){up_to(3)}(?:forbid\w*|prohibit\w*|(?:do(?:es)?n'?t|do(?:es)?\s+not|not)\s+allow)",
        r"should(?:n'?t|\s+not|\s+never)\s+have\s+(?:been\s+)?(?:allow|approv|grant|offer|agree|accept|cancel|refund|compensat"
        r"|permitt|possib)\w*",
        r"no\s+(?:\w+\s+)?(?:was|is|were)\s+(?:allowed|permitted|possible|due)",
        r"(?:in|not\s+)eligible",
        r"(?:not|never)\s+(?:\w+\s+)?(?:allowed|permitted|entitled)",
        r"(?:forbidden|prohibited|banned|(?:may|must)\s+never|nobody\s+may)",
        r"запрещ\w+|нельзя\s+(?:было\s+)?(?:просить|обещать|давать|делать|говорить)",
        r"наруш\w+\s+(?:\w+\s+)?(?:правил|политик|услови|регламент)\w*",
        r"(?:против|вопреки|в\s+обход)\s+(?:\w+\s+)?(?:правил|политик|регламент)\w*",
        r"не\s+(?:положено|полагается|разрешено|допускается|имел\w*\s+права)",
        r"ереже\w*\s+(?:қайшы|бұз)\w*",
        r"(?:рұқсат|ереже)\w*\s+(?:жоқ|етілме|жол\s+бермей)\w*",
    ),
    _mode(
        "missed_escalation",
        "says that a person should have been brought in",
        rf"should\s+(?:have|'?ve)\s+(?:been\s+)?{_HAND_OVER}",
        rf"(?:wouldn'?t|would\s+not|didn'?t|did\s+not|never|refus\w+\s+to|won'?t|no\s+way\s+to|impossible\s+to|can'?t|cannot|couldn'?t)"
        rf"{up_to(3)}"
        rf"(?:transfer|escalat|connect|hand|pass|put|speak|talk|reach|get)\w*{up_to(4)}{_HUMAN}",
        r"no\s+(?:hand-?\s?over|hand-?\s?off|escalation|way\s+out)",
        rf"(?:долж\w+\s+был\w*|надо\s+было|нужно\s+было|следовало){up_to(2)}(?:переда|переве|переключ|соедин|эскалир)\w*",
        rf"не\s+(?:перевел|переключил|соединил|передал|дал|позвал)\w*{up_to(3)}{_HUMAN_RU}",
        rf"(?:оператор|маман|адам|қызметкер|менеджер)\w*{up_to(2)}(?:қос|бер|жалға|ауыстыр){_NO_KK}",
    ),
    _mode(
        "wrong_escalation",
        "says that the AI handed over what it could have done itself",
        rf"should(?:n'?t|\s+not|\s+never)\s+have\s+(?:been\s+)?{_HAND_OVER}",
        r"(?:needless|unnecessar\w+|pointless|premature\w*|wrong)\s+(?:\w+\s+)?(?:escalat\w+|transfer\w*|hand\w*)",
        rf"without\s+(?:an?\s+|any\s+)?{_HAND_OVER}",
        rf"(?:dumped|bounced|shoved|palmed|pushed|kicked|fobbed){up_to(5)}{_HUMAN}",
        rf"(?:{_HAND_OVER}|dumped|bounced|shoved|palmed){up_to(6)}(?:for\s+no\s+reason|without\s+(?:need|cause)|instead|rather|too\s+early|although|even\s+though"
        r"|needlessly|unnecessarily|when\s+it\s+could|without\s+(?:trying|doing|helping|a\s+reason|even))",
        rf"could\s+have\s+(?:been\s+)?(?:handled|solved|done|answered|resolved|fixed){up_to(4)}"
        r"(?:itself|by\s+itself|on\s+its\s+own|by\s+the\s+(?:bot|assistant|ai))",
        r"(?:just\s+)?gave\s+up",
        r"(?:don'?t|do\s+not|didn'?t)\s+need\s+(?:an?\s+)?(?:agent|human|person|call|operator)|why\s+(?:would|is|did|does)\s+an?\s+(?:agent|human)",
        rf"(?:just|simply|only)\s+(?:{_HAND_OVER}|dumped|bounced)",
        rf"(?:зря|напрасно|незачем|без\s+причины|не\s+нужно\s+было|лишний\s+раз){up_to(2)}(?:перев|переда|переключ|эскалир)\w*",
        rf"(?:перевел|передал|переключил|спихнул|скинул)\w*{up_to(3)}(?:на\s+)?{_HUMAN_RU}",
        r"мог\w*\s+(?:бы\s+)?(?:решить|сделать|ответить|справиться)\s+сам\w*",
        r"(?:бекер|қажетсіз|себепсіз)\s+(?:ауыстыр|бер|жібер)\w*",
    ),
    _mode(
        "incomplete_answer",
        "says that part of the question was left unanswered",
        rf"{NOT}{up_to(3)}(?:answer|respon[ds]|repl(?:y|ied)|address|tell|told|mention|explain|provid|inform|quot)\w*",
        r"un-?answered",
        r"(?:one|1|half|first)\s+(?:\w+\s+)?(?:out\s+)?of\s+(?:the\s+|my\s+)?(?:two|three|both|2|3)",
        r"(?:на\s+)?один\s+(?:\w+\s+)?из\s+(?:двух|трех)|только\s+на\s+(?:один|первый|половину)",
        rf"ignor\w+{up_to(3)}(?:questions?|part|rest|half)",
        r"(?:only|just)\s+(?:answered|replied)",
        r"half\s+(?:of\s+)?(?:an?\s+|my\s+|the\s+)?(?:answers?|questions?)",
        r"(?:second|other|last|rest\s+of\s+(?:my|the)|main|actual)\s+questions?",
        r"incomplete",
        r"(?:missing|left\s+out|omitted)\s+(?:\w+\s+)?(?:info\w*|amount|total|price|details?|figure|sum)",
        r"не\s+(?:ответи|сказа|сообщи|назва|указа|объясни|упомяну)\w*",
        r"без\s+ответа",
        r"(?:проигнорир|пропусти)\w+\s+(?:\w+\s+)?(?:вопрос|част)\w*",
        r"(?:второй|другой|остальн\w+|главн\w+)\s+вопрос\w*",
        r"неполн\w+",
        r"жауап\s+(?:бермe|берме|жоқ|алма)\w*",
        r"айтпа(?:ды|ған)",
        r"(?:екінші|басқа)\s+сұра\w+",
    ),
    _mode(
        "forgot_constraint",
        "says that the AI forgot what it had been told",
        r"(?:forgot|ignor\w+|disregard\w*|lost\s+track\s+of|overlooked)\s+(?:\w+\s+){0,2}(?:that\s+i|what|condition|constraint"
        r"|requirement|preference|limit|budget|instruction|earlier)\w*",
        r"(?:constraint|condition|preference|requirement|restriction|wish)\s+(?:\w+\s+)?(?:dropped|lost|forgotten|ignored|overlooked)",
        r"(?:already|clearly|repeatedly)\s+(?:told|said|stated|asked|mentioned|explained|gave)",
        r"(?:told|said)\s+(?:it|him|them|you)\s+(?:twice|three\s+times|several\s+times|at\s+the\s+start|from\s+the\s+start|before)",
        r"(?:я\s+же|уже|сразу|дважды|несколько\s+раз)\s+(?:\w+\s+)?(?:говорил|сказал|писал|просил|объяснял|указал)\w*",
        r"(?:забыл|проигнорировал)\w*,?\s+(?:что|про|мо)\w*",
        r"(?:айттым|жаздым|ескерттім)\s+ғой",
        r"бұрын\s+айт\w*",
    ),
    _mode(
        "hallucinated_policy",
        "says that the AI made something up",
        r"(?:made|making|makes)\s+(?:\w+\s+)?up",
        r"(?:invent|hallucinat|fabricat|confabulat)\w+",
        r"(?:no\s+such|non-?existent)\s+(?:\w+\s+){0,2}(?:polic\w+|rule|offer|discount|promotion|guarantee|programme|program|feature)",
        r"(?:polic\w+|rule|offer|discount|promotion|feature)\s+(?:that\s+)?(?:does\s+not|doesn'?t|did\s+not|didn'?t)\s+exist",
        r"(?:выдум|придум|сочин|нафантазир|галлюцин)\w+",
        r"(?:нет|не\s+существу\w+)\s+(?:\w+\s+)?(?:так\w+\s+)?(?:правил|акци|скидк|услови)\w*",
        r"ойдан\s+шығар\w*",
        r"(?:мұндай|ондай)\s+(?:ереже|жеңілдік|акция)\w*\s+жоқ",
    ),
    _mode(
        "wrong_fact",
        "says that what the AI told was not true",
        r"(?:wrong|incorrect|false|inaccurate|misleading|bad)\s+(?:\w+\s+)?(?:info\w*|answer|fact|price|hours|advice|statement|details?)",
        r"(?:wrong|incorrect|different|another)\s+(?:plan|tariff|fee|rate|terms|conditions|deadline|period|opening\s+hours|article|total)\b",
        r"(?:not|isn'?t|wasn'?t|un)\s*true",
        r"(?:lied|lying|misinform\w*|misled)",
        r"(?:неверн|неправильн|ошибочн|ложн|недостоверн)\w+\s+(?:\w+\s+)?(?:инф|ответ|цен|сведен|данн|срок)\w*",
        r"(?:соврал|обманул|неправд|наврал)\w*",
        r"(?:қате|жалған)\s+(?:ақпарат|жауап|мәлімет|баға)\w*",
        r"өтірік\w*",
    ),
    _mode(
        "stale_source",
        "says that the AI used an old article",
        r"(?:out\s?-?(?:of\s?-?)?dated?|obsolete|stale|superseded|archived|retired)",
        r"(?:old|last\s+year'?s|previous)\s+(?:\w+\s+)?(?:article|policy|price\s?list|version|page|terms|tariff|faq|rules?)",
        r"(?:old|older|outdated|first|wrong|earlier)\s+(?:\w+\s+)?revision|revision\s+\d+[^\n]{0,40}(?:current|now|newest|latest)",
        r"(?:устаревш|неактуальн)\w*",
        r"(?:стар|прошлогодн)\w+\s+(?:\w+\s+)?(?:стать|верси|ревизи|редакци|правил|прайс|тариф|услови)\w*",
        r"(?:ескірген|ескі)\s+\w+",
    ),
    _mode(
        "leaked_data",
        "says that somebody else's data were shown",
        r"(?:some(?:one|body)\s+else|another\s+(?:customer|person|user|client)|other\s+(?:customers?|people|users?)|stranger)"
        r"['’]?s?['’]?\s+(?:\w+\s+)?(?:data|details?|address|name|orders?|e-?mail|phone|card|account|information|booking)",
        r"(?:leak|disclos|expos)\w*\s+(?:\w+\s+){0,3}(?:data|details?|information|address|prompt|instructions|customer)",
        r"(?:data|privacy)\s+(?:breach|leak)",
        r"чужи\w*\s+(?:\w+\s+)?(?:данн|адрес|заказ|им|почт|телефон)\w*",
        r"(?:утечк\w+|раскры\w+)\s+(?:\w+\s+)?(?:данн|персональн|информац)\w*",
        r"(?:басқа|бөтен)\s+(?:адам|клиент|біреу)\w*\s+(?:дерек|мәлімет|мекенжай|тапсырыс)\w*",
    ),
    _mode(
        "unsafe_advice",
        "says that the AI's advice was dangerous",
        r"(?:unsafe|dangerous|harmful|hazardous)\s+(?:\w+\s+)?(?:advice|instruct\w*|suggest\w*|recommend\w*|answer|repl\w+|information)",
        r"(?:could|might)\s+have\s+(?:been\s+)?(?:hurt|killed|injured|poisoned|burn\w*)",
        r"(?:опасн|вредн)\w+\s+(?:\w+\s+)?(?:совет|рекоменд|инструкц|ответ)\w*",
        r"(?:қауіпті|зиянды)\s+(?:кеңес|нұсқау|жауап)\w*",
    ),
    _mode(
        "ignored_distress",
        "says that the AI passed over a person in distress",
        rf"(?:ignor\w+|miss(?:ed|ing)|overlooked|passed\s+over|{NOT}\s+(?:\w+\s+)?(?:notice|recogni[sz]e|react)\w*){up_to(4)}"
        r"(?:distress\w*|suicid\w*|self-?\s?harm|crisis|cry\s+for\s+help|desperat\w*)",
        r"(?:distress|suicid|self-?\s?harm)\w*\s+(?:\w+\s+){0,2}(?:goes|must|should|ignored|missed|overlooked)|in\s+(?:that|such\s+a)\s+state",
        r"(?:человек|клиент)\w*\s+(?:\w+\s+)?в\s+(?:беде|отчаянии|опасности|таком\s+состоянии)",
        r"(?:не\s+замет|проигнорир|не\s+отреагир)\w+\s+(?:\w+\s+){0,3}(?:суицид|отчаян|кризис)\w*",
    ),
    _mode(
        "wrong_tone",
        "says that the AI's tone was wrong",
        r"(?:rude|impolite|condescending|patroni[sz]ing|insulting|dismissive|disrespectful|tone[\s-]deaf|arrogant)",
        r"(?:wrong|bad|poor|cold|inappropriate)\s+tone",
        r"(?:too|so)\s+(?:cheerful|cold|jolly|formal|familiar|flippant|preachy)|flippant|missed\s+the\s+sarcasm|sarcasm\s+(?:was\s+)?(?:taken|missed)",
        r"(?:груб|хам|оскорб|невежлив|снисходительн|издевательск)\w*",
        r"(?:неуместн|неподходящ)\w+\s+(?:тон|шутк)\w*",
        r"(?:дөрекі|мазақ|сыйламай)\w*",
    ),
    _mode(
        "wrong_language",
        "says that the AI answered in the wrong language",
        r"(?:wrong|different|another|foreign)\s+language",
        r"(?:answer|repl|respon|wrote|writes|spoke)\w*\s+(?:to\s+me\s+|back\s+)?in\s+(?:english|russian|kazakh|german|spanish|french)",
        r"не\s+на\s+(?:том|моем|русском|казахском)\s*(?:языке)?",
        r"(?:ответил|отвечает|писал|пишет)\w*\s+(?:мне\s+)?(?:на|по)[\s-](?:англий|русск|казах)\w*",
        r"(?:басқа|бөтен)\s+тіл\w*",
        r"(?:ағылшын|орыс)ша\s+(?:жауап|жаз)\w*",
    ),
    _mode(
        "bad_format",
        "says that the AI's reply was garbled",
        r"(?:garbled|unreadable|gibberish|broken|raw|wrong|bad)\s+(?:\w+\s+)?(?:format\w*|markdown|html|json|template|layout|link|code|text)",
        r"(?:поле|шаблон)\w*\s+(?:\w+\s+)?(?:шаблон|не\s+заполн|пуст)\w*|не\s+заполнен\w*\s+(?:поле|шаблон)\w*",
        r"(?:unfilled|empty|raw)\s+(?:placeholder|template|field|variable)s?",
        r"(?:placeholder|template)\s+(?:\w+\s+){0,2}(?:not\s+filled|visible|shown|left)",
        r"(?:кракозябр|абракадабр|нечитаем)\w*",
        r"(?:битая|сломанн\w+)\s+(?:верстк|ссылк|разметк)\w*",
        r"оқылмай\w*",
    ),
)
