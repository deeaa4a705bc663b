"""Rules about what is said: a promise, a wrong fact, a right one that is missing, a tone, a hand-over."""

import re
from collections.abc import Iterable, Iterator

from casemill.domain.language import language_of
from casemill.normalize.ladder.facts import Facts, Rule, is_negated, parts
from casemill.normalize.reading.claims import claims, most_to_the_point
from casemill.normalize.reading.values import Value, says, values, ways_to_say
from casemill.normalize.reading.words import (
    PLACEHOLDER,
    SMALL,
    WORD,
    content_words,
    holds,
    is_telling,
    quoted_parts,
    share,
    shared_phrases,
    stem,
    stems,
    telling_words,
    words,
)

_CHEER = re.compile(
    r"(?:(?:that['’]s|what)\s(?:great|wonderful|fantastic|awesome)(?:\snews)?|great\s(?:news|question|choice)"
    r"|(?:i['’]m\s|we['’]re\s)?(?:so\s)?(?:happy|glad|delighted|thrilled|excited)\sto\s(?:help|assist|hear)"
    r"|have\sa\s(?:great|wonderful|lovely|nice|good|fantastic)\s\w+|let\sme\shelp\s(?:you\s)?with\s\w+\s\w+"
    r"|you['’]re\s(?:very\s)?welcome|no\s(?:worries|problem)|cheer\sup|sorry\sto\shear\sabout\syour\sexperience|enjoy\syour\s\w+|отличные\sновости"
    r"|рад[аы]?\sпомочь|хорошего\s(?:дня|вечера)|не\s(?:переживайте|волнуйтесь)|ничего\sстрашного|всё\sбудет\sхорошо)",
    re.IGNORECASE,
)
_RUDE = re.compile(
    r"(?:calm\sdown|as\si\s(?:already\s)?(?:said|told\syou|mentioned)|like\si\ssaid|obviously|clearly\syou|not\s(?:my|our)\sproblem"
    r"|you\sshould\shave\s\w+|you\sfailed\sto\s\w+|read\sthe\s\w+(?:\s\w+)?\scarefully|that['’]s\syour\s(?:problem|fault)|your\sown\sfault"
    r"|there['’]s\snothing\s(?:i|we)\scan\sdo|it['’]s\snot\sthat\s(?:hard|difficult)|stop\s\w+ing|успокойтесь|как\sя\sуже\s(?:сказал|писал)\w*"
    r"|это\sне\s(?:наша|моя)\sпроблема|сами\sвиноваты|вы\sсами|читайте\sвнимательн\w+|lol|haha\w*)",
    re.IGNORECASE,
)
_PERSON = {
    "ru": r"\b(?:оператор|сотрудник|специалист|коллег|менеджер|живо\w+ человек)\w*",
    "kk": r"\b(?:оператор|маман|қызметкер|менеджер)\w*",
}
_PERSON_EN = (
    r"\b(?:human|person|colleague|specialist|supervisor|manager|representative|team member|live agent|our team)\b"
)
_HANDED = re.compile(
    r"(?:(?:transferr?(?:ed|ing)?|connect(?:ed|ing)?|escalat(?:ed|ing|e)|hand(?:ed|ing)?|pass(?:ed|ing)?|forward(?:ed|ing)?)\s"
    r"(?:you\s|this\s|it\s|the\s\w+\s|your\s\w+\s)?(?:over\s)?(?:to|with)\s(?:a|an|our|the)\s(?:\w+\s){0,2}\w+"
    r"|(?:перев[её]л|переда|соедин)\w*\s(?:\w+\s){0,2}(?:оператор|сотрудник|специалист|коллег|менеджер)\w*)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|don['’]?t|cannot|can['’]?t|no\slonger|нельзя|не)\s+)((?:[\w-]+\s+){0,2}[\w-]+)", re.IGNORECASE
)
_INSTEAD = re.compile(r"([^.;\n]{1,80}?)\s+(?:instead\sof|rather\sthan|вместо)\s+([^.;\n]{1,80})", re.IGNORECASE)
_ASKED_FOR = re.compile(
    r"\b(?:tell|mention|answer|explain|include|say|inform|quote|also|both|сообщ|сказ|указ|ответ|объясн|назв)\w*\s(.+)",
    re.IGNORECASE,
)


def forbid(phrase: str) -> Rule:
    """Not to be said again, at the start of a sentence or inside it."""
    return {"not_contains": {"any": [phrase]} | ({"ignore_case": True} if phrase[:1].isupper() else {})}


def claim(facts: Facts) -> Iterator[Rule]:
    """What the reply says was done or will be."""
    quoted = tuple(quote for quote in facts.quotes if is_telling(quote) and claims(quote))
    inside = tuple(phrase for quote in quoted for phrase in claims(quote))
    yield from map(forbid, _fit(facts, (*inside, *most_to_the_point(claims(facts.bad), facts.told))))


