"""Keys and lines from a terminal; Esc goes back, Ctrl-C ends the command."""

import codecs
import os
import re
import select
import sys
import termios
import tty
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import click

ENTER, ESCAPE = ("\r", "\n"), "\x1b"
BACK = "Esc or q: back"
# The same keys with the Cyrillic layout left on.
CYRILLIC = dict(zip("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm", strict=True))
# An arrow or another key that says itself in several characters, or one character.
_KEY = re.compile("\x1b(?:\\[[0-?]*[ -/]*[@-~]|O.)|.", re.DOTALL)
# How long the rest of an arrow key may take over a slow line before its first character is Esc.
_ARROW_SECONDS = 0.05


class Back(Exception):
    """The person thought better of it."""


def read_key() -> str:
    """The next key, as on a Latin layout; Ctrl-C, Ctrl-D and a terminal that went away end the command, never spin."""
    try:
        key = click.getchar().lower()
    except EOFError:
        raise click.Abort from None
    if not key:
        raise click.Abort
    return CYRILLIC.get(key, key)


def read_key_or_back() -> str:
    """The next key; Back on Esc and q."""
    key = read_key()
    if key in (ESCAPE, "q"):
        raise Back
    return key


def read_choice(keys: Collection[str]) -> str:
    """The next key that is one of `keys`; Back on Esc and q."""
    while (key := read_key_or_back()) not in keys:
        pass
    return key


def read_line(question: str) -> str:
    """What is typed up to Enter; Back on Esc. Backspace, Ctrl-W and Ctrl-U take back, arrows do nothing."""
    click.echo(f"{question}: ", nl=False)
    line = ""
    with _typed() as keys:
        for key in keys:
            if key in ENTER:
                return line.strip()
            if key == ESCAPE:
                raise Back
            now = _after(line, key)
            click.echo("\b \b" * _cells(line[len(now) :]) + now[len(line) :], nl=False)
            line = now
    raise click.Abort


def _after(line: str, key: str) -> str:
    """A line after one more key."""
    match key:
        case "\x7f" | "\b":
            return line[:-1]
        case "\x15":
            return ""
        case "\x17":
            return re.sub(r"\S*\s*$", "", line)
        case "\t":
            return f"{line} "
    return line if unicodedata.category(key[0]) == "Cc" else line + key


def _cells(text: str) -> int:
    """The columns that a text takes on the screen."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


@contextmanager
def _typed() -> Iterator[Iterator[str]]:
    """Keys as they are pressed, those pressed already too, none echoed; Ctrl-C interrupts as ever."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal, termios.TCSADRAIN)
    try:
        yield _keys(terminal)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
        click.echo()


def _keys(terminal: int) -> Iterator[str]:
    """Until Ctrl-D, or the terminal went away."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while given := os.read(terminal, 4096):
        if given.endswith(ESCAPE.encode()) and select.select([terminal], [], [], _ARROW_SECONDS)[0]:
            given += os.read(terminal, 4096)
        for key in _KEY.findall(decoder.decode(given)):
            if key == "\x04":
                return
            yield key
