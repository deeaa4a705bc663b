"""Which language a text is in, by its script and its smallest words; a guess good enough for slicing results."""

import re
from collections.abc import Iterable

CYRILLIC = re.compile(r"[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]")
_KAZAKH = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһ]")
_UKRAINIAN = re.compile(r"[ЇїЄєҐґ]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]")
_OTHER_SCRIPTS = {
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "he": re.compile(r"[\u0590-\u05ff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
}
_PLACEHOLDER = re.compile(r"\[[A-Z0-9_]+\]")
# Words that are frequent in one of these languages and rare in the others.
SMALL_WORDS = {
    "en": "the and you your is are was my it to of for have not what this that with please can will i from has would"
    " how where when thanks hello want does do but they",
    "de": "der die das und ist nicht ich sie mein meine mir wir bitte haben eine einen auf wurde noch",
    "fr": "le les des est une vous je ma mon mes pas et nous avec pour dans votre pouvez suis",
    "es": "el los las una usted mi mis pero por está tengo gracias pedido muy cuando necesito puede",
    "it": "il gli che non sono mio mia ho una per della grazie ordine vorrei posso ancora",
    "pt": "não uma meu minha você obrigado pedido os tenho com muito quando fazer ainda",
}
_WORDS = {language: frozenset(small.split()) for language, small in SMALL_WORDS.items()}


def language_of(text: str) -> str | None:
    """A two-letter code, or None when the text is too short to tell."""
    plain = _PLACEHOLDER.sub(" ", text)
    cyrillic, latin = len(CYRILLIC.findall(plain)), len(_LATIN.findall(plain))
    if cyrillic > latin:
        return _cyrillic(plain)
    for language, script in _OTHER_SCRIPTS.items():
        if len(script.findall(plain)) > latin:
            return language
    return _latin(re.findall(r"[a-zà-öø-ÿ]+", plain.lower()))


def _cyrillic(text: str) -> str:
    if _KAZAKH.search(text):
        return "kk"
    return "uk" if _UKRAINIAN.search(text) else "ru"


def _latin(words: Iterable[str]) -> str | None:
    said = list(words)
    hits = {language: sum(word in small for word in said) for language, small in _WORDS.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= min(2, max(1, len(said) // 4)) else None


def pattern_of(language: str) -> str | None:
    """A pattern that a reply in this language matches and a reply in another script or language does not."""
    if language == "kk":
        return r"[әғқңөұүһ]"
    if language in ("ru", "uk"):
        return r"[а-яё]{3,}"
    if language in _OTHER_SCRIPTS:
        return _OTHER_SCRIPTS[language].pattern
    if language in _WORDS:
        return rf"\b(?:{'|'.join(SMALL_WORDS[language].split()[:12])})\b"
    return None
