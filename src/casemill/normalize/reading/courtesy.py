"""Sentences that are manners and nothing more: greetings, thanks, apologies, "I corrected it by hand", sign-offs."""

import re

from casemill.normalize.expected import sentences

_COURTESY = re.compile(
    r"""
    ^\W*(?:
        (?:hi|hello|hey|dear|good\s(?:morning|afternoon|evening|day)|greetings)\b[^.!?]{0,40}
      | (?:(?:you(?:['’]re|\sare)|so|very|most)\s+){0,3}welcome\b[^.!?]{0,60}
      | (?:great|perfect|excellent|sure|okay|ok|alright|understood|got\sit|no\sproblem|of\scourse|absolutely)\W*
      | (?:ok,?\s)?(?:thanks?|thank\syou|thx|cheers|much\sappreciated)\b[^.!?]{0,90}
      | (?:i(?:['’]m|\sam)|we(?:['’]re|\sare)|and|really|so|very)?\s*
        (?:sorry|glad|happy|pleased|delighted)\b[^.!?]{0,80}
      | (?:i|we)\sapologi[sz]e\b[^.!?]{0,80} | (?:my|our)\s(?:sincere\s)?apologies\b[^.!?]{0,80}
      | (?:if\s(?:you|there)\b[^.!?]{0,80},?\s)?(?:please\s)?(?:do\s)?(?:just\s)?
        (?:feel\sfree\sto|don['’]?t\shesitate\sto|let\s(?:me|us)\sknow)\b[^.!?]{0,100}
      | (?:is\sthere\s)?anything\selse\b[^.!?]{0,80}
      | (?:please\s)?just\s(?:reply|write)\s(?:here|back)\b[^.!?]{0,40}
      | how\s(?:can|may)\s(?:i|we)\s(?:help|assist)\b[^.!?]{0,60}
      | (?:have|enjoy)\s(?:a|an|your|the)\b[^.!?]{0,60} | stay\ssafe\b[^.!?]{0,40}
      | (?:all\sthe\sbest|(?:best|kind|warm|many)\s(?:wishes|regards|thanks))\b[^.!?]{0,40}
      | (?:safe\stravels|goodbye|bye|take\scare|regards|sincerely|cheers)\b[^.!?]{0,40}
      | (?:that['’]?s|this\sis)\sall\b[^.!?]{0,40} | -+\s?\w+
      | (?:здравствуйте|добрый\s(?:день|вечер)|доброе\sутро|привет|уважаем\w+)\b[^.!?]{0,60}
      | (?:спасибо|благодар\w+|пожалуйста|не\sза\sчто|извините|простите
        |приносим\sизвинения|сожале\w+)\b[^.!?]{0,80}
      | (?:рад|рада|рады)\b[^.!?]{0,60} | обращайтесь\b[^.!?]{0,60}
      | (?:с\sуважением|всего\s(?:доброго|хорошего))\b[^.!?]{0,40}
      | (?:хорошего|приятного)\s(?:дня|вечера)\b[^.!?]{0,40}
      | если\s(?:что|будут|появятся|возникнут|остались)\b[^.!?]{0,80}
      | (?:чем\s(?:я\s)?могу|могу\sли\sя|нужно\sли)\b[^.!?]{0,60}помочь[^.!?]{0,30}
      | сәлем\w*[^.!?]{0,40} | рахмет[^.!?]{0,40}
    )\W*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The agent tells that something was done; the customer's question stays unanswered.
_BY_HAND = re.compile(
    r"""
    \b(?: (?:fixed|corrected|sorted|resolved|solved|set\s(?:it|this|that)\sright|put\s(?:it|this|that)\sright
        |taken\scare\sof|done|handled|changed|adjusted|updated)\b[^.!?]{0,40}\b(?:by\shand|manually|for\syou|on\sour\s(?:side|end)|now)
      | (?:i|we|our\steam)\b[^.!?]{0,20}\b(?:corrected|fixed|sorted|resolved|set|put)\s(?:it|this|that|everything)\b
      | (?:i|we)(?:['’]ve|\shave)?\s(?:checked|looked|reviewed|seen|gone\sthrough|passed|forwarded|received|noted)\b
      | you\s(?:will|should|['’]ll)\s(?:get|receive)\s(?:a|an|the|your)?\s?(?:confirmation|e-?mail|message|update)
      | (?:we|i)(?:['’]ll|\swill|\sare|['’]re)\s
        (?:look(?:ing)?|get(?:ting)?\sback|check(?:ing)?|investigat\w+|come\sback)
      | (?:ис|под)правил\w* | переписк\w+ | (?:мы|я)\s(?:проверил|посмотрел|разобрал)\w*
      | передал\w*\s(?:коллег|в\sотдел)\w*
      | (?:вс[её]|вопрос)\s(?:исправлен|решен|решён|готов)\w* )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PARTS = re.compile(r"(?<=[,;:])\s+")


def is_courtesy(sentence: str) -> bool:
    """Whether a sentence, clause by clause, is manners alone."""
    return bool(_COURTESY.match(sentence)) or all(
        bool(_COURTESY.match(part)) for part in _PARTS.split(sentence) if part.strip()
    )


def substance(text: str) -> tuple[str, ...]:
    """The sentences that are more than manners."""
    return tuple(said for said in sentences(text) if re.search(r"\w", said) and not is_courtesy(said))


def answers(text: str) -> tuple[str, ...]:
    """The sentences that could answer a customer: neither manners nor "I corrected it by hand"."""
    return tuple(said for said in substance(text) if not _BY_HAND.search(said))
