"""Who is meant by each name of a ticket: joined where the evidence says so, apart and told where it does not."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from casemill.personal.inflection import gender, is_cyrillic, is_form, is_slip, plain, root
from casemill.personal.link import mail_of
from casemill.personal.people import APART, WORD, Index, Person, called, fits, is_own, joined
from casemill.personal.roles_said import ANOTHER, role_said
from casemill.personal.roles_said import ROLE as _ROLE
from casemill.personal.spelling import begins, is_heard, same_letters, sound
from casemill.personal.veil import Place
from casemill.personal.words import PARTICLES, TITLES, listed

_HERS = listed("ms mrs miss madam mme г-жа госпожа госпоже госпожу госпожи ханым апай")
_HIS = listed("mr sir mister г-н господин господина господину мырза ағай")
_TITLE = re.compile(r"(?:^|(?<![^\W_]))([^\W\d_]{2,9}(?:-[^\W\d_]{1,3})?)\.?[ \u00a0]$")
_TITLE_BEHIND = re.compile(r"[ \u00a0](ханым|мырза)(?!\w)")
_LOCAL = re.compile(r"[^\W\d_]+")


class Mention(NamedTuple):
    """A name as a text has it, and what the title beside it tells: `f`, `m` or nothing.

    `said` is what somebody is called before the name (`courier Ivan`), or that it is `ANOTHER`; `other` is the other
    half of the name where the text gives them one by one: `first name anna, last name karimova`.
    """

    text: str
    gender: str = ""
    said: str = ""
    other: str = ""


class Meant(NamedTuple):
    """Whose name it is, as a number among `Circle.people`, or None; and whose it may be, where that is not clear."""

    who: int | None = None
    rivals: tuple[int, ...] = ()


NOBODY = Meant()
_HALF = 70
# `first name anna, last name karimova`, `фамилия: каримова, имя: анна`, `Name: KARIMOVA / ANNA`
_HALF_CUE = re.compile(r"(?:name|surname|имя|фамилия|аты|тегі)(?:[ ]is)?[ :=—-]{1,3}$|/[ ]?$", re.IGNORECASE)
_HALVES = re.compile(
    r"(?<!\w)(?:(?:(?:first|last|family|given)[ ]name|surname|имя|фамилия|аты|тегі)(?:[ ]is)?[ :=—-]{1,3}"
    r"(?P<word>[^\W\d_]{2,30})[ ,;.]{1,3}(?:and[ ]|и[ ])?(?:my[ ])?"
    r"(?:(?:first|last|family|given)[ ]name|surname|имя|фамилия|аты|тегі)(?:[ ]is)?[ :=—-]{1,3}"
    r"|(?:name|passenger|recipient|cardholder|имя|пассажир|фио|получатель)[ ]?:?[ ]{1,2}(?P<half>[^\W\d_]{2,30})"
    r"[ ]?/[ ]?)$",
    re.IGNORECASE,
)
# So many people and names are told apart; beyond, one spelling is one person.
_MOST = 1000
_LONGEST = 100
_PARTS = 4
_APART = 200
# Who is called so without a word about him keeps the bare name: those told apart from him are numbered from here.
_FIRST = 2


def mention_at(text: str, place: Place) -> Mention:
    """The name at a place of a text, with the title before it (`Ms. `) or behind it (` ханым`)."""
    start, end = place
    before = _TITLE.search(text[max(0, start - 16) : start].lower())
    behind = _TITLE_BEHIND.match(text, end)
    title = (behind or before or {1: ""})[1]
    told = before or _ROLE.search(text[max(0, start - 24) : start].lower())
    return Mention(
        text[start:end],
        "f" if title in _HERS else "m" if title in _HIS else "",
        role_said(told[1]) if told else "",
        _other_half(text[max(0, start - _HALF) : start]),
    )


def _other_half(before: str) -> str:
    half = _HALVES.search(before) if _HALF_CUE.search(before) else None
    return (half["word"] or half["half"]) if half else ""


class Circle:
    """The people of a ticket. `people` first holds those that were given and grows by those that mentions name.

    `settle` takes all mentions at once, in the order of the texts, for a name is understood by those around it.
    """

    def __init__(self, given: Iterable[Person]) -> None:
        self.people = list(given)
        self._genders = {who: _gender_of(person) for who, person in enumerate(self.people)}
        self._meant: dict[Mention, Meant] = {}
        self._index = Index(self.people)
        self._roles: dict[str, dict[str, int]] = {}

    def settle(self, mentions: Sequence[Mention], *, mails: Iterable[str] = ()) -> None:
        """Decide for every mention, full names first, then names with an initial, then single names."""
        self._tell_apart(mentions)
        distinct = [mention for mention in dict.fromkeys(map(self._bare, mentions)) if mention not in self._meant]
        distinct = [mention for mention in distinct if len(mention.text) <= _LONGEST][:_MOST]
        full = [mention for mention in distinct if len(_words(mention)) > 1]
        for mention in sorted(full, key=lambda mention: -len(_words(mention))):
            self._meant[mention] = self._of_full(mention, full)
        lone = [mention for mention in distinct if len(_words(mention)) <= 1]
        for mention in [mention for mention in lone if _initials(mention)]:
            self._meant[mention] = self._of_initial(mention, lone)
        single = [mention for mention in lone if not _initials(mention)]
        self._join_by_mail(single, mails)
        self._join_halves(mentions)
        for mention in single:
            self._meant[mention] = self._of_single(mention)

    def meant(self, mention: Mention) -> Meant:
        """What was decided for a mention."""
        return self._meant.get(self._bare(mention), NOBODY)

    def said(self, mention: Mention) -> str:
        """The name as the mapping keeps it: with a title where Mr. and Ms. of one name are two people, with a number
        where it is said that there are two."""
        mention = self._bare(mention)
        if mention.said:
            return self._numbered(mention)
        twin = Mention(mention.text, {"f": "m", "m": "f"}.get(mention.gender, ""))
        if mention.gender and twin in self._meant and self._meant[twin] != self.meant(mention):
            return f"{'Ms.' if mention.gender == 'f' else 'Mr.'} {mention.text}"
        return mention.text

    def owner_of_mail(self, mail: str) -> int | None:
        """The only person whose name an e-mail address is made of; None where two fit or nobody does."""
        local = local_of(mail)
        words = _LOCAL.findall(local[:_LONGEST])
        said = {part for word in words[:_PARTS] for part in (word, word[1:], word[:-1])}
        found = [who for who in self._index.of_any(said) if _made_of(words, self.people[who])]
        return found[0] if len(found) == 1 else None

    def _tell_apart(self, mentions: Sequence[Mention]) -> None:
        """Note whose name is said of another, or of people who do different things."""
        said: dict[str, dict[str, None]] = {}
        forms: dict[str, str] = {}
        for mention in mentions:
            if mention.said and len(mention.text) <= _LONGEST and len(_words(mention)) == 1 and len(said) < _APART:
                name = plain(mention.text)
                forms[name] = next((one for one in said if is_form(one, name) or is_form(name, one)), name)
                said.setdefault(forms[name], {})[mention.said] = None
        for name, first in forms.items():
            known = self._roles.get(first, {})
            if ANOTHER in said[first] or len({**known, **said[first]}) > 1:
                self._roles[first] = self._roles[name] = known
                for role in said[first]:
                    known.setdefault(role, len(known) + _FIRST)

    def _bare(self, mention: Mention) -> Mention:
        """The mention without what is said of somebody, where that tells nobody apart."""
        if mention.other:
            mention = mention._replace(other="")
        if mention.said and mention.said not in self._roles.get(plain(mention.text), ()):
            return mention._replace(said="")
        return mention

    def _numbered(self, mention: Mention) -> str:
        number = self._roles[plain(mention.text)][mention.said]
        return f"{mention.text} ({number})"

    def _of_role(self, mention: Mention) -> Meant:
        """Somebody apart from all others of the name, who may be one of them."""
        number = self._roles[plain(mention.text)][mention.said]
        others = [who for who in self._index.of_all(mention.text) if fits(self.people[who], mention.text)]
        own = [who for who in others if _number_of(self.people[who]) == number and not self.people[who].role]
        who = own[0] if own else self._add(Mention(self._numbered(mention), mention.gender))
        return Meant(who, tuple(other for other in others if other != who))

    def _of_full(self, mention: Mention, others: Sequence[Mention]) -> Meant:
        fitting = self._fitting(mention)
        if not fitting:
            shorter = [who for who in self._near(mention) if _extends(mention, self.people[who])]
            alone = len(shorter) == 1 and not self._rivalled(mention, others, person=self.people[shorter[0]])
            if not alone:
                return Meant(self._add(mention))
            fitting = shorter
        return self._joined(mention, fitting)

    def _rivalled(self, mention: Mention, others: Sequence[Mention], *, person: Person) -> bool:
        """Whether another full name makes the person longer in another way: Anna Karimova, Anna Smith, Anna."""
        words = set(_words(mention))
        return any(_extends(other, person) and not _alike(words, set(_words(other))) for other in others)

    def _of_initial(self, mention: Mention, others: Sequence[Mention]) -> Meant:
        if fitting := self._fitting(mention):
            return self._joined(mention, fitting)
        word, initials = (*_words(mention), "")[0], _initials(mention)
        bare = [
            who for who in self._near(mention) if is_own(self.people[who], word) and len(_names(self.people[who])) == 1
        ]
        rivals = [other for other in others if _words(other) == [word] and _initials(other) not in ((), initials)]
        if len(bare) == 1 and not rivals:
            return self._joined(mention, bare)
        return Meant(self._add(mention))

    def _of_single(self, mention: Mention) -> Meant:
        if mention.said:
            return self._of_role(mention)
        if fitting := self._fitting(mention):
            told = mention.gender or _told(mention)
            fitting = [who for who in fitting if not _clash(self._genders[who], told)]
            sure = [who for who in fitting if not self._is_spouse(who, mention)]
            return self._joined(mention, sure) if sure else Meant(self._add(mention), tuple(fitting))
        [word] = _words(mention) or [""]
        kin = [
            who
            for who in self._near(mention)
            if any(_is_kin(token, word) for token in _names(self.people[who]))
            and not _clash(self._genders[who], mention.gender)
        ]
        return Meant(None, tuple(kin)) if kin else Meant(self._add(mention))

    def _is_spouse(self, who: int, mention: Mention) -> bool:
        """Whether a lone surname in the other letters is a woman's and the person's a man's, or the other way round."""
        [word] = _words(mention) or [""]
        told = gender(word) if not is_cyrillic(word) else _told(mention)
        heard = [token for token in _names(self.people[who]) if is_heard(token, word) or is_heard(word, token)]
        return bool(heard) and all(_clash(gender(token), told) for token in heard)

    def _fitting(self, mention: Mention) -> list[int]:
        """Whom the mention fits; those alone whose name it is in the same letters, or to the letter, where there are
        such."""
        fitting = [who for who in self._index.of_all(mention.text) if fits(self.people[who], mention.text)]
        if len(fitting) > 1:
            same = [who for who in fitting if fits(self.people[who], mention.text, across=False)]
            fitting = same or fitting
            bare = plain(mention.text)
            exact = [who for who in fitting if bare in {plain(name) for name in self.people[who].names}]
            return exact if len(exact) == 1 else fitting
        return fitting

    def _joined(self, mention: Mention, fitting: Sequence[int]) -> Meant:
        if len(fitting) > 1:
            return Meant(None, tuple(fitting))
        [who] = fitting
        if len(_words(mention)) > 1:
            self.people[who] = joined(self.people[who], called(mention.text))
            self._index.note(who, self.people[who])
        self._genders[who] = self._genders[who] or mention.gender
        return Meant(who)

    def _add(self, mention: Mention) -> int | None:
        """The number of somebody new."""
        person = called(mention.text)
        if not person.tokens or len(self.people) >= _MOST:
            return None
        self.people.append(person)
        who = len(self.people) - 1
        self._genders[who] = mention.gender or _gender_of(person)
        self._index.note(who, self.people[who])
        return who

    def _near(self, mention: Mention) -> list[int]:
        """Those who have a name as one of the mention's words, in their order."""
        return self._index.of_any(_words(mention))

    def _join_by_mail(self, single: Sequence[Mention], mails: Iterable[str]) -> None:
        """`anna.karimova@…`: a lone Anna and a lone Karimova are one person, where nobody else has either name."""
        said = {word for mention in single for word in _words(mention)}
        for mail in dict.fromkeys(mails):
            words = _LOCAL.findall(local_of(mail)[:_LONGEST])
            if len(words) != 2 or not set(words) <= said or min(map(len, words)) < 3:
                continue
            both = Mention(" ".join(words).title())
            if not any(is_own(self.people[who], word) for who in self._near(both) for word in words):
                self._add(both)

    def _join_halves(self, mentions: Sequence[Mention]) -> None:
        """A first and a last name that are given one by one are one person, where nobody else has either."""
        for mention in mentions:
            if mention.other and len(_words(mention)) == 1:
                both = Mention(f"{mention.other} {mention.text}")
                if not any(is_own(self.people[who], word) for who in self._near(both) for word in _words(both)):
                    self._add(both)