def claim_of_the_wrong(facts: Facts) -> Iterator[Rule]:
    """Only a claim that speaks of what the note calls wrong and holds a value that was not expected."""
    for phrase in most_to_the_point(claims(facts.bad), facts.blamed):
        off = [value for value in values(phrase) if holds(facts.blamed, value.text) and not says(facts.wanted, value)]
        if off or (not facts.expected and share(phrase, stems(facts.blamed))):
            yield from map(forbid, _fit(facts, (phrase,)))


def claim_against_the_wish(facts: Facts) -> Iterator[Rule]:
    """A claim about the very thing that the customer, or the expectation, said no to."""
    refused = [part for part in parts(facts.earlier) if is_negated(part)]
    roots = stems(" ".join(telling_words(" ".join([*facts.forbidden, *refused]))))
    yield from map(forbid, _fit(facts, (phrase for phrase in claims(facts.bad) if stems(phrase) & roots)))


def quoted(facts: Facts) -> Iterator[Rule]:
    """What somebody quoted from the reply as wrong: in the note, or the evidence of the proposal."""
    told = (*quoted_parts(facts.wrong), *quoted_parts(facts.expected), *facts.quotes)
    yield from map(forbid, _fit(facts, (part for part in told if is_telling(part) and part in facts.bad)))


def shared_with_the_note(facts: Facts) -> Iterator[Rule]:
    """Words of the reply that the note repeats as what was wrong."""
    yield from map(forbid, _fit(facts, shared_phrases(facts.bad, facts.blamed)))


def leak(facts: Facts) -> Iterator[Rule]:
    """The clause that tells somebody's data: a placeholder the customer never gave."""
    given = set(PLACEHOLDER.findall(facts.customer))
    for value in values(facts.bad):
        if value.kind == "placeholder" and value.text not in given:
            phrase = _around(facts.bad, value, before=3, after=0)
            if any(not PLACEHOLDER.fullmatch(word) for word in content_words(phrase)):
                yield forbid(phrase)


def wrong_fact(facts: Facts) -> Iterator[Rule]:
    """The wrong number, date or phrase: what the note says was said, then what neither side had said before."""
    yield from quoted(facts)
    found = [value for value in values(facts.bad) if value.kind != "placeholder" and not says(facts.wanted, value)]
    blamed = [value for value in found if says(facts.blamed, value)]
    new = [value for value in found if not says(facts.customer, value) and value.kind != "article"]
    yield from map(forbid, _fit(facts, (_phrase(facts.bad, value) for value in blamed)))
    yield from shared_with_the_note(facts)
    yield from map(forbid, _fit(facts, (*_blamed_words(facts), *_swapped_words(facts))))
    yield from denied_by_good(facts)
    if len(new) == 1 and (facts.expected or facts.mode == "hallucinated_policy"):
        yield from map(forbid, _fit(facts, (_phrase(facts.bad, value) for value in new)))


def right_fact(facts: Facts) -> Iterator[Rule]:
    """The number, date or article that the expectation names and the reply lacks."""
    wanted = [value for value in values(facts.wanted) if value.kind != "placeholder" and not says(facts.bad, value)]
    firm = [value for value in wanted if value.kind in ("money", "time", "date")]
    others = [value for value in wanted if value.kind == "number" and len(value.number) > 1]
    for value in firm or others or [value for value in wanted if value.kind in ("article", "code")]:
        yield _require(value)
    yield from right_word(facts)


def right_word(facts: Facts) -> Iterator[Rule]:
    """A word of the expectation that the good reply says and neither the bad reply nor the customer does."""
    known = stems(f"{facts.bad} {facts.customer}")
    proved = stems(facts.good) - known
    wanted = [word for word in telling_words(facts.wanted) if stem(word) in proved and not word[0].isdigit()]
    for word in sorted(dict.fromkeys(wanted), key=len, reverse=True):
        yield {"contains": {"any": [word.lower()], "ignore_case": True}}


def denied_by_good(facts: Facts) -> Iterator[Rule]:
    """What the bad reply says and the good one says not: "charge it all night" against "never charge it"."""
    denied = {stem(word) for match in _DENIED.finditer(facts.good) for word in telling_words(match[1])}
    for match in WORD.finditer(facts.bad):
        if stem(match[0]) in denied and not is_negated(facts.bad[max(0, match.start() - 12) : match.start()]):
            value = Value(text=match[0], kind="number", start=match.start(), end=match.end())
            yield forbid(_without_small_end(_around(facts.bad, value, before=0, after=3)))


def unanswered(facts: Facts) -> Iterator[Rule]:
    """A word of the customer's question that the good reply takes up and the bad one does not."""
    proved = stems(facts.good) - stems(facts.bad)
    for word in sorted(dict.fromkeys(telling_words(facts.asked)), key=len, reverse=True):
        if stem(word) in proved and len(word) > 3 and holds(facts.good, word):
            yield {"contains": {"any": [word.lower()], "ignore_case": True}}


def forgotten(facts: Facts) -> Iterator[Rule]:
    """A value, else a word, that the customer gave earlier, the expectation repeats and the reply lacks."""
    for value in values(facts.wanted):
        if says(facts.customer, value) and not says(facts.bad, value):
            yield _require(value)
    yield from _require_words(facts, given=facts.earlier)


