"""What is said before an address: deliver to, I live at, доставка на, тұрамын, vivo en, mieszkam."""

import re

from casemill.personal.words import listed

# Beginnings of words, in small letters.
_SAYS = (
    *("deliver", "ship", "send", "sent", "live", "living", "reside", "moved", "moving", "address", "adress", "pick"),
    *("доставк", "достав", "привез", "прожива", "живу", "живем", "живём", "отправ", "адрес", "забер", "переех"),
    *("тұра", "жеткіз", "мекен", "әкел", "жібер", "апар"),
    *("dostav", "privez", "prozhiva", "zhiv", "otprav", "adres", "zaber", "pereeh", "tura", "jetkiz", "zhetkiz"),
    *("meken", "akel", "zhiber", "jiber", "teslim", "teslimat", "oturuyor", "yaşıyor", "gönder"),
    *("liefer", "wohn", "zustell", "versand", "schick", "envi", "viv", "direcci", "entreg", "livr", "habit"),
    *("abit", "sped", "consegn", "indirizz", "mieszk", "wysył", "dostar", "bezorg", "woon"),
)
# What may stand between it and the address.
SMALL = listed(
    "to at in on is was it them me us my our the a an now from by for i address home house na po v k iz s do moy moi "
    "moya nash на по в к из с до мне нам мой наш это находится дом an am nach zu bei in der die das ich wir mein "
    "meine ist auf en a al la el mi es au à aux chez mon ma est j je il in alla al mio è w pod mój jest moim meu em o "
    "no"
)
_WORD = re.compile(r"[^\W\d_]+")
_REACH = 40


def is_cue(low: str) -> bool:
    """Whether a word in small letters tells of an address: `доставьте`, `adresim`, `shipped`."""
    return low.startswith(_SAYS)


def is_cued(lowered: str, start: int) -> bool:
    """Whether a cue stands before a place, with nothing but small words between."""
    words = _WORD.findall(lowered[max(0, start - _REACH) : start].rpartition("\n")[2].rpartition("\0")[2])
    return next((is_cue(word) for word in reversed(words) if word not in SMALL), False)


def without_cue(lowered: str, start: int, *, end: int) -> int:
    """Where what is said begins behind a cue and its small words: at `abaya` of `dostavka na abaya`; else `start`."""
    cued = False
    place = start
    for word in _WORD.finditer(lowered, start, end):
        if any(sign.isdigit() for sign in lowered[place : word.start()]):
            return start
        if is_cue(word[0]) and not cued:
            cued = True
        elif word[0] not in SMALL:
            return word.start() if cued else start
        place = word.end()
    return start