def local_of(mail: str) -> str:
    """What stands before the at sign of an address, also where it is spelled out: `anna dot karimova at …`."""
    return mail_of(plain(mail)).partition("@")[0]


def _words(mention: Mention) -> list[str]:
    return list(_words_of(mention.text))


@lru_cache(maxsize=4096)
def _words_of(text: str) -> tuple[str, ...]:
    words = [plain(word) for word in WORD.findall(text)]
    return tuple(word for word in words if len(word) > 1 and word not in TITLES and word not in PARTICLES)


def _initials(mention: Mention) -> tuple[str, ...]:
    return tuple(plain(word) for word in WORD.findall(mention.text) if len(word) == 1)


def _number_of(person: Person) -> int:
    """Which of those of one name he is, where it was said that there are several; else 0."""
    told = APART.search(person.names[0]) if len(person.names) == 1 else None
    return int(told[1]) if told else 0


def _names(person: Person) -> set[str]:
    """The single words of a person's names, without those that are two joined."""
    return {plain(word) for name in person.names for word in WORD.findall(name) if len(word) > 1} & person.tokens


def _extends(mention: Mention, person: Person) -> bool:
    """Whether the mention is all of a person's names and more."""
    words, names = _words(mention), _names(person)
    return (
        bool(names) and len(names) < len(words) and all(any(_is_said(name, word) for word in words) for name in names)
    )


