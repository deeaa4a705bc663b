# ruff: noqa: E501 - word lists are read many to a line
"""Russian and Kazakh case endings for names of people, towns and streets."""

RUSSIAN_CASES = ("nom", "gen", "dat", "acc", "ins", "pre")
KAZAKH_CASES = ("nom", "gen", "dat", "acc", "loc", "abl", "ins", "at")
VOWELS = frozenset("аеёиоуыэюяәіөүұ")
SIBILANTS = frozenset("жшчщц")
VELARS_AND_HUSHERS = frozenset("гкхжшчщ")

FLEETING = {"пётр": "Петр", "павел": "Павл", "лев": "Льв"}
# Endings in the order of RUSSIAN_CASES.
MASCULINE = ("", "а", "у", "а", "ом", "е")
SOFT = ("ь", "я", "ю", "я", "ем", "е")
FEMININE_SOFT = ("ь", "и", "и", "ь", "ью", "и")
POSSESSIVE = ("", "а", "у", "а", "ым", "е")
POSSESSIVE_FEMININE = ("а", "ой", "ой", "у", "ой", "ой")
ADJECTIVE = {
    "ый": ("ый", "ого", "ому", "ого", "ым", "ом"),
    "ой": ("ой", "ого", "ому", "ого", "ым", "ом"),
    "ий": ("ий", "ого", "ому", "ого", "им", "ом"),
    "ая": ("ая", "ой", "ой", "ую", "ой", "ой"),
    "яя": ("яя", "ей", "ей", "юю", "ей", "ей"),
}


def noun(word: str, case: str, *, feminine: bool = False) -> str:
    """A given name, a foreign surname or a town in a case; what is not declined comes back as it was."""
    place = RUSSIAN_CASES.index(case)
    lowered = word.lower()
    if place == 0 or len(word) < 2:
        return word
    if lowered in FLEETING and not feminine:
        return FLEETING[lowered] + MASCULINE[place]
    last = lowered[-1]
    if last == "а":
        return _in_a(word, place)
    if last == "я":
        return _in_ya(word, place)
    if last == "ь":
        return word[:-1] + (FEMININE_SOFT if feminine else SOFT)[place]
    if feminine or last in VOWELS or not last.isalpha():
        return word
    return _masculine(word, place)


def _in_a(word: str, place: int) -> str:
    before = word[-2].lower()
    genitive = "и" if before in VELARS_AND_HUSHERS else "ы"
    instrumental = "ей" if before in SIBILANTS else "ой"
    return word[:-1] + ("а", genitive, "е", "у", instrumental, "е")[place]


def _in_ya(word: str, place: int) -> str:
    dative = "и" if word[-2].lower() == "и" else "е"
    return word[:-1] + ("я", "и", dative, "ю", "ей", dative)[place]


def _masculine(word: str, place: int) -> str:
    if word[-1] == "й":
        prepositional = "и" if word[-2].lower() == "и" else "е"
        return word[:-1] + ("й", "я", "ю", "я", "ем", prepositional)[place]
    if word[-1] in SIBILANTS and place == 4:
        return word + "ем"
    return word + MASCULINE[place]


def feminine_surname(surname: str) -> str:
    """The surname of her brother, hers: Каримов → Каримова, Толстой → Толстая, Ким → Ким."""
    lowered = surname.lower()
    if lowered.endswith(("ский", "цкий", "ской", "цкой", "ый")) or lowered in {"толстой", "полевой", "береговой"}:
        return surname[:-2] + "ая"
    if lowered.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    return surname


def surname(word: str, case: str, *, feminine: bool) -> str:
    """A surname (already of the right sex) in a case."""
    place = RUSSIAN_CASES.index(case)
    lowered = word.lower()
    if place == 0 or lowered.endswith(("ых", "их")):
        return word
    if lowered.endswith(("ая", "яя")) and feminine:
        return word[:-2] + ADJECTIVE[lowered[-2:]][place]
    if feminine and lowered.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return word[:-1] + POSSESSIVE_FEMININE[place]
    if not feminine and lowered.endswith(("ский", "цкий", "ской", "цкой", "ый", "толстой")):
        return word[:-2] + ADJECTIVE[lowered[-2:]][place]
    if not feminine and lowered.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return word + POSSESSIVE[place]
    return noun(word, case, feminine=feminine)


def adjective(word: str, case: str) -> str:
    """An adjective used as a street's or a town's name: Тверская → Тверской."""
    ending = word[-2:].lower()
    if ending not in ADJECTIVE:
        return noun(word, case)
    return word[:-2] + ADJECTIVE[ending][RUSSIAN_CASES.index(case)]


def patronymic(father: str, *, feminine: bool) -> str:
    """His or her patronymic after the father's given name: Игорь → Игоревич, Игоревна."""
    stem, soft = FLEETING.get(father.lower(), father), False
    if father.lower() in {"илья", "никита", "лука", "фома"}:
        return father[:-1] + ("инична" if feminine else "ич")
    if stem[-2:].lower() == "ий" and stem.lower() != "дмитрий":
        stem, soft = stem[:-2] + "ь", True
    elif stem[-1].lower() in "йь":
        stem, soft = stem[:-1], True
    elif stem[-1].lower() in "аяеёиоуыэю":
        stem, soft = stem[:-1], stem[-1].lower() in "яеию"
    return stem + ("ев" if soft or stem[-1] in SIBILANTS else "ов") + ("на" if feminine else "ич")


BACK, FRONT = frozenset("аоұыуёюя"), frozenset("әөүіеиэ")
VOICELESS = frozenset("кқпстфхцчшщбгғдвһ")
# Endings after a vowel, after a voiceless consonant, after a voiced one; "А" and "Ы" follow the harmony.
KAZAKH = {
    "gen": ("нЫң", "тЫң", "дЫң"),
    "dat": ("ҒА", "ҚА", "ҒА"),
    "acc": ("нЫ", "тЫ", "дЫ"),
    "loc": ("дА", "тА", "дА"),
    "abl": ("дАн", "тАн", "дАн"),
    "ins": ("мен", "пен", "мен"),
    "at": ("дАҒЫ", "тАҒЫ", "дАҒЫ"),
}
POSSESSED = {"gen": "нЫң", "dat": "нА", "acc": "н", "loc": "ндА", "abl": "нАн", "ins": "мен", "at": "ндАҒЫ"}
HARMONY = (str.maketrans("АЫҒҚ", "аығқ"), str.maketrans("АЫҒҚ", "еігк"))


def kazakh(word: str, case: str, *, possessed: bool = False) -> str:
    """A Kazakh word in a case by vowel harmony; `possessed` ends in the third person's -ы, -і, -сы (көшесі, ұлы, қызы)."""
    if case == "nom":
        return word
    vowels = [letter for letter in word.lower() if letter in BACK or letter in FRONT]
    front = bool(vowels) and vowels[-1] in FRONT
    if word.endswith("ев") and any(vowel in BACK for vowel in vowels):
        front = False
    if possessed:
        return word + POSSESSED[case].translate(HARMONY[front])
    return word + _kazakh_ending(word[-1].lower(), case).translate(HARMONY[front])


def _kazakh_ending(last: str, case: str) -> str:
    after_vowel, after_voiceless, after_voiced = KAZAKH[case]
    if last in VOICELESS:
        return after_voiceless
    if last in "мнң":
        return {"gen": "нЫң", "abl": "нАн"}.get(case, after_voiced)
    if last == "з" and case == "ins":
        return "бен"
    return after_vowel if last in BACK or last in FRONT else after_voiced
