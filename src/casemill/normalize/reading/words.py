"""The words of a text: which carry meaning, which belong together, and which phrases are worth a rule."""

import re
from collections.abc import Collection, Iterator

WORD = re.compile(r"\[[A-Z0-9_]+\]|[^\W_]+(?:['’\-.,@/][^\W_]+)*")
PLACEHOLDER = re.compile(r"\[[A-Z][A-Z0-9_]*_\d+\]")
_SMALL = """
a an the and or but if then so as at by for from in into of on onto to up with without within about after before over
under out off is are was were be been being am do does did done has have had having will would can could should may
might must shall not no nor only just also very too more most much many some any all both each every other another
such own same than that this these those there here it its he she they them their his her i me my mine we us our you
your yours who whom which what when where why how please ok okay yes now still again already ever never once
и в во на с со у к о об от до из за для по под над при без через а но или что чтобы как так это этот эта эти тот та те
то же ли бы был была было были есть будет быть не ни нет да я мы вы он она оно они мне нам вам вас нас его её ее их мой
моя моё мои ваш ваша ваше ваши наш наша свой свои там тут здесь уже ещё еще очень только можно
"""
_GENERIC = """
order orders customer customers client user account accounts help assist assistance support team chat bot assistant
reply answer message request issue problem case ticket thing information info details question time today way need want
know tell say said make get give take let feel free sure great happy kind regards hello thanks thank sorry right wrong
correct correctly instead item items product products number
заказ заказа клиент клиента клиенту аккаунт помощь вопрос запрос бот ассистент ответ сообщение номер товар
"""
SMALL = frozenset(_SMALL.split())
GENERIC = frozenset(_GENERIC.split())
_ENDINGS = re.compile(r"(?:ations?|ing|ied|ies|ed|es|s|e)$")
_RUSSIAN_ENDINGS = re.compile(
    r"(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ить|ать|ять|еть|ется|ится|ют|ят|ет|ит|ал|ил|ла|ло|ли|ой|ый|ий|ая|яя|ое|ее|ые|ие"
    r"|ую|юю|ов|ев|ей|ом|ем|ам|ям|ах|ях|ия|ию|ии|а|я|о|е|ы|и|у|ю|ь)$"
)
LONGEST_PHRASE = 12
MOST_WORDS = 1000


def words(text: str) -> tuple[str, ...]:
    """The words as they stand; a placeholder or a number is one word."""
    return tuple(WORD.findall(text))


def stem(word: str) -> str:
    """A rough root, so that `cancelled` and `cancel`, `возврат` and `возврата` meet."""
    low = word.lower().replace("ё", "е")
    if len(low) <= 3 or not low.isalpha():
        return low
    cut = (_RUSSIAN_ENDINGS if re.search(r"[а-я]", low) else _ENDINGS).sub("", low)
    root = cut if len(cut) >= 3 else low
    return root[:-1] if len(root) > 4 and root[-1] == root[-2] else root


def stems(text: str) -> frozenset[str]:
    """The roots of a text's words."""
    return frozenset(map(stem, words(text)))


def telling_words(text: str) -> tuple[str, ...]:
    """The words that carry meaning: no small words, no words that every support chat is full of, no placeholders."""
    return tuple(
        word
        for word in words(text)
        if not PLACEHOLDER.fullmatch(word) and word.lower() not in SMALL | GENERIC and (len(word) > 2 or word.isdigit())
    )


def content_words(text: str) -> tuple[str, ...]:
    """Everything but small words: what a text is about, placeholders included."""
    return tuple(word for word in words(text) if word.lower() not in SMALL and (len(word) > 2 or word.isdigit()))


def is_telling(phrase: str) -> bool:
    """Whether a phrase is a rule's worth: two words or more, one of them telling, and not too long to be said again."""
    said = words(phrase)
    return 2 <= len(said) <= LONGEST_PHRASE and bool(telling_words(phrase))


def shared_phrases(text: str, other: str) -> tuple[str, ...]:
    """Runs of words of `text` that `other` says too, exact substrings of `text`, the most telling first."""
    spans = [match.span() for match in WORD.finditer(text)][:MOST_WORDS]
    mine = [text[start:end].lower() for start, end in spans]
    theirs = [word.lower() for word in words(other)][:MOST_WORDS]
    found: dict[str, int] = {}
    at = 0
    while at < len(mine):
        length = _longest_run(mine[at:], theirs)
        phrase = text[spans[at][0] : spans[at + length - 1][1]] if length else ""
        if phrase and "\n" not in phrase and is_telling(phrase):
            found.setdefault(phrase, len(telling_words(phrase)))
        at += max(1, length)
    return tuple(sorted(found, key=lambda phrase: -found[phrase]))


def _longest_run(mine: list[str], theirs: list[str]) -> int:
    best = 0
    for start, word in enumerate(theirs):
        if not mine or word != mine[0]:
            continue
        length = 1
        while (
            length < min(len(mine), LONGEST_PHRASE)
            and start + length < len(theirs)
            and theirs[start + length] == mine[length]
        ):
            length += 1
        best = max(best, length)
    return best


def quoted_parts(text: str) -> Iterator[str]:
    """What a text has between quotation marks."""
    for match in re.finditer(r"[\"“„«]([^\"“”„«»\n]{3,120})[\"”“»]|(?<!\w)['‘]([^'’\n]{6,120})['’](?!\w)", text):
        yield (match[1] or match[2]).strip(" .,!?;:")


def holds(text: str, phrase: str) -> bool:
    """Whether a text has a phrase, whole words, upper and lower case alike."""
    return bool(re.search(rf"(?<!\w){re.escape(phrase.lower())}(?!\w)", text.lower()))


def share(text: str, others: Collection[str]) -> int:
    """How many roots, small words apart, a text has in common with a set of roots."""
    return len({stem(word) for word in content_words(text)} & set(others))