def missing_item(facts: Facts) -> Iterator[Rule]:
    """What the reply should also have told: a value of the expectation, else a word of the customer's question."""
    told = " ".join(match[1] for part in parts(facts.wanted) if (match := _ASKED_FOR.search(part)))
    firm = [value for value in values(facts.wanted) if value.kind in ("money", "time", "date")]
    asked_for = [value for value in values(told) if value.kind != "placeholder"]
    for value in (*asked_for, *(() if facts.general else firm)):
        if not says(facts.bad, value):
            yield _require(value)
    yield from _require_words(facts, given=facts.customer)
    yield from unanswered(facts)


def cheer(facts: Facts) -> Iterator[Rule]:
    """A cheerful or soothing phrase where somebody needed a person."""
    yield from map(forbid, (match[0] for match in _CHEER.finditer(facts.bad) if len(words(match[0])) > 1))


def rude(facts: Facts) -> Iterator[Rule]:
    """The phrase that offended: quoted by the note or the customer, else one that always does."""
    yield from quoted(facts)
    yield from map(forbid, (part for part in quoted_parts(facts.complaint) if is_telling(part) and part in facts.bad))
    yield from map(forbid, (match[0] for match in _RUDE.finditer(facts.bad)))


def hand_over(facts: Facts) -> Iterator[Rule]:
    """The reply speaks of a person who takes over."""
    pattern = _PERSON.get(language_of(facts.customer) or "", _PERSON_EN)
    yield {"regex": {"pattern": pattern, "ignore_case": True}}


def needless_hand_over(facts: Facts) -> Iterator[Rule]:
    """The words with which the conversation was given away."""
    yield from map(forbid, (match[0] for match in _HANDED.finditer(facts.bad)))


def _fit(facts: Facts, phrases: Iterable[str]) -> Iterator[str]:
    """Phrases a right reply does not need: not the expectation's own words; the customer's own words come last."""
    kept = [phrase for phrase in dict.fromkeys(phrases) if phrase and not _is_wanted(phrase, facts.expected)]
    yield from sorted(kept, key=lambda phrase: holds(facts.customer, phrase))


def _is_wanted(phrase: str, expected: str) -> bool:
    return any(holds(part, phrase) and not is_negated(part) for part in parts(expected))


def _require(value: Value) -> Rule:
    """To be said; a bare number with its edges, for 10 is also in 2010."""
    if value.kind == "number":
        return {"regex": {"pattern": rf"(?<![\d.,]){re.escape(value.text)}(?![\d]|[.,]\d)"}}
    return {"contains": {"any": list(ways_to_say(value))} | ({"ignore_case": True} if value.kind == "date" else {})}


def _require_words(facts: Facts, *, given: str) -> Iterator[Rule]:
    """Words of the expectation that the customer used and the reply did not, the longest first."""
    theirs, mine = stems(given), stems(facts.bad)
    wanted = {word.lower(): stem(word) for word in telling_words(facts.wanted) if not word[0].isdigit()}
    lacking = [word for word, root in wanted.items() if root in theirs and root not in mine and len(word) > 3]
    for word in sorted(lacking, key=len, reverse=True):
        yield {"contains": {"any": [word], "ignore_case": True}}


def _blamed_words(facts: Facts) -> Iterator[str]:
    """Single words that the note blames and that stand out: SMS, PayPal, Basic."""
    blamed = {word for word in telling_words(facts.blamed) if any(letter.isupper() for letter in word[1:])}
    yield from (word for word in dict.fromkeys(telling_words(facts.bad)) if word in blamed)


def _swapped_words(facts: Facts) -> Iterator[str]:
    """In "Plus terms instead of Basic" the words before, where the reply has them."""
    for match in _INSTEAD.finditer(facts.wrong):
        right = stems(match[2])
        yield from (word for word in telling_words(match[1]) if holds(facts.bad, word) and stem(word) not in right)


def _phrase(text: str, value: Value) -> str:
    """A fact as a phrase; a bare number takes a word on each side with it."""
    return (
        value.text
        if value.kind in ("money", "time", "date", "article", "code")
        else _around(text, value, before=1, after=1)
    )


def _without_small_end(phrase: str) -> str:
    """`charge overnight for 8` → `charge overnight`."""
    while (last := WORD.findall(phrase)) and len(last) > 2 and (last[-1].lower() in SMALL or last[-1].isdigit()):
        phrase = phrase[: phrase.rindex(last[-1])].rstrip()
    return phrase


def _around(text: str, value: Value, *, before: int, after: int) -> str:
    """A value with some words before and after it, inside its sentence."""
    spans = [match.span() for match in WORD.finditer(text)]
    inside = [n for n, (start, end) in enumerate(spans) if end > value.start and start < value.end]
    first, last = inside[0], inside[-1]
    while before and first and not re.search(r"[.!?;:,\n]", text[spans[first - 1][1] : spans[first][0]]):
        first, before = first - 1, before - 1
    while after and last + 1 < len(spans) and not re.search(r"[.!?;:,\n]", text[spans[last][1] : spans[last + 1][0]]):
        last, after = last + 1, after - 1
    return text[min(spans[first][0], value.start) : max(spans[last][1], value.end)]
