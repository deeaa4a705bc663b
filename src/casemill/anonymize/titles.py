"""Titles of the company's own macros and articles: quoted in a ticket they are facts, and stay."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from casemill.anonymize.fields import gather
from casemill.domain.arrival import Reading
from casemill.personal.masking import Terms, mask
from casemill.store import articles
from casemill.store.desk import Desk

FEWEST_WORDS = 2
_NUMBER = re.compile(r"\s*[#№]?\s*\d+\s*[:.)–—-]+\s*")
_WORD = re.compile(r"[^\W\d_]+")


class Titles:
    """Titles by their longest word, so that a ticket is held only against those it may quote.

    A title of one word is no quotation, and one that holds a name, a phone or an address is kept by nobody. What the
    titles are about is not kept either: a text of the company may speak of anybody.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self._by_word: defaultdict[str, list[str]] = defaultdict(list)
        both = (form for title in titles for form in (title.strip(), _NUMBER.sub("", title, count=1).strip()))
        for title in dict.fromkeys(both):
            words = _words(title)
            if len(words) >= FEWEST_WORDS:
                self._by_word[max(sorted(words), key=len)].append(title)

    def quoted(self, reading: Reading) -> tuple[str, ...]:
        """Those that a ticket quotes, but for those that share a word with somebody the ticket knows."""
        if not self._by_word:
            return ()
        text = "\n".join(field.text for field in gather(reading.ticket)).casefold()
        names = (name for person in reading.people for name in (*person.names, *person.usernames))
        named = {word for name in names for word in _words(name)}
        near = [title for word in _words(text) & self._by_word.keys() for title in self._by_word[word]]
        found = (title for title in near if title.casefold() in text and named.isdisjoint(_words(title)))
        return tuple(sorted(title for title in found if _is_nobodys(title)))


class Ours(NamedTuple):
    """The company's own words: those of settings and reviewers for every ticket, titles where they are quoted."""

    terms: Terms
    titles: Titles

    def of(self, reading: Reading) -> Terms:
        quoted = self.titles.quoted(reading)
        return self.terms._replace(keep=(*self.terms.keep, *quoted)) if quoted else self.terms


def titles_of(desk: Desk) -> Titles:
    with desk.read() as db:
        return Titles(articles.titles(db))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


@lru_cache(maxsize=4096)
def _is_nobodys(title: str) -> bool:
    return not mask(title).spans
