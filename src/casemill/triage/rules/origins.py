"""Whose failure it was, in the words of those who tell: the AI's, the product's, the customer's, nobody's."""

from casemill.triage.rules.speech import BOT_EN, BOT_RU, Phrase, up_to

_FAULT = (
    r"(?:errors?|wrong\w*|mistak\w+|faults?|fail\w*|hallucinat\w+|messed|broke|screw\w*|issues?|bugs?|misunder\w+|misread"
    r"|mishandl\w+|useless|stupid|incorrect\w*|confus\w+|ignor\w+|lied|invent\w+|refus\w+|should(?:n'?t|\s+not)?\s+have)"
)
_FAULT_RU = (
    r"(?:ошиб|неправ|неверн|сломал|напутал|перепутал|соврал|выдум|тупи|глуп|бесполезн|не\s+понял|не\s+сделал|наврал)\w*"
)
_FAULT_KK = r"(?:қате|жаңылыс|шатас|түсінбе|дұрыс\s+емес|өтірік)\w*"

_WELL = (
    r"(?:correct(?:ly)?|proper(?:ly)?|fine|right(?:ly)?|well|ok(?:ay)?"
    r"|as\s+(?:expected|designed|intended|instructed|it\s+should))"
)
_CLEARED = (
    r"_bot_\s+(?:\w+\s+)?(?:ok|okay|fine|innocent)\b",
    r"chat\s+(?:is|was|looks|looked)\s+(?:\w+\s+)?(?:correct|fine|ok(?:ay)?|right|clean|in\s+order)",
    r"did\s+(?:its|his|her|their)\s+(?:part|job|duty)",
    r"(?:no|not\s+an?)\s+(?:model|llm|ai|bot)\s+(?:error|failure|issue|problem|fault|mistake)",
    rf"(?:acted|behaved|answered|responded|worked|handled|did)\s+(?:\w+\s+){{0,2}}{_WELL}",
    r"_bot_(?:'?s)?\s+(?:\w+\s+)?(?:was|is|were|did)\s+(?:\w+\s+)?(?:right|correct|fine|ok(?:ay)?|blameless)",
    r"_bot_\s+(?:was|is|were)(?:n'?t|\s+not)\s+(?:\w+\s+)?(?:at\s+fault|to\s+blame|the\s+(?:cause|problem|issue)|wrong|involved)",
    rf"(?:no|not\s+an?|isn'?t\s+an?|wasn'?t\s+an?)\s+{BOT_EN}(?:'s)?\s+(?:error|issue|fault|failure|problem|mistake|bug|involv\w*)",
    rf"(?:not\s+(?:by\s+)?(?:the|our)|do(?:n'?t|\s+not)\s+blame\s+(?:the|our))\s+{BOT_EN}(?:'s)?\b",
    r"(?:was|were|is|been|got)\s+(?:\w+\s+)?done\s+(?:right|correctly|properly)",
    r"(?:same\s+as|as|what)\s+it\s+did",
    r"nothing\s+(?:is\s+|was\s+|went\s+)?wrong\s+(?:on|in|with|at)\s+(?:\w+\s+){0,2}(?:_bot_|side|chat|answer)",
    r"(?:did|done)\s+(?:the\s+right\s+thing|nothing\s+wrong|everything\s+(?:right|correctly)|what\s+it\s+should)",
    r"nothing\s+(?:is\s+|was\s+)?wrong\s+with\s+(?:the\s+)?(?:chat|answer|repl|_bot_)\w*",
    r"follow(?:ed|s)\s+(?:the\s+|our\s+)?(?:polic\w+|rules?|procedure|guidelines?)",
    r"refus(?:al|ed)\s+(?:\w+\s+)?(?:stands|correct\w*|right\w*|justified|valid)",
    r"(?:correctly|rightly|properly)\s+(?:refus|declin|den|answer|explain|cancel|process|transfer|escalat|hand)\w*",
    rf"{BOT_RU}\s+(?:\w+\s+)?(?:сделал|ответил|отработал|сработал|поступил|отказал)\w*\s+(?:\w+\s+)?"
    r"(?:верно|правильно|корректно|как\s+надо|по\s+правилам)",
    rf"(?:ошибк\w+\s+{BOT_RU}\s+нет|{BOT_RU}\s+(?:был\w*\s+)?прав\b|{BOT_RU}\s+(?:тут\s+|здесь\s+)?ни\s+при\s+чем)",
    r"отказ\s+(?:\w+\s+)?(?:верн|правомер|обоснован|правильн|остается)\w*",
    r"бот\w*\s+(?:бәрін\s+)?дұрыс",
    r"бот\w*\s+қатесі\s+(?:жоқ|емес)",
)

