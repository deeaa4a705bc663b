"""Cases that guard the same behaviour in other words: one of them stands for all in a quick run."""

import re
from collections.abc import Iterator, Mapping, Sequence

from casemill.domain.case import Case
from casemill.domain.word import canonical
from casemill.run.input import last_text

# Placeholders and digits differ between two customers with the same trouble; so does punctuation.
_OTHER = re.compile(r"\[[A-Z]+_\d+\]|\d+|[^\w\s]")
NEARLY = 92.0
MOST_COMPARED = 400
LEAST_LETTERS = 12


def obligations(cases: Sequence[Case]) -> dict[str, str]:
    """For each case's id the id of the case that stands for it, the first one of its kind in the order given.

    Two cases of a failure mode with the same outcome guard the same when their assertions are the same, or when what
    the customer asks last is nearly the same.
    """
    kinds: dict[tuple[str, str | None], list[Case]] = {}
    for case in cases:
        kinds.setdefault((case.failure_mode, case.expect.outcome), []).append(case)
    return {id: first for alike in kinds.values() for id, first in _of_one_kind(alike)}


def _of_one_kind(cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    by_assertions: dict[bytes, str] = {}
    by_text: dict[str, str] = {}
    for case in cases:
        asserted, text = canonical(case.assert_), plain_words(last_text(case))
        first = by_assertions.get(asserted) or _near(text, by_text) or case.id
        by_assertions.setdefault(asserted, first)
        if len(text) >= LEAST_LETTERS:
            by_text.setdefault(text, first)
        yield case.id, first


def _near(text: str, known: Mapping[str, str]) -> str | None:
    """The case that asked nearly the same before."""
    if text in known or len(text) < LEAST_LETTERS or len(known) > MOST_COMPARED:
        return known.get(text)
    from rapidfuzz import fuzz, process

    found = process.extractOne(text, known.keys(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return known[found[0]] if found else None


def plain_words(text: str) -> str:
    """A text as its sorted words, without what differs from customer to customer."""
    return " ".join(sorted(_OTHER.sub(" ", text).casefold().split()))
