"""Words that a person must see first: somebody in danger, and texts that give orders to a machine.

A lexicon alone misses much; it only ever adds a flag, never removes one. The raw text is screened again at ingest.
"""

from casemill.triage.rules.speech import Phrase, up_to

_ME = r"(?:myself|my\s+life|it\s+all)"
DISTRESS = Phrase(
    "distress",
    "somebody may be in danger",
    (
        rf"(?:kill|hurt|harm|cut|end|hang){up_to(2)}{_ME}",
        rf"(?:want|wanna|going|gonna|ready|wish){up_to(3)}(?:die|be\s+dead|disappear\s+forever)\b",
        r"(?:suicid\w*|self-?\s?harm\w*)",
        r"(?:no\s+(?:reason|point)\s+(?:to\s+live|in\s+living|left\s+to)|can'?t\s+go\s+on|better\s+off\s+dead|don'?t\s+want\s+to\s+live)",
        r"no\s+way\s+out\s+(?:for|of)\s+(?:me|this|it)|see\s+no\s+way\s+out|i\s+can'?t\s+do\s+this\s+any\s?more",
        r"(?:can'?t|cannot)\s+take\s+(?:this|it)\s+any\s?more",
        r"(?:chest\s+pain|can'?t\s+breathe|overdos\w+|bleeding\s+(?:badly|heavily)|medical\s+emergency)",
        r"(?:покончить\s+с\s+собой|суицид\w*|самоубийств\w*|не\s+хочу\s+(?:больше\s+)?жить|хочу\s+умереть|убью\s+себя|наложить\s+на\s+себя)",
        r"больше\s+(?:так\s+)?не\s+могу\b|не\s+вижу\s+выхода|некуда\s+идти",
        r"(?:нет\s+смысла\s+жить|больше\s+не\s+могу\s+так\s+жить|жить\s+не\s+хочется)",
        r"(?:өз-?өзіме\s+қол\s+жұмса|өмір\s+сүргім\s+келме|өлгім\s+кел|суицид)\w*",
    ),
    side="flag",
    in_duty=True,
)
CARE = (
    r"(?:sorry\s+(?:to\s+hear|you)|not\s+alone|helpline|hotline|crisis|emergency|(?:talk|speak)\s+to\s+(?:someone|a\s+person)"
    r"|transferr?\w*|human\s+agent|colleague|call\s+(?:112|911|999|988|103)|doctor"
    r"|вы\s+не\s+одни|телефон\s+доверия|оператор\w*|специалист\w*|скор\w+\s+помощ\w*|сочувств\w*"
    r"|сенім\s+телефоны|жалғыз\s+емессіз|маман\w*|жедел\s+жәрдем)"
)

ORDERS = Phrase(
    "orders_to_a_machine",
    "the text gives orders to a machine; nothing here obeys it",
    (
        r"(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,3}(?:instruction|prompt|rule|direction|guideline|message)s?",
        r"(?:mark|classify|label|treat|tag|set|score)\s+(?:\w+\s+){0,3}as\s+(?:\w+\s+)?(?:not\s+relevant|irrelevant|none|resolved|spam"
        r"|passed|pass|not\s+a\s+case|model|correct)",
        r"(?:you\s+are\s+now|act\s+as|pretend\s+to\s+be)\s+(?:an?\s+)?(?:\w+\s+)?(?:ai|assistant|system|admin\w*|developer|dan)\b",
        r"(?:system|developer)\s*(?:prompt|message|override)\s*:",
        r"<\|?(?:im_start|im_end|system|endoftext)\|?>|\[/?INST\]",
        r"(?:игнориру|забуд)\w+\s+(?:\w+\s+){0,3}(?:инструкци|указани|правил|промпт)\w*",
        r"(?:отметь|пометь|классифицируй|считай)\s+(?:\w+\s+){0,3}(?:как|нерелевант|спам)\w*",
        r"(?:нұсқау|ереже)\w*\s+(?:\w+\s+){0,2}(?:елеме|ескерме|ұмыт)\w*",
    ),
    side="flag",
    in_duty=True,
)