BLAMES_BOT = Phrase(
    "blames_bot",
    "blames the AI",
    (
        rf"_bot_{up_to(6)}{_FAULT}",
        rf"{_FAULT}\s+(?:of|in|with|by|from|on)\s+(?:\w+\s+){{0,2}}_bot_",
        rf"_bot_{up_to(4)}{_FAULT_RU}",
        rf"{_FAULT_RU}{up_to(2)}_bot_",
        rf"_bot_{up_to(4)}{_FAULT_KK}",
    ),
    origin="model",
    in_duty=True,
    unless=_CLEARED,
)
NAMES_BOT = Phrase("names_bot", "speaks of the AI", ("_bot_",), origin="model", in_duty=True, unless=_CLEARED)
CLEARS_BOT = Phrase("clears_bot", "says that the AI did right", _CLEARED, origin="model", side="against", in_duty=True)

PRODUCT = (
    Phrase(
        "delivery_trouble",
        "a carrier, a warehouse or the post",
        (
            r"(?:courier|carrier|warehouse|depot|postal\s+service|customs)\w*",
            rf"(?:parcel|package|shipment|deliver(?:y|ies)){up_to(4)}(?:late|delay\w*|lost|missing|stuck|overdue|not\s+arriv\w+)",
            r"(?:late|delayed|lost|missing)\s+(?:parcel|package|shipment|delivery)",
            r"(?:lost|stuck|delayed|held)\s+in\s+(?:transit|the\s+(?:mail|post)|customs)",
            r"(?:курьер|склад|перевозчик|служб\w+\s+доставк|таможн)\w*",
            rf"(?:посылк|доставк)\w*{up_to(3)}(?:задерж|опазд|потеря|застря|не\s+приш)\w*",
            r"(?:курьер|қойма|жеткізу\s+қызмет|кеден)\w*",
            rf"(?:жеткіз|сәлемдеме)\w*{up_to(2)}(?:кеші[кг]|жоғал)\w*",
        ),
        origin="product",
    ),
    Phrase(
        "damaged_goods",
        "the goods came broken or faulty",
        (
            r"(?:damag\w+|defect\w*|faulty|smashed|cracked|shattered|dented|torn|scratched|dead\s+on\s+arrival)",
            r"(?:arrived|came|is|was)\s+(?:\w+\s+)?broken",
            r"(?:брак|поврежд|разбит|сломан|треснут|порван)\w*",
            r"(?:сынған|бүлінген|жарамсыз|жыртылған|ақаулы)\w*",
        ),
        origin="product",
    ),
    Phrase(
        "does_not_work",
        "a thing or a service that does not do what it is for",
        (
            r"(?:doesn'?t|does\s+not|won'?t|will\s+not|isn'?t|stopped|not)\s+(?:work|open|start|turn\s+on|charge|charging|accept|fit|heat|close|load)\w*",
            r"(?:leaks|leaking|smells?\s+of|buzz(?:es|ing)|rattl\w+|peel\w+|rust\w*|too\s+(?:short|small|long|large|big|tight)\s+for)",
            r"(?:came|arrived|delivered)\s+(?:with|without)\s+(?:\w+\s+){0,4}(?:instead|missing|only|part|piece)",
            r"(?:missing|lacks?)\s+(?:\w+\s+)?(?:parts?|pieces?|screws?|pegs?|cable|manual|lid|key)",
            r"(?:that|it|this)(?:'s|\s+is|\s+was)\s+(?:a\s+|our\s+)?(?:fault|defect|packing\s+error|mistake\s+in\s+the\s+warehouse)",
            r"не\s+(?:работа|открыва|включа|заряжа|принима|закрыва|гре[ею]т|подход)\w*",
            r"(?:протека|воня|пахнет|не\s+хватает|не\s+доложили|недокомплект|села\s+за)\w*",
            r"(?:істемейді|ашылмайды|қосылмайды|жетіспейді|ағады)\w*",
        ),
        origin="product",
    ),
    Phrase(
        "outage",
        "a system that was down or a bug outside the AI",
        (
            r"(?:outage|downtime|maintenance\s+window|time-?outs?)",
            r"(?:server|system|site|website|app|page|api|backend|gateway|integration)\s+(?:\w+\s+)?"
            r"(?:down|error|issue|crash\w*|bug|glitch|unavailable|not\s+(?:loading|working|responding))",
            r"(?:technical|it)\s+(?:issue|error|fault|problem|glitch)",
            r"(?:payment|mail|order|booking|warehouse|delivery|backend)\s+(?:system|provider|gateway|service|batch|queue|job)\s+"
            r"(?:\w+\s+){0,2}(?:fault|fail\w*|error|issue|problem|down|stuck|delayed)",
            r"(?:сбо[йя]|упал\s+сервер|технич\w+\s+(?:ошибк|неполадк|работ))\w*",
            r"(?:сайт|приложени|систем)\w*\s+(?:\w+\s+)?(?:не\s+работ|упал|завис|ошибк)\w*",
            r"(?:ақау|іркіліс|жұмыс\s+істемей)\w*",
        ),
        origin="product",
    ),
    Phrase(
        "message_missing",
        "an e-mail, a label or a confirmation that never came",
        (
            rf"(?:e-?mails?|mail|labels?|confirmations?|invoices?|receipts?|sms|letters?|notifications?){up_to(4)}"
            r"(?:not|never|didn'?t|wasn'?t|hasn'?t|haven'?t|no|missing|lost|bounced|delayed|spam)",
            r"(?:no|missing|without|never\s+(?:got|received)|haven'?t\s+received|didn'?t\s+get)\s+(?:\w+\s+){0,2}"
            r"(?:e-?mail|label|confirmation|invoice|receipt|sms|notification)s?",
            rf"(?:письм|этикетк|ярлык|чек|подтверждени|уведомлени|смс)\w*{up_to(3)}(?:не\s+приш|нет|потеря|в\s+спам)\w*",
            rf"(?:хат|чек|растау)\w*{up_to(2)}(?:келме|жоқ)\w*",
        ),
        origin="product",
    ),
    Phrase(
        "money_on_the_way",
        "a payment that is slow, not undone",
        (
            rf"refunds?{up_to(5)}(?:pending|in\s+progress|on\s+(?:its|the)\s+way|overdue|delay\w*|late|not\s+(?:yet\s+)?arriv\w+"
            r"|hasn'?t\s+arriv\w+|business\s+days|bank)",
            r"(?:bank|payment\s+provider|processor|acquirer|finance|billing)\s+(?:\w+\s+){0,3}(?:delay\w*|slow|hold\w*|stuck|late|days|queue)",
            rf"(?:возврат|деньг|плат[её]ж)\w*{up_to(4)}(?:задерж|в\s+пути|в\s+обработк|банк|рабоч\w+\s+дн)\w*",
            rf"(?:ақша|төлем|қайтарым)\w*{up_to(3)}(?:кешік|жолда|банк)\w*",
        ),
        origin="product",
    ),
)

