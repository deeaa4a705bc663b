"""The questions of a mark: which words are personal and what they are, or which placeholder hides a fact.

Each of them raises Back when the person goes back to the ticket; then nothing is marked. What is typed is looked up
and forgotten: only the place is kept.
"""

import shutil
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

import click

from casemill.cli.keys import BACK, ENTER, Back, read_key_or_back, read_line
from casemill.cli.show import counted
from casemill.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casemill.domain.leak import Mark
    from casemill.domain.ticket import Ticket
    from casemill.review.leaks_marks import Place

WHICH = "Which words are personal? Type them, or #3 to pick in that text (Enter or Esc: back)"
MORE = f"Enter: that is all   l another leak   o a placeholder that hides a fact   {BACK}"


def told_marks(marks: "tuple[Mark, ...]") -> str:
    """`1 leak (NAME), 1 placeholder too much (ORDER).`: types, never words."""
    leaks, over = ([mark.label for mark in marks if mark.hides_none is hides] for hides in (False, True))
    parts = [f"{counted(len(leaks), 'leak')} ({', '.join(leaks)})"] if leaks else []
    many = counted(len(over), "placeholder too much", many="placeholders too much")
    parts += [f"{many} ({', '.join(over)})"] if over else []
    return ", ".join(parts) + "."


def ask_marks(ticket: "Ticket", *, first: Literal["l", "o"]) -> "tuple[Mark, ...]":
    """At least one mark: the first on words that are personal (`l`), or on a placeholder that hides a fact (`o`)."""
    found: list[Mark] = []
    key: str = first
    while True:
        found.append(_ask_leak(ticket) if key == "l" else _ask_placeholder(ticket))
        click.echo(f"Marked: {told_marks(tuple(found))}\n{MORE}")
        while (key := read_key_or_back()) not in ("l", "o", *ENTER):
            pass
        if key in ENTER:
            return tuple(found)


def _ask_leak(ticket: "Ticket") -> "Mark":
    from casemill.review.leaks_marks import mark_at

    place = _ask_words(ticket)
    while True:
        label = _ask_label() if not _is_placeholder(ticket, place) else None
        try:
            return mark_at(ticket, place, label=label)
        except UsageError as error:
            click.echo(f"{error}" + (f" ({error.hint})" if error.hint else ""))
            place = _ask_words(ticket)


def _is_placeholder(ticket: "Ticket", place: "Place") -> bool:
    from casemill.domain.placeholder import PLACEHOLDER
    from casemill.domain.ticket import text_at

    return PLACEHOLDER.fullmatch((text_at(ticket, place.path) or "")[place.start : place.end]) is not None


def _ask_words(ticket: "Ticket") -> "Place":
    from casemill.review.leaks_marks import path_named, places_of

    while True:
        given = read_line(WHICH)
        if not given:
            raise Back
        if given.startswith("#") and (path := path_named(ticket, given)):
            if (picked := _pick(ticket, path)) is not None:
                return picked
            continue
        if found := places_of(ticket, given):
            if len(found) > 1:
                click.echo(f"They stand in {len(found)} places; all of them will be masked.")
            return found[0]
        click.echo("These words do not stand in the ticket, or in two texts of it. Type fewer, or pick: #3")


def _pick(ticket: "Ticket", path: str) -> "Place | None":
    """Words by their numbers; None when the person would rather type them."""
    from casemill.domain.ticket import text_at
    from casemill.review.leaks_marks import Place, words_at
    from casemill.review.leaks_screen import numbered_words

    text = text_at(ticket, path) or ""
    words = words_at(text)
    click.echo("\n".join(numbered_words(text, width=_columns())))
    while True:
        given = read_line("Which? a number, or first-last (Enter: type them, Esc: back)")
        if not given:
            return None
        first, _, last = given.replace("–", "-").partition("-")
        last = last or first
        if first.strip().isdecimal() and last.strip().isdecimal() and 1 <= int(first) <= int(last) <= len(words):
            return Place(path, words[int(first) - 1][0], words[int(last) - 1][1])
        click.echo(f"There are {counted(len(words), 'word')}; as 4, or 4-6.")


def _ask_label() -> str:
    from casemill.review.leaks_marks import LABEL, LABELS

    _list(LABELS)
    while True:
        given = read_line("What is it? number or name (Enter or Esc: back)").upper()
        if not given:
            raise Back
        if given.isdecimal() and 1 <= int(given) <= len(LABELS):
            return LABELS[int(given) - 1]
        if LABEL.fullmatch(given):
            return given
        click.echo(f"Give a number from 1 to {len(LABELS)}, or a name of your own in Latin capitals, as LICENCE.")


def _list(names: "Sequence[str]") -> None:
    """Numbered, in lines that fit, no name torn apart."""
    told = "  ".join(f"{number}\u00a0{name}" for number, name in enumerate(names, 1))
    lines = wrap(told, _columns() - 1, break_long_words=False, break_on_hyphens=False)
    click.echo("\n".join(lines).replace("\u00a0", " "))


def _columns() -> int:
    return shutil.get_terminal_size((80, 24)).columns


def _ask_placeholder(ticket: "Ticket") -> "Mark":
    from casemill.review.leaks_marks import mark_at, placeholders_of

    known = placeholders_of(ticket)
    if not known:
        click.echo("There is no placeholder in this ticket. Any key goes on.")
        read_key_or_back()
        raise Back
    names = list(known)
    _list(names)
    while True:
        given = read_line("Which one hides a fact? number or name (Enter or Esc: back)").upper()
        if not given:
            raise Back
        name = (
            names[int(given) - 1] if given.isdecimal() and 1 <= int(given) <= len(names) else f"[{given.strip('[]')}]"
        )
        if name in known:
            return mark_at(ticket, known[name], label=None)
        click.echo(f"There are {counted(len(names), 'placeholder')}; give a number or a name.")