def _is_said(name: str, word: str) -> bool:
    return is_form(name, word) or is_heard(name, word)


def _is_kin(token: str, word: str) -> bool:
    """Whether one may be the other: of the other gender, or mistyped."""
    his, her = root(token), root(word)
    return his == her or is_slip(token, word) or (not same_letters(his, her) and sound(his) == sound(her))


def _alike(one: set[str], other: set[str]) -> bool:
    """Whether all of the one's words are the other's, in whichever letters."""
    heard, said = {sound(word) for word in one}, {sound(word) for word in other}
    return one <= other or other <= one or heard <= said or said <= heard


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def _told(mention: Mention) -> str:
    """What the form of a lone surname tells, where no other gender has it: Каримовой, Каримовым."""
    [word] = _words(mention) or [""]
    return "" if word.endswith(("ова", "ева", "ина", "ына", "ов", "ев", "ин", "ын")) else gender(word)


@lru_cache(maxsize=4096)
def _gender_of(person: Person) -> str:
    """By surname or patronymic, where all of the names agree; a title that is kept with a name counts as well."""
    words = [plain(word) for name in person.names for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", name)]
    told = {"f" if word in _HERS else "m" if word in _HIS else gender(word) for word in words[-2:] or words} - {""}
    several = len(words) > 1
    return told.pop() if len(told) == 1 and several else ""


def _made_of(words: Sequence[str], person: Person) -> bool:
    """Whether the words of an address are this person's name: anna.karimova, akarimova, karimova_a."""
    names = sorted(_names(person))
    if not words or not names:
        return False
    own = {word for word in words if word in person.tokens or any(is_heard(token, word) for token in person.tokens)}
    if any(len(word) >= 4 for word in own):
        return all(word in own or (len(word) == 1 and any(begins(name, word) for name in names)) for word in words)
    return len(words) == 1 and any(
        words[0] in (one[0] + other, other + one[0]) for one in names for other in names if one != other
    )