MISUSE = (
    Phrase(
        "customer_error",
        "the customer mistook something",
        (
            r"(?:customer|client|user|cust|buyer|guest|caller)(?:'?s)?\s+(?:own\s+)?(?:error|mistake|fault)",
            rf"(?:customer|client|user|cust|buyer|guest){up_to(2)}(?:misread|misunder\w+|misremember\w*|mistyped|overlooked|forgot|mixed\s+up"
            r"|gave\s+(?:us\s+|it\s+)?(?:the\s+|a\s+)?wrong|entered\s+(?:the\s+|a\s+)?wrong|asked\s+for\s+the\s+wrong|confirmed|agreed|approved|chose|picked)",
            r"(?:my|our)\s+(?:own\s+)?(?:mistake|fault|bad)\b",
            r"i\s+(?:accidentally|mistakenly|misread|mistyped|mixed\s+up|gave\s+(?:it\s+)?the\s+wrong)",
            r"(?:ошибк\w+\s+клиента|клиент\w*\s+(?:\w+\s+)?(?:ошиб|перепутал|не\s+понял|сам\b|подтвердил|согласил|неверно))\w*",
            r"(?:моя\s+(?:вина|ошибка)|я\s+(?:сам\s+)?(?:ошиб|перепутал|опечатал)\w*)",
            r"(?:клиент\w*\s+(?:\w+\s+)?(?:қате|шатас|өзі|растады|келісті)|менің\s+қате)\w*",
        ),
        origin="misuse",
    ),
    Phrase(
        "changed_mind",
        "the customer wants something else now",
        (
            r"chang\w*\s+(?:of|his|her|their|my|the|our)\s+mind",
            r"(?:buyer'?s\s+remorse|second\s+thoughts|no\s+longer\s+(?:wants?|needs?))",
            r"(?:передумал|расхотел)\w*",
            r"(?:ойын|ойымды)\s+өзгерт\w*|айнып\s+қал\w*",
        ),
        origin="misuse",
    ),
    Phrase(
        "wants_exception",
        "the customer wants what the rules refuse",
        (
            r"(?:wants?|asks?|asked|asking|demand\w*|insist\w*|push\w*)\s+(?:\w+\s+){0,3}(?:exception|goodwill|special\s+treatment)",
            r"no\s+exceptions?",
            r"(?:refusal|decision|denial)\s+(?:stands|upheld|remains)",
            r"(?:rightly|correctly|properly)\s+(?:refus|declin|den)\w*",
            r"(?:refus|declin|den)(?:ed|al)\s+(?:\w+\s+){0,2}(?:per|by|under|according\s+to|in\s+line\s+with)\s+(?:\w+\s+)?(?:polic\w+|rules?|terms)",
            r"(?:customer|client|user|cust)\s+(?:\w+\s+){0,3}(?:confirmed|agreed|approved|accepted|chose)",
            rf"(?:explained|repeated|restated|reminded){up_to(3)}(?:polic\w+|rules?|terms|conditions)",
            r"(?:хочет|просит|требует)\s+(?:\w+\s+)?исключени\w*",
            r"отказ\s+(?:\w+\s+)?(?:остается|в\s+силе|правомер|обоснован|верн)\w*",
            r"(?:объяснил|разъяснил|напомнил)\w*\s+(?:\w+\s+)?(?:правил|услови|политик)\w*",
            r"ереже\w*\s+(?:түсіндір|еске\s+сал)\w*",
        ),
        origin="misuse",
    ),
    Phrase(
        "abuse",
        "somebody tried to trick the AI or the shop",
        (
            r"(?:abus(?:e|ing|ive)|fraud\w*|scam\w*|jail-?break\w*|prompt\s+injection|tr(?:ied|ying)\s+to\s+(?:trick|game|manipulate|cheat))",
            r"(?:мошенн|обманыва|злоупотреб|взлом)\w*",
            r"(?:алаяқ|алдамақ)\w*",
        ),
        origin="misuse",
    ),
)

