"""The reply is much like another text, letter by letter or word by word."""

import re
from collections.abc import Iterable
from typing import ClassVar, Literal

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import cut, fold_phrase
from casemill.run.graders import Grader

MOST_CHARACTERS = 20_000
By = Literal["letters", "words", "word_set", "part"]


class Similarity(Grader, omit_defaults=True):
    """Passes when the reply is alike to `text`, one of `any`, or else the case's `expect.good`: at least `threshold`,
    0 to 1.

    `by` is `letters` (edits of the whole), `words` (their order is forgiven), `word_set` (repeated and additional words
    of the reply too) or `part` (the text stands somewhere in the reply). Case, punctuation between words and typography
    are forgiven. It compares spelling, not meaning; a text of more than 20,000 characters is not compared, which is an
    error.
    """

    bare: ClassVar[str] = "text"
    listed: ClassVar[str] = "any"

    text: str | None = None
    any: tuple[str, ...] = ()
    threshold: float = 0.75
    by: By = "letters"

    def __post_init__(self) -> None:
        if self.text is not None and self.any:
            raise ValueError("give either text or any, a list of texts")
        if not all(_form(text) for text in self._given):
            raise ValueError("a text to compare with is empty")
        if not 0 < self.threshold <= 1:
            raise ValueError("threshold is more than 0, at most 1")

    def look(self, reply: Reply, case: Case) -> Grade:
        wanted = self._given or ((case.expect.good,) if case.expect.good else ())
        if not wanted:
            return errored("there is nothing to compare with: the case has no expect.good")
        if max(map(len, (reply.text, *wanted))) > MOST_CHARACTERS:
            return errored(f"a text is longer than {MOST_CHARACTERS:,} characters")
        likeness, nearest = max((self._likeness(reply.text, text), text) for text in wanted)
        if likeness >= self.threshold:
            return passed(f"{likeness:.2f} alike")
        return failed(f'{likeness:.2f} alike to "{cut(nearest, 60)}", less than {self.threshold:g}')

    @property
    def _given(self) -> tuple[str, ...]:
        return self.any if self.text is None else (self.text,)

    def _likeness(self, said: str, wanted: str) -> float:
        from rapidfuzz import fuzz

        said, wanted = _form(said), _form(wanted)
        if self.by == "words":
            return fuzz.ratio(_sorted(_words(said)), _sorted(_words(wanted))) / 100
        if self.by == "word_set":
            words, theirs = set(_words(wanted)), set(_words(said))
            # How much of the text the reply says; that the text says all of a short reply proves nothing.
            known = fuzz.ratio(_sorted(words), _sorted(words & theirs))
            return max(known, fuzz.ratio(_sorted(words), _sorted(theirs))) / 100
        whole = self.by == "letters" or len(said) < len(wanted)
        return (fuzz.ratio if whole else fuzz.partial_ratio)(said, wanted) / 100


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _sorted(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _form(text: str) -> str:
    return fold_phrase(text, ignore_case=True)
