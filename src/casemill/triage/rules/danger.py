"""Words of care, and texts that give orders to a machine.

Who is in danger is not told here: the raw text was screened on arrival, and its flags came with the ticket.
"""

from casemill.triage.rules.speech import Phrase

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