ONE_OFF = (
    Phrase(
        "one_off",
        "told to be a single event",
        (
            r"(?:one[\s-]?off|one[\s-]time\s+(?:thing|event|issue)|isolated\s+(?:case|incident|event)|fluke)",
            r"(?:cannot|can'?t|could\s*n[o']t|unable\s+to|not)\s+(?:be\s+)?reproduc\w+",
            r"(?:only|just)\s+this\s+once",
            r"(?:brief|short|momentary|transient|passing)\s+(?:outage|downtime|interruption|disruption|hiccup|glitch)|\bblip",
            r"(?:resolved|fixed|went\s+away)\s+(?:by\s+)?(?:itself|on\s+its\s+own)",
            r"(?:единичн|разов)\w+\s+(?:случа|событи|сбо)\w*|не\s+(?:удалось\s+)?воспроизв\w*",
            r"(?:бір\s+реттік|қайталанбай)\w*",
        ),
        origin="one_off",
    ),
)

NOTHING_WRONG = Phrase(
    "nothing_wrong",
    "nothing had to be put right",
    (
        r"(?:simple|plain|just\s+a|only\s+a|routine)\s+(?:follow[\s-]?up|question|inquiry|enquiry|status)",
        r"status\s+(?:question|request|inquiry|enquiry|check|update)",
        r"(?:everything|all|it)\s+(?:is|was|looks)\s+(?:\w+\s+)?(?:in\s+order|fine|as\s+it\s+should)",
        r"(?:request|order|booking|change|refund)\s+(?:is|was|has\s+been)\s+(?:already\s+)?confirmed",
        r"(?:no|nothing)\s+(?:further\s+)?(?:action|to\s+(?:fix|change|correct|do))\s*(?:is\s+|was\s+)?(?:needed|required|necessary)?",
        r"(?:всё|все)\s+(?:в\s+порядке|верно|хорошо)|(?:заявка|запрос|заказ)\s+подтвержд\w+|исправлять\s+нечего",
        r"бәрі\s+(?:дұрыс|жақсы)|өтінім\w*\s+расталды",
    ),
    origin="none",
    in_duty=True,
)
PUT_RIGHT = (
    Phrase(
        "put_right",
        "an agent had to put it right",
        (
            r"(?:corrected|fixed|repaired|set\s+(?:it\s+)?right|put\s+(?:it\s+)?right|redone|re-?did|reversed|undone|re-?booked)",
            r"(?:by\s+hand|manually)",
            r"(?:исправил|поправил|переделал|отменил)\w*|вручную",
            r"(?:түзет|қолмен)\w*",
        ),
        origin="model",
    ),
    Phrase(
        "passed_to_a_team",
        "another team has to mend it",
        (
            rf"(?:with|to|by)\s+(?:our|the)\s+(?:\w+[\s/]+){{0,2}}(?:logistics|billing|delivery|technical|finance|responsible|warehouse|payments?)"
            rf"{up_to(1)}(?:team|colleagues?|department|desk|partner)",
            r"(?:переда|направи)\w+\s+(?:\w+\s+){0,2}(?:логист|бухгалтер|техническ|ответствен|склад|отдел)\w*",
            r"(?:логистика|қаржы|техникалық|жауапты)\s+(?:бөлім|топ|әріптес)\w*",
        ),
        origin="product",
    ),
    Phrase(
        "stands_by_the_rules",
        "an agent explained that the rules apply",
        (
            r"(?:rules?|polic\w+|terms)\s+appl(?:y|ies)",
            r"(?:can\s?not|can'?t|unable\s+to|not\s+able\s+to)\s+(?:\w+\s+)?(?:change|alter|reverse|make\s+an\s+exception)",
            r"follow(?:ed|s)\s+(?:our|the)\s+(?:polic\w+|rules?|procedure)",
            r"(?:правила|условия)\s+(?:\w+\s+)?(?:действуют|распространяются|соблюден\w*)|не\s+можем\s+(?:изменить|сделать\s+исключение)"
            r"|(?:действовал|поступил|ответил)\w*\s+по\s+правилам",
            r"ереже\w*\s+(?:бойынша|сәйкес)",
        ),
        origin="misuse",
    ),
)

