"""Marked texts, dressed: what is masked stands in braces, as `{NAME_1 Anna} wrote`."""

import re

from casemill.personal.masking import Masked, MaskedSpan
from casemill.personal.surrogate import Cast, Dressed

_MARK = re.compile(r"\{(?P<label>[A-Z0-9_]+)_(?P<number>[0-9]+) (?P<value>[^{}]*)\}")


def spans_of(marked: str) -> tuple[str, Masked]:
    """The text without the marks, and what is masked in it."""
    text, position, spans = "", 0, []
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        placeholder = f"[{match['label']}_{match['number']}]"
        end = len(text) + len(match["value"])
        spans.append(MaskedSpan(start=len(text), end=end, label=match["label"], placeholder=placeholder))
        text += match["value"]
        position = match.end()
    return text + marked[position:], Masked(text="", spans=tuple(spans))


def dressed(*marked: str, seed: str = "s") -> tuple[Dressed, ...]:
    """The marked texts of one ticket with surrogates."""
    pairs = [spans_of(text) for text in marked]
    return Cast(seed).dress([text for text, _ in pairs], [masked for _, masked in pairs])


def played(*marked: str, seed: str = "s") -> list[str]:
    """What stands in the places, in their order."""
    return [one for text in dressed(*marked, seed=seed) for one in text.surrogates]
