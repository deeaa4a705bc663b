"""The people of a cast: what is known of each by the time the names are given out, and whose a word is."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from casemill.personal.inflection import plain
from casemill.personal.spelling import sound
from casemill.personal.surrogate import kazakh
from casemill.personal.surrogate.avoided import Avoided
from casemill.personal.surrogate.chance import Draw
from casemill.personal.surrogate.company import Company
from casemill.personal.surrogate.grammar import latin
from casemill.personal.surrogate.lexemes import words_in
from casemill.personal.surrogate.person import Met, Person

_TITLE = re.compile(
    r"(?:^|[^\w])(?:(?P<first>mrs?|ms|dr|г-н|господин|г-жа|госпожа)\.?\s(?:and|&|и)\s)?"
    r"(?P<title>mr|mrs|ms|miss|dr|prof|sir|madam|г-жа|госпожа|господин|г-н)\.?\s$",
    re.IGNORECASE,
)
_TITLES_IN = re.compile(r"(?<!\w)(?:mrs?|ms|miss|sir|madam|г-жа|госпожа|господин|г-н|ханым|мырза)(?!\w)", re.IGNORECASE)
# So far before a name a title is looked for, so far around it Kazakh letters.
_BEFORE = 24
_AROUND = 160
# No shorter word is looked for in another.
_LEAST = 3
_SEARCHED = 200


class Persons:
    """The made-up people of one cast, by placeholder."""

    def __init__(self, seed: str, avoided: Avoided) -> None:
        self._seed = seed
        self._company = Company(avoided)
        self._people: dict[str, Person] = {}
        self._owners: dict[str, dict[str, None]] = {}
        self._sounds: dict[str, dict[str, None]] = {}
        # Every made-up given name and surname, in Latin small letters.
        self.made: set[str] = set()
        self._forms: dict[str, list[str]] = {}
        self._titles: dict[str, dict[str, list[str]]] = {}
        self._kazakh: set[str] = set()
        self._fresh: dict[str, list[str]] = {}

    def note(self, placeholder: str, form: str) -> None:
        """A way to write somebody's name."""
        self._forms.setdefault(placeholder, []).append(form)
        self._fresh.setdefault(placeholder, []).append(form)
        if titles := _TITLES_IN.findall(form):
            self._titles.setdefault(placeholder, {}).setdefault(form, []).extend(titles)

    def meet(self, placeholder: str, text: str, *, at: tuple[int, int]) -> None:
        """Where a name stands: the title before it, the language around it."""
        if placeholder in self._people:
            return
        start, end = at
        if title := _TITLE.search(text[max(0, start - _BEFORE) : start]):
            said = [title["title"], *filter(None, [title["first"]])]
            self._titles.setdefault(placeholder, {}).setdefault(text[start:end], []).extend(said)
        if placeholder not in self._kazakh and kazakh.LETTERS.search(text, max(0, start - _AROUND), end + _AROUND):
            self._kazakh.add(placeholder)

    def cast(self) -> None:
        """Give everybody a name who has none yet: first those of whom most is known, for their kin follow them."""
        fresh, self._fresh = self._fresh, {}
        for placeholder in sorted(fresh, key=lambda one: -max(len(words_in(form)) for form in fresh[one])):
            if placeholder in self._people:
                self._people[placeholder].learn(fresh[placeholder])
            else:
                self._people[placeholder] = self._person(placeholder)
            person = self._people[placeholder]
            self.made |= {latin(plain(name)) for name in (person.given(), person.surname())}
            for word in person.words():
                self._owners.setdefault(word, {})[placeholder] = None
                if len(word) > _LEAST:
                    self._sounds.setdefault(sound(word), {})[placeholder] = None

    def _person(self, placeholder: str) -> Person:
        met = Met(self._forms[placeholder], self._titles.get(placeholder, {}), in_kazakh=placeholder in self._kazakh)
        return Person(met, Draw(self._seed, placeholder), company=self._company)

    def of(self, placeholder: str) -> Person:
        if placeholder not in self._people:
            self.cast()
        return self._people[placeholder]

    def owner(self, words: Sequence[str]) -> Person | None:
        """Whose words stand in an address: most of them, or several run together."""
        low = [latin(plain(word)) for word in words]
        rows = [self._owners.get(word, {}) for word in low]
        if any(rows):
            counts = {one: sum(one in row for row in rows) for row in rows for one in row}
            return self._people[max(counts, key=lambda one: counts[one])]
        near = dict.fromkeys(islice((one for word in low for one in self._near(word)), _SEARCHED))
        people = [self._people[one] for one in near]
        return next((person for person in people if any(person.counterpart(word) for word in low)), None)

    def _near(self, word: str) -> Iterator[str]:
        """Whose words may be run together in this one, or written in another way."""
        whole = [word[:size] for size in range(_LEAST, len(word))]
        for part in (*whole, word[1:]):
            yield from self._owners.get(part, ())
        yield from self._sounds.get(sound(word), ())