NOISE = (
    Phrase(
        "auto_reply",
        "an automatic message",
        (
            r"out\s+of\s+(?:the\s+)?office",
            r"(?:auto(?:matic(?:ally)?|mated)?)[\s-]*(?:generated\s+)?(?:repl(?:y|ies)|respon(?:se|der)|message)",
            r"(?:on|currently\s+on)\s+(?:annual\s+|parental\s+|sick\s+|maternity\s+)?(?:leave|vacation|holiday)\s+(?:until|till|from|and)",
            r"(?:delivery\s+status\s+notification|undeliverable|mail\s+delivery\s+(?:failed|subsystem)|mailer-daemon)",
            r"автоответ\w*|автоматическ\w+\s+(?:ответ|сообщени)\w*|в\s+отпуске\s+до",
            r"автоматты\s+(?:жауап|хабарлама)\w*",
        ),
        origin="none",
    ),
    Phrase(
        "spam",
        "advertising",
        (
            r"(?:unsubscribe|opt[\s-]?out\s+of\s+(?:these|this))",
            r"(?:seo|back-?links?|guest\s+posts?|link\s+building|rank(?:ing)?\s+(?:on|in)\s+google|web\s+traffic|lead\s+generation)",
            r"(?:casino|lottery|jackpot|crypto\w*|bitcoin|forex|viagra|weight\s+loss|payday\s+loan|make\s+money\s+(?:fast|online))",
            r"(?:limited\s+time\s+offer|click\s+here|you\s+(?:have\s+)?won|business\s+proposal|dear\s+(?:beneficiary|winner|webmaster))",
            r"(?:продвижени\w+\s+сайт|раскрутк|казино|заработок\s+в\s+интернете|отписаться\s+от\s+рассылки|криптовалют)\w*",
        ),
        origin="none",
    ),
)
