"""Words that are a known person's name, too: whether the grammar around one in small letters speaks of a person."""

import re

from casemill.personal.words import listed

# Names first and words hardly ever: in a ticket of somebody who is called so they are the name.
NAMES_FIRST = listed(
    "abby ben brooks carol cole cooper fisher foster harper john kelvin mike miller nick paige parker paul reed ryder "
    "sam smith taylor terry tim turner vera victor wade webb wren glen heath светлана виктория милана добрыня мурат "
    "мұрат қайрат серік бахыт яна злата майя шолпан"
)
_ADJECTIVES = listed(
    "black blue brown white green gray grey red golden gold silver amber ivory scarlet violet best free gay good happy "
    "hardy little long lucky major misty noble pleasant rich royal rusty sandy serene short strong sunny sweet true "
    "wild wise worth young light small dusty golden crystal urgent junior ok so no me us it us белый белая черный "
    "рад рада"
)
_THINGS = listed("page pages bill bills case price banks way house park parks card gift trip cash day may")
_SPOKEN_TO = re.compile(
    r"(?<!\w)(?:(?:my )?name is|name['’]s|call me|(?:lied|lying|talked|talking|talk|spoke|speak|speaking|spoken|wrote"
    r"|writing|written|apologi[sz]ed?|repl(?:ied|y)|respond(?:ed)?|explained|promised|listen(?:ed)?|said|according"
    r"|belongs?) (?:to|with)|(?:message|call|mail|email|letter|answer|reply|word) from|regards|sincerely|cheers|thanks"
    r"|thank you|hi|hello|hey|dear|mr|mrs|ms|miss|меня зовут|зовут|с уважением|привет|здравствуйте|дорогая|дорогой"
    r"|уважаемая|уважаемый|атым|есімім|сәлем|құрметті|құрметпен)[.,]?[ \n]$"
)
_IS = re.compile(r"(?<!\w)(?:this is|i am|i['’]?m|это|я|мен)[ ]$")
_STOP = re.compile(
    r"\s*(?:[.,!?;:)\n]|$)|[ ](?:and|but|from|here|again|speaking|calling|writing|who|about|on|yesterday|today|и|но|а"
    r"|из|снова|опять)(?!\w)"
)
_DETERMINED = re.compile(r"(?<!\w)(?:the|an?|my|your|his|her|our|their|this|that|no|any|each|every|in|on|of|to)[ ]$")
_ACTS = re.compile(
    r"[ ](?:still |just |never |also |already |не |уже |ещ[её] |тоже |снова |опять |вс[её] |так и |сама? |де |да ){0,2}"
    r"(?:said|says|told|wrote|writes|called|calls|asked|asks|wants|wanted|promised|lied|refused|replied|complain(?:s|ed)"
    r"|waits|waited|paid|(?:is|was) (?:still )?(?:waiting|asking|calling|writing|speaking|angry|furious|upset|rude"
    r"|unhappy)|жд[её]т|пиш[еу]т|писала?|написала?|звонит|звонила?|позвонила?|просит|просила?|попросила?|говорит"
    r"|говорила?|сказала?|хочет|хотела?|спрашивает|спросила?|жалуется|пожалова(?:лся|лась)|ответила?|отвечает"
    r"|оплатила?|заплатила?|купила?|заказала?|заказывала?|получила?|вернула?|требует|недовол(?:ен|ьна)|злится|злая"
    r"|обещала?|отказал(?:ся|ась)|подтвердила?|күтіп|күтуде|күтті|жазды|жазып|айтты|айтып|сұрады|сұрап|сұрайды|қоңырау"
    r"|хабарласты|төледі|ренжіді|ренжіп)(?!\w)"
)
_BEFORE, _BEHIND = 40, 28


def speaks_of_person(lowered: str, start: int, *, end: int) -> bool:
    """Whether the name at a place of a text in lower case is somebody's: `this is mark`, `роза ждёт`."""
    word = lowered[start:end]
    before, behind = lowered[max(0, start - _BEFORE) : start], lowered[end : end + _BEHIND]
    if _ACTS.match(behind) and word not in _THINGS and not _DETERMINED.search(before):
        return True
    if _STOP.match(behind) is None:
        return False
    if _IS.search(before):
        return word not in _ADJECTIVES
    return _SPOKEN_TO.search(before) is not None
